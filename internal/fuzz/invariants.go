package fuzz

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/qp"
)

// timers keeps the device's timer, and says whether the context agrees with it: at most one, and the one it names.
func (p *patient) timers() string {
	switch {
	case p.fx.SetTimer && p.fx.StopTimer:
		return "timer: set and stopped in one step"
	case p.fx.SetTimer:
		p.armed = true
	case p.fx.StopTimer:
		p.armed = false
	}
	if p.armed != (p.c.Timer != abi.TimerNone) {
		return fmt.Sprintf("timer: the device's is armed: %v, the context's is %v", p.armed, p.c.Timer)
	}
	return ""
}

// edges says by which causes a step may change the state.
func edge(cause abi.Cause, from, to abi.State) bool {
	for _, via := range []abi.Via{abi.ViaError, abi.ViaNAKStopped, abi.ViaResumePacket} {
		if abi.TransitionAllowed(from, to, via) && cause != abi.CauseStall && cause != abi.CauseActivate {
			return true
		}
	}
	return cause == abi.CauseStall && abi.TransitionAllowed(from, to, abi.ViaStall) ||
		cause == abi.CauseActivate && abi.TransitionAllowed(from, to, abi.ViaResume)
}

// check says what is wrong after a step; wants is what the queue pair was ready for before it.
func (p *patient) check(wants qp.Want) string {
	b, c, v, cause := &p.before, &p.c, p.verdict, p.ev.Cause
	silent := v == abi.VerdictIgnored || v >= abi.VerdictDropMalformed
	switch {
	case silent && (*c != *b || p.fx != qp.Effects{}):
		return fmt.Sprintf("drop: %v with an effect", v)
	case p.foreign && !silent, v == abi.VerdictDropPKey && !p.foreign:
		return fmt.Sprintf("pkey: %#04x with %#04x is %v", p.pkt.BTH.PKey, b.PKey, v)
	case b.State == abi.StateStopped && cause != abi.CauseActivate && *c != *b:
		return "stopped: a stopped context changed"
	case c.State != b.State && !edge(cause, b.State, c.State):
		return fmt.Sprintf("edge: %v -> %v by %v", b.State, c.State, cause)
	}
	for _, x := range []struct {
		cause abi.Cause
		want  qp.Want
	}{
		{abi.CauseSend, qp.WantSend}, {abi.CauseRespond, qp.WantRespond}, {abi.CauseRetire, qp.WantRetire}, {abi.CauseFlushSQ, qp.WantFlushSQ}, {abi.CauseFlushRQ, qp.WantFlushRQ},
	} {
		if cause == x.cause && (wants&x.want == 0) != (v == abi.VerdictIgnored) {
			return fmt.Sprintf("wants: %v is %v", cause, v)
		}
	}
	if p.fx.Event == abi.EventSQDrained && (!b.DrainDue || c.DrainDue || c.HeadPSN != c.MaxPSN || c.CplDue) {
		return "event: SQ_DRAINED, and something is left or it was not due"
	}
	if c.DrainDue && c.HeadPSN == c.MaxPSN && c.State != abi.StateErr {
		return "event: drained, and SQ_DRAINED did not come"
	}
	for _, f := range []func() string{p.numbers, p.emits, p.completes, p.budgets, p.rules, p.unreliable, p.congestion, p.image} {
		if wrong := f(); wrong != "" {
			return wrong
		}
	}
	return ""
}

// sends tells whether a state has a requester.
func sends(s abi.State) bool {
	return s == abi.StateRTS || s == abi.StateSQD || s == abi.StatePaused
}

// numbers checks PSNs and indices.
func (p *patient) numbers() string {
	c := &p.c
	// A cursor that is to go back may be behind what was acknowledged meanwhile, and one in ERR means nothing.
	live := !c.Rewind && sends(c.State)
	if n := uint32(c.SQPI - c.SQACK); n > 1<<c.SQLog || live && uint32(c.SQSend-c.SQACK) > n {
		return fmt.Sprintf("index: ack %d, send %d, producer %d of %d", c.SQACK, c.SQSend, c.SQPI, 1<<c.SQLog)
	}
	if n := uint32(c.RQPI - c.RQCI); n > 1<<c.RQLog {
		return fmt.Sprintf("index: receive %d, producer %d of %d", c.RQCI, c.RQPI, 1<<c.RQLog)
	}
	if !sends(c.State) {
		return ""
	}
	window := c.UnaPSN.Distance(c.MaxPSN)
	switch {
	case uint64(window) > abi.SendWindow+uint64(c.RdExtra):
		return fmt.Sprintf("psn: %d packets are unacknowledged", window)
	case c.RdCount > c.MaxRdAtomic, c.RsCount > c.MaxDestRdAtomic, c.RsDue > c.RsCount:
		return fmt.Sprintf("credits: %d of %d outstanding, %d of %d remembered, %d due", c.RdCount, c.MaxRdAtomic, c.RsCount, c.MaxDestRdAtomic, c.RsDue)
	case c.HeadPSN.Distance(c.UnaPSN) > 1<<20:
		return fmt.Sprintf("psn: head %v is beyond una %v", c.HeadPSN, c.UnaPSN)
	case c.UnaPSN.Distance(c.NextPSN) > window && !c.Rewind:
		return fmt.Sprintf("psn: next %v is outside %v..%v and does not go back", c.NextPSN, c.UnaPSN, c.MaxPSN)
	case c.SQACK == c.SQPI && c.UnaPSN != c.MaxPSN:
		return "psn: packets without a work request are unacknowledged"
	}
	return ""
}

