package driver

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
)

// SGE is the local buffer of a work request. Twin: ibv_sge.
type SGE struct {
	Addr   uint64 // virtual address
	Length uint32 // bytes, 0..MaxMessage
	LKey   uint32
}

// MaxMessage is the longest message in bytes. IBTA 9.7.5.
const MaxMessage = 1 << 31

// SendWR is a work request for the send queue. Twin: ibv_send_wr.
type SendWR struct {
	WRID   uint64
	Opcode abi.WROpcode
	Flags  abi.WRFlag
	// SGE is its buffer, More what follows in a list of several, as QPInitAttr.MaxSendSGE allows. With WRFlagInline the
	// bytes are taken when it is posted, up to MaxInlineData, and no key is looked at.
	SGE  SGE
	More []SGE
	// RemoteVA and RKey say where an RDMA WRITE goes, and what a READ or an atomic is about.
	RemoteVA uint64
	RKey     uint32
	// Imm is the immediate data of the operations that have some, InvKey the partner's key that SEND_INV invalidates.
	Imm, InvKey uint32
	// Swap is what CMP_SWAP stores if it finds Compare, or what FETCH_ADD adds. The buffer, of 8 bytes, gets what was
	// there.
	Swap, Compare uint64
	// AH, RemoteQPN and RemoteQKey say where a datagram goes. A Q_Key with the high-order bit set stands for that of the
	// queue pair.
	AH                    *AH
	RemoteQPN, RemoteQKey uint32
}

// RecvWR is a work request for the receive queue. Twin: ibv_recv_wr.
type RecvWR struct {
	WRID uint64
	// SGE is its buffer, More what follows in a list of several, as QPInitAttr.MaxRecvSGE allows.
	SGE  SGE
	More []SGE
}

// PostSend posts work requests in order and rings the doorbell once. Twin: ibv_post_send. It returns how many were
// posted; the error is about the next one: ErrNoMem when the ring is full, ErrState before RTS, ErrStopped,
// ErrDestroyed, ErrInval, ErrNotSupported, ErrIO. In SQE and ERR they are taken, and complete with WR_FLUSH_ERR (IBTA 10.8.3).
func (q *QP) PostSend(wrs ...SendWR) (int, error) {
	if err := q.usable(); err != nil {
		return 0, fmt.Errorf("post send on QP %d: %w", q.qpn, err)
	}
	switch q.state {
	case abi.StateRTS, abi.StatePaused, abi.StateSQD, abi.StateSQE, abi.StateErr:
	default:
		return 0, fmt.Errorf("post send on QP %d in %v: %w", q.qpn, q.state, ErrState)
	}
	n, fault := 0, error(nil)
	for i := range wrs {
		if fault = q.putSend(&wrs[i]); fault != nil {
			break
		}
		n++
	}
	return n, q.finish("post send", &q.sq, abi.RegDBSQ+q.slot*abi.RegDBSQStride, abi.RegDBSend, n, fault)
}

// PostRecv posts receives in order and rings the doorbell once. Twin: ibv_post_recv. As PostSend, but allowed from
// INIT on.
func (q *QP) PostRecv(wrs ...RecvWR) (int, error) {
	if err := q.usable(); err != nil {
		return 0, fmt.Errorf("post recv on QP %d: %w", q.qpn, err)
	}
	switch {
	case q.srq != nil:
		return 0, fmt.Errorf("post recv on QP %d: its receives are those of SRQ %d: %w", q.qpn, q.srq.num, ErrInval)
	case q.state == abi.StateReset:
		return 0, fmt.Errorf("post recv on QP %d in %v: %w", q.qpn, q.state, ErrState)
	}
	n, fault := 0, error(nil)
	for i := range wrs {
		if fault = q.putRecv(&wrs[i]); fault != nil {
			break
		}
		n++
	}
	return n, q.finish("post recv", &q.rq, abi.RegDBRQ+q.slot*abi.RegDBRQStride, abi.RegDBRecv, n, fault)
}

// finish rings the doorbell for n work requests that were put into r, and wraps what went wrong. own is the doorbell of
// the slot, any that for all slots, which a device with many has.
func (q *QP) finish(what string, r *ring, own, any uint32, n int, fault error) error {
	if n != 0 {
		bell, v := own, uint32(r.pi)
		if q.ctx.dev.caps.Features&abi.FeatureMany != 0 {
			bell, v = any, q.slot<<abi.RegDBSendSlotShift|v
		}
		if err := q.ctx.dev.write(bell, v); err != nil {
			fault = err
		}
	}
	if fault != nil {
		return fmt.Errorf("%s on QP %d: %w", what, q.qpn, fault)
	}
	return nil
}

func (q *QP) putSend(w *SendWR) error {
	switch {
	case !w.Opcode.Valid():
		return fmt.Errorf("opcode %v: %w", w.Opcode, ErrInval)
	case !w.Flags.Valid():
		return fmt.Errorf("flags %v: %w", w.Flags, ErrInval)
	}
	if err := q.fitsType(w); err != nil {
		return err
	}
	need := w.Opcode.Needs()
	if w.Flags&abi.WRFlagFence != 0 {
		need |= abi.FeatureFence
	}
	if w.Flags&abi.WRFlagInline != 0 {
		need |= abi.FeatureInline
	}
	if need&^q.ctx.dev.caps.Features != 0 {
		return fmt.Errorf("%v %v: the device does not do it: %w", w.Opcode, w.Flags, ErrNotSupported)
	}
	imm := w.Imm
	if w.Opcode == abi.WROpcodeSendInv {
		imm = w.InvKey
	}
	x := abi.WQE{
		Opcode: w.Opcode, Flags: w.Flags, RemoteVA: w.RemoteVA, RKey: w.RKey,
		Imm: imm, Swap: w.Swap, Compare: w.Compare,
	}
	w.addressed(&x)
	return q.put(&q.sq, w.WRID, x, w.SGE, w.More)
}

func (q *QP) putRecv(w *RecvWR) error {
	// Opcode is ignored in a receive ring; SEND keeps the element a valid one.
	return q.put(&q.rq, w.WRID, abi.WQE{Opcode: abi.WROpcodeSend}, w.SGE, w.More)
}

// put writes an element into the ring, with its buffers. The device sees it with the doorbell.
func (q *QP) put(r *ring, id uint64, w abi.WQE, first SGE, more []SGE) error {
	var err error
	if w.Length, err = total(first, more); err != nil {
		return err
	}
	if r.posted() == r.size() {
		return fmt.Errorf("all %d elements of the ring are posted: %w", r.size(), ErrNoMem)
	}
	at := int(r.pi) & (r.size() - 1)
	addr := q.ctx.pa(r.mem.Off) + uint64(at)*abi.WQESize<<r.stride
	if w.Flags&abi.WRFlagInline != 0 {
		err = q.putInline(&w, addr+abi.WQESize, first, more)
	} else {
		err = q.ctx.dev.putBuffers(&w, addr+abi.WQESize, r.stride, first, more)
	}
	if err != nil {
		return err
	}
	b := w.Image()
	if err := q.ctx.dev.store(addr, b[:]); err != nil {
		return err
	}
	if err := q.ctx.storeID(r.wridAt(at), id); err != nil {
		return err
	}
	r.pi++
	return nil
}
