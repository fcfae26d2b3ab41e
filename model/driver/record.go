package driver

import (
	"encoding/binary"
	"fmt"
	"slices"
)

var le = binary.LittleEndian

// recordType is the type of a record of an image. The numbers are for good: a type that goes is not used again.
type recordType uint16

const (
	recContext recordType = 1 + iota
	recPD
	recBuffer
	recMR
	recChannel
	recCQ
	recQP
	recEvent
	recSRQ
	recAH
)

// recordForm is what is known of a type of record.
type recordForm struct {
	name    string
	version uint8 // the version that this driver writes, and the only one that it reads
	max     int   // how many an image may have, and so what a decoder may be made to allocate
}

// recordForms are the types that this driver knows. All are mandatory: it writes nothing that a reader may ignore.
var recordForms = [...]recordForm{
	recContext: {"CONTEXT", 2, 1},
	recPD:      {"PD", 1, 1 << 16},
	recBuffer:  {"BUFFER", 1, 1 << 17},
	recMR:      {"MR", 1, 1 << 17},
	recChannel: {"CHANNEL", 1, maxChannels},
	recCQ:      {"CQ", 2, 1 << 8},
	recQP:      {"QP", 3, 1 << 17},
	recEvent:   {"EVENT", 1, 1 << 12},
	recSRQ:     {"SRQ", 3, 1 << 8},
	recAH:      {"AH", 1, maxAHs},
}

// String returns the name of the type, or its number where it is not known.
func (t recordType) String() string {
	if t.known() {
		return recordForms[t].name
	}
	return fmt.Sprintf("type %d", uint16(t))
}

func (t recordType) known() bool { return t != 0 && int(t) < len(recordForms) }

// A record is type, version, flags, length of the payload, payload.
const recordHeader = 2 + 1 + 1 + 4

// recMandatory flags a record that a reader must understand.
const recMandatory uint8 = 1

// record appends one record.
func record(b []byte, typ recordType, payload func([]byte) []byte) []byte {
	b = le.AppendUint16(b, uint16(typ))
	b = append(b, recordForms[typ].version, recMandatory)
	at := len(b)
	b = le.AppendUint32(b, 0)
	b = payload(b)
	le.PutUint32(b[at:], uint32(len(b)-at-4))
	return b
}

// parseRecords decodes the records behind the header of body. CONTEXT comes first, and so a foreign image is told
// from a bad one before anything else of it is read; the others follow in the order of their types.
func parseRecords(body []byte) (*Image, error) {
	m := new(Image)
	last := recordType(0)
	var counts [len(recordForms)]int
	for at := imageHeader; at != len(body); {
		if len(body)-at < recordHeader {
			return nil, fmt.Errorf("byte %d: truncated record: %w", at, ErrImage)
		}
		typ, version, flags, n := recordType(le.Uint16(body[at:])), body[at+2], body[at+3], le.Uint32(body[at+4:])
		if flags&^recMandatory != 0 || uint64(n) > uint64(len(body)-at-recordHeader) {
			return nil, fmt.Errorf("byte %d: record %v has flags %#x, length %d: %w", at, typ, flags, n, ErrImage)
		}
		r := reader{b: body[at+recordHeader:][:n]}
		if !typ.known() || recordForms[typ].version != version {
			if flags&recMandatory != 0 {
				return nil, fmt.Errorf("byte %d: mandatory record %v of version %d, which this driver does not know: %w",
					at, typ, version, ErrForeign)
			}
			at += recordHeader + int(n)
			continue
		}
		if counts[typ]++; typ < last || counts[typ] > recordForms[typ].max || counts[recContext] != 1 {
			return nil, fmt.Errorf("byte %d: record %v out of place: %w", at, typ, ErrImage)
		}
		last = typ
		if err := m.parseRecord(typ, &r); err != nil {
			return nil, fmt.Errorf("byte %d: record %v: %w", at, typ, err)
		}
		if r.bad || len(r.b) != 0 {
			return nil, fmt.Errorf("byte %d: record %v: malformed: %w", at, typ, ErrImage)
		}
		at += recordHeader + int(n)
	}
	if counts[recContext] == 0 {
		return nil, fmt.Errorf("no CONTEXT record: %w", ErrImage)
	}
	return m, nil
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

// flags reads a byte of n booleans.
func (r *reader) flags(to ...*bool) {
	f := r.u8()
	r.bad = r.bad || f>>len(to) != 0
	for i, p := range to {
		*p = f>>i&1 != 0
	}
}

// padded reads a 16-bit length and as many bytes, and fills up with zeros to len(to). The last byte is not 0, so that
// there is one way to write it.
func (r *reader) padded(to []byte) {
	p := r.take(int(r.u16()))
	if len(p) > len(to) || len(p) != 0 && p[len(p)-1] == 0 {
		r.bad = true
		return
	}
	copy(to, p)
}

// appendPadded is the inverse of padded.
func appendPadded(b, p []byte) []byte {
	i := len(p)
	for i > 0 && p[i-1] == 0 {
		i--
	}
	return append(le.AppendUint16(b, uint16(i)), p[:i]...)
}

// appendFlags is the inverse of reader.flags.
func appendFlags(b []byte, flags ...bool) []byte {
	var f uint8
	for _, v := range slices.Backward(flags) {
		f <<= 1
		if v {
			f |= 1
		}
	}
	return append(b, f)
}
