package driver

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
)

// ring is one work queue: where it lies in the window, what was posted, what is not yet known to be done. The identifiers
// of its work requests lie in the window, too, so that they move with the memory.
type ring struct {
	mem Extent
	ids uint64 // offset of the identifiers
	log uint8
	// A slot has 64 << stride bytes.
	stride uint8
	pi     uint16 // index of the next work request, free running
	tail   uint16 // index of the oldest work request not known to be complete
}

func (r *ring) size() int { return 1 << r.log }

// ringBytes is the memory that the slots of a ring take.
func ringBytes(log, stride uint8) uint64 { return abi.WQESize << log << stride }

// WRIDSize is the memory in bytes that the identifier of a work request takes in its container's window, one for each slot of a queue.
const WRIDSize = 8

// wridAt is where in the window the identifier of the work request in a slot is.
func (r *ring) wridAt(slot int) uint64 { return r.ids + uint64(slot)*WRIDSize }

// idBytes is the memory that the identifiers of a send and a receive queue take.
func idBytes(sqLog, rqLog uint8) uint64 { return WRIDSize<<sqLog + WRIDSize<<rqLog }

// place says where the queue pair's memory is.
func (q *QP) place(sq, rq, ids Extent) {
	q.sq.mem, q.rq.mem, q.ids = sq, rq, ids
	q.sq.ids, q.rq.ids = ids.Off, ids.Off+WRIDSize<<q.sq.log
}

// posted is how many work requests are posted and not known to be complete.
func (r *ring) posted() int { return int(r.pi - r.tail) }

// complete takes note that work request index and all before it are done: an unsignaled one is done when a later
// one is. It returns the slot, and false when index is not posted.
func (r *ring) complete(index uint16) (slot int, ok bool) {
	if index-r.tail >= r.pi-r.tail {
		return 0, false
	}
	r.tail = index + 1
	return int(index) & (r.size() - 1), true
}

// QP is a queue pair. Twin: ibv_qp.
type QP struct {
	ctx      *Context
	pd       *PD
	qpn      uint32
	slot     uint32
	over     *QP // while its context is restored: the tombstone whose slot it took
	scq, rcq *CQ
	typ      abi.QPType
	sigAll   bool
	sport    uint16
	sq, rq   ring
	ids      Extent    // of the identifiers of both
	srq      *SRQ      // where its receives are, nil if they are in rq
	state    abi.State // as far as events tell; while the context is stopped, what it was before
	paused   abi.State // while the state is PAUSED: what the pause interrupted
	capable  bool      // the partner agreed to the migration protocol
	retry    Retry     // of its requester
	partner  *Retry    // of the partner's; nil: not known
	// announcing: activated, and its RESUME not known to be acknowledged.
	announcing bool
	notes      uint64 // counts the events that told of it
	asyncGot   uint32 // asynchronous events got and not acknowledged
	gone       bool
}

func (q *QP) number() uint32 { return q.qpn }

// QPN is the queue pair number.
func (q *QP) QPN() uint32 { return q.qpn }

// Context is the context the queue pair belongs to.
func (q *QP) Context() *Context { return q.ctx }

// Slot is the number of the queue pair's context in the device.
func (q *QP) Slot() int { return int(q.slot) }

// Type is the transport.
func (q *QP) Type() abi.QPType { return q.typ }

// PD is its protection domain.
func (q *QP) PD() *PD { return q.pd }

// SendCQ is where its sends complete.
func (q *QP) SendCQ() *CQ { return q.scq }

// RecvCQ is where its receives complete.
func (q *QP) RecvCQ() *CQ { return q.rcq }

// SendRoom is how many sends can be posted now.
func (q *QP) SendRoom() int { return q.sq.size() - q.sq.posted() }

// RecvRoom is how many receives can be posted now.
func (q *QP) RecvRoom() int { return q.rq.size() - q.rq.posted() }

// State is the state as the driver knows it: what it did, and what events told. Query asks the device.
func (q *QP) State() abi.State {
	if q.ctx.phase == running || q.state == abi.StateReset {
		return q.state
	}
	return abi.StateStopped
}

