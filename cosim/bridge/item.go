package bridge

import (
	"encoding/binary"
	"fmt"
)

// FlagCritical on an item of a kind the receiver does not know means that the item must not be skipped.
const FlagCritical uint8 = 1

// itemHeader is kind u8, flags u8, length u32.
const itemHeader = 6

// Item is one stimulus or observation. Which fields mean something depends on Kind; the others are zero.
type Item struct {
	Kind  Kind
	Code  uint8  // response, level, class or switch
	Value uint32 // register value, test number, seed or item count
	Cycle uint64 // cycles since the last reset
	Addr  uint64 // register or memory address, token, size or seed
	Data  []byte // frame, record, memory content or text; aliases the buffer it was decoded from, which nothing reuses

	raw []byte // the encoding it was decoded from
}

// AppendItem appends the encoding of it to b. It panics if the kind is unknown or the data too long or too short for
// the kind: both are faults of the caller, never of a peer.
func AppendItem(b []byte, it *Item) []byte {
	l := &layouts[it.Kind]
	if l.name == "" {
		panic(fmt.Sprintf("BUG: bridge: encoding unknown kind %#02x", uint8(it.Kind)))
	}
	if len(it.Data) < l.tailMin || len(it.Data) > l.tailMax {
		panic(fmt.Sprintf("BUG: bridge: %s with %d bytes of data, want %d to %d", l.name, len(it.Data), l.tailMin, l.tailMax))
	}
	b = append(b, byte(it.Kind), l.flags)
	b = binary.LittleEndian.AppendUint32(b, uint32(l.fixed()+len(it.Data)))
	if l.has&hasCycle != 0 {
		b = binary.LittleEndian.AppendUint64(b, it.Cycle)
	}
	if l.has&hasAddr != 0 {
		b = binary.LittleEndian.AppendUint64(b, it.Addr)
	}
	if l.has&hasValue != 0 {
		b = binary.LittleEndian.AppendUint32(b, it.Value)
	}
	if l.has&hasCode != 0 {
		b = append(b, it.Code)
	}
	return append(b, it.Data...)
}

// decodeItem decodes the item at the start of b. known is false for an item of an unknown kind that may be skipped.
// n is the number of bytes the item takes. The text of an error is complete but for the place.
func decodeItem(b []byte) (it Item, n int, known bool, err error) {
	if len(b) < itemHeader {
		return it, 0, false, fmt.Errorf("item header needs %d bytes, %d are left", itemHeader, len(b))
	}
	kind, flags := Kind(b[0]), b[1]
	size := binary.LittleEndian.Uint32(b[2:])
	if uint64(size) > uint64(len(b)-itemHeader) {
		return it, 0, false, fmt.Errorf("%v item of %d bytes, %d are left", kind, size, len(b)-itemHeader)
	}
	n = itemHeader + int(size)
	l := &layouts[kind]
	if l.name == "" {
		if flags&FlagCritical != 0 {
			return it, 0, false, fmt.Errorf("unknown critical item kind %#02x", uint8(kind))
		}
		return it, n, false, nil
	}
	if flags != l.flags {
		return it, 0, false, fmt.Errorf("%v item with flags %#02x, want %#02x", kind, flags, l.flags)
	}
	fixed := l.fixed()
	if tail := int(size) - fixed; tail < l.tailMin || tail > l.tailMax {
		return it, 0, false, fmt.Errorf("%v item of %d bytes, want %d to %d", kind, size, fixed+l.tailMin, fixed+l.tailMax)
	}
	it.Kind, it.raw = kind, b[:n:n]
	p := b[itemHeader:n:n]
	if l.has&hasCycle != 0 {
		it.Cycle, p = binary.LittleEndian.Uint64(p), p[8:]
	}
	if l.has&hasAddr != 0 {
		it.Addr, p = binary.LittleEndian.Uint64(p), p[8:]
	}
	if l.has&hasValue != 0 {
		it.Value, p = binary.LittleEndian.Uint32(p), p[4:]
	}
	if l.has&hasCode != 0 {
		it.Code, p = p[0], p[1:]
	}
	if l.has&hasTail != 0 {
		it.Data = p
	}
	return it, n, true, nil
}

// String prints the item on one line, with the size of its data in place of the data (text is shown).
func (it *Item) String() string {
	l := &layouts[it.Kind]
	s := it.Kind.String()
	if l.has&hasCycle != 0 {
		s += fmt.Sprintf(" cycle=%d", it.Cycle)
	}
	if l.has&hasAddr != 0 {
		s += fmt.Sprintf(" addr=%#x", it.Addr)
	}
	if l.has&hasValue != 0 {
		s += fmt.Sprintf(" value=%#x", it.Value)
	}
	if l.has&hasCode != 0 {
		s += fmt.Sprintf(" code=%d", it.Code)
	}
	switch it.Kind {
	case KindAssert, KindHang, KindFault, KindTrace:
		s += fmt.Sprintf(" text=%q", it.Data)
	default:
		if l.has&hasTail != 0 {
			s += fmt.Sprintf(" len=%d", len(it.Data))
		}
	}
	return s
}

// Backpressure says how the simulator's agents delay the device. All zero means never.
type Backpressure struct {
	Seed         uint64 // of all choices below
	TXStall      uint8  // percent of cycles in which m_axis_tx_tready is low
	RXGap        uint8  // percent of cycles in which s_axis_rx_tvalid is low inside a frame
	ReadStall    uint8  // percent of cycles in which DMA read data pauses, or a request is not accepted
	WriteStall   uint8  // percent of cycles in which DMA write data or a request is not accepted
	ReadLatency  uint16 // cycles from acceptance of a read to its first data beat
	WriteLatency uint16 // cycles from the last beat of a write to s_dma_wdone_i
}

const backpressureBytes = 8

// Item returns the stimulus item that carries b.
func (b Backpressure) Item() Item {
	d := []byte{b.TXStall, b.RXGap, b.ReadStall, b.WriteStall}
	d = binary.LittleEndian.AppendUint16(d, b.ReadLatency)
	d = binary.LittleEndian.AppendUint16(d, b.WriteLatency)
	return Item{Kind: KindBackpressure, Addr: b.Seed, Data: d}
}

// ParseBackpressure is the inverse of Backpressure.Item.
func ParseBackpressure(it *Item) Backpressure {
	d := it.Data
	return Backpressure{
		Seed: it.Addr, TXStall: d[0], RXGap: d[1], ReadStall: d[2], WriteStall: d[3],
		ReadLatency: binary.LittleEndian.Uint16(d[4:]), WriteLatency: binary.LittleEndian.Uint16(d[6:]),
	}
}
