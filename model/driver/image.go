package driver

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
)

// Image is what Context.Dump makes of a stopped context: everything that can change its future behaviour (rule
// R12), except the memory window, which is copied beside it. It has no physical address and no slot in it.
//
// Its encoding is a header {magic, format version, kind of device, specification revision, length}, typed records
// {type, flags, length, payload} in the order of the fields below, and a SHA-256 of all that. Integers are
// little-endian. A record of an unknown type is skipped if it is flagged optional.
type Image struct {
	// Partition is the container's share of the numbers, Next the offset in each space (QPN, key, CQ, PD) where
	// the search for a free number begins.
	Partition Partition
	Next      [4]uint32
	// WindowSize is the size in bytes of the memory window, VA its virtual address.
	WindowSize, VA uint64
	PDs            []uint16
	Buffers        []Extent
	MRs            []ImageMR
	CQs            []ImageCQ
	QPs            []ImageQP
	Events         []AsyncEvent
}

// ImageMR is a memory region.
type ImageMR struct {
	Key    uint32
	PD     uint16
	Access abi.Access
	VA     uint64
	Length uint64
}

// ImageCQ is a completion queue. Completions not yet polled lie in the ring, from CI on.
type ImageCQ struct {
	Number   uint32
	Log      uint8
	Armed    bool
	Overrun  bool
	Notified bool // a completion event came that the program has not taken
	Ring     uint64
	PI, CI   uint32
}

// ImageQP is a queue pair.
type ImageQP struct {
	// QPC is the device's context, with ring addresses as offsets in the window.
	QPC abi.QPC
	// SQ and RQ are the driver's side of the work queues: index of the oldest work request not known to be done,
	// index of the next, and the identifiers of those between.
	SQ, RQ ImageRing
}

// ImageRing is the driver's side of a work queue.
type ImageRing struct {
	Tail, PI uint16
	WRIDs    []uint64
}

const (
	imageMagic   = 0x474d4947 // "GIMG"
	imageVersion = 1
	imageHeader  = 4 + 2 + 2 + 4 + 32 + 4
	recordHeader = 2 + 2 + 4

	// maxRecords bounds the records of each type, and so what a decoder may be made to allocate.
	maxRecords = 4096
)

// Types of records.
const (
	recContext uint16 = 1 + iota
	recPD
	recBuffer
	recMR
	recCQ
	recQP
	recEvent
)

// recMandatory flags a record that a reader must understand.
const recMandatory uint16 = 1

// revision is the specification revision as 32 bytes.
var revision = func() [32]byte {
	var r [32]byte
	if n, err := hex.Decode(r[:], []byte(abi.Revision)); err != nil || n != len(r) {
		panic("BUG: abi.Revision is not 64 hexadecimal digits")
	}
	return r
}()

var le = binary.LittleEndian

// Marshal returns the encoding of the image.
func (m *Image) Marshal() []byte {
	b := make([]byte, 0, imageHeader+sha256.Size+128+len(m.QPs)*512)
	b = le.AppendUint32(b, imageMagic)
	b = le.AppendUint16(b, imageVersion)
	b = le.AppendUint16(b, 0)
	b = le.AppendUint32(b, Kind)
	b = append(b, revision[:]...)
	b = le.AppendUint32(b, 0)
	b = record(b, recContext, m.appendContext)
	for _, n := range m.PDs {
		b = record(b, recPD, func(b []byte) []byte { return le.AppendUint16(b, n) })
	}
	for _, e := range m.Buffers {
		b = record(b, recBuffer, func(b []byte) []byte { return le.AppendUint64(le.AppendUint64(b, e.Off), e.Len) })
	}
	for i := range m.MRs {
		b = record(b, recMR, m.MRs[i].append)
	}
	for i := range m.CQs {
		b = record(b, recCQ, m.CQs[i].append)
	}
	for i := range m.QPs {
		b = record(b, recQP, m.QPs[i].append)
	}
	for _, e := range m.Events {
		b = record(b, recEvent, func(b []byte) []byte { return le.AppendUint32(append(b, uint8(e.Kind)), e.Number) })
	}
	le.PutUint32(b[imageHeader-4:], uint32(len(b)+sha256.Size))
	sum := sha256.Sum256(b)
	return append(b, sum[:]...)
}

// record appends one mandatory record.
func record(b []byte, typ uint16, payload func([]byte) []byte) []byte {
	b = le.AppendUint16(b, typ)
	b = le.AppendUint16(b, recMandatory)
	at := len(b)
	b = le.AppendUint32(b, 0)
	b = payload(b)
	le.PutUint32(b[at:], uint32(len(b)-at-4))
	return b
}

