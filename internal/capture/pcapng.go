package capture

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"
)

// Block types of pcapng (draft-ietf-opsawg-pcapng section 4).
const (
	blockSection    = 0x0a0d0d0a
	blockInterface  = 1
	blockPacket     = 2 // Obsolete; laid out like blockEnhanced where it matters here.
	blockSimple     = 3
	blockStatistics = 5
	blockEnhanced   = 6
)

type pcapng struct {
	blocks *blocks
	r      *pcapgo.NgReader
}

func newPcapng(in *bufio.Reader) (source, error) {
	b := &blocks{in: in}
	r, err := pcapgo.NewNgReader(b, pcapgo.NgReaderOptions{WantMixedLinkType: true})
	if err != nil {
		return nil, b.reason(err)
	}
	return &pcapng{b, r}, nil
}

func (p *pcapng) next(f *Frame) error {
	data, ci, opts, err := p.r.ZeroCopyReadPacketDataWithOptions()
	if err != nil {
		return p.blocks.reason(err)
	}
	if err := mustBeEthernet(ci.AncillaryData[0].(layers.LinkType)); err != nil {
		return fmt.Errorf("interface %d: %w", ci.InterfaceIndex, err)
	}
	iface, err := p.r.Interface(ci.InterfaceIndex)
	if err != nil {
		return err
	}
	f.Iface, f.Name = ci.InterfaceIndex, iface.Name
	if len(opts.Comments) > 0 {
		f.Comment = opts.Comments[0]
	}
	return f.fill(data, ci)
}

// blocks hands whole blocks to the library's reader, after it looked at what that one takes on trust: that both
// lengths of a block agree, and that what the block holds ends where the block does. A fault is thus found at the
// block that has it, and not as nonsense in a later one.
type blocks struct {
	in    *bufio.Reader
	order binary.ByteOrder // Of the section; nil before the first.
	block bytes.Buffer
	err   error
}

// reason is the error of blocks if it has one: the library's is then only its echo.
func (b *blocks) reason(err error) error {
	if b.err != nil && !errors.Is(b.err, io.EOF) {
		return b.err
	}
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	return endsEarly(err, "a block")
}

// Read implements io.Reader.
func (b *blocks) Read(p []byte) (int, error) {
	if b.block.Len() == 0 && b.err == nil {
		b.err = b.load()
	}
	if b.err != nil {
		return 0, b.err
	}
	return b.block.Read(p)
}

// load reads the next block.
func (b *blocks) load() error {
	b.block.Reset()
	head, err := b.in.Peek(12)
	if len(head) == 0 && errors.Is(err, io.EOF) {
		return io.EOF
	}
	if err != nil {
		return endsEarly(err, "the header of a block")
	}
	if binary.LittleEndian.Uint32(head) == blockSection {
		switch binary.LittleEndian.Uint32(head[8:]) {
		case 0x1a2b3c4d:
			b.order = binary.LittleEndian
		case 0x4d3c2b1a:
			b.order = binary.BigEndian
		default:
			return fmt.Errorf("byte order mark % x of a section is none", head[8:12])
		}
	}
	kind, n := b.order.Uint32(head), b.order.Uint32(head[4:])
	if n < 12 || n%4 != 0 {
		return fmt.Errorf("a block of type %d and %d bytes", kind, n)
	}
	if _, err := io.CopyN(&b.block, b.in, int64(n)); err != nil {
		return endsEarly(err, fmt.Sprintf("a block of type %d and %d bytes", kind, n))
	}
	whole := b.block.Bytes()
	if last := b.order.Uint32(whole[n-4:]); last != n {
		return fmt.Errorf("a block of type %d begins with length %d and ends with %d", kind, n, last)
	}
	if err := b.inside(kind, whole[8:n-4]); err != nil {
		return fmt.Errorf("a block of type %d and %d bytes: %w", kind, n, err)
	}
	return nil
}

// inside checks that the parts of a block of known type fill its body exactly.
func (b *blocks) inside(kind uint32, body []byte) error {
	fixed := 0
	switch kind {
	case blockSection:
		fixed = 16
	case blockInterface:
		fixed = 8
	case blockStatistics:
		fixed = 12
	case blockEnhanced, blockPacket:
		fixed = 20
	case blockSimple:
		fixed = 4
	default:
		return nil
	}
	if len(body) < fixed {
		return errors.New("too short for its fields")
	}
	rest := body[fixed:]
	switch kind {
	case blockSimple:
		// How much of the frame was captured follows from the block and the snap length; no options.
		return nil
	case blockEnhanced, blockPacket:
		n := uint64(b.order.Uint32(body[12:]))
		padded := (n + 3) &^ 3
		if padded > uint64(len(rest)) {
			return fmt.Errorf("too short for a frame of %d bytes", n)
		}
		rest = rest[padded:]
	}
	return b.options(rest)
}

// options checks a list of options.
func (b *blocks) options(list []byte) error {
	for len(list) > 0 {
		// Blocks are multiples of 4, and so is what was taken off: there is a whole option header.
		code, n := b.order.Uint16(list), int(b.order.Uint16(list[2:]))
		list = list[4:]
		if code == 0 {
			if n != 0 || len(list) != 0 {
				return errors.New("the end of its options is not at its end")
			}
			return nil
		}
		padded := (n + 3) &^ 3
		if padded > len(list) {
			return fmt.Errorf("option %d of %d bytes leaves the block", code, n)
		}
		list = list[padded:]
	}
	return nil
}
