package driver

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
)

// Image is what Context.Dump makes of a stopped context: everything that can change its future behaviour (rule
// R12), except the memory window, which is copied beside it. It has no physical address and no slot in it.
//
// Its encoding is a header {magic, format version, length}, typed records {type, version, flags, length, payload}
// in the order of the fields below, and a SHA-256 of all that. Integers are little-endian. A record of an unknown
// type or version is skipped if it is not flagged mandatory. docs/driver.md has it byte by byte.
type Image struct {
	// Device is the kind of device it was dumped on, Revision the specification it follows, Features what a device
	// must have to run it.
	Device   uint32
	Revision [32]byte
	Features uint32
	// Partition is the container's share of the numbers, Next the offset in each space (QPN, key, CQ, PD) where
	// the search for a free number begins, NextSRQ that for a shared receive queue.
	Partition Partition
	Next      [4]uint32
	NextSRQ   uint32
	// WindowSize is the size in bytes of the memory window, VA its virtual address.
	WindowSize, VA uint64
	PDs            []uint16
	Buffers        []Extent
	MRs            []ImageMR
	Channels       []ImageChannel
	CQs            []ImageCQ
	QPs            []ImageQP
	Events         []AsyncEvent
	SRQs           []ImageSRQ
	AHs            []ImageAH
}

// ImageMR is a memory region.
type ImageMR struct {
	Key    uint32
	PD     uint16
	Access abi.Access
	VA     uint64
	Length uint64
	// Invalid: the partner invalidated the key.
	Invalid bool
}

// ImageChannel is a completion channel, with the queues of the events that were not got, oldest first.
type ImageChannel struct {
	Number  uint16
	Pending []uint16
}

// ImageCQ is a completion queue. Completions not yet polled lie in the ring, from CI on.
type ImageCQ struct {
	Number     uint32
	Log        uint8
	Armed      bool
	Overrun    bool
	Solicited  bool
	HasChannel bool
	Channel    uint16
	Ring       uint64
	PI, CI     uint32
	// SolicitedPI is behind the newest completion that is solicited or failed.
	SolicitedPI uint32
	// CompGot and AsyncGot are the events got and not acknowledged.
	CompGot, AsyncGot uint32
}

// ImageQP is a queue pair.
type ImageQP struct {
	// QPC is the device's context, with ring addresses as offsets in the window.
	QPC abi.QPC
	// AsyncGot is the asynchronous events got and not acknowledged.
	AsyncGot uint32
	// Partner is how long the partner's requester tries, nil where that is not known.
	Partner *Retry
	// IDs is the offset in the window of the identifiers of work requests, those of the send queue first.
	IDs uint64
	// SQ and RQ are the driver's side of the work queues: index of the oldest work request not known to be done,
	// and index of the next.
	SQ, RQ ImageRing
}

// ImageRing is the driver's side of a work queue.
type ImageRing struct{ Tail, PI uint16 }

const (
	imageMagic   = 0x474d4947 // "GIMG"
	imageVersion = 2
	imageHeader  = 4 + 2 + 2 + 4 // magic, version, reserved, length
	imageLength  = 8             // offset of the length
)

// revision is the specification revision as 32 bytes.
var revision = func() [32]byte {
	var r [32]byte
	if n, err := hex.Decode(r[:], []byte(abi.Revision)); err != nil || n != len(r) {
		panic("BUG: abi.Revision is not 64 hexadecimal digits")
	}
	return r
}()

// Marshal returns the encoding of the image.
func (m *Image) Marshal() []byte {
	b := make([]byte, 0, imageHeader+sha256.Size+256+len(m.QPs)*512)
	b = le.AppendUint32(b, imageMagic)
	b = le.AppendUint16(b, imageVersion)
	b = le.AppendUint16(b, 0)
	b = le.AppendUint32(b, 0)
	b = m.appendRecords(b)
	le.PutUint32(b[imageLength:], uint32(len(b)+sha256.Size))
	sum := sha256.Sum256(b)
	return append(b, sum[:]...)
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
	if n := le.Uint32(b[imageLength:]); uint64(n) != uint64(len(b)) {
		return nil, fmt.Errorf("%d bytes, the header says %d: %w", len(b), n, ErrImage)
	}
	body := b[:len(b)-sha256.Size]
	if sum := sha256.Sum256(body); [sha256.Size]byte(b[len(body):]) != sum {
		return nil, fmt.Errorf("corrupted: SHA-256 does not match: %w", ErrImage)
	}
	if v := le.Uint16(b[6:]); v != 0 {
		return nil, fmt.Errorf("reserved header bits %#04x: %w", v, ErrImage)
	}
	return parseRecords(body)
}