// QPInitAttr are the properties fixed at creation. Twin: ibv_qp_init_attr.
type QPInitAttr struct {
	// Type is the transport: RC, UC or UD.
	Type           abi.QPType
	SendCQ, RecvCQ *CQ
	// MaxSendWR and MaxRecvWR are the work requests each queue holds, 0..32768; rounded up to a power of two.
	MaxSendWR, MaxRecvWR uint32
	// SRQ is where it takes its receives from, of the same protection domain; nil: from a queue of its own. With it,
	// MaxRecvWR counts for nothing.
	SRQ *SRQ
	// MaxSendSGE and MaxRecvSGE are the buffers of one work request, 0..MaxSGE; 0 is 1. MaxInlineData is the bytes that a
	// send may carry in the queue itself, 0..MaxInline. A queue may come to hold more than was asked for: see Cap.
	MaxSendSGE, MaxRecvSGE, MaxInlineData uint32
	// SQSigAll: every send completes with a completion, signaled or not.
	SQSigAll bool
	// UDPSport is the UDP source port, 0xc000..0xffff; 0 chooses one from the QPN (RoCEv2 annex A17.4.3).
	UDPSport uint16
}

// CreateQP makes a queue pair in RESET. Twin: ibv_create_qp. Errors: ErrInval, ErrNoMem, ErrStopped, and those of
// a command.
func (p *PD) CreateQP(attr QPInitAttr) (*QP, error) {
	q, err := p.createQP(attr)
	if err != nil {
		return nil, fmt.Errorf("create QP: %w", err)
	}
	return q, nil
}

func (p *PD) createQP(attr QPInitAttr) (*QP, error) {
	if err := p.usable(); err != nil {
		return nil, err
	}
	c := p.ctx
	if err := c.dev.supports(attr.Type); err != nil {
		return nil, err
	}
	if attr.SRQ != nil {
		attr.MaxRecvWR = 0
	}
	slog, sok := ringLog(attr.MaxSendWR)
	rlog, rok := ringLog(attr.MaxRecvWR)
	sstride, rstride, err := c.dev.strides(&attr)
	if err != nil {
		return nil, err
	}
	if attr.SRQ != nil {
		rstride = attr.SRQ.stride
	}
	switch {
	case attr.SendCQ == nil || attr.RecvCQ == nil:
		return nil, fmt.Errorf("without a completion queue: %w", ErrInval)
	case attr.SendCQ.ctx != c || attr.RecvCQ.ctx != c:
		return nil, fmt.Errorf("completion queue of another context: %w", ErrInval)
	case attr.SendCQ.gone || attr.RecvCQ.gone:
		return nil, fmt.Errorf("completion queue: %w", ErrDestroyed)
	case attr.SRQ != nil && attr.SRQ.gone:
		return nil, fmt.Errorf("shared receive queue: %w", ErrDestroyed)
	case attr.SRQ != nil && attr.SRQ.pd != p:
		return nil, fmt.Errorf("shared receive queue of another protection domain: %w", ErrInval)
	case !sok || !rok:
		return nil, fmt.Errorf("%d sends, %d receives: %w", attr.MaxSendWR, attr.MaxRecvWR, ErrInval)
	case attr.UDPSport != 0 && attr.UDPSport < 0xc000:
		return nil, fmt.Errorf("UDP source port %#x: %w", attr.UDPSport, ErrInval)
	}
	qpn, ok := c.nums[spaceQPN].take(func(n uint32) bool { return c.QP(n) != nil })
	if !ok {
		return nil, fmt.Errorf("all %d QPNs are taken: %w", c.attr.Partition.QPN.Count, ErrNoMem)
	}
	if attr.UDPSport == 0 {
		attr.UDPSport = 0xc000 | uint16(qpn)&0x3fff
	}
	q := &QP{
		ctx: c, pd: p, qpn: qpn, scq: attr.SendCQ, rcq: attr.RecvCQ, typ: attr.Type, sigAll: attr.SQSigAll, sport: attr.UDPSport, srq: attr.SRQ,
		sq: ring{log: slog, stride: sstride},
		rq: ring{log: rlog, stride: rstride},
	}
	if err := q.furnish(); err != nil {
		return nil, err
	}
	if err := q.create(); err != nil {
		q.strip()
		return nil, err
	}
	c.qps = insert(c.qps, q)
	return q, nil
}

