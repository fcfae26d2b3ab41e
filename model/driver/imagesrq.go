package driver

import (
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
	// Mem is the offset of the slots in the window, Notes of what the driver knows of each.
	Mem, Notes          uint64
	PI, CI, Head, Limit uint16
	// Done is how many receives are known to be complete. What is in the slots, and which are free, lies in memory.
	Done uint16
	// AsyncGot is the asynchronous events got and not acknowledged.
	AsyncGot uint32
}

func (s *SRQ) dump() (ImageSRQ, error) {
	x, err := s.query()
	if err != nil {
		return ImageSRQ{}, fmt.Errorf("SRQ %d: %w", s.num, err)
	}
	m := ImageSRQ{
		Number: s.num, PD: x.PD, Log: s.log, Stride: s.stride, Mem: s.mem.Off, Notes: s.notes.Off, PI: x.PI, CI: x.CI, Head: x.Head, Limit: x.Limit,
		Done: s.done, AsyncGot: s.asyncGot,
	}
	if x.PI != s.pi {
		return m, fmt.Errorf("SRQ %d: %d receives were posted, the device knows %d: %w", s.num, s.pi, x.PI, ErrDevice)
	}
	return m, nil
}

// adopt makes the driver's object of a checked record.
func (m *ImageSRQ) adopt(c *Context, mem, notes Extent) *SRQ {
	return &SRQ{
		ctx: c, pd: c.PD(m.PD), num: m.Number, log: m.Log, stride: m.Stride, mem: mem, notes: notes, pi: m.PI, done: m.Done, asyncGot: m.AsyncGot,
	}
}

// install tells the device of the queue.
func (m *ImageSRQ) install(s *SRQ) error {
	return s.create(abi.SRQC{PI: m.PI, CI: m.CI, Head: m.Head, Limit: m.Limit})
}

func (m *ImageSRQ) append(b []byte) []byte {
	b = le.AppendUint32(b, m.Number)
	b = le.AppendUint16(b, m.PD)
	b = append(b, m.Log, m.Stride)
	b = le.AppendUint64(le.AppendUint64(b, m.Mem), m.Notes)
	for _, v := range [...]uint16{m.PI, m.CI, m.Head, m.Limit, m.Done} {
		b = le.AppendUint16(b, v)
	}
	return le.AppendUint32(b, m.AsyncGot)
}

func (r *reader) srq() (m ImageSRQ) {
	m.Number, m.PD, m.Log, m.Stride, m.Mem, m.Notes = r.u32(), r.u16(), r.u8(), r.u8(), r.u64(), r.u64()
	m.PI, m.CI, m.Head, m.Limit, m.Done = r.u16(), r.u16(), r.u16(), r.u16(), r.u16()
	m.AsyncGot = r.u32()
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
		// One slot is always free, and what is not taken is not complete.
		if s.Log > 15 || s.Stride > 3 || !c.hasPD(s.PD) || int(s.Head) >= 1<<s.Log || int(s.PI-s.Done) >= 1<<s.Log || s.PI-s.CI > s.PI-s.Done {
			return fmt.Errorf("SRQ %d: PD %d, posted %d, taken %d, complete %d, head %d of %d: %w",
				s.Number, s.PD, s.PI, s.CI, s.Done, s.Head, 1<<s.Log, ErrImage)
		}
		if err := c.claim(Extent{s.Mem, ringBytes(s.Log, s.Stride)}, "SRQ", s.Number); err != nil {
			return err
		}
		if err := c.claim(Extent{s.Notes, noteBytes(s.Log)}, "SRQ", s.Number); err != nil {
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
	if x.RTaken && (int(x.RWQE) >= 1<<s.Log || s.CI == s.Done) {
		return fmt.Errorf("took slot %d of SRQ %d, of which none is taken: %w", x.RWQE, x.SRQN, ErrImage)
	}
	return nil
}
