package qp

import "github.com/godwit-rdma/godwit/model/abi"

// The responder of UC: IBTA 9.8.2.2. The first or only packet of a message is taken whatever its PSN is, and from then on
// PSNs must follow each other: at the first that does not, the rest of the message is lost, and its receive waits for the
// next one. A message that is broken off stays the message in progress, which no packet goes on with any more, until
// the next one begins.

// intakeUC sorts a packet that reaches a queue pair of type UC.
func intakeUC(c *abi.QPC, ev *Event) (admission, abi.Verdict) {
	p := ev.Pkt
	info := p.BTH.Op.Info()
	n, size := uint32(len(p.Payload)), mtu(c)
	starts := info.Pos == abi.PositionFirst || info.Pos == abi.PositionOnly
	switch {
	case !starts && (c.ROp == abi.RecvOpNone || p.BTH.PSN != c.EPSN):
		return drop(abi.VerdictDropGap)
	case n > size,
		(info.Pos == abi.PositionFirst || info.Pos == abi.PositionMiddle) && n != size,
		info.Pos == abi.PositionLast && n == 0:
		return drop(abi.VerdictDropMessage)
	}
	imm := carries(info, abi.HeaderImmDt)
	if !starts {
		return intakeUCRest(c, ev, info, n, imm)
	}
	if info.Op == abi.OperationSend {
		if noReceive(c, ev) {
			return drop(abi.VerdictDropReceive)
		}
		return admitReceive, abi.VerdictOK
	}
	switch length := p.RETH.Length; {
	case length > maxMessage, info.Pos == abi.PositionOnly && length != n, info.Pos == abi.PositionFirst && length <= n,
		length != 0 && c.Access&abi.AccessRemoteWrite == 0:
		return drop(abi.VerdictDropMessage)
	case imm && noReceive(c, ev):
		return drop(abi.VerdictDropReceive)
	}
	return admitWrite, abi.VerdictOK
}

// intakeUCRest sorts a middle or last packet that is the next one of the message in progress.
func intakeUCRest(c *abi.QPC, ev *Event, info *abi.OpcodeInfo, n uint32, imm bool) (admission, abi.Verdict) {
	write := c.ROp == abi.RecvOpWrite
	last := info.Pos == abi.PositionLast
	switch {
	case write != (info.Op == abi.OperationWrite), write && (n > c.RResid || last != (n == c.RResid)):
		return drop(abi.VerdictDropMessage)
	case !write && n > c.RResid, write && imm && noReceive(c, ev):
		return drop(abi.VerdictDropReceive)
	}
	return admitContinue, abi.VerdictOK
}

// beginMessage executes the first packet of a SEND into the next receive.
func beginMessage(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	w := &ev.WQE
	switch {
	case uint32(len(ev.Pkt.Payload)) > w.Length:
		return abi.VerdictDropReceive
	case w.Length != 0 && !ev.MROK, scattered(ev) && !listed(ev):
		return localFault(c, ev, fx)
	}
	take(c, ev, fx)
	c.RList = scattered(ev)
	c.ROp, c.RKey, c.RVA, c.RResid, c.RLen = abi.RecvOpSend, w.LKey, w.VA, w.Length, 0
	return executeUC(c, ev, fx)
}

// continueMessage executes the first packet of an RDMA WRITE, or the next packet of the message in progress. A WRITE to
// where it may not go is dropped. IBTA 9.9.3, class D.
func continueMessage(c *abi.QPC, ev *Event, fx *Effects, a admission) abi.Verdict {
	r := &ev.Pkt.RETH
	switch {
	case a == admitContinue && c.ROp == abi.RecvOpSend && (!ev.MROK || c.RList && !listed(ev)):
		return localFault(c, ev, fx)
	case (a == admitContinue || r.Length != 0) && !ev.MROK:
		return abi.VerdictDropMessage
	case a == admitWrite:
		c.ROp, c.RKey, c.RVA, c.RResid, c.RLen, c.RList = abi.RecvOpWrite, r.RKey, r.VA, r.Length, 0, false
	}
	return executeUC(c, ev, fx)
}

// executeUC commits a packet; those that follow must follow its PSN.
func executeUC(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	c.EPSN = ev.Pkt.BTH.PSN.Next()
	commit(c, ev, fx)
	return abi.VerdictOK
}