func (m *Image) appendContext(b []byte) []byte {
	p := m.Partition
	b = le.AppendUint16(b, p.Group)
	for i, r := range [4]Range{spaceQPN: p.QPN, spaceKey: p.Key, spaceCQ: p.CQ, spacePD: p.PD} {
		b = le.AppendUint32(b, r.Base)
		b = le.AppendUint32(b, r.Count)
		b = le.AppendUint32(b, m.Next[i])
	}
	b = le.AppendUint64(b, m.WindowSize)
	return le.AppendUint64(b, m.VA)
}

func (r *ImageMR) append(b []byte) []byte {
	b = le.AppendUint32(b, r.Key)
	b = le.AppendUint16(b, r.PD)
	b = append(b, uint8(r.Access))
	b = le.AppendUint64(b, r.VA)
	return le.AppendUint64(b, r.Length)
}

func (q *ImageCQ) append(b []byte) []byte {
	b = le.AppendUint32(b, q.Number)
	b = append(b, q.Log, bit(q.Armed)|bit(q.Overrun)<<1|bit(q.Notified)<<2)
	b = le.AppendUint64(b, q.Ring)
	b = le.AppendUint32(b, q.PI)
	return le.AppendUint32(b, q.CI)
}

func (q *ImageQP) append(b []byte) []byte {
	img := q.QPC.Image()
	b = append(b, img[:]...)
	return q.RQ.append(q.SQ.append(b))
}

// append writes the indices and the identifiers, each as the difference to the one before: programs count them up,
// and so a queue pair's record stays small.
func (r *ImageRing) append(b []byte) []byte {
	b = le.AppendUint16(b, r.Tail)
	b = le.AppendUint16(b, r.PI)
	var last uint64
	for _, id := range r.WRIDs {
		b = binary.AppendVarint(b, int64(id-last))
		last = id
	}
	return b
}

func bit(v bool) uint8 {
	if v {
		return 1
	}
	return 0
}

// ParseImage decodes an image and checks that it is whole, of this kind of device and revision, and consistent in
// itself. Errors: ErrImage, ErrForeign.
func ParseImage(b []byte) (*Image, error) {
	m, err := parseImage(b)
	if err != nil {
		return nil, fmt.Errorf("image: %w", err)
	}
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("image: %w", err)
	}
	return m, nil
}

func parseImage(b []byte) (*Image, error) {
	if len(b) < imageHeader+sha256.Size {
		return nil, fmt.Errorf("%d bytes: truncated: %w", len(b), ErrImage)
	}
	if v := le.Uint32(b); v != imageMagic {
		return nil, fmt.Errorf("magic %#08x, want %#08x: %w", v, uint32(imageMagic), ErrImage)
	}
	if v := le.Uint16(b[4:]); v != imageVersion {
		return nil, fmt.Errorf("format version %d, this driver reads %d: %w", v, imageVersion, ErrForeign)
	}
	if n := le.Uint32(b[imageHeader-4:]); uint64(n) != uint64(len(b)) {
		return nil, fmt.Errorf("%d bytes, the header says %d: %w", len(b), n, ErrImage)
	}
	body := b[:len(b)-sha256.Size]
	if sum := sha256.Sum256(body); [sha256.Size]byte(b[len(body):]) != sum {
		return nil, fmt.Errorf("corrupted: SHA-256 does not match: %w", ErrImage)
	}
	if v := le.Uint16(b[6:]); v != 0 {
		return nil, fmt.Errorf("reserved header bits %#04x: %w", v, ErrImage)
	}
	if v := le.Uint32(b[8:]); v != Kind {
		return nil, fmt.Errorf("of a device of kind %#08x, not %#08x: %w", v, Kind, ErrForeign)
	}
	if r := [32]byte(b[12:44]); r != revision {
		return nil, fmt.Errorf("of specification revision %x, not %s: %w", r[:4], abi.Revision[:8], ErrForeign)
	}
	return parseRecords(body)
}