// furnish takes the memory of a new queue pair, and strip gives it back.
func (q *QP) furnish() error {
	c := q.ctx
	sq, err := c.grab(ringBytes(q.sq.log, q.sq.stride))
	if err != nil {
		return err
	}
	rq, err := c.grab(ringBytes(q.rq.log, q.rq.stride))
	if err != nil {
		c.arena.free(sq)
		return err
	}
	ids, err := c.grabTop(idBytes(q.sq.log, q.rq.log))
	if err != nil {
		c.arena.free(sq)
		c.arena.free(rq)
		return err
	}
	q.place(sq, rq, ids)
	return nil
}

func (q *QP) strip() {
	for _, e := range []Extent{q.sq.mem, q.rq.mem, q.ids} {
		q.ctx.arena.free(e)
	}
}

// create tells the device of the queue pair.
func (q *QP) create() error {
	img := abi.QPC{
		QPType: q.typ, QPN: q.qpn, PD: uint16(q.pd.num), SCQN: uint8(q.scq.num), RCQN: uint8(q.rcq.num), SQSigAll: q.sigAll,
		SQLog: q.sq.log, RQLog: q.rq.log, SQStride: q.sq.stride, RQStride: q.rq.stride, UDPSport: q.sport,
		SQBase: q.ctx.pa(q.sq.mem.Off), RQBase: q.ctx.pa(q.rq.mem.Off),
	}
	if q.srq != nil {
		img.UseSRQ, img.SRQN = true, uint8(q.srq.num)
	}
	slot, err := q.ctx.dev.run(command{op: abi.CMDCreateQP, in: q.ctx.dev.contextImage(&img), late: q.destroyLate})
	if err != nil {
		return err
	}
	return q.settleIn(slot)
}

// destroyLate undoes a creation that came too late, if the slot can be that of the new queue pair.
func (q *QP) destroyLate(slot uint32) (*command, error) {
	if err := q.fits(slot); err != nil {
		return nil, err
	}
	c := q.takenBack(slot)
	return &c, nil
}

// takenBack is how what CREATE_QP or LOAD_QP made in a slot is undone. What took the place of a tombstone becomes one,
// and leads where that led: a partner may still need it (rule R10a).
func (q *QP) takenBack(slot uint32) command {
	o := q.over
	if q.slot != slot {
		o = q.replaced(slot)
	}
	if o != nil {
		return command{op: abi.CMDSetFwd, arg0: slot, in: o.ctx.forward[:]}
	}
	return command{op: abi.CMDDestroyQP, arg0: slot}
}

// replaced is the tombstone in a slot whose place the queue pair takes, nil if there is none.
func (q *QP) replaced(slot uint32) *QP {
	if o := q.ctx.dev.slots[slot]; o != nil && o.qpn == q.qpn && o.ctx.phase == departed {
		return o
	}
	return nil
}

// settleIn takes the slot that the device gave.
func (q *QP) settleIn(slot uint32) error {
	if err := q.fits(slot); err != nil {
		return err
	}
	q.slot, q.over = slot, q.replaced(slot)
	q.ctx.dev.slots[slot] = q
	return nil
}

// fits checks that the slot that the device gave is there, and not that of another queue pair. It may be that of a
// tombstone, which the restored queue pair has then replaced.
func (q *QP) fits(slot uint32) error {
	d := q.ctx.dev
	if slot >= uint32(len(d.slots)) {
		return fmt.Errorf("slot %d of %d: %w", slot, len(d.slots), ErrDevice)
	}
	if o := d.slots[slot]; o != nil && o != q && o.ctx.phase != departed {
		return fmt.Errorf("slot %d is that of QP %d: %w", slot, o.qpn, ErrDevice)
	}
	return nil
}

// settled tells whether the slot is this queue pair's still: that of a tombstone may be another's by now.
func (q *QP) settled() bool { return q.slot != noSlot && q.ctx.dev.slots[q.slot] == q }

// moveOut gives up the slot, to the tombstone that was there before if the restoration has failed.
func (q *QP) moveOut() {
	if q.settled() {
		q.ctx.dev.slots[q.slot] = q.over
	}
}

