package qp

import (
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/wire"
)

// admission is what the responder makes of a request packet before it touches memory.
type admission uint8

const (
	admitDropState admission = iota
	admitDropPKey
	admitDropSource
	admitStopped   // R2: NAK_STOPPED
	admitDropStop  // R2: stopped, and not a packet that earns an answer
	admitPending   // R6a: the partner has not acknowledged that this side moved
	admitEnding    // a NAK that ends the connection waits to be sent
	admitDuplicate // below ePSN
	admitGap       // beyond ePSN
	admitInvalid   // in order, and not a request this responder can execute
	admitNotReady  // in order, and no receive is posted: RNR NAK
	admitReceive   // begins a SEND: takes the receive at rq_ci
	admitWrite     // begins an RDMA WRITE
	admitContinue  // goes on with the message in progress
	admitRead      // an RDMA READ
	admitAtomic    // CMP_SWAP or FETCH_ADD
)

// admit sorts a request packet. The order of the checks is that of IBTA 9.7.4 (figure "responder packet
// validation"), behind those of the migration protocol.
func admit(c *abi.QPC, ev *Event) admission {
	p := ev.Pkt
	info := p.BTH.Op.Info()
	if info.Kind != abi.KindRequest {
		return admitDropState
	}
	legal := abi.Legality(c.State, abi.KindRequest)
	if legal == abi.LegalDrop {
		return admitDropState
	}
	if !wire.SamePartition(p.BTH.PKey, c.PKey) {
		return admitDropPKey
	}
	if p.SrcIP != c.RemoteIP && !ev.Rules.stranger(c) {
		return admitDropSource // R11
	}
	if legal == abi.LegalNAKStopped {
		switch {
		case !c.MigCapable || !serving(c.SavedState):
			return admitDropStop // a partner that did not agree sees silence: section 6
		case !ev.Rules.has(NoR2) || p.BTH.PSN == c.EPSN:
			return admitStopped
		}
	}
	if c.ResumePending {
		switch {
		case ev.Rules.has(Blocked):
			return admitDropStop
		case !ev.Rules.has(NoR6a):
			return admitPending // R6a
		}
	}
	if ending(c) {
		return admitEnding
	}
	if p.BTH.PSN != c.EPSN {
		if p.BTH.PSN.Less(c.EPSN) {
			return admitDuplicate
		}
		return admitGap
	}
	return admitInOrder(c, ev, info)
}

// executes tells whether a device with these features carries out a request.
func executes(info *abi.OpcodeInfo, has abi.Feature) bool {
	return info.Executes || info.Feature&has != 0
}

// carries tells whether a request has a header.
func carries(info *abi.OpcodeInfo, h abi.HeaderID) bool {
	return len(info.Headers) != 0 && info.Headers[len(info.Headers)-1] == h
}

// admitInOrder checks opcode sequence and lengths of the packet at ePSN. IBTA 9.7.4.1.2..9.7.4.1.6.
func admitInOrder(c *abi.QPC, ev *Event, info *abi.OpcodeInfo) admission {
	p := ev.Pkt
	n, size := uint32(len(p.Payload)), mtu(c)
	starts := info.Pos == abi.PositionFirst || info.Pos == abi.PositionOnly
	switch {
	case !executes(info, ev.Features):
		return admitInvalid
	case starts != (c.ROp == abi.RecvOpNone),
		c.ROp == abi.RecvOpSend && info.Op != abi.OperationSend,
		c.ROp == abi.RecvOpWrite && info.Op != abi.OperationWrite:
		return admitInvalid
	case n > size,
		(info.Pos == abi.PositionFirst || info.Pos == abi.PositionMiddle) && n != size,
		info.Pos == abi.PositionLast && n == 0:
		return admitInvalid
	}
	if !starts {
		if c.ROp == abi.RecvOpWrite && carries(info, abi.HeaderImmDt) && noReceive(c, ev) {
			return admitNotReady
		}
		return admitContinue
	}
	switch info.Op {
	case abi.OperationSend:
		if noReceive(c, ev) {
			return admitNotReady
		}
		return admitReceive
	case abi.OperationRead:
		if n != 0 || p.RETH.Length > maxMessage || packets(c, p.RETH.Length) > maxRead || full(c) {
			return admitInvalid
		}
		return admitRead
	case abi.OperationAtomic:
		if n != 0 || p.AtomicETH.VA%8 != 0 || full(c) {
			return admitInvalid
		}
		return admitAtomic
	}
	if p.RETH.Length > maxMessage ||
		info.Pos == abi.PositionOnly && p.RETH.Length != n || info.Pos == abi.PositionFirst && p.RETH.Length <= n {
		return admitInvalid
	}
	if carries(info, abi.HeaderImmDt) && noReceive(c, ev) {
		return admitNotReady
	}
	return admitWrite
}

// checkReceive is the region check of a received packet. IBTA 10.6.3.
func checkReceive(c *abi.QPC, ev *Event) (Region, bool) { return regionFor(c, ev, admit(c, ev)) }

