package driver

import (
	"fmt"
	"slices"

	"github.com/godwit-rdma/godwit/model/abi"
)

// check finds what is inconsistent in an image, so that Restore touches nothing before it knows all to be well.
func (m *Image) check() error {
	if m.Features == 0 && m.extended() {
		return fmt.Errorf("it has what needs features, and says that it needs none: %w", ErrImage)
	}
	w := Window{Size: m.WindowSize}
	if w.Size == 0 || w.Size%WindowAlign != 0 || m.VA%WindowAlign != 0 || m.VA+w.Size < m.VA {
		return fmt.Errorf("window of %#x bytes at virtual address %#x: %w", w.Size, m.VA, ErrImage)
	}
	if err := m.Partition.check(1 << 8); err != nil {
		return fmt.Errorf("%v: %w", err, ErrImage)
	}
	p := m.Partition
	for i, r := range [4]Range{spaceQPN: p.QPN, spaceKey: p.Key, spaceCQ: p.CQ, spacePD: p.PD} {
		if m.Next[i] >= r.Count {
			return fmt.Errorf("next number %d of %d: %w", m.Next[i], r.Count, ErrImage)
		}
	}
	if m.NextSRQ >= p.CQ.Count {
		return fmt.Errorf("next SRQ %d of %d: %w", m.NextSRQ, p.CQ.Count, ErrImage)
	}
	c := checker{m: m, arena: arena{size: m.WindowSize}}
	for _, f := range []func() error{c.pds, c.buffers, c.mrs, c.channels, c.cqs, c.srqs, c.qps, c.events, c.ahs} {
		if err := f(); err != nil {
			return err
		}
	}
	return nil
}

type checker struct {
	m     *Image
	arena arena
}

// claim takes a piece of the window for one owner.
func (c *checker) claim(e Extent, what string, n uint32) error {
	if !c.arena.claim(e) {
		return fmt.Errorf("memory %#x+%#x of %s %d is not free in the window: %w", e.Off, e.Len, what, n, ErrImage)
	}
	return nil
}

// ordered checks that numbers ascend and belong to the range.
func ordered(what string, r Range, n int, number func(i int) uint32) error {
	for i := range n {
		v := number(i)
		if !r.Contains(v) || i > 0 && v <= number(i-1) {
			return fmt.Errorf("%s %d out of range or order: %w", what, v, ErrImage)
		}
	}
	return nil
}

func (c *checker) pds() error {
	return ordered("PD", c.m.Partition.PD, len(c.m.PDs), func(i int) uint32 { return uint32(c.m.PDs[i]) })
}

func (c *checker) hasPD(n uint16) bool { return slices.Contains(c.m.PDs, n) }

