package driver

import (
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/godwit-rdma/godwit/model/abi"
)

// ImageSRQ is a shared receive queue. Which receives are still to be taken is said by the elements in memory, from slot
// Head on.
type ImageSRQ struct {
	Number uint32
	PD     uint16
	Log    uint8
	// Stride says how long a slot is: 64 << Stride bytes.
	Stride uint8
	// Mem is the offset of the slots in the window.
	Mem                 uint64
	PI, CI, Head, Limit uint16
	// AsyncGot is the asynchronous events got and not acknowledged.
	AsyncGot uint32
	// Free are the free slots in the order in which they will be posted, WRIDs the identifiers of the others by slot.
	Free  []uint16
	WRIDs []uint64
}

func (s *SRQ) dump() (ImageSRQ, error) {
	x, err := s.query()
	if err != nil {
		return ImageSRQ{}, fmt.Errorf("SRQ %d: %w", s.num, err)
	}
	m := ImageSRQ{
		Number: s.num, PD: x.PD, Log: s.log, Stride: s.stride, Mem: s.mem.Off, PI: x.PI, CI: x.CI, Head: x.Head, Limit: x.Limit,
		AsyncGot: s.asyncGot, Free: slices.Clone(s.free),
	}
	if x.PI != s.pi {
		return m, fmt.Errorf("SRQ %d: %d receives were posted, the device knows %d: %w", s.num, s.pi, x.PI, ErrDevice)
	}
	for slot, used := range s.used {
		if used {
			m.WRIDs = append(m.WRIDs, s.wrids[slot])
		}
	}
	return m, nil
}

// adopt makes the driver's object of a checked record.
func (m *ImageSRQ) adopt(c *Context, mem Extent) *SRQ {
	s := newSRQ(c, c.PD(m.PD), m.Number, m.Log, m.Stride, mem)
	s.pi, s.asyncGot, s.free = m.PI, m.AsyncGot, slices.Clone(m.Free)
	ids := m.WRIDs
	for slot := range s.used {
		if !slices.Contains(m.Free, uint16(slot)) {
			s.used[slot], s.wrids[slot] = true, ids[0]
			ids = ids[1:]
		}
	}
	return s
}

// install tells the device of the queue.
func (m *ImageSRQ) install(s *SRQ) error {
	return s.create(abi.SRQC{PI: m.PI, CI: m.CI, Head: m.Head, Limit: m.Limit})
}

func (m *ImageSRQ) append(b []byte) []byte {
	b = le.AppendUint32(b, m.Number)
	b = le.AppendUint16(b, m.PD)
	b = append(b, m.Log, m.Stride)
	b = le.AppendUint64(b, m.Mem)
	for _, v := range [...]uint16{m.PI, m.CI, m.Head, m.Limit} {
		b = le.AppendUint16(b, v)
	}
	b = le.AppendUint32(b, m.AsyncGot)
	b = le.AppendUint16(b, uint16(len(m.Free)))
	for _, slot := range m.Free {
		b = le.AppendUint16(b, slot)
	}
	var last uint64
	for _, id := range m.WRIDs {
		b = binary.AppendVarint(b, int64(id-last))
		last = id
	}
	return b
}

func (r *reader) srq() (m ImageSRQ) {
	m.Number, m.PD, m.Log, m.Stride, m.Mem = r.u32(), r.u16(), r.u8(), r.u8(), r.u64()
	m.PI, m.CI, m.Head, m.Limit = r.u16(), r.u16(), r.u16(), r.u16()
	m.AsyncGot = r.u32()
	n := int(r.u16())
	if m.Log > 15 || m.Stride > 3 || n > 1<<m.Log || 2*n > len(r.b) {
		r.bad = true
		return m
	}
	for range n {
		m.Free = append(m.Free, r.u16())
	}
	m.WRIDs = r.ids(1<<m.Log - n)
	return m
}

// srqs checks the shared receive queues against the rest of the image and against what CREATE_SRQ takes.
func (c *checker) srqs() error {
	m := c.m
	err := ordered("SRQ", m.Partition.CQ, len(m.SRQs), func(i int) uint32 { return m.SRQs[i].Number })
	if err != nil {
		return err
	}
	for i := range m.SRQs {
		s := &m.SRQs[i]
		seen := make([]bool, 1<<s.Log)
		ok := len(s.Free) != 0 && c.hasPD(s.PD) && int(s.PI-s.CI) <= len(s.WRIDs) &&
			int(s.Head) < len(seen) && len(s.Free)+len(s.WRIDs) == len(seen)
		for _, slot := range s.Free {
			if ok = ok && int(slot) < len(seen) && !seen[slot]; ok {
				seen[slot] = true
			}
		}
		// The element that is taken next is a posted one, or the first to be posted.
		if ok = ok && (s.PI != s.CI) == !seen[s.Head] && (s.PI != s.CI || s.Head == s.Free[0]); !ok {
			return fmt.Errorf("SRQ %d: PD %d, producer %d, consumer %d, head %d, %d free of %d: %w",
				s.Number, s.PD, s.PI, s.CI, s.Head, len(s.Free), len(seen), ErrImage)
		}
		if err := c.claim(Extent{s.Mem, ringBytes(s.Log, s.Stride)}, "SRQ", s.Number); err != nil {
			return err
		}
	}
	return nil
}

// onSRQ checks what a queue pair says of the shared receive queue that it uses.
func (c *checker) onSRQ(x *abi.QPC) error {
	if !x.UseSRQ {
		return nil
	}
	i := slices.IndexFunc(c.m.SRQs, func(s ImageSRQ) bool { return s.Number == uint32(x.SRQN) && s.PD == x.PD })
	if i < 0 || c.m.SRQs[i].Stride != x.RQStride {
		return fmt.Errorf("on SRQ %d, which there is not in its PD, or not with slots of its length: %w", x.SRQN, ErrImage)
	}
	s := &c.m.SRQs[i]
	if x.RTaken && (int(x.RWQE) >= 1<<s.Log || slices.Contains(s.Free, x.RWQE)) {
		return fmt.Errorf("took slot %d of SRQ %d, which is free: %w", x.RWQE, x.SRQN, ErrImage)
	}
	return nil
}
