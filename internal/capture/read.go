// Package capture reads and writes packet captures, and checks that every RoCEv2 frame in them is one that package
// wire understands: pcap (micro- and nanoseconds, both byte orders) and pcapng in, pcapng out.
//
// Reading is strict. A file that ends early, a block whose two lengths differ, an option that leaves its block, a
// frame of which only a part was captured, a link that is not Ethernet: each is an [Error] that names file and frame.
package capture

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"
)

// Error is a fault of a capture file.
type Error struct {
	Path  string // File, or folder.
	Frame int    // Frame at or before which reading failed, from 1 as Wireshark counts; 0: before the first could be.
	Err   error
}

// Error returns "path: frame 7: what is wrong".
func (e *Error) Error() string {
	if e.Frame == 0 {
		return fmt.Sprintf("%s: %v", e.Path, e.Err)
	}
	return fmt.Sprintf("%s: frame %d: %v", e.Path, e.Frame, e.Err)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Frame is one captured frame.
type Frame struct {
	Number  int    // From 1, over all interfaces of the file.
	Time    uint64 // Nanoseconds since 1970, or since the start of a simulation.
	Iface   int    // Interface of the section, from 0.
	Name    string // Name of the interface; "" in pcap.
	Comment string // First comment; "" in pcap.
	Data    []byte // From the destination MAC on, without FCS. Valid until the next frame is read.
}

// source is what both file formats are to a Reader.
type source interface {
	next(f *Frame) error
}

// Reader reads the frames of one file.
type Reader struct {
	src   source
	frame Frame
}

// NewReader reads the file header. The errors of Reader are not yet *Error: it does not know a path.
func NewReader(r io.Reader) (*Reader, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	magic, err := in.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if len(magic) < 4 {
		return nil, fmt.Errorf("file of %d bytes is no capture", len(magic))
	}
	out := new(Reader)
	switch m := binary.BigEndian.Uint32(magic); m {
	case 0xa1b2c3d4, 0xd4c3b2a1, 0xa1b23c4d, 0x4d3cb2a1:
		out.src, err = newPcap(in)
	case blockSection:
		out.src, err = newPcapng(in)
	default:
		return nil, fmt.Errorf("neither pcap nor pcapng: the file begins with %#08x", m)
	}
	return out, err
}

// Next returns the next frame, which is valid until the following call; io.EOF at the end of the file.
func (r *Reader) Next() (*Frame, error) {
	r.frame = Frame{Number: r.frame.Number + 1}
	if err := r.src.next(&r.frame); err != nil {
		return nil, err
	}
	return &r.frame, nil
}

// ReadFile calls each with every frame of the file, until it returns an error, which ReadFile returns as it is. Faults
// of the file are *Error.
func ReadFile(path string, each func(*Frame) error) error {
	return readFile(path, func(int) {}, each)
}

// counter tells how many bytes were read.
type counter struct {
	r    io.Reader
	read func(n int)
}

func (c counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.read(n)
	return n, err
}

func readFile(path string, read func(n int), each func(*Frame) error) error {
	f, err := os.Open(path)
	if err != nil {
		// The path is in the error already.
		return &Error{Path: path, Err: errors.Unwrap(err)}
	}
	defer f.Close()
	r, err := NewReader(counter{f, read})
	if err != nil {
		return &Error{Path: path, Err: err}
	}
	for n := 1; ; n++ {
		frame, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return &Error{Path: path, Frame: n, Err: err}
		}
		if err := each(frame); err != nil {
			return err
		}
	}
}

// fill takes over what the library read.
func (f *Frame) fill(data []byte, ci gopacket.CaptureInfo) error {
	if ci.CaptureLength > ci.Length {
		return fmt.Errorf("captured %d bytes of a frame of %d", ci.CaptureLength, ci.Length)
	}
	if ci.CaptureLength < ci.Length {
		return fmt.Errorf("only %d of %d bytes were captured: record with a longer snap length", ci.CaptureLength, ci.Length)
	}
	const last = 1<<63/1_000_000_000 - 1
	if s := ci.Timestamp.Unix(); !ci.Timestamp.IsZero() && (s < 0 || s > last) {
		return fmt.Errorf("time stamp %d s after 1970 does not fit 64 bits of nanoseconds", s)
	}
	if !ci.Timestamp.IsZero() {
		f.Time = uint64(ci.Timestamp.UnixNano())
	}
	f.Data = data
	return nil
}

func mustBeEthernet(link layers.LinkType) error {
	if link != layers.LinkTypeEthernet {
		return fmt.Errorf("link type %d (%v), not Ethernet", uint(link), link)
	}
	return nil
}

type pcap struct{ r *pcapgo.Reader }

func newPcap(in *bufio.Reader) (source, error) {
	r, err := pcapgo.NewReader(in)
	if err != nil {
		return nil, endsEarly(err, "the file header")
	}
	return pcap{r}, mustBeEthernet(r.LinkType())
}

func (p pcap) next(f *Frame) error {
	data, ci, err := p.r.ZeroCopyReadPacketData()
	if errors.Is(err, io.EOF) && ci.Length == 0 {
		// The library also says EOF when the file ends right behind a record header.
		return io.EOF
	}
	if err != nil {
		return endsEarly(err, "the frame")
	}
	return f.fill(data, ci)
}

// endsEarly gives the two ways to say that bytes are missing words.
func endsEarly(err error, where string) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("the file ends inside %s", where)
	}
	return err
}
