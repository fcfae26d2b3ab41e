package driver

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/nic"
)

// CQ is a completion queue. Twin: ibv_cq.
type CQ struct {
	ctx      *Context
	num      uint32
	log      uint8
	ring     Extent
	ci       uint32       // consumer index, free running
	channel  *CompChannel // nil: completion events are not wanted
	compGot  uint32       // completion events got and not acknowledged
	asyncGot uint32       // asynchronous events got and not acknowledged
	next     *newRing     // nil but while a Resize is under way, or it is not known what became of it
	gone     bool
}

func (q *CQ) number() uint32 { return q.num }

// Number is the number of the completion queue.
func (q *CQ) Number() uint32 { return q.num }

// Cap is how many completions it holds.
func (q *CQ) Cap() int { return 1 << q.log }

// WC is a work completion. Twin: ibv_wc.
type WC struct {
	// WRID is the identifier given when the request was posted.
	WRID uint64
	// Status is SUCCESS or why it failed; of a failed request only WRID, Status, Vendor and QPN mean something.
	Status abi.WCStatus
	Vendor abi.VendorErr
	Opcode abi.WCOpcode
	// ByteLen is the number of bytes received, or sent.
	ByteLen uint32
	QPN     uint32
	// Flags says what Imm is: immediate data, the key that the partner invalidated, or nothing.
	Flags abi.WCFlag
	Imm   uint32
	// SrcQPN is the queue pair that sent a datagram. Its IP header is in front of the payload; see AHFromWC.
	SrcQPN uint32
}

// CreateCQ makes a completion queue for at least entries completions, 1..32768, rounded up to a power of two.
// It has no completion channel. Twin: ibv_create_cq. Errors: ErrInval, ErrNoMem, ErrStopped, and those of a command.
func (c *Context) CreateCQ(entries uint32) (*CQ, error) {
	q, err := c.createCQ(entries, nil)
	if err != nil {
		return nil, fmt.Errorf("create CQ: %w", err)
	}
	return q, nil
}

func (c *Context) createCQ(entries uint32, channel *CompChannel) (*CQ, error) {
	if err := c.live(); err != nil {
		return nil, err
	}
	log, ok := ringLog(entries)
	if !ok || entries == 0 {
		return nil, fmt.Errorf("%d entries: %w", entries, ErrInval)
	}
	n, ok := c.nums[spaceCQ].take(func(n uint32) bool { return c.CQ(n) != nil })
	if !ok {
		return nil, fmt.Errorf("all %d are taken: %w", c.attr.Partition.CQ.Count, ErrNoMem)
	}
	ring, err := c.grab(abi.CQESize << log) // zeroed: element 0 of a new ring must not look delivered
	if err != nil {
		return nil, err
	}
	q := &CQ{ctx: c, num: n, log: log, ring: ring, channel: channel}
	if err := q.create(abi.CQC{}); err != nil {
		c.arena.free(ring)
		return nil, err
	}
	c.cqs = insert(c.cqs, q)
	return q, nil
}

// create tells the device of the queue, with what img says beside base and size.
func (q *CQ) create(img abi.CQC) error {
	img.Base, img.Log = q.ctx.pa(q.ring.Off), q.log
	b := img.Image()
	_, err := q.ctx.dev.run(command{op: abi.CMDCreateCQ, arg0: q.num, in: b[:], undo: &command{op: abi.CMDDestroyCQ, arg0: q.num}})
	return err
}

// destroy makes the device forget the queue; done is called when it has, even if late.
func (q *CQ) destroy(done func() error) error {
	return q.ctx.dev.end(command{op: abi.CMDDestroyCQ, arg0: q.num}, &q.gone, done)
}

func (q *CQ) usable() error {
	if q.gone {
		return ErrDestroyed
	}
	return q.ctx.live()
}

