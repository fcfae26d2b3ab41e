package nic

import "github.com/godwit-rdma/godwit/model/abi"

// Bits of the retire record's flags.
const (
	flagTimerSet     = 1 << 0
	flagTimerStopped = 1 << 1
)

// begin starts the record of a step.
func (k *Core) begin(c *Cause) {
	r := &k.rec
	if r.Slot != NoSlot && !k.unseen {
		r.Ctx = [abi.QPCSize]byte{}
	}
	r.Seq, r.Cause, r.Verdict, r.Slot = k.steps, c.Kind, 0, NoSlot
	r.Arg, r.Arg2, r.Addr = c.Arg, c.Arg2, c.Addr
	r.RXSeq, r.TimerTicks, r.Flags = 0, 0, 0
	k.moved = 0
}

// retire finishes the record: the context after the step, and what is counted by verdict.
func (k *Core) retire() *abi.Retire {
	r := &k.rec
	r.TXSeq = k.txSeq
	if !k.unseen && k.allocated(r.Slot) && !r.Cause.OfQueue() {
		k.qps[r.Slot].ctx.Marshal(r.Ctx[:])
	}
	k.steps++
	k.count(r)
	return r
}
