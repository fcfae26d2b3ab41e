package qp

import (
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
)

// complete takes a response packet: acknowledgements and NAKs. IBTA 9.7.5.2, 9.7.6.
func complete(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	p := ev.Pkt
	if v := hears(c, ev); v != abi.VerdictOK {
		return v
	}
	if p.BTH.Op != abi.OpAcknowledge {
		return answered(c, ev, fx)
	}
	s := abi.Syndrome(p.AETH.Syndrome)
	paused := c.State == abi.StatePaused
	if (s < 0x40 || s == abi.SyndromeNAKPSNSeq) && outstanding(c, p.BTH.PSN) {
		endPause(c, ev.Rules)
	}
	switch {
	case s < abi.SyndromeRNRNAK:
		if c.ResumePending && ev.Rules.has(PlainACK) && !p.BTH.PSN.Less(c.UnaPSN) {
			resumedPlain(c, fx, p.BTH.PSN)
		}
		return acknowledge(c, fx, p.BTH.PSN)
	case s < 0x40:
		return notReady(c, fx, p.BTH.PSN, uint8(s)&0x1f, paused)
	case s == abi.SyndromeNAKPSNSeq:
		return sequenceError(c, fx, p.BTH.PSN)
	case s == abi.SyndromeNAKInvReq:
		return refused(c, fx, p.BTH.PSN, abi.WCStatusRemInvReqErr)
	case s == abi.SyndromeNAKRemAccess:
		return refused(c, fx, p.BTH.PSN, abi.WCStatusRemAccessErr)
	case s == abi.SyndromeNAKRemOp:
		return refused(c, fx, p.BTH.PSN, abi.WCStatusRemOpErr)
	case s == abi.SyndromeNAKStopped:
		return pause(c, ev, fx, p.BTH.PSN, psn.Epoch(p.AETH.MSN))
	}
	return abi.VerdictDropSyndrome
}

// outside is the verdict on a response whose PSN is not outstanding: a repetition, or of something never sent.
func outside(c *abi.QPC, p psn.PSN) abi.Verdict {
	if p.Less(c.UnaPSN) {
		return abi.VerdictDuplicate
	}
	return abi.VerdictDropGhost
}

// outstanding tells whether p was sent and not acknowledged yet.
func outstanding(c *abi.QPC, p psn.PSN) bool {
	return c.UnaPSN.Distance(p) < c.UnaPSN.Distance(c.MaxPSN)
}

// acknowledge takes an ACK of p and all before it. IBTA 9.7.5.2.4.
func acknowledge(c *abi.QPC, fx *Effects, p psn.PSN) abi.Verdict {
	if !outstanding(c, p) {
		return outside(c, p)
	}
	if next := reach(c, p.Add(1)); next != p.Add(1) {
		return askAgain(c, fx, next)
	}
	acknowledged(c, p.Add(1))
	progressed(c, fx)
	return abi.VerdictOK
}

// progressed restarts the retransmission timer. IBTA 9.7.6.1.3.
func progressed(c *abi.QPC, fx *Effects) {
	switch c.Timer {
	case abi.TimerACK, abi.TimerRNR:
		c.Timer = abi.TimerNone
		if c.UnaPSN != c.MaxPSN && !c.Rewind {
			armACK(c, fx)
		}
	}
}

// sequenceError takes a PSN sequence NAK: the responder expects p, go back there, or to the READ or atomic before it
// whose response is lost. IBTA 9.7.5.2.8.
func sequenceError(c *abi.QPC, fx *Effects, p psn.PSN) abi.Verdict {
	if !outstanding(c, p) {
		return outside(c, p)
	}
	if next := reach(c, p); next != p {
		return askAgain(c, fx, next)
	}
	return goBack(c, fx, p)
}

// goBack goes back to p, before which everything is acknowledged, at the cost of a retry if that is no progress. What
// repeats itself before the go-back was even begun costs nothing.
func goBack(c *abi.QPC, fx *Effects, p psn.PSN) abi.Verdict {
	if p == c.UnaPSN {
		if c.Rewind {
			return abi.VerdictDuplicate
		}
		if c.RetryLeft == 0 {
			fail(c, fx, abi.WCStatusRetryExcErr, abi.VendorErrNone, abi.EventQPFatal)
			return abi.VerdictOK
		}
		c.RetryLeft--
	}
	advance(c, p)
	c.Rewind = true
	if c.Timer == abi.TimerACK {
		c.Timer = abi.TimerNone // the send step arms it again
	}
	return abi.VerdictOK
}

