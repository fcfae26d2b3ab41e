package qp

import (
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
)

// executed takes note that the request at ePSN was executed: a NAK of it that still waits is out of date.
func executed(c *abi.QPC) {
	c.NAKSent = false
	if c.ACKDue {
		c.ACKSyndrome = uint8(abi.SyndromeACK)
	}
}

// reply acknowledges what was executed, or NAKs the request at ePSN, once the READs and atomics before it are
// answered. IBTA 9.7.5.1.1.
func reply(c *abi.QPC, fx *Effects, s abi.Syndrome) {
	if s == abi.SyndromeACK && c.ACKEvery > 1 {
		if !enough(c) {
			return
		}
		c.ACKDue, c.ACKSyndrome, c.ACKCount = false, 0, 0
	}
	if !wantsRespond(c) {
		answer(c, fx, s, ackPSN(c, s))
		return
	}
	if !c.ACKDue || s != abi.SyndromeACK { // an ACK says nothing that a waiting NAK does not
		c.ACKSyndrome = uint8(s)
	}
	c.ACKDue = true
}

// enough puts an acknowledgement off: it waits for a RESPOND step, as if READs were before it, unless there are none and
// as many requests wait for it as may. Devices execute what they receive first, and so one acknowledgement answers a
// burst. IBTA 9.7.5.1.2.
func enough(c *abi.QPC) bool {
	c.ACKCount = min(c.ACKCount, c.ACKEvery-1) + 1
	if c.ACKCount == c.ACKEvery && c.RsDue == 0 && (!c.ACKDue || c.ACKSyndrome == uint8(abi.SyndromeACK)) {
		return true
	}
	if !c.ACKDue {
		c.ACKDue, c.ACKSyndrome = true, uint8(abi.SyndromeACK)
	}
	return false
}

// refuse answers the packet at ePSN with a NAK that ends the connection, once the READs and atomics before it are
// answered; until then nothing more is executed. IBTA 9.7.5.1.5, 10.3.1.7.
func refuse(c *abi.QPC, fx *Effects, s abi.Syndrome, event abi.Event) {
	if wantsRespond(c) {
		c.ACKDue, c.ACKSyndrome = true, uint8(s)
		return
	}
	answer(c, fx, s, c.EPSN)
	fail(c, fx, abi.WCStatusSuccess, abi.VendorErrNone, event)
}

// ended acknowledges a message whose receive completes with an error, and ends the connection: what was sent is there,
// but the key that it names is not one that the partner may invalidate. READs and atomics before it are answered first.
// IBTA 9.9.3, class J.
func ended(c *abi.QPC, fx *Effects) {
	if wantsRespond(c) {
		c.ACKDue, c.ACKSyndrome = true, uint8(abi.SyndromeACK)
		return
	}
	answer(c, fx, abi.SyndromeACK, ackPSN(c, abi.SyndromeACK))
	fail(c, fx, abi.WCStatusSuccess, abi.VendorErrNone, eventOf(abi.SyndromeACK))
}

// ending tells whether an answer that ends the connection waits.
func ending(c *abi.QPC) bool { return c.ACKDue && ends(c, abi.Syndrome(c.ACKSyndrome)) }

// ends tells whether a responder goes to ERR with this answer.
func ends(c *abi.QPC, s abi.Syndrome) bool { return fatal(s) || c.RQErr != abi.WCStatusSuccess }

// fatal tells whether a responder that sends this syndrome goes to ERR.
func fatal(s abi.Syndrome) bool {
	return s == abi.SyndromeNAKInvReq || s == abi.SyndromeNAKRemAccess || s == abi.SyndromeNAKRemOp
}

// eventOf is the event that comes with an answer that ends the connection.
func eventOf(s abi.Syndrome) abi.Event {
	switch s {
	case abi.SyndromeNAKInvReq:
		return abi.EventQPReqErr
	case abi.SyndromeNAKRemAccess, abi.SyndromeACK:
		return abi.EventQPAccessErr
	}
	return abi.EventQPFatal
}

// ackPSN is the PSN of an acknowledgement: that of the last SEND or WRITE executed, or, of a NAK, that of the one
// expected. READs and atomics behind it are left out, which are acknowledged by their responses alone (IBTA 9.7.5.1.2). A
// repeated request asks for an ACK while the response to a READ behind it may be lost; a requester should then take the
// ACK as an implied NAK (9.7.5.2.5), but the Linux kernel takes one with the last PSN of the READ for its response, and
// completes it with bytes that never came.
func ackPSN(c *abi.QPC, s abi.Syndrome) psn.PSN {
	if s != abi.SyndromeACK {
		return c.EPSN
	}
	end := c.EPSN
	for i := c.RsCount; i > 0; i-- {
		r := rsSlot(c, i-1)
		if r.PSN.Add(int32(slotPackets(c, &r))) != end {
			break
		}
		end = r.PSN
	}
	return end.Prev()
}

// slotPackets is how many PSNs a remembered READ or atomic has.
func slotPackets(c *abi.QPC, s *abi.RsSlot) uint32 {
	if s.Op == abi.RdOpRead {
		return packets(c, s.Length)
	}
	return 1
}

// answer sends an ACKNOWLEDGE packet. IBTA 9.7.5.1.1.
func answer(c *abi.QPC, fx *Effects, s abi.Syndrome, p psn.PSN) {
	fx.HasPacket = true
	o := &fx.Packet
	*o = Out{} // and then field by field, which is faster than one value
	o.Op, o.PSN, o.DstIP = abi.OpAcknowledge, p, c.RemoteIP
	o.AETH.Syndrome, o.AETH.MSN = uint8(s), c.MSN
}