// Destroy destroys the queue. Twin: ibv_destroy_cq. ErrBusy while a queue pair uses it, or an event of it that was
// got is not acknowledged: rdma-core waits for that, and here nothing waits for a program.
func (q *CQ) Destroy() error {
	if err := q.usable(); err != nil {
		return fmt.Errorf("destroy CQ %d: %w", q.num, err)
	}
	for _, p := range q.ctx.qps {
		if p.scq == q || p.rcq == q {
			return fmt.Errorf("destroy CQ %d: QP %d uses it: %w", q.num, p.qpn, ErrBusy)
		}
	}
	if err := unacked(q.compGot + q.asyncGot); err != nil {
		return fmt.Errorf("destroy CQ %d: %w", q.num, err)
	}
	if err := q.destroy(q.forget); err != nil {
		return fmt.Errorf("destroy CQ %d: %w", q.num, err)
	}
	return nil
}

func (q *CQ) forget() error {
	q.gone = true
	if q.channel != nil {
		q.channel.forget(q)
	}
	q.ctx.dropEvents(func(e AsyncEvent) bool { return e.OfCQ() && e.Number == q.num })
	q.ctx.arena.free(q.ring)
	if q.next != nil {
		q.ctx.arena.free(q.next.mem)
	}
	q.ctx.cqs = remove(q.ctx.cqs, q)
	return nil
}

// entry is the physical address of element index.
func (q *CQ) entry(index uint32) uint64 {
	return q.ctx.pa(q.ring.Off) + uint64(index&(1<<q.log-1))*abi.CQESize
}

// peek reads element index, if the device has written it.
func (q *CQ) peek(index uint32) (e abi.CQE, ok bool, err error) {
	var b [abi.CQESize]byte
	if err := q.ctx.dev.load(q.entry(index), b[:]); err != nil {
		return e, false, err
	}
	e.Decode(b[:])
	if e.Seq != index+1 {
		return e, false, nil // the one that was here a round ago
	}
	if err := e.Unmarshal(b[:]); err != nil {
		return e, true, fmt.Errorf("%w: %w", err, ErrDevice)
	}
	return e, true, nil
}

// Poll takes up to len(wc) completions and returns how many. Twin: ibv_poll_cq. It never waits. ErrDevice names
// a completion that fits no posted work request; it is taken, and so the next call goes on behind it.
func (q *CQ) Poll(wc []WC) (int, error) {
	if err := q.usable(); err != nil {
		return 0, fmt.Errorf("poll CQ %d: %w", q.num, err)
	}
	begin, n := q.ci, 0
	var fault error
	for n < len(wc) && fault == nil {
		e, ok, err := q.peek(q.ci)
		if !ok {
			fault = err
			break
		}
		q.ci++
		if fault = err; err != nil {
			break
		}
		if wc[n], fault = q.ctx.resolve(e, q); fault == nil {
			n++
		}
	}
	if q.ci != begin {
		if err := q.publish(); err != nil && fault == nil {
			fault = err
		}
	}
	if fault != nil {
		return n, fmt.Errorf("poll CQ %d: %w", q.num, fault)
	}
	return n, nil
}

// publish tells the device how far the queue was read.
func (q *CQ) publish() error { return q.ctx.dev.write(abi.RegDBCQCI+q.num*abi.RegDBCQCIStride, q.ci) }