// emits checks the packet of a step.
func (p *patient) emits() string {
	b, c, o := &p.before, &p.c, &p.fx.Packet
	if !p.fx.HasPacket {
		return ""
	}
	kind := o.Op.Info().Kind
	nak := abi.Syndrome(o.AETH.Syndrome) == abi.SyndromeNAKStopped
	switch {
	case b.State == abi.StateErr, b.State == abi.StateReset, b.State == abi.StateInit:
		return fmt.Sprintf("emits: %v in %v", o.Op, b.State)
	case b.State == abi.StateStopped && p.ev.Cause != abi.CauseActivate &&
		!(kind == abi.KindResponse && nak || kind == abi.KindMig && o.METH.Kind == abi.METHKindRedirect):
		return fmt.Sprintf("emits: %v in STOPPED", o.Op) // R2
	case nak && b.State != abi.StateStopped:
		return fmt.Sprintf("emits: NAK_STOPPED in %v", b.State)
	case (kind == abi.KindMig || nak) && !c.MigCapable:
		return "emits: a migration packet to a partner that did not agree"
	case kind == abi.KindRequest && b.State == abi.StatePaused && !b.Probe:
		return "emits: a request while paused, which is no probe" // R3, R4
	case kind == abi.KindRequest && b.State == abi.StateSQD && o.PSN == b.HeadPSN && b.HeadPSN == b.MaxPSN:
		return "emits: a new message in SQD"
	case kind == abi.KindResponse && b.ResumePending && b.State != abi.StateStopped:
		return "emits: an answer before the RESUME is acknowledged" // R6a
	case kind == abi.KindRequest && b.ResumePending:
		return "emits: a request before the RESUME is acknowledged" // R6
	case kind == abi.KindRequest && o.PSN.Add(1).Diff(c.MaxPSN) > 0, kind == abi.KindRequest && o.PSN.Less(c.UnaPSN):
		return fmt.Sprintf("emits: request %v outside %v..%v", o.PSN, c.UnaPSN, c.MaxPSN)
	case kind == abi.KindRequest && p.fx.Retransmit != (o.PSN != b.MaxPSN):
		return "emits: a retransmission not marked, or a first transmission marked"
	case o.Len > 128<<c.PMTU:
		return "emits: a payload beyond the path MTU"
	case o.Op == abi.OpAcknowledge && !nak && o.AETH.Syndrome < 0x20 && o.PSN != acknowledged(c):
		return fmt.Sprintf("emits: an acknowledgement of %v, ePSN is %v", o.PSN, c.EPSN)
	}
	return ""
}

// acknowledged is the last PSN below ePSN that is of no remembered READ or atomic: responses alone speak for these.
func acknowledged(c *abi.QPC) psn.PSN {
	p := c.EPSN.Prev()
	for again := true; again; {
		again = false
		for i := uint8(0); i < c.RsCount; i++ {
			var s abi.RsSlot
			s.Decode(c.RsSlots[int((c.RsNext-1-i)%16)*abi.RsSlotSize:])
			n := uint32(1)
			if s.Op == abi.RdOpRead && s.Length != 0 {
				n = (s.Length + 128<<c.PMTU - 1) / (128 << c.PMTU)
			}
			if s.PSN.Distance(p) < n {
				p, again = s.PSN.Prev(), true
			}
		}
	}
	return p
}

// completes checks the completion and the memory write of a step.
func (p *patient) completes() string {
	if p.c.RdCount < p.before.RdCount && p.c.State != abi.StateReset && (p.ev.Pkt == nil || p.ev.Pkt.BTH.Op.Info().Kind != abi.KindResponse) {
		return "retired: a READ or atomic without its response" // P10
	}
	b, c, e := &p.before, &p.c, &p.fx.CQE
	if (p.fx.Write != 0 || p.fx.HasWord) && p.ev.Pkt != nil && p.ev.Pkt.BTH.Op.Info().Kind == abi.KindResponse {
		if c.UnaPSN != p.ev.Pkt.BTH.PSN.Next() || b.RdCount == 0 {
			return "write: of a response that was not awaited"
		}
	} else if c.QPType == abi.QPTypeRC && p.fx.Write != 0 && (p.ev.Pkt == nil || int(p.fx.Write) > len(p.ev.Pkt.Payload) || p.ev.Pkt.BTH.PSN != b.EPSN || c.EPSN != b.EPSN.Next()) {
		return "write: payload of a packet that is not at ePSN"
	}
	if !p.fx.HasCQE {
		if c.RQCI != b.RQCI {
			return "completion: a receive was taken without one"
		}
		return ""
	}
	recv := e.Opcode >= abi.WCOpcodeRecv
	switch {
	case e.QPN != c.QPN:
		return "completion: of another queue pair"
	case recv && !c.UseSRQ && (e.WQEIdx != b.RQCI || c.RQCI != b.RQCI+1), !recv && (e.WQEIdx != b.SQACK || c.SQACK != b.SQACK+1):
		return "completion: out of order"
	case e.Status != abi.WCStatusSuccess && b.State != abi.StateErr && !(b.State == abi.StateSQE && !recv && c.QPType != abi.QPTypeRC):
		return fmt.Sprintf("completion: %v in %v", e.Status, b.State)
	case recv && e.Status == abi.WCStatusSuccess && p.ev.Cause != abi.CauseRX:
		return "completion: a receive without a packet"
	case !recv && e.Status == abi.WCStatusSuccess && c.HeadPSN.Diff(c.UnaPSN) > 0:
		return "completion: a send that is not acknowledged"
	}
	return ""
}

