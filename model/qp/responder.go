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
	admitDuplicate // below ePSN
	admitGap       // beyond ePSN
	admitInvalid   // in order, and not a request this responder can execute
	admitNotReady  // in order, and no receive is posted: RNR NAK
	admitReceive   // begins a SEND: takes the receive at rq_ci
	admitWrite     // begins an RDMA WRITE
	admitContinue  // goes on with the message in progress
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
	if p.BTH.PKey != c.PKey {
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
	if c.ResumePending && ev.Rules.has(Blocked) {
		return admitDropStop
	}
	if p.BTH.PSN != c.EPSN {
		if p.BTH.PSN.Less(c.EPSN) {
			return admitDuplicate
		}
		return admitGap
	}
	return admitInOrder(c, p, info)
}

// admitInOrder checks opcode sequence and lengths of the packet at ePSN. IBTA 9.7.4.1.2..9.7.4.1.6.
func admitInOrder(c *abi.QPC, p *wire.Packet, info *abi.OpcodeInfo) admission {
	n, size := uint32(len(p.Payload)), mtu(c)
	starts := info.Pos == abi.PositionFirst || info.Pos == abi.PositionOnly
	switch {
	case !info.Executes:
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
		return admitContinue
	}
	if info.Op == abi.OperationSend {
		if c.RQCI == c.RQPI {
			return admitNotReady
		}
		return admitReceive
	}
	if p.RETH.Length > maxMessage ||
		info.Pos == abi.PositionOnly && p.RETH.Length != n || info.Pos == abi.PositionFirst && p.RETH.Length <= n {
		return admitInvalid
	}
	return admitWrite
}

// checkReceive is the region check of a received packet. IBTA 10.6.3.
func checkReceive(c *abi.QPC, ev *Event) (Region, bool) {
	p := ev.Pkt
	n := uint32(len(p.Payload))
	switch admit(c, ev) {
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
	}
	return Region{}, false
}

// respond takes a request packet. IBTA 9.7.4, 9.7.5.1.
func respond(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	p := ev.Pkt
	a := admit(c, ev)
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
	case admitDuplicate:
		// IBTA 9.7.5.1.4: a repeated SEND or WRITE is acknowledged again, never executed again.
		if p.BTH.AckReq && p.BTH.Op.Info().Executes {
			last := c.EPSN.Add(-1)
			if c.Restored && ev.Rules.has(ForgetACK) {
				last = psn.New(1<<24 - 1)
			}
			answer(c, fx, abi.SyndromeACK, last)
		}
		return abi.VerdictDuplicate
	case admitGap:
		if c.NAKSent {
			return abi.VerdictDropGap
		}
		c.NAKSent = true
		answer(c, fx, abi.SyndromeNAKPSNSeq, c.EPSN)
		return abi.VerdictNaked
	case admitNotReady:
		// What follows this packet is beyond ePSN and must not draw a sequence NAK. IBTA 9.7.5.1.3.
		c.NAKSent = true
		answer(c, fx, abi.SyndromeRNRNAK|abi.Syndrome(c.MinRNR), c.EPSN)
		return abi.VerdictNaked
	case admitReceive:
		return beginReceive(c, ev, fx)
	case admitWrite:
		return beginWrite(c, ev, fx)
	case admitContinue:
		return proceed(c, ev, fx)
	}
	refuse(c, fx, abi.SyndromeNAKInvReq, abi.EventQPReqErr)
	return abi.VerdictNaked
}

// beginReceive executes the first packet of a SEND into the receive at rq_ci.
func beginReceive(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	w, n := &ev.WQE, uint32(len(ev.Pkt.Payload))
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
	return execute(c, ev.Pkt, fx)
}

// beginWrite executes the first packet of an RDMA WRITE.
func beginWrite(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	r := &ev.Pkt.RETH
	if r.Length != 0 && (c.Access&abi.AccessRemoteWrite == 0 || !ev.MROK) {
		refuse(c, fx, abi.SyndromeNAKRemAccess, abi.EventQPAccessErr)
		return abi.VerdictNaked
	}
	c.ROp, c.RKey, c.RVA, c.RResid, c.RLen = abi.RecvOpWrite, r.RKey, r.VA, r.Length, 0
	return execute(c, ev.Pkt, fx)
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
		return execute(c, ev.Pkt, fx)
	}
	if n > c.RResid {
		c.RQErr = abi.WCStatusLocLenErr
		refuse(c, fx, abi.SyndromeNAKInvReq, abi.EventQPReqErr)
		return abi.VerdictNaked
	}
	if !ev.MROK {
		c.RQErr = abi.WCStatusLocProtErr
		refuse(c, fx, abi.SyndromeNAKRemOp, abi.EventQPFatal)
		return abi.VerdictNaked
	}
	return execute(c, ev.Pkt, fx)
}

// execute commits the packet at ePSN: payload, cursor, and at the end of a message its completion.
func execute(c *abi.QPC, p *wire.Packet, fx *Effects) abi.Verdict {
	n := uint32(len(p.Payload))
	at := c.EPSN
	fx.Write = n
	c.EPSN = c.EPSN.Add(1)
	c.NAKSent = false
	c.RVA += uint64(n)
	c.RResid -= n
	c.RLen += n
	if pos := p.BTH.Op.Info().Pos; pos == abi.PositionLast || pos == abi.PositionOnly {
		c.MSN = (c.MSN + 1) & 0xffffff
		if c.ROp == abi.RecvOpSend {
			post(c, fx, c.RCQN, abi.CQE{Opcode: abi.WCOpcodeRecv, ByteLen: c.RLen, WQEIdx: c.RQCI})
			c.RQCI++
		}
		c.ROp, c.RKey, c.RVA, c.RResid, c.RLen = abi.RecvOpNone, 0, 0, 0, 0
	}
	if p.BTH.AckReq {
		answer(c, fx, abi.SyndromeACK, at)
	}
	return abi.VerdictOK
}

// refuse answers the packet at ePSN with a NAK that ends the connection. IBTA 9.7.5.1.5, 10.3.1.7.
func refuse(c *abi.QPC, fx *Effects, s abi.Syndrome, event abi.Event) {
	answer(c, fx, s, c.EPSN)
	fail(c, fx, abi.WCStatusSuccess, abi.VendorErrNone, event)
}

// answer sends an ACKNOWLEDGE packet. IBTA 9.7.5.1.1.
func answer(c *abi.QPC, fx *Effects, s abi.Syndrome, p psn.PSN) {
	fx.HasPacket = true
	fx.Packet = Out{
		Op: abi.OpAcknowledge, PSN: p, DstIP: c.RemoteIP, AETH: wire.AETH{Syndrome: uint8(s), MSN: c.MSN},
	}
}