// resolve finds the work request that a completion is of.
func (c *Context) resolve(e abi.CQE, on *CQ) (WC, error) {
	wc := WC{Status: e.Status, Vendor: e.Vendor, Opcode: e.Opcode, ByteLen: e.ByteLen, QPN: e.QPN, Flags: e.Flags, Imm: e.Imm, SrcQPN: e.SrcQPN}
	q := c.QP(e.QPN)
	if q == nil {
		return wc, fmt.Errorf("completion of QP %d, which there is not: %w", e.QPN, ErrDevice)
	}
	ring, cq := &q.sq, q.scq
	if e.Opcode == abi.WCOpcodeRecv || e.Opcode == abi.WCOpcodeRecvRDMAImm {
		ring, cq = &q.rq, q.rcq
	}
	if cq != on {
		return wc, fmt.Errorf("%v completion of QP %d belongs on CQ %d: %w", e.Opcode, e.QPN, cq.num, ErrDevice)
	}
	if ring == &q.rq && q.srq != nil {
		id, ok, err := q.srq.complete(e.WQEIdx)
		switch {
		case err != nil:
			return wc, err
		case !ok:
			return wc, fmt.Errorf("%v completion of QP %d for slot %d of SRQ %d, in which no receive is: %w",
				e.Opcode, e.QPN, e.WQEIdx, q.srq.num, ErrDevice)
		}
		wc.WRID = id
		return wc, nil
	}
	if ring == &q.sq && e.Status != abi.WCStatusSuccess {
		q.sendFailed()
	}
	slot, ok := ring.complete(e.WQEIdx)
	if !ok {
		return wc, fmt.Errorf("%v completion of QP %d for work request %d; posted and not completed are %d to %d: %w",
			e.Opcode, e.QPN, e.WQEIdx, ring.tail, ring.pi, ErrDevice)
	}
	var err error
	wc.WRID, err = c.loadID(ring.wridAt(slot))
	return wc, err
}

// loadID reads an identifier at an offset in the window, storeID writes it.
func (c *Context) loadID(off uint64) (uint64, error) {
	var b [WRIDSize]byte
	err := c.dev.load(c.pa(off), b[:])
	return le.Uint64(b[:]), err
}

func (c *Context) storeID(off, id uint64) error {
	var b [WRIDSize]byte
	le.PutUint64(b[:], id)
	return c.dev.store(c.pa(off), b[:])
}

// ReqNotify arms the queue: one completion event follows, when a completion is waiting or arrives, on the queue's
// channel; without a channel nobody hears of it. Twin: ibv_req_notify_cq. It never waits.
func (q *CQ) ReqNotify() error { return q.arm(armNext) }

// ReqNotifySolicited arms the queue for completions that are solicited (the partner's work request had WRFlagSolicited)
// or failed; a queue armed by ReqNotify stays so. Twin: ibv_req_notify_cq with solicited_only. ErrNotSupported without
// feature solicited.
func (q *CQ) ReqNotifySolicited() error {
	if !q.ctx.dev.has(abi.FeatureSolicited) {
		return fmt.Errorf("req notify CQ %d: the device does not tell solicited completions: %w", q.num, ErrNotSupported)
	}
	return q.arm(nic.ArmSolicited)
}

// armNext is the value of DB_CQ_ARM for the next completion.
const armNext = 1

func (q *CQ) arm(v uint32) error {
	if err := q.usable(); err != nil {
		return fmt.Errorf("req notify CQ %d: %w", q.num, err)
	}
	if err := q.ctx.dev.write(abi.RegDBCQArm+q.num*abi.RegDBCQArmStride, v); err != nil {
		return fmt.Errorf("req notify CQ %d: %w", q.num, err)
	}
	return nil
}

// purge takes the completions of queue pair qpn out of the ring, so that they are not taken for those of a later
// one with its number, and calls drop for each. What is kept moves up to the newest, which the device does not touch again
// (mlx4_ib_cq_clean does the same). The queue pair must be silent.
func (q *CQ) purge(qpn uint32, drop func(abi.CQE) error) error {
	end := q.ci
	for {
		_, ok, err := q.peek(end)
		if err != nil && !ok {
			return err
		}
		if !ok || end-q.ci == 1<<q.log {
			break
		}
		end++
	}
	to := end
	for at := end; at != q.ci; {
		at--
		e, _, err := q.peek(at)
		if err == nil && e.QPN == qpn {
			if err := drop(e); err != nil {
				return err
			}
			continue
		}
		to--
		if to != at {
			e.Seq = to + 1
			b := e.Image()
			if err := q.ctx.dev.store(q.entry(to), b[:]); err != nil {
				return err
			}
		}
	}
	if to == q.ci {
		return nil
	}
	q.ci = to
	return q.publish()
}
