package qp

import (
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// Queue pairs of types UC and UD acknowledge nothing and wait for nothing: a work request is done when its last packet
// is sent, and a packet that does not fit is dropped. Their requester is here, their responders are in uc.go and ud.go;
// completions, receives, errors and migration are those of RC. IBTA 9.8.

// unreliable tells whether the queue pair is not of type RC.
func unreliable(c *abi.QPC) bool { return c.QPType != abi.QPTypeRC }

// does tells whether a queue pair of this type has the operation. IBTA 9.2.1, table 38.
func does(t abi.QPType, op abi.WROpcode) bool {
	switch op {
	case abi.WROpcodeSend, abi.WROpcodeSendImm:
		return true
	case abi.WROpcodeRDMAWrite, abi.WROpcodeRDMAWriteImm:
		return t != abi.QPTypeUD
	}
	return t == abi.QPTypeRC
}

// badUnreliable is the error that the work request at the send cursor deserves. IBTA 10.8.3.1.
func badUnreliable(c *abi.QPC, ev *Event) abi.WCStatus {
	w := &ev.WQE
	limit := uint32(maxMessage)
	if c.QPType == abi.QPTypeUD {
		limit = mtu(c)
	}
	switch {
	case !does(c.QPType, w.Opcode), w.Opcode.Needs()&^ev.Features != 0, !plain(w) && malformed(c, ev):
		return abi.WCStatusLocQPOpErr
	case w.Length > limit:
		return abi.WCStatusLocLenErr
	case c.SQOff != 0 && c.SQOff >= w.Length:
		return abi.WCStatusLocQPOpErr // the ring was changed under a message in progress
	case w.Length != 0 && !ev.MROK && !inlined(ev):
		return abi.WCStatusLocProtErr
	}
	return abi.WCStatusSuccess
}

// sendUnreliable emits the next packet of the work request at the send cursor. What is sent is done with, so that
// una_psn, next_psn and max_psn are always the same, and the work request at the cursor is the oldest.
func sendUnreliable(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	if Wants(c)&WantSend == 0 {
		return abi.VerdictIgnored
	}
	c.Rewind = false // activation asks for it, and there is nothing to go back to
	if status := badUnreliable(c, ev); status != abi.WCStatusSuccess {
		// The receive side goes on. IBTA 10.3.1.6.
		setState(c, abi.StateSQE, abi.ViaError)
		c.SQErr, c.DrainDue = status, false
		return abi.VerdictOK
	}
	w := &ev.WQE
	first, last := c.SQOff == 0, w.Length-c.SQOff <= mtu(c)
	fx.HasPacket = true
	p := &fx.Packet
	p.PSN, p.DstIP = c.NextPSN, c.RemoteIP
	p.SE = last && w.Flags&abi.WRFlagSolicited != 0
	p.Off, p.Len, p.Inline = c.SQOff, min(w.Length-c.SQOff, mtu(c)), inlined(ev)
	p.Imm = w.Imm
	if c.QPType == abi.QPTypeUD {
		address(c, w, p)
	} else {
		p.Op = requestOpcode(w.Opcode, first, last) - abi.OpSendFirst + abi.OpUCSendFirst
		if first && (w.Opcode == abi.WROpcodeRDMAWrite || w.Opcode == abi.WROpcodeRDMAWriteImm) {
			p.RETH = wire.RETH{VA: w.RemoteVA, RKey: w.RKey, Length: w.Length}
		}
	}
	c.NextPSN = c.NextPSN.Next()
	c.UnaPSN, c.MaxPSN = c.NextPSN, c.NextPSN
	c.SQOff += p.Len
	if last {
		c.SQSend++
		c.SQOff, c.CplDue = 0, true
	}
	return abi.VerdictOK
}

// intake is what a responder that answers nothing makes of a packet: the verdict on one that is dropped, or how it goes
// on with one that is not. A drop changes nothing.
func intake(c *abi.QPC, ev *Event) (admission, abi.Verdict) {
	p := ev.Pkt
	kind := p.BTH.Op.Info().Kind
	switch {
	case kind != abi.KindUC && kind != abi.KindUD:
		return admitDropState, abi.VerdictDropOpcode
	case c.State == abi.StateStopped:
		return admitDropStop, abi.VerdictDropStopped
	case abi.Legality(c.State, abi.KindRequest) != abi.LegalServe:
		return admitDropState, abi.VerdictDropState
	case (kind == abi.KindUC) != (c.QPType == abi.QPTypeUC):
		return admitDropState, abi.VerdictDropOpcode
	case !wire.SamePartition(p.BTH.PKey, c.PKey):
		return admitDropPKey, abi.VerdictDropPKey
	case kind == abi.KindUD:
		return intakeUD(c, ev)
	case p.SrcIP != c.RemoteIP && !ev.Rules.stranger(c):
		return admitDropSource, abi.VerdictDropSource // R11
	}
	return intakeUC(c, ev)
}

// drop makes intake's answer for a packet that is dropped.
func drop(v abi.Verdict) (admission, abi.Verdict) { return admitInvalid, v }

// fetchUnreliable and checkUnreliable are Fetch and Check for a received packet.
func fetchUnreliable(c *abi.QPC, ev *Event) (addr uint64, ok bool) {
	a, _ := intake(c, ev)
	if !needsReceive(c, ev, a) {
		return 0, false
	}
	return receiveAt(c, ev), true
}

func checkUnreliable(c *abi.QPC, ev *Event) (Region, bool) {
	a, _ := intake(c, ev)
	return regionFor(c, ev, a)
}

// receiveUnreliable takes a packet for a queue pair of type UC or UD.
func receiveUnreliable(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	switch ev.Pkt.BTH.Op.Info().Kind {
	case abi.KindMig:
		return receiveMigration(c, ev, fx)
	case abi.KindCNP:
		return notified(c, ev)
	}
	a, v := intake(c, ev)
	switch a {
	case admitReceive:
		if c.QPType == abi.QPTypeUD {
			return receiveDatagram(c, ev, fx)
		}
		v = beginMessage(c, ev, fx)
	case admitWrite, admitContinue:
		v = continueMessage(c, ev, fx, a)
	}
	if v == abi.VerdictOK {
		established(c, ev, fx)
	}
	return v
}

// localFault is that the receive at hand has a buffer that cannot be written: it completes with an error, and the queue
// pair goes to ERR. IBTA 9.9.3, class E.
func localFault(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	take(c, ev, fx)
	c.RQErr = abi.WCStatusLocProtErr
	fail(c, fx, abi.WCStatusSuccess, abi.VendorErrNone, abi.EventQPFatal)
	return abi.VerdictOK
}
