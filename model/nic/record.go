package nic

import "github.com/godwit-rdma/godwit/model/abi"

// Bits of the retire record's flags.
const (
	flagTimerSet     = 1 << 0
	flagTimerStopped = 1 << 1
)

// begin starts the record of a step.
func (k *Core) begin(c *Cause) {
	k.rec = abi.Retire{
		Seq: k.steps, Cause: c.Kind, Slot: NoSlot, Arg: c.Arg, Arg2: c.Arg2, Addr: c.Addr,
	}
	k.moved = 0
}

// retire finishes the record: the context after the step, and what is counted by verdict.
func (k *Core) retire() *abi.Retire {
	r := &k.rec
	r.TXSeq = k.txSeq
	if k.allocated(r.Slot) && r.Cause != abi.CauseDBCQCI && r.Cause != abi.CauseDBCQArm {
		k.qps[r.Slot].ctx.Marshal(r.Ctx[:])
	}
	k.steps++
	k.count(r)
	return r
}
