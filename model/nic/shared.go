package nic

import "github.com/godwit-rdma/godwit/model/abi"

// A device with feature srq has as many shared receive queues as completion queues.

// sharedQueue is the shared receive queue that a context names, nil if it is not there.
func (k *Core) sharedQueue(c *abi.QPC) *abi.SRQC {
	if n := int(c.SRQN); n < len(k.srqs) && k.srqs[n].Used() {
		return &k.srqs[n].SRQC
	}
	return nil
}

// takeShared takes a receive out of the shared receive queue of a queue pair.
func (k *Core) takeShared(c *abi.QPC, env Env) {
	if event := k.srqs[c.SRQN].Take(k.fx.NextReceive); event != abi.EventNone {
		k.raise(event, uint32(c.SRQN), env)
	}
}

// SRQ returns the context of a shared receive queue; ok is false if it was not created or does not exist.
func (k *Core) SRQ(n int) (c abi.SRQC, ok bool) {
	if n < 0 || n >= len(k.srqs) || !k.srqs[n].Used() {
		return abi.SRQC{}, false
	}
	return k.srqs[n].SRQC, true
}

// doorbellSRQ executes DB_SRQ.
func (k *Core) doorbellSRQ(c *Cause) {
	k.rec.Slot = c.Slot
	k.rec.Verdict = abi.VerdictIgnored
	if int(c.Slot) < len(k.srqs) {
		k.rec.Verdict = k.srqs[c.Slot].Post(uint16(c.Arg))
	}
}

// commandSRQ executes CREATE_SRQ, MODIFY_SRQ, DESTROY_SRQ and DUMP_SRQ.
func (k *Core) commandSRQ(op abi.CMD, c *Cause, env Env) abi.CmdStatus {
	n := int(uint16(c.Arg))
	if n >= len(k.srqs) {
		return abi.CmdStatusBadIndex
	}
	q := &k.srqs[n]
	switch {
	case op == abi.CMDCreateSRQ:
		var img abi.SRQC
		img.Decode(k.image[:])
		return q.Create(img)
	case op == abi.CMDDestroySRQ:
		return q.Destroy()
	case !q.Used():
		return abi.CmdStatusBadIndex
	case op == abi.CMDModifySRQ:
		if event := q.SetLimit(uint16(c.Arg2)); event != abi.EventNone {
			k.raise(event, uint32(n), env)
		}
		return abi.CmdStatusOK
	}
	q.SRQC.Marshal(k.image[:])
	env.DMAWrite(c.Addr, k.image[:abi.SRQCSize])
	return abi.CmdStatusOK
}