// noSlot is the slot of a queue pair that the device does not know yet.
const noSlot = 1<<32 - 1

func (q *QP) usable() error {
	if q.gone {
		return ErrDestroyed
	}
	return q.ctx.live()
}

// Destroy destroys the queue pair in whatever state it is; its completions not yet polled are lost with it.
// Twin: ibv_destroy_qp. ErrBusy while an event of it that was got is not acknowledged.
func (q *QP) Destroy() error {
	if err := q.usable(); err != nil {
		return fmt.Errorf("destroy QP %d: %w", q.qpn, err)
	}
	if err := unacked(q.asyncGot); err != nil {
		return fmt.Errorf("destroy QP %d: %w", q.qpn, err)
	}
	if err := q.surrender(); err != nil {
		return fmt.Errorf("destroy QP %d: %w", q.qpn, err)
	}
	if err := q.destroy(q.forget); err != nil {
		return fmt.Errorf("destroy QP %d: %w", q.qpn, err)
	}
	return nil
}

// destroy makes the device forget the queue pair; done is called when it has, even if late.
func (q *QP) destroy(done func() error) error {
	if !q.settled() {
		return done()
	}
	return q.ctx.dev.end(command{op: abi.CMDDestroyQP, arg0: q.slot}, &q.gone, func() error {
		q.moveOut()
		return done()
	})
}

// forget removes the queue pair from the context, with its events and completions.
func (q *QP) forget() error {
	c := q.ctx
	q.gone = true
	q.strip()
	c.qps = remove(c.qps, q)
	c.dropEvents(func(e AsyncEvent) bool { return e.OfQP() && e.Number == q.qpn })
	return q.purge()
}

// purge takes the queue pair's completions out of its queues. Receives of a shared queue go back to it.
func (q *QP) purge() error {
	drop := func(e abi.CQE) error {
		if q.srq == nil || e.Opcode != abi.WCOpcodeRecv && e.Opcode != abi.WCOpcodeRecvRDMAImm {
			return nil
		}
		_, _, err := q.srq.complete(e.WQEIdx)
		return err
	}
	if err := q.scq.purge(q.qpn, drop); err != nil {
		return err
	}
	if q.rcq == q.scq {
		return nil
	}
	return q.rcq.purge(q.qpn, drop)
}

// Query reads the queue pair's context from the device. Twin: ibv_query_qp. Errors: ErrDestroyed, ErrStopped, and
// those of a command.
func (q *QP) Query() (abi.QPC, error) {
	if err := q.usable(); err != nil {
		return abi.QPC{}, fmt.Errorf("query QP %d: %w", q.qpn, err)
	}
	img, err := q.current()
	if err != nil {
		return abi.QPC{}, fmt.Errorf("query QP %d: %w", q.qpn, err)
	}
	return img, nil
}

// current queries the context and takes note of the state in it. While the answer was waited for an event may have
// told of something newer; then it is asked for again.
func (q *QP) current() (abi.QPC, error) {
	for {
		before := q.notes
		img, err := q.query(abi.CMDQueryQP)
		if err != nil {
			return abi.QPC{}, err
		}
		if q.notes == before {
			q.state, q.paused = img.State, interrupted(&img)
			return img, nil
		}
	}
}

// query reads the context with QUERY_QP or DUMP_QP.
func (q *QP) query(op abi.CMD) (img abi.QPC, err error) {
	b := make([]byte, abi.QPCFullSize)
	unmarshal := img.UnmarshalFull
	if q.ctx.dev.caps.Features == 0 {
		b, unmarshal = b[:abi.QPCSize], img.Unmarshal
	}
	if _, err := q.ctx.dev.run(command{op: op, arg0: q.slot, out: b}); err != nil {
		return img, err
	}
	if err := unmarshal(b); err != nil {
		return img, fmt.Errorf("%w: %w", err, ErrDevice)
	}
	if img.QPN != q.qpn {
		return img, fmt.Errorf("slot %d holds QP %d, not %d: %w", q.slot, img.QPN, q.qpn, ErrDevice)
	}
	return img, nil
}
