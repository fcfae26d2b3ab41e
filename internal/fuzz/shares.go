package fuzz

import "github.com/godwit-rdma/godwit/model/abi"

// shares takes what a step takes out of the shared receive queue, and says what is wrong with it: a receive is taken once,
// by a message that begins with none in hand, never in ERR, and what was taken is what completes.
func (p *patient) shares() string {
	b, c, fx := &p.before, &p.c, &p.fx
	recv := fx.HasCQE && fx.CQE.Opcode >= abi.WCOpcodeRecv
	switch {
	case !b.UseSRQ:
		if fx.TakeReceive || c.RTaken || c.LastWQE {
			return "srq: a receive of a shared queue without one"
		}
		return ""
	case fx.TakeReceive && (b.RTaken || b.State == abi.StateErr || p.waiting.PI == p.waiting.CI):
		return "srq: a receive was taken that is not due"
	case c.RTaken != ((b.RTaken || fx.TakeReceive) && !recv) && c.State != abi.StateReset:
		return "srq: a receive was lost, or kept"
	case recv && b.RTaken && fx.CQE.WQEIdx != b.RWQE, recv && fx.TakeReceive && fx.CQE.WQEIdx != p.waiting.Head,
		recv && !b.RTaken && !fx.TakeReceive:
		return "srq: another receive completed than was taken"
	case c.LastWQE && !b.LastWQE && (fx.Event != abi.EventQPLastWQEReached || c.RTaken):
		return "srq: the last receive without its event, or not the last"
	case c.RQPI != 0, c.RQCI != 0:
		return "srq: a receive of its own"
	}
	if fx.TakeReceive {
		p.srq.Take(fx.NextReceive)
	}
	return ""
}