func (c *checker) buffers() error {
	for i, e := range c.m.Buffers {
		if i > 0 && e.Off <= c.m.Buffers[i-1].Off {
			return fmt.Errorf("buffer %d out of order: %w", i, ErrImage)
		}
		if err := c.claim(e, "buffer", uint32(i)); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) mrs() error {
	m := c.m
	err := ordered("key", m.Partition.Key, len(m.MRs), func(i int) uint32 { return m.MRs[i].Key })
	if err != nil {
		return err
	}
	for _, r := range m.MRs {
		off := r.VA - m.VA
		if r.VA < m.VA || r.Length == 0 || r.Length > m.WindowSize || off > m.WindowSize-r.Length ||
			!r.Access.Valid() || !c.hasPD(r.PD) {
			return fmt.Errorf("region %#x: %#x+%#x, PD %d, access %v: %w", r.Key, r.VA, r.Length, r.PD, r.Access, ErrImage)
		}
	}
	return nil
}

func (c *checker) channels() error {
	m := c.m
	err := ordered("completion channel", Range{0, maxChannels}, len(m.Channels), func(i int) uint32 {
		return uint32(m.Channels[i].Number)
	})
	if err != nil {
		return err
	}
	for _, h := range m.Channels {
		for _, n := range h.Pending {
			if !slices.ContainsFunc(m.CQs, func(q ImageCQ) bool {
				return q.Number == uint32(n) && q.HasChannel && q.Channel == h.Number
			}) {
				return fmt.Errorf("completion channel %d: event of CQ %d: %w", h.Number, n, ErrImage)
			}
		}
	}
	return nil
}

func (c *checker) cqs() error {
	m := c.m
	err := ordered("CQ", m.Partition.CQ, len(m.CQs), func(i int) uint32 { return m.CQs[i].Number })
	if err != nil {
		return err
	}
	for _, q := range m.CQs {
		if q.Log > 15 || q.PI-q.CI > 1<<q.Log {
			return fmt.Errorf("CQ %d: log size %d, producer %d, consumer %d: %w", q.Number, q.Log, q.PI, q.CI, ErrImage)
		}
		ok := q.Channel == 0 && q.CompGot == 0
		if q.HasChannel {
			ok = slices.ContainsFunc(m.Channels, func(h ImageChannel) bool { return h.Number == q.Channel })
		}
		if !ok {
			return fmt.Errorf("CQ %d: completion channel %d, %d events: %w", q.Number, q.Channel, q.CompGot, ErrImage)
		}
		if err := c.claim(Extent{q.Ring, abi.CQESize << q.Log}, "CQ", q.Number); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) qps() error {
	m := c.m
	err := ordered("QP", m.Partition.QPN, len(m.QPs), func(i int) uint32 { return m.QPs[i].QPC.QPN })
	if err != nil {
		return err
	}
	for i := range m.QPs {
		q := &m.QPs[i]
		x := &q.QPC
		if err := c.qp(q); err != nil {
			return fmt.Errorf("QP %d: %w", x.QPN, err)
		}
		if err := c.claim(Extent{x.SQBase, ringBytes(x.SQLog, x.SQStride)}, "QP", x.QPN); err != nil {
			return err
		}
		if err := c.claim(Extent{x.RQBase, ringBytes(x.RQLog, x.RQStride)}, "QP", x.QPN); err != nil {
			return err
		}
		if err := c.claim(Extent{q.IDs, idBytes(x.SQLog, x.RQLog)}, "QP", x.QPN); err != nil {
			return err
		}
	}
	return nil
}

// qp checks one queue pair against the rest of the image and against what LOAD_QP takes.
func (c *checker) qp(q *ImageQP) error {
	m, x := c.m, &q.QPC
	hasCQ := func(n uint8) bool {
		return slices.ContainsFunc(m.CQs, func(q ImageCQ) bool { return q.Number == uint32(n) })
	}
	switch x.State {
	case abi.StateReset:
	case abi.StateStopped:
		if !abi.TransitionAllowed(abi.StateStopped, x.SavedState, abi.ViaResume) || x.SavedState == abi.StateSQE && x.QPType == abi.QPTypeRC {
			return fmt.Errorf("cannot be resumed to %v: %w", x.SavedState, ErrImage)
		}
		if x.PMTU < 1 || x.PMTU > 5 || x.MigLease == 0 || x.MigAnnounce == 0 {
			return fmt.Errorf("path MTU %d, lease %d, announce %d: %w", x.PMTU, x.MigLease, x.MigAnnounce, ErrImage)
		}
	default:
		return fmt.Errorf("in %v: %w", x.State, ErrImage)
	}
	switch {
	case !c.hasPD(x.PD):
		return fmt.Errorf("of PD %d, which there is not: %w", x.PD, ErrImage)
	case !hasCQ(x.SCQN) || !hasCQ(x.RCQN):
		return fmt.Errorf("completes on CQs %d and %d: %w", x.SCQN, x.RCQN, ErrImage)
	case x.State == abi.StateStopped && x.MigGroup != m.Partition.Group:
		return fmt.Errorf("of group %d, not %d: %w", x.MigGroup, m.Partition.Group, ErrImage)
	case x.Restored || x.FwdValid || x.ResumePending || x.Timer != abi.TimerNone:
		return fmt.Errorf("not at rest: %w", ErrImage)
	}
	if err := c.onSRQ(x); err != nil {
		return err
	}
	if err := q.SQ.check(x.SQPI, x.SQACK); err != nil {
		return fmt.Errorf("send queue: %w", err)
	}
	if err := q.RQ.check(x.RQPI, x.RQCI); err != nil {
		return fmt.Errorf("receive queue: %w", err)
	}
	return nil
}

// check holds the driver's indices against the device's: the device has seen every doorbell, and what it has not
// completed the driver has not either.
func (r *ImageRing) check(pi, ci uint16) error {
	if r.PI != pi || r.PI-ci > r.PI-r.Tail {
		return fmt.Errorf("posted are %d to %d, the device has %d to %d: %w", r.Tail, r.PI, ci, pi, ErrImage)
	}
	return nil
}

func (c *checker) events() error {
	for _, e := range c.m.Events {
		known := slices.ContainsFunc(c.m.QPs, func(q ImageQP) bool { return q.QPC.QPN == e.Number })
		switch {
		case e.OfSRQ():
			known = slices.ContainsFunc(c.m.SRQs, func(s ImageSRQ) bool { return s.Number == e.Number })
		case e.OfCQ():
			known = slices.ContainsFunc(c.m.CQs, func(q ImageCQ) bool { return q.Number == e.Number })
		}
		if !e.Kind.Valid() || e.Kind == abi.EventNone || e.Kind == abi.EventCQCompletion || !known {
			return fmt.Errorf("event %v: %w", e, ErrImage)
		}
	}
	return nil
}

// extended tells whether a queue pair has anything in the extended banks, a region was invalidated, or there is a shared
// receive queue or an address handle, so that only a device with features can run it.
func (m *Image) extended() bool {
	if len(m.SRQs)+len(m.AHs) != 0 {
		return true
	}
	for i := range m.MRs {
		if m.MRs[i].Invalid {
			return true
		}
	}
	for i := range m.CQs {
		if m.CQs[i].Solicited || m.CQs[i].SolicitedPI != 0 {
			return true
		}
	}
	for i := range m.QPs {
		if m.QPs[i].QPC.SavedState.Needs() != 0 {
			return true
		}
		x := m.QPs[i].QPC
		x.CommEst = false // without it, the event may come twice
		img := x.ImageFull()
		if [abi.QPCFullSize - abi.QPCSize]byte(img[abi.QPCSize:]) != [abi.QPCFullSize - abi.QPCSize]byte{} {
			return true
		}
	}
	return false
}
