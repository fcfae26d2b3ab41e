package story

import (
	"encoding/hex"
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/psn"

	"github.com/godwit-rdma/godwit/internal/op"
)

// connect makes a connection: containers if it has its own, regions, queue pairs, and both ends in RTS.
func (w *world) connect(o *op.Op) error {
	p := w.plan.conn(o.Number)
	c := &conn{number: o.Number, attr: p}
	var qps [2]*driver.QP
	for side, name := range [2]string{o.From, o.To} {
		h := w.host(name)
		b, err := w.box(p.boxes[side], h)
		if err != nil {
			return err
		}
		e := &end{conn: c, side: side, box: b, index: len(b.ends), mem: o.Conn.Mem, srq: o.Conn.SRQ, typ: transports[o.Conn.Type]}
		if qps[side], err = e.create(b.current, p); err != nil {
			return err
		}
		b.ends = append(b.ends, e)
		b.current.apps = append(b.current.apps, &app{})
		c.ends[side] = e
	}
	if o.Conn.Type == "ud" {
		w.conns = append(w.conns, c)
		return w.datagrams(o, c, qps)
	}
	for side := range qps {
		if err := ready(qps[side], qps[1-side], side, &o.Conn, p.reads); err != nil {
			return err
		}
	}
	// Both responders are live before either requester is.
	for side, q := range qps {
		if o.Conn.Receiver == string('a'+rune(side)) {
			continue
		}
		attr := driver.QPAttr{
			State: abi.StateRTS, Timeout: uint8(o.Conn.Timeout), RetryCnt: uint8(o.Conn.Retry), RNRRetry: uint8(o.Conn.RNR),
			SQPSN: firstPSN(&o.Conn, side),
		}
		mask := abi.AttrState | abi.AttrTimeout | abi.AttrRetryCnt | abi.AttrRNRRetry | abi.AttrSQPSN
		if o.Conn.Type == "uc" {
			mask = abi.AttrState | abi.AttrSQPSN
		}
		if p.reads {
			attr.MaxRdAtomic, mask = uint8(o.Conn.RdAtomic), mask|abi.AttrMaxRdAtomic
		}
		if err := q.Modify(&attr, mask); err != nil {
			return err
		}
	}
	w.conns = append(w.conns, c)
	return nil
}

func firstPSN(c *op.Conn, side int) psn.PSN {
	if side == 0 {
		return psn.New(uint32(c.PSNA))
	}
	return psn.New(uint32(c.PSNB))
}

// box returns container number n, which it makes at h if it is new.
func (w *world) box(n int, h *host) (*box, error) {
	if n < len(w.boxes) {
		b := w.boxes[n]
		if b.current.host != h || b.current.ctx.State() != "running" {
			return nil, fmt.Errorf("the container to share is not running at %s any more", h.name)
		}
		return b, nil
	}
	b := &box{number: n, part: driver.NewPartition(w.plan.boxes[n].part, 1), size: w.plan.boxes[n].size}
	win := h.window(b)
	ctx, err := h.drv.Open(driver.OpenAttr{Partition: b.part, Window: win, VA: b.va()})
	if err != nil {
		return nil, err
	}
	if _, err := ctx.CreateCQ(cqEntries(w.plan.boxes[n].work)); err != nil {
		return nil, err
	}
	if _, err := ctx.AllocPD(); err != nil {
		return nil, err
	}
	if p := w.plan.boxes[n]; p.srq != 0 {
		attr := driver.SRQInitAttr{MaxWR: p.srq, MaxSGE: uint32(p.srqSGEs)}
		if _, err := ctx.PD(uint16(b.part.PD.Base)).CreateSRQ(attr); err != nil {
			return nil, err
		}
	}
	b.current = &instance{box: b, host: h, ctx: ctx, window: win}
	h.copies = append(h.copies, b.current)
	w.boxes = append(w.boxes, b)
	return b, nil
}

// va is the virtual address of the container's window, wherever it is.
func (b *box) va() uint64 { return boxVA + uint64(b.number)<<boxLog }

func (in *instance) ctxVA() uint64 { return in.box.va() }