// regionFor is the region check of a received packet that a admits.
func regionFor(c *abi.QPC, ev *Event, a admission) (Region, bool) {
	p := ev.Pkt
	n := uint32(len(p.Payload))
	switch a {
	case admitReceive:
		w := &ev.WQE
		return Region{w.LKey, w.VA, w.Length, abi.AccessLocalWrite}, w.Length != 0
	case admitWrite:
		return Region{p.RETH.RKey, p.RETH.VA, p.RETH.Length, abi.AccessRemoteWrite}, p.RETH.Length != 0
	case admitContinue:
		access := abi.AccessLocalWrite
		if c.ROp == abi.RecvOpWrite {
			access = abi.AccessRemoteWrite
		}
		return Region{c.RKey, c.RVA, n, access}, true
	case admitRead:
		return Region{p.RETH.RKey, p.RETH.VA, p.RETH.Length, abi.AccessRemoteRead}, p.RETH.Length != 0
	case admitAtomic:
		return Region{p.AtomicETH.RKey, p.AtomicETH.VA, 8, abi.AccessRemoteAtomic}, true
	}
	return Region{}, false
}

// respond takes a request packet. IBTA 9.7.4, 9.7.5.1.
func respond(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	a := admit(c, ev)
	v := carryOut(c, ev, fx, a)
	if a >= admitDuplicate {
		established(c, ev, fx)
	}
	return v
}

// established tells the driver, once, that the partner is there, before the driver has said that it is itself. IBTA 11.6.3.1.
func established(c *abi.QPC, ev *Event, fx *Effects) {
	if c.State != abi.StateRTR || c.CommEst || ev.Features&abi.FeatureCommEst == 0 || fx.Event != abi.EventNone {
		return
	}
	c.CommEst, fx.Event = true, abi.EventCommEst
}

// carryOut does with a request packet what was decided.
func carryOut(c *abi.QPC, ev *Event, fx *Effects, a admission) abi.Verdict {
	if a >= admitReceive && ev.Rules.has(ForgetACK) {
		c.Restored = false // there is something new to acknowledge
	}
	switch a {
	case admitDropState:
		return abi.VerdictDropState
	case admitDropPKey:
		return abi.VerdictDropPKey
	case admitDropSource:
		return abi.VerdictDropSource
	case admitDropStop:
		return abi.VerdictDropStopped
	case admitStopped:
		nakStopped(c, fx, c.RemoteIP)
		return abi.VerdictNaked
	case admitPending:
		return unproven(c, ev, fx)
	case admitDuplicate:
		repeated(c, ev, fx)
		return abi.VerdictDuplicate
	case admitEnding:
		return abi.VerdictDropGap
	case admitGap:
		if c.NAKSent {
			return abi.VerdictDropGap
		}
		c.NAKSent = true
		reply(c, fx, abi.SyndromeNAKPSNSeq)
		return abi.VerdictNaked
	case admitNotReady:
		// What follows this packet is beyond ePSN and must not draw a sequence NAK. IBTA 9.7.5.1.3.
		c.NAKSent = true
		reply(c, fx, abi.SyndromeRNRNAK|abi.Syndrome(c.MinRNR))
		return abi.VerdictNaked
	case admitReceive:
		return beginReceive(c, ev, fx)
	case admitWrite:
		return beginWrite(c, ev, fx)
	case admitContinue:
		return proceed(c, ev, fx)
	case admitRead:
		return beginRead(c, ev, fx)
	case admitAtomic:
		return atomic(c, ev, fx)
	}
	refuse(c, fx, abi.SyndromeNAKInvReq, abi.EventQPReqErr)
	return abi.VerdictNaked
}

// repeated takes a request below ePSN. IBTA 9.7.5.1.4: a repeated SEND or WRITE is acknowledged again, never executed
// again; READs and atomics are answered again.
func repeated(c *abi.QPC, ev *Event, fx *Effects) {
	p := ev.Pkt
	info := p.BTH.Op.Info()
	switch {
	case !executes(info, ev.Features):
	case info.Op == abi.OperationRead, info.Op == abi.OperationAtomic:
		if c.State != abi.StateStopped { // as NoR2 has it
			again(c, p)
		}
	case !p.BTH.AckReq:
	case c.Restored && ev.Rules.has(ForgetACK):
		answer(c, fx, abi.SyndromeACK, psn.New(1<<24-1))
	case c.State == abi.StateStopped:
		answer(c, fx, abi.SyndromeACK, c.EPSN.Prev())
	default:
		reply(c, fx, abi.SyndromeACK)
	}
}