// parseRecords decodes the records behind the header of body.
func parseRecords(body []byte) (*Image, error) {
	m := new(Image)
	last := uint16(0)
	counts := [recEvent + 1]int{}
	for at := imageHeader; at != len(body); {
		if len(body)-at < recordHeader {
			return nil, fmt.Errorf("byte %d: truncated record: %w", at, ErrImage)
		}
		typ, flags, n := le.Uint16(body[at:]), le.Uint16(body[at+2:]), le.Uint32(body[at+4:])
		if flags&^recMandatory != 0 || uint64(n) > uint64(len(body)-at-recordHeader) {
			return nil, fmt.Errorf("byte %d: record of type %d has flags %#x, length %d: %w", at, typ, flags, n, ErrImage)
		}
		r := reader{b: body[at+recordHeader:][:n]}
		if typ == 0 || typ > recEvent {
			if flags&recMandatory != 0 {
				return nil, fmt.Errorf("byte %d: mandatory record of unknown type %d: %w", at, typ, ErrForeign)
			}
			at += recordHeader + int(n)
			continue
		}
		if counts[typ]++; typ < last || counts[typ] > maxRecords || counts[recContext] != 1 {
			return nil, fmt.Errorf("byte %d: record of type %d out of place: %w", at, typ, ErrImage)
		}
		last = typ
		if err := m.parseRecord(typ, &r); err != nil {
			return nil, fmt.Errorf("byte %d: record of type %d: %w", at, typ, err)
		}
		if r.bad || len(r.b) != 0 {
			return nil, fmt.Errorf("byte %d: record of type %d: malformed: %w", at, typ, ErrImage)
		}
		at += recordHeader + int(n)
	}
	if counts[recContext] == 0 {
		return nil, fmt.Errorf("no context record: %w", ErrImage)
	}
	return m, nil
}

func (m *Image) parseRecord(typ uint16, r *reader) error {
	switch typ {
	case recContext:
		p := &m.Partition
		p.Group = r.u16()
		for i, space := range [4]*Range{spaceQPN: &p.QPN, spaceKey: &p.Key, spaceCQ: &p.CQ, spacePD: &p.PD} {
			space.Base, space.Count, m.Next[i] = r.u32(), r.u32(), r.u32()
		}
		m.WindowSize, m.VA = r.u64(), r.u64()
	case recPD:
		m.PDs = append(m.PDs, r.u16())
	case recBuffer:
		m.Buffers = append(m.Buffers, Extent{r.u64(), r.u64()})
	case recMR:
		m.MRs = append(m.MRs, ImageMR{r.u32(), r.u16(), abi.Access(r.u8()), r.u64(), r.u64()})
	case recCQ:
		q := ImageCQ{Number: r.u32(), Log: r.u8()}
		f := r.u8()
		r.bad = r.bad || f > 7
		q.Armed, q.Overrun, q.Notified = f&1 != 0, f&2 != 0, f&4 != 0
		q.Ring, q.PI, q.CI = r.u64(), r.u32(), r.u32()
		m.CQs = append(m.CQs, q)
	case recQP:
		var q ImageQP
		if b := r.take(abi.QPCSize); b != nil {
			if err := q.QPC.Unmarshal(b); err != nil {
				return fmt.Errorf("%w: %w", err, ErrImage)
			}
		}
		q.SQ, q.RQ = r.ring(q.QPC.SQLog), r.ring(q.QPC.RQLog)
		m.QPs = append(m.QPs, q)
	case recEvent:
		m.Events = append(m.Events, AsyncEvent{abi.Event(r.u8()), r.u32()})
	}
	return nil
}

// reader takes integers off a record; bad is set once there are too few bytes.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) take(n int) []byte {
	if len(r.b) < n {
		r.bad, r.b = true, nil
		return nil
	}
	p := r.b[:n]
	r.b = r.b[n:]
	return p
}

func (r *reader) uint(n int) (v uint64) {
	for i, b := range r.take(n) {
		v |= uint64(b) << (8 * i)
	}
	return v
}

func (r *reader) u8() uint8   { return uint8(r.uint(1)) }
func (r *reader) u16() uint16 { return uint16(r.uint(2)) }
func (r *reader) u32() uint32 { return uint32(r.uint(4)) }
func (r *reader) u64() uint64 { return r.uint(8) }

// ring reads the driver's side of a work queue of 1<<log elements.
func (r *reader) ring(log uint8) ImageRing {
	q := ImageRing{Tail: r.u16(), PI: r.u16()}
	n := int(q.PI - q.Tail)
	if n > 1<<log || n > len(r.b) {
		r.bad = true
		return q
	}
	var last uint64
	for range n {
		v, used := binary.Varint(r.b)
		if used <= 0 || len(binary.AppendVarint(nil, v)) != used {
			r.bad = true // truncated, too long, or not the shortest form
			return q
		}
		r.b = r.b[used:]
		last += uint64(v)
		q.WRIDs = append(q.WRIDs, last)
	}
	return q
}