// create makes the regions and the queue pair of an end.
func (e *end) create(in *instance, plan *plannedConn) (*driver.QP, error) {
	ctx, c, reads := in.ctx, &plan.op.Conn, plan.reads
	for _, va := range []*uint64{&e.sendVA, &e.recvVA, &e.writeVA} {
		v, err := ctx.Alloc(uint64(e.mem))
		if err != nil {
			return nil, err
		}
		*va = v
	}
	for i := range e.written {
		e.written[i] = make([]uint8, e.mem)
	}
	pd := ctx.PD(uint16(e.box.part.PD.Base))
	first := e.sendVA
	var err error
	end, access := e.writeVA+uint64(e.mem), abi.AccessLocalWrite|abi.AccessRemoteWrite
	if reads {
		if e.sourceVA, err = ctx.Alloc(uint64(e.mem)); err != nil {
			return nil, err
		}
		end, access = e.sourceVA+uint64(e.mem), access|abi.AccessRemoteRead|abi.AccessRemoteAtomic
	}
	mr, err := pd.RegMR(first, end-first, access)
	if err != nil {
		return nil, err
	}
	cq := ctx.CQ(e.box.part.CQ.Base)
	attr := driver.QPInitAttr{
		Type: transports[c.Type], SendCQ: cq, RecvCQ: cq, MaxSendWR: uint32(c.Depth), MaxRecvWR: uint32(c.Depth),
		MaxSendSGE: uint32(plan.sges[0]), MaxRecvSGE: uint32(plan.sges[1]), MaxInlineData: uint32(plan.inline),
	}
	if c.SRQ {
		attr.SRQ = e.box.srq(ctx)
	}
	q, err := pd.CreateQP(attr)
	if err != nil {
		return nil, err
	}
	e.key, e.qpn = mr.LKey(), q.QPN()
	if reads {
		return q, e.fillSource(in)
	}
	return q, nil
}

// ready takes one queue pair to RTR.
func ready(q, peer *driver.QP, side int, c *op.Conn, reads bool) error {
	text := c.KeyA
	if side == 1 {
		text = c.KeyB
	}
	var key [16]byte
	if _, err := hex.Decode(key[:], []byte(text)); err != nil {
		return err
	}
	migrates := q.Context().Device().Caps().Migration
	attr := driver.QPAttr{
		State: abi.StateInit, PKey: pkeyOf(c, side), Access: abi.AccessRemoteWrite, DestIP: peer.Context().Device().IP(),
		PathMTU: mtuCode(c.MTU), DestQPN: peer.QPN(), RQPSN: firstPSN(c, 1-side), MinRNRTimer: uint8(c.MinRNR),
		Mig: driver.MigAttr{
			Capable: c.Capable && migrates && peer.Context().Device().Caps().Migration, Pinned: c.Pinned,
			Lease: uint16(c.Lease), Announce: uint16(c.Announce), ProbeLimit: uint8(c.Probes), ResumeLimit: uint8(c.Resumes),
			Key: key,
		},
	}
	if c.ECN {
		attr.TClass = ect
	}
	if reads {
		attr.Access |= abi.AccessRemoteRead | abi.AccessRemoteAtomic
	}
	if err := q.Modify(&attr, abi.AttrState|abi.AttrPKey|abi.AttrAccessFlags); err != nil {
		return err
	}
	attr.State = abi.StateRTR
	mask := abi.AttrState | abi.AttrAv | abi.AttrPathMTU | abi.AttrDestQPN | abi.AttrRQPSN | abi.AttrMinRNRTimer
	if c.Type == "uc" {
		mask &^= abi.AttrMinRNRTimer
	}
	if migrates {
		mask |= abi.AttrMig
	}
	if c.Acks != 1 {
		attr.ACKEvery, mask = uint8(c.Acks), mask|abi.AttrACKEvery
	}
	if reads {
		attr.MaxDestRdAtomic, mask = uint8(c.RdAtomic), mask|abi.AttrMaxDestRdAtomic
	}
	return q.Modify(&attr, mask)
}

// pkeyOf is the partition key of an end.
func pkeyOf(c *op.Conn, side int) uint16 { return uint16([2]int{c.PKeyA, c.PKeyB}[side]) }

func mtuCode(bytes int) uint8 {
	for code := uint8(1); code <= 5; code++ {
		if driver.MTUBytes(code) == bytes {
			return code
		}
	}
	panic("BUG: no path MTU has this many bytes")
}