// beginReceive executes the first packet of a SEND into the receive at rq_ci.
func beginReceive(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	w, n := &ev.WQE, uint32(len(ev.Pkt.Payload))
	take(c, ev, fx)
	list := scattered(ev)
	if list && !listed(ev) {
		c.RQErr = abi.WCStatusLocQPOpErr
		refuse(c, fx, abi.SyndromeNAKRemOp, abi.EventQPFatal)
		return abi.VerdictNaked
	}
	if n > w.Length {
		c.RQErr = abi.WCStatusLocLenErr
		refuse(c, fx, abi.SyndromeNAKInvReq, abi.EventQPReqErr)
		return abi.VerdictNaked
	}
	if w.Length != 0 && !ev.MROK {
		c.RQErr = abi.WCStatusLocProtErr
		refuse(c, fx, abi.SyndromeNAKRemOp, abi.EventQPFatal)
		return abi.VerdictNaked
	}
	c.ROp, c.RKey, c.RVA, c.RResid, c.RLen = abi.RecvOpSend, w.LKey, w.VA, w.Length, 0
	c.RList = list
	return execute(c, ev, fx)
}

// beginWrite executes the first packet of an RDMA WRITE.
func beginWrite(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	r := &ev.Pkt.RETH
	if r.Length != 0 && (c.Access&abi.AccessRemoteWrite == 0 || !ev.MROK) {
		refuse(c, fx, abi.SyndromeNAKRemAccess, abi.EventQPAccessErr)
		return abi.VerdictNaked
	}
	c.ROp, c.RKey, c.RVA, c.RResid, c.RLen = abi.RecvOpWrite, r.RKey, r.VA, r.Length, 0
	return execute(c, ev, fx)
}

// proceed executes a middle or last packet of the message in progress.
func proceed(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	n := uint32(len(ev.Pkt.Payload))
	last := ev.Pkt.BTH.Op.Info().Pos == abi.PositionLast
	if c.ROp == abi.RecvOpWrite {
		// IBTA 9.7.4.1.6: the packets of a WRITE carry exactly the bytes its RETH promised.
		if n > c.RResid || last != (n == c.RResid) {
			refuse(c, fx, abi.SyndromeNAKInvReq, abi.EventQPReqErr)
			return abi.VerdictNaked
		}
		if !ev.MROK {
			refuse(c, fx, abi.SyndromeNAKRemAccess, abi.EventQPAccessErr)
			return abi.VerdictNaked
		}
		return execute(c, ev, fx)
	}
	if n > c.RResid {
		c.RQErr = abi.WCStatusLocLenErr
		refuse(c, fx, abi.SyndromeNAKInvReq, abi.EventQPReqErr)
		return abi.VerdictNaked
	}
	if !ev.MROK || c.RList && !listed(ev) {
		c.RQErr = abi.WCStatusLocProtErr
		refuse(c, fx, abi.SyndromeNAKRemOp, abi.EventQPFatal)
		return abi.VerdictNaked
	}
	return execute(c, ev, fx)
}

// execute commits the packet at ePSN, and acknowledges it if that is asked for.
func execute(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	c.EPSN = c.EPSN.Add(1)
	executed(c)
	commit(c, ev, fx)
	if c.RQErr != abi.WCStatusSuccess {
		ended(c, fx)
		return abi.VerdictOK
	}
	if ev.Pkt.BTH.AckReq {
		reply(c, fx, abi.SyndromeACK)
	}
	return abi.VerdictOK
}

// commit takes the payload of a packet, moves the cursor, and at the end of a message completes it.
func commit(c *abi.QPC, ev *Event, fx *Effects) {
	p := ev.Pkt
	n := uint32(len(p.Payload))
	fx.Write, fx.Off = n, c.RLen
	c.RVA += uint64(n)
	c.RResid -= n
	c.RLen += n
	if pos := p.BTH.Op.Info().Pos; pos == abi.PositionLast || pos == abi.PositionOnly {
		c.MSN = (c.MSN + 1) & 0xffffff
		received(c, ev, fx)
		c.ROp, c.RKey, c.RVA, c.RResid, c.RLen, c.RList = abi.RecvOpNone, 0, 0, 0, 0, false
	}
}

// received completes the receive that a message takes: a SEND, or a WRITE with immediate data. IBTA 9.4.1, 9.4.3, 9.4.1.1.3.
func received(c *abi.QPC, ev *Event, fx *Effects) {
	p := ev.Pkt
	info := p.BTH.Op.Info()
	e := abi.CQE{Opcode: abi.WCOpcodeRecv, ByteLen: c.RLen}
	switch {
	case carries(info, abi.HeaderImmDt):
		e.Flags, e.Imm = abi.WCFlagImm, p.Imm
		if c.ROp == abi.RecvOpWrite {
			e.Opcode = abi.WCOpcodeRecvRDMAImm
			take(c, ev, fx)
		}
	case carries(info, abi.HeaderIETH) && ev.KeyStays:
		c.RQErr = abi.WCStatusRemInvReqErr // the receive completes with it in ERR
		return
	case carries(info, abi.HeaderIETH):
		e.Flags, e.Imm = abi.WCFlagInv, p.InvKey
		fx.HasInvalidate, fx.Invalidate = true, p.InvKey
	case c.ROp == abi.RecvOpWrite:
		return
	}
	e.WQEIdx = completed(c)
	fx.Solicited = p.BTH.SE // IBTA 9.2.3, 11.4.2.2
	post(c, fx, c.RCQN, e)
}