// budgets checks P8: a pause costs no retry.
func (p *patient) budgets() string {
	b, c := &p.before, &p.c
	if b.State == abi.StatePaused && c.State == abi.StatePaused && (c.RetryLeft < b.RetryLeft || c.RNRLeft < b.RNRLeft) {
		return "budget: spent in PAUSED"
	}
	if c.RetryLeft > c.RetryCnt || c.RNRLeft > c.RNRRetry {
		return "budget: more than there was"
	}
	return ""
}

// image checks that the context survives its image.
func (p *patient) image() string {
	img := p.c.ImageFull()
	var back abi.QPC
	if err := back.UnmarshalFull(img[:]); err != nil {
		return "image: " + err.Error()
	}
	if back != p.c {
		return "image: another context comes back"
	}
	return ""
}

// reload dumps a stopped queue pair and loads it elsewhere. P9.
func (p *patient) reload() string {
	p.verdict = abi.VerdictOK
	next, status := qp.Load(&p.before, 0)
	if p.before.State != abi.StateStopped {
		if status != abi.CmdStatusBadState {
			return fmt.Sprintf("load: of a context in %v: %v", p.before.State, status)
		}
		return ""
	}
	if status != abi.CmdStatusOK {
		return fmt.Sprintf("load: %v", status)
	}
	same := next
	same.MigEpoch, same.Restored, same.FwdValid, same.FwdAddr = p.before.MigEpoch, p.before.Restored, p.before.FwdValid, p.before.FwdAddr
	switch {
	case same != p.before:
		return "load: not the identity"
	case next.MigEpoch != p.before.MigEpoch.Add(1), !next.Restored, next.FwdValid:
		return "load: not a restored context"
	case !qp.Replaces(&next, &p.before):
		return "load: it does not replace its tombstone"
	}
	p.c = next
	return p.image()
}

// forward names another address to a tombstone.
func (p *patient) forward() string {
	p.verdict = abi.VerdictOK
	if s := qp.SetForward(&p.c, otherIP); (s == abi.CmdStatusOK) != (p.before.State == abi.StateStopped) {
		return fmt.Sprintf("forward: %v in %v", s, p.before.State)
	}
	return p.image()
}

// modify is MODIFY_QP to any state, mostly to the next.
func (p *patient) modify(m *move) string {
	p.verdict = abi.VerdictOK
	to := abi.State(m.Which % abi.NumStates)
	if next := [abi.NumStates]abi.State{
		abi.StateReset: abi.StateInit, abi.StateInit: abi.StateRTR, abi.StateRTR: abi.StateRTS, abi.StateRTS: abi.StateSQD, abi.StateSQD: abi.StateRTS,
		abi.StateErr: abi.StateReset, abi.StatePaused: abi.StatePaused, abi.StateStopped: abi.StateStopped,
	}; m.Wrong == 0 {
		to = next[p.before.State]
	}
	// A driver that comes from RESET connects anew.
	img := newPatient(&life{Attrs: p.l.Attrs, Begin: 3}, nil).c
	img.PMTU, img.MigLease, img.MigAnnounce, img.RemoteIP, img.RemoteQPN, img.PKey = p.before.PMTU, 3, 2, peerIP, 0x22, partitions[p.l.Attrs.PKey][0]
	required, ok := abi.RequiredAttrs(p.before.QPType, p.before.State, to)
	if to == abi.StateSQD && p.before.State == abi.StateRTS {
		img.SQDNotify, required = m.AckReq, required|abi.AttrEnSQDAsyncNotify
	}
	s := qp.Modify(&p.c, &img, required, to, &p.fx)
	if s != abi.CmdStatusOK && p.c != p.before {
		return "modify: refused, and the context changed"
	}
	if (s == abi.CmdStatusOK) != ok && s != abi.CmdStatusBadAttr {
		return fmt.Sprintf("modify: %v -> %v is %v", p.before.State, to, s)
	}
	if wrong := p.timers(); wrong != "" {
		return wrong
	}
	return p.image()
}