// notReady takes an RNR NAK of p: wait as long as its timer code says, then go back to p. One that finds the queue pair
// paused costs no retry (P8). IBTA 9.7.5.2.8.
func notReady(c *abi.QPC, fx *Effects, p psn.PSN, code uint8, paused bool) abi.Verdict {
	if !outstanding(c, p) {
		return outside(c, p)
	}
	acknowledged(c, p)
	if c.Timer == abi.TimerRNR {
		return abi.VerdictDuplicate // waiting already
	}
	if c.RNRRetry != 7 && !paused {
		if c.RNRLeft == 0 {
			fail(c, fx, abi.WCStatusRNRRetryExcErr, abi.VendorErrNone, abi.EventQPFatal)
			return abi.VerdictOK
		}
		c.RNRLeft--
	}
	c.Rewind = true
	if c.Timer == abi.TimerACK || c.Timer == abi.TimerNone {
		setTimer(c, fx, abi.TimerRNR, abi.RNRTicks[code])
	}
	return abi.VerdictOK
}

// refused takes a NAK that ends the connection: all before p was executed, p was not. IBTA 9.7.5.2.8.
func refused(c *abi.QPC, fx *Effects, p psn.PSN, status abi.WCStatus) abi.Verdict {
	if !outstanding(c, p) {
		return outside(c, p)
	}
	acknowledged(c, p)
	fail(c, fx, status, abi.VendorErrNone, abi.EventQPFatal)
	return abi.VerdictOK
}

// retire looks at the oldest work request and completes it if all of it is acknowledged. IBTA 10.8.5.
func retire(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	if Wants(c)&WantRetire == 0 {
		return abi.VerdictIgnored
	}
	w := &ev.WQE
	if w.Opcode.Needs()&^ev.Features != 0 {
		w.Opcode = abi.WROpcodeSend // the ring was changed: this device cannot have sent such a one
	}
	n := span(c, w)
	if c.HeadPSN.Distance(c.UnaPSN) < n {
		c.CplDue = false // acknowledged in part
		return abi.VerdictOK
	}
	if c.SQSigAll || w.Flags&abi.WRFlagSignaled != 0 {
		post(c, fx, c.SCQN, abi.CQE{Opcode: completes(w.Opcode), ByteLen: w.Length, WQEIdx: c.SQACK})
	}
	c.SQACK++
	c.HeadPSN = c.HeadPSN.Add(int32(n))
	c.CplDue = c.HeadPSN != c.UnaPSN
	drain(c, fx)
	if c.State != abi.StateErr && c.SQErr != abi.WCStatusSuccess && c.SQACK == c.SQSend && !c.Rewind {
		fail(c, fx, c.SQErr, abi.VendorErrNone, abi.EventQPFatal)
	}
	return abi.VerdictOK
}

// completes is the kind of completion of a send work request.
func completes(op abi.WROpcode) abi.WCOpcode {
	switch op {
	case abi.WROpcodeRDMAWrite, abi.WROpcodeRDMAWriteImm:
		return abi.WCOpcodeRDMAWrite
	case abi.WROpcodeRDMARead:
		return abi.WCOpcodeRDMARead
	case abi.WROpcodeCmpSwap:
		return abi.WCOpcodeCmpSwap
	case abi.WROpcodeFetchAdd:
		return abi.WCOpcodeFetchAdd
	}
	return abi.WCOpcodeSend
}

// flushSQ completes the oldest send of a queue pair in ERR or SQE. IBTA 10.3.1.7.
func flushSQ(c *abi.QPC, fx *Effects) abi.Verdict {
	if Wants(c)&WantFlushSQ == 0 {
		return abi.VerdictIgnored
	}
	post(c, fx, c.SCQN, abi.CQE{
		Opcode: abi.WCOpcodeSend, WQEIdx: c.SQACK, Status: flushStatus(c.SQErr), Vendor: c.SQVendor,
	})
	c.SQErr, c.SQVendor = abi.WCStatusSuccess, abi.VendorErrNone
	c.SQACK++
	c.SQSend, c.SQOff = c.SQACK, 0
	if c.State == abi.StateSQE {
		c.HeadPSN = c.UnaPSN // what was sent of a message that is flushed is of no work request any more
	}
	return abi.VerdictOK
}

// flushRQ completes the next receive of a queue pair in ERR. IBTA 10.3.1.7.
func flushRQ(c *abi.QPC, fx *Effects) abi.Verdict {
	if Wants(c)&WantFlushRQ == 0 {
		return abi.VerdictIgnored
	}
	if c.UseSRQ {
		flushShared(c, fx)
		return abi.VerdictOK
	}
	post(c, fx, c.RCQN, abi.CQE{Opcode: abi.WCOpcodeRecv, WQEIdx: c.RQCI, Status: flushStatus(c.RQErr)})
	c.RQErr = abi.WCStatusSuccess
	c.RQCI++
	return abi.VerdictOK
}

func flushStatus(s abi.WCStatus) abi.WCStatus {
	if s == abi.WCStatusSuccess {
		return abi.WCStatusWrFlushErr
	}
	return s
}

func post(c *abi.QPC, fx *Effects, cqn uint8, e abi.CQE) {
	e.QPN = c.QPN
	fx.HasCQE, fx.CQN, fx.CQE = true, cqn, e
}
