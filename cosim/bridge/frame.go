package bridge

import (
	"encoding/binary"
	"fmt"
	"io"
)

const (
	magic       = 0x31425747 // "GWB1" in memory order
	frameHeader = 16
	// MaxPayload is the largest payload of a frame, in bytes.
	MaxPayload = 1 << 20
)

// header opens a frame: magic, number of the frame in its direction (from 0, wrapping), number of items, payload bytes.
type header struct{ number, items, size uint32 }

func putHeader(b []byte, h header) {
	binary.LittleEndian.PutUint32(b[0:], magic)
	binary.LittleEndian.PutUint32(b[4:], h.number)
	binary.LittleEndian.PutUint32(b[8:], h.items)
	binary.LittleEndian.PutUint32(b[12:], h.size)
}

func parseHeader(b []byte, want uint32) (header, error) {
	bad := func(off int, format string, args ...any) (header, error) {
		return header{}, &Error{Class: Protocol, Frame: want, Item: -1, Offset: off, Detail: fmt.Sprintf(format, args...)}
	}
	if m := binary.LittleEndian.Uint32(b); m != magic {
		return bad(0, "frame does not begin with the magic number but with % x", b[:4])
	}
	h := header{binary.LittleEndian.Uint32(b[4:]), binary.LittleEndian.Uint32(b[8:]), binary.LittleEndian.Uint32(b[12:])}
	if h.number != want {
		return bad(4, "frame is numbered %d", h.number)
	}
	if h.size > MaxPayload {
		return bad(12, "frame of %d bytes, at most %d are allowed", h.size, MaxPayload)
	}
	if uint64(h.items)*itemHeader > uint64(h.size) {
		return bad(8, "%d items cannot fit into %d bytes", h.items, h.size)
	}
	return h, nil
}

// decodePayload decodes the items of a frame into items. Items of unknown, non-critical kinds are left out. All of the
// payload must be used by exactly h.items items.
func decodePayload(items []Item, p []byte, h header) ([]Item, error) {
	off := 0
	for i := range int(h.items) {
		it, n, known, err := decodeItem(p[off:])
		if err != nil {
			return items, &Error{Class: Protocol, Frame: h.number, Item: i, Offset: frameHeader + off, Detail: err.Error()}
		}
		if known {
			items = append(items, it)
		}
		off += n
	}
	if off != len(p) {
		return items, &Error{Class: Protocol, Frame: h.number, Item: int(h.items), Offset: frameHeader + off,
			Detail: fmt.Sprintf("%d bytes after the last of %d items", len(p)-off, h.items)}
	}
	return items, nil
}

// DecodeFrame decodes the frame at the start of b, which must carry number want, and returns its items and its length in
// bytes. It never panics; an error is an *Error of class Protocol that names frame, item and byte offset. A frame that b
// holds only in part is an error too.
func DecodeFrame(b []byte, want uint32) ([]Item, int, error) {
	short := func(need int) error {
		return &Error{Class: Protocol, Frame: want, Item: -1, Offset: len(b), Detail: fmt.Sprintf("frame needs %d bytes, %d are there", need, len(b))}
	}
	if len(b) < frameHeader {
		return nil, 0, short(frameHeader)
	}
	h, err := parseHeader(b, want)
	if err != nil {
		return nil, 0, err
	}
	n := frameHeader + int(h.size)
	if len(b) < n {
		return nil, 0, short(n)
	}
	items, err := decodePayload(nil, b[frameHeader:n:n], h)
	if err != nil {
		return nil, 0, err
	}
	return items, n, nil
}

// AppendFrame appends one frame with the given items to b. It panics if they exceed MaxPayload.
func AppendFrame(b []byte, number uint32, items ...Item) []byte {
	at := len(b)
	b = append(b, make([]byte, frameHeader)...)
	for i := range items {
		b = AppendItem(b, &items[i])
	}
	size := len(b) - at - frameHeader
	if size > MaxPayload {
		panic(fmt.Sprintf("BUG: bridge: frame of %d bytes", size))
	}
	putHeader(b[at:], header{number, uint32(len(items)), uint32(size)})
	return b
}

// readFrame reads one frame. io.EOF is returned only between frames; an end inside one is io.ErrUnexpectedEOF wrapped in
// an *Error of class PeerDead.
func readFrame(r io.Reader, want uint32, items []Item) ([]Item, error) {
	var hb [frameHeader]byte
	if n, err := io.ReadFull(r, hb[:]); err != nil {
		if n == 0 {
			return nil, err
		}
		return nil, truncated(want, n, frameHeader, err)
	}
	h, err := parseHeader(hb[:], want)
	if err != nil {
		return nil, err
	}
	p := make([]byte, h.size)
	if n, err := io.ReadFull(r, p); err != nil {
		return nil, truncated(want, frameHeader+n, frameHeader+len(p), err)
	}
	return decodePayload(items, p, h)
}

func truncated(frame uint32, got, want int, err error) error {
	return &Error{Class: PeerDead, Frame: frame, Item: -1, Offset: got, Err: err,
		Detail: fmt.Sprintf("connection ended inside frame %d, after %d of %d bytes", frame, got, want)}
}
