package nic

import (
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/qp"
)

// imageSize is the number of bytes a command reads from CMD_ADDR before anything else.
func (k *Core) imageSize(op abi.CMD) int {
	switch op {
	case abi.CMDCreateQP, abi.CMDModifyQP, abi.CMDLoadQP:
		return k.contextSize()
	case abi.CMDSetFwd:
		return 16
	case abi.CMDCreateMR:
		return abi.MRSize
	case abi.CMDCreateCQ, abi.CMDResizeCQ:
		return abi.CQCSize
	case abi.CMDCreateSRQ:
		return abi.SRQCSize
	}
	return 0
}

// contextSize is the length of a context image of this build: one without features has no extended banks.
func (k *Core) contextSize() int {
	if k.params.Features == 0 {
		return abi.QPCSize
	}
	return abi.QPCFullSize
}

// readContext decodes the image that was read.
func (k *Core) readContext(c *abi.QPC) {
	if k.params.Features == 0 {
		c.Decode(k.image[:])
	} else {
		c.DecodeFull(k.image[:])
	}
}

// command executes a mailbox command. The verdict is its CmdStatus.
func (k *Core) command(c *Cause, env Env) {
	op := abi.CMD(c.Arg2 >> 24)
	k.regs.result = 0
	status := abi.CmdStatusBadOpcode
	if k.hasCommand(op) {
		if n := k.imageSize(op); n != 0 {
			env.DMARead(c.Addr, k.image[:n])
		}
		switch op {
		case abi.CMDCreateQP, abi.CMDLoadQP:
			status = k.newQP(op)
		case abi.CMDCreateMR, abi.CMDDestroyMR, abi.CMDDumpMR:
			status = k.commandMR(op, c, env)
		case abi.CMDCreateCQ, abi.CMDDestroyCQ, abi.CMDDumpCQ, abi.CMDResizeCQ:
			status = k.commandCQ(op, c, env)
		case abi.CMDCreateSRQ, abi.CMDModifySRQ, abi.CMDDestroySRQ, abi.CMDDumpSRQ:
			status = k.commandSRQ(op, c, env)
		default:
			status = k.commandQP(op, c, env)
		}
	}
	k.rec.Verdict = abi.Verdict(status)
	k.regs.status, k.regs.cmdBusy = status, false
}

// hasCommand tells whether this build has the command.
func (k *Core) hasCommand(op abi.CMD) bool {
	switch op {
	case abi.CMDDumpMR:
		return k.params.Features&abi.FeatureInv != 0
	case abi.CMDResizeCQ:
		return k.params.Features&abi.FeatureResize != 0
	case abi.CMDCreateSRQ, abi.CMDModifySRQ, abi.CMDDestroySRQ, abi.CMDDumpSRQ:
		return k.params.Features&abi.FeatureSRQ != 0
	case abi.CMDDumpQP, abi.CMDLoadQP, abi.CMDSetFwd:
		return k.params.Migration
	}
	return op.Valid()
}

// newQP executes CREATE_QP and LOAD_QP.
func (k *Core) newQP(op abi.CMD) abi.CmdStatus {
	var img abi.QPC
	k.readContext(&img)
	c := qp.Create(&img)
	if op == abi.CMDLoadQP {
		if img.SavedState.Needs()&^k.params.Features != 0 {
			return abi.CmdStatusBadState
		}
		var status abi.CmdStatus
		if c, status = qp.Load(&img, k.ev.Rules); status != abi.CmdStatusOK {
			return status
		}
	}
	if !qp.Supports(&c, k.params.Features) {
		return abi.CmdStatusBadAttr
	}
	if k.guarded() && !(k.hasCQ(c.SCQN) && k.hasCQ(c.RCQN)) {
		return abi.CmdStatusBadIndex
	}
	n, taken := k.byQPN[c.QPN]
	switch {
	case !taken:
		free, ok := k.freeSlot()
		if !ok {
			return abi.CmdStatusNoSpace
		}
		n = free
	case op == abi.CMDCreateQP || !qp.Replaces(&c, &k.qps[n].ctx):
		return abi.CmdStatusExists
	}
	k.withoutUnit(&c)
	k.put(n, &c)
	k.rec.Slot, k.regs.result = n, uint32(n)
	return abi.CmdStatusOK
}

// guarded is feature cq_guard.
func (k *Core) guarded() bool { return k.params.Features&abi.FeatureCQGuard != 0 }

// hasCQ tells whether a completion queue was created.
func (k *Core) hasCQ(n uint8) bool { return int(n) < len(k.cqs) && k.cqs[n].Used() }

// freeSlot finds the lowest free context slot.
func (k *Core) freeSlot() (uint16, bool) {
	for int(k.lowest) < len(k.qps) && k.qps[k.lowest].used {
		k.lowest++
	}
	return k.lowest, int(k.lowest) < len(k.qps)
}

