package driver

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// Dump makes the image of a stopped or restored context; Image.Marshal encodes it. It changes nothing. Errors:
// ErrState, ErrDevice for contexts that do not fit what the driver did, and those of a command.
func (c *Context) Dump() (*Image, error) {
	m, err := c.dump()
	if err != nil {
		return nil, fmt.Errorf("dump: %w", err)
	}
	return m, nil
}

func (c *Context) dump() (*Image, error) {
	if c.phase != stopped && c.phase != restored {
		return nil, c.need(stopped)
	}
	m := &Image{
		Device: Kind, Revision: revision, Partition: c.attr.Partition, WindowSize: c.attr.Window.Size, VA: c.attr.VA,
	}
	for i := range c.nums {
		m.Next[i] = c.nums[i].next
	}
	m.NextSRQ = c.srqNums.next
	for _, p := range c.pds {
		m.PDs = append(m.PDs, uint16(p.num))
	}
	m.Buffers = append(m.Buffers, c.bufs...)
	for _, r := range c.mrs {
		e, err := r.dump()
		if err != nil {
			return nil, err
		}
		m.MRs = append(m.MRs, e)
	}
	for _, h := range c.channels {
		e := ImageChannel{Number: h.Number()}
		for _, q := range h.pending {
			e.Pending = append(e.Pending, uint16(q.num))
		}
		m.Channels = append(m.Channels, e)
	}
	for _, q := range c.cqs {
		e, err := q.dump()
		if err != nil {
			return nil, err
		}
		m.CQs = append(m.CQs, e)
	}
	for _, s := range c.srqs {
		e, err := s.dump()
		if err != nil {
			return nil, err
		}
		m.SRQs = append(m.SRQs, e)
	}
	for _, q := range c.qps {
		e, err := q.dump()
		if err != nil {
			return nil, err
		}
		m.QPs = append(m.QPs, e)
	}
	for _, a := range c.ahs {
		m.AHs = append(m.AHs, a.dump())
	}
	if m.extended() {
		m.Features = uint32(c.dev.caps.Features)
	}
	m.Events = append(m.Events, c.events...)
	if err := m.bounded(); err != nil {
		return nil, err
	}
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("%v: %w", err, ErrDevice)
	}
	return m, nil
}

func (q *CQ) dump() (ImageCQ, error) {
	if err := q.find(); err != nil {
		return ImageCQ{}, fmt.Errorf("CQ %d: %w", q.num, err)
	}
	img, err := q.query()
	if err != nil {
		return ImageCQ{}, fmt.Errorf("CQ %d: %w", q.num, err)
	}
	if img.CI != q.ci || img.Base != q.ctx.pa(q.ring.Off) || img.Log != q.log {
		return ImageCQ{}, fmt.Errorf("CQ %d: the device says %+v: %w", q.num, img, ErrDevice)
	}
	e := ImageCQ{
		Number: q.num, Log: q.log, Armed: img.Armed, Overrun: img.Overrun, Solicited: img.Solicited, SolicitedPI: img.SolicitedPI, Ring: q.ring.Off, PI: img.PI, CI: img.CI,
		CompGot: q.compGot, AsyncGot: q.asyncGot,
	}
	if q.channel != nil {
		e.HasChannel, e.Channel = true, q.channel.Number()
	}
	return e, nil
}

func (q *QP) dump() (ImageQP, error) {
	op := abi.CMDDumpQP
	if q.state == abi.StateReset {
		op = abi.CMDQueryQP // RESET cannot be stopped, and need not
	}
	x, err := q.query(op)
	if err != nil {
		return ImageQP{}, fmt.Errorf("QP %d: %w", q.qpn, err)
	}
	if x.SQBase != q.ctx.pa(q.sq.mem.Off) || x.RQBase != q.ctx.pa(q.rq.mem.Off) || x.SQLog != q.sq.log || x.RQLog != q.rq.log ||
		x.SQStride != q.sq.stride || x.RQStride != q.rq.stride {
		return ImageQP{}, fmt.Errorf("QP %d: the device has its rings elsewhere: %w", q.qpn, ErrDevice)
	}
	x.SQBase, x.RQBase = q.sq.mem.Off, q.rq.mem.Off
	x.Restored, x.FwdValid, x.FwdAddr = false, false, wire.Addr{} // of this copy, not of the endpoint
	return ImageQP{
		QPC: x, AsyncGot: q.asyncGot, Partner: q.partner, IDs: q.ids.Off, SQ: ImageRing{q.sq.tail, q.sq.pi}, RQ: ImageRing{q.rq.tail, q.rq.pi},
	}, nil
}