// commandQP executes the commands on a queue pair that exists.
func (k *Core) commandQP(op abi.CMD, c *Cause, env Env) abi.CmdStatus {
	n := uint16(c.Arg)
	if !k.allocated(n) {
		return abi.CmdStatusBadIndex
	}
	k.rec.Slot = n
	ctx := &k.qps[n].ctx
	switch op {
	case abi.CMDModifyQP:
		status := k.modify(ctx, c, env)
		k.groups[n] = ctx.MigGroup
		return status
	case abi.CMDDestroyQP:
		if ctx.Timer != abi.TimerNone {
			k.stopTimer(env)
		}
		delete(k.byQPN, ctx.QPN)
		k.qps[n] = slot{}
		k.lowest = min(k.lowest, n)
		return abi.CmdStatusOK
	case abi.CMDDumpQP:
		if ctx.State != abi.StateStopped {
			return abi.CmdStatusBadState
		}
	case abi.CMDSetFwd:
		return qp.SetForward(ctx, [16]byte(k.image[:16]))
	}
	ctx.MarshalFull(k.image[:])
	env.DMAWrite(c.Addr, k.image[:k.contextSize()])
	return abi.CmdStatusOK
}

// modify executes MODIFY_QP.
func (k *Core) modify(ctx *abi.QPC, c *Cause, env Env) abi.CmdStatus {
	attrs := c.Arg2 & 0xffffff
	if !k.params.Migration {
		attrs &^= abi.AttrMig
	}
	if k.params.Features == 0 {
		attrs &^= abi.AttrMaxRdAtomic | abi.AttrMaxDestRdAtomic | abi.AttrQKey
	}
	if k.params.Features&abi.FeatureSQD == 0 {
		attrs &^= abi.AttrEnSQDAsyncNotify
	}
	if k.params.Features&abi.FeatureCoalesce == 0 {
		attrs &^= abi.AttrACKEvery
	}
	to := abi.State(c.Arg >> 24)
	if to.Needs()&^k.params.Features != 0 {
		return abi.CmdStatusBadState
	}
	var img abi.QPC
	k.readContext(&img)
	status := qp.Modify(ctx, &img, attrs, to, &k.fx)
	k.withoutUnit(ctx)
	if k.fx.StopTimer {
		k.stopTimer(env)
	}
	if k.fx.Event != abi.EventNone {
		k.raise(k.fx.Event, ctx.QPN, env)
	}
	return status
}

// withoutUnit takes away what a fresh context has in the migration bank, which a build without the migration
// unit does not have.
func (k *Core) withoutUnit(c *abi.QPC) {
	if !k.params.Migration {
		c.MigLease, c.MigAnnounce = 0, 0
	}
}

// commandMR executes CREATE_MR, DESTROY_MR and DUMP_MR.
func (k *Core) commandMR(op abi.CMD, c *Cause, env Env) abi.CmdStatus {
	switch op {
	case abi.CMDDestroyMR:
		return k.regions.Destroy(c.Arg)
	case abi.CMDDumpMR:
		mr, ok := k.regions.Get(c.Arg)
		if !ok {
			return abi.CmdStatusBadIndex
		}
		mr.Marshal(k.image[:])
		env.DMAWrite(c.Addr, k.image[:abi.MRSize])
		return abi.CmdStatusOK
	}
	var mr abi.MR
	mr.Decode(k.image[:])
	if k.params.Features&abi.FeatureInv == 0 {
		mr.Invalid = false
	}
	row, status := k.regions.Create(mr)
	k.regs.result = uint32(row)
	return status
}

// commandCQ executes CREATE_CQ, DESTROY_CQ and DUMP_CQ.
func (k *Core) commandCQ(op abi.CMD, c *Cause, env Env) abi.CmdStatus {
	n := int(uint16(c.Arg))
	if n >= len(k.cqs) {
		return abi.CmdStatusBadIndex
	}
	q := &k.cqs[n]
	switch op {
	case abi.CMDCreateCQ:
		var img abi.CQC
		img.Decode(k.image[:])
		if k.params.Features&abi.FeatureSolicited == 0 {
			img.Solicited, img.SolicitedPI = false, 0
		}
		return q.Create(img)
	case abi.CMDDestroyCQ:
		return q.Destroy()
	case abi.CMDResizeCQ:
		var img abi.CQC
		img.Decode(k.image[:])
		return q.Resize(img.Base, img.Log)
	}
	if !q.Used() {
		return abi.CmdStatusBadIndex
	}
	q.CQC.Marshal(k.image[:])
	env.DMAWrite(c.Addr, k.image[:abi.CQCSize])
	return abi.CmdStatusOK
}
