package qp

import (
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/wire"
)

// maxMessage is the longest message. IBTA 9.7.5.
const maxMessage = 1 << 31

// wantsSend tells whether a request packet may be sent now.
func wantsSend(c *abi.QPC) bool {
	if c.ResumePending || c.SQACK == c.SQPI {
		return false // R6: while RESUME is unacknowledged the requester sends nothing else.
	}
	switch {
	case c.State == abi.StatePaused:
		return c.Probe && c.UnaPSN != c.MaxPSN // R4: one probe, of something unacknowledged.
	case c.Timer == abi.TimerRNR:
		return false
	case c.Rewind:
		return true
	}
	// The PSNs of READ responses are no request packets; the credits of READs bound them.
	return c.SQErr == abi.WCStatusSuccess && c.SQSend != c.SQPI && !c.RdWait &&
		int64(c.UnaPSN.Distance(c.NextPSN)) < abi.SendWindow+int64(c.RdExtra)
}

// mtu is the path MTU in bytes.
func mtu(c *abi.QPC) uint32 { return 128 << c.PMTU }

// packets is the number of PSNs a message of n bytes takes: at least one. IBTA 9.7.2.
func packets(c *abi.QPC, n uint32) uint32 {
	if n == 0 {
		return 1
	}
	return (n-1)>>(7+c.PMTU) + 1
}

// rewind puts the send cursor on una_psn. It lies in the head work request, because completions are taken
// before anything is sent.
func rewind(c *abi.QPC, rules Rules) {
	c.Rewind, c.RdWait = false, false
	c.SQSend = c.SQACK
	c.SQOff = c.HeadPSN.Distance(c.UnaPSN) << (7 + c.PMTU)
	c.NextPSN = c.UnaPSN
	c.SQErr = abi.WCStatusSuccess // found again when the cursor gets there
	if c.Probe && rules.has(Restart) {
		c.Probe, c.SQOff = false, 0
	}
}

// send emits one request packet at the send cursor: the next in order, or the first of a go-back-N, or a
// probe. IBTA 9.7.5, 9.7.5.1.1.
func send(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	if Wants(c)&WantSend == 0 {
		return abi.VerdictIgnored
	}
	probe := c.State == abi.StatePaused
	if c.Rewind || probe {
		rewind(c, ev.Rules)
	}
	if status := badRequest(c, ev); status != abi.WCStatusSuccess {
		// Earlier work requests keep their right to complete: the error waits until this one is the oldest.
		c.SQErr = status
		if c.SQSend == c.SQACK {
			fail(c, fx, status, abi.VendorErrNone, abi.EventQPFatal)
		}
		return abi.VerdictOK
	}

	if waits(c, ev) {
		c.RdWait = true
		c.Rewind, c.Probe = probe, false
		return abi.VerdictOK
	}

	w := &ev.WQE
	size := mtu(c)
	first, last := c.SQOff == 0, asks(w.Opcode) || w.Length-c.SQOff <= size
	fx.HasPacket = true
	p := &fx.Packet
	p.Op = requestOpcode(w.Opcode, first, last)
	p.PSN = c.NextPSN
	p.DstIP = c.RemoteIP
	p.SE = last && w.Flags&abi.WRFlagSolicited != 0
	p.AckReq = last || probe || uint32(c.NextPSN)%abi.AckReqEvery == abi.AckReqEvery-1
	advanced := uint32(1)
	if asks(w.Opcode) {
		advanced = ask(c, w, p)
	} else {
		p.Off, p.Len, p.Inline = c.SQOff, min(w.Length-c.SQOff, size), inlined(ev)
		if first && (w.Opcode == abi.WROpcodeRDMAWrite || w.Opcode == abi.WROpcodeRDMAWriteImm) {
			p.RETH = wire.RETH{VA: w.RemoteVA, RKey: w.RKey, Length: w.Length}
		}
		p.Imm, p.InvKey = w.Imm, w.Imm // which of them, if any, the opcode says
	}

	fx.Retransmit = c.NextPSN != c.MaxPSN
	c.NextPSN = c.NextPSN.Add(int32(advanced))
	if !fx.Retransmit {
		c.MaxPSN = c.NextPSN
	}
	if last {
		c.SQSend++
		c.SQOff = 0
	} else {
		c.SQOff += p.Len
	}
	if probe {
		c.Probe, c.Rewind = false, true
	} else if c.Timer == abi.TimerNone {
		armACK(c, fx)
	}
	return abi.VerdictOK
}

// ask fills in a READ or atomic request and returns the PSNs it takes. A READ that was answered in part asks for the
// rest. IBTA 9.4.4, 9.4.5.
func ask(c *abi.QPC, w *abi.WQE, p *Out) (psns uint32) {
	n := span(c, w)
	if _, again := remembered(c, c.SQSend); !again {
		pushRead(c, abi.RdSlot{PSN: c.NextPSN, WQE: c.SQSend, Npkts: n})
	}
	if w.Opcode != abi.WROpcodeRDMARead {
		p.AtomicETH = wire.AtomicETH{VA: w.RemoteVA, RKey: w.RKey, Swap: w.Swap, Compare: w.Compare}
		return n
	}
	p.RETH = wire.RETH{VA: w.RemoteVA + uint64(c.SQOff), RKey: w.RKey, Length: w.Length - c.SQOff}
	return n - c.SQOff>>(7+c.PMTU)
}

// badRequest is the error that the work request at the send cursor deserves. IBTA 10.8.3.1.
func badRequest(c *abi.QPC, ev *Event) abi.WCStatus {
	w := &ev.WQE
	known := w.Opcode == abi.WROpcodeSend || w.Opcode == abi.WROpcodeRDMAWrite || w.Opcode.Needs()&ev.Features != 0
	switch {
	case !known, !plain(w) && malformed(c, ev), asks(w.Opcode) && c.MaxRdAtomic == 0:
		return abi.WCStatusLocQPOpErr
	case w.Length > maxMessage, w.Opcode == abi.WROpcodeRDMARead && packets(c, w.Length) > maxRead,
		w.Opcode.Needs() == abi.FeatureAtomic && w.Length != 8:
		return abi.WCStatusLocLenErr
	case c.SQOff != 0 && c.SQOff >= w.Length, changed(c, w):
		return abi.WCStatusLocQPOpErr // the ring was changed under a message in progress
	case w.Length != 0 && !ev.MROK && !inlined(ev):
		return abi.WCStatusLocProtErr
	}
	return abi.WCStatusSuccess
}

// requestOpcode is the BTH opcode of a packet by its place in the message. IBTA 9.2.1, table 38.
func requestOpcode(op abi.WROpcode, first, last bool) abi.Opcode {
	base := abi.OpSendFirst
	switch op {
	case abi.WROpcodeRDMARead:
		return abi.OpRDMAReadRequest
	case abi.WROpcodeCmpSwap:
		return abi.OpCmpSwap
	case abi.WROpcodeFetchAdd:
		return abi.OpFetchAdd
	case abi.WROpcodeRDMAWrite, abi.WROpcodeRDMAWriteImm:
		base = abi.OpRDMAWriteFirst
	}
	switch {
	case last && op == abi.WROpcodeSendInv && first:
		return abi.OpSendOnlyInv
	case last && op == abi.WROpcodeSendInv:
		return abi.OpSendLastInv
	case last:
		if first {
			base += 2
		}
		if op == abi.WROpcodeSendImm || op == abi.WROpcodeRDMAWriteImm {
			base++
		}
		return base + 2
	case first:
		return base
	}
	return base + 1
}

// armACK starts the retransmission timer; attribute timeout 0 means never. IBTA 9.7.6.1.3.
func armACK(c *abi.QPC, fx *Effects) {
	if c.Timeout != 0 {
		setTimer(c, fx, abi.TimerACK, 1<<c.Timeout)
	}
}

// refill restores both retry budgets: there was progress, or (P8) the partner is migrating, which must not
// cost any.
func refill(c *abi.QPC) { c.RetryLeft, c.RNRLeft = c.RetryCnt, c.RNRRetry }

// mayAcknowledge tells whether a responder may claim p as its ePSN: everything below it was sent, and
// nothing below una_psn is claimed back.
func mayAcknowledge(c *abi.QPC, p psn.PSN) bool {
	return c.UnaPSN.Distance(p) <= c.UnaPSN.Distance(c.MaxPSN)
}

// acknowledged takes note that the responder has executed everything below p, which mayAcknowledge admits. What it
// says of READs and atomics, and behind them, counts for nothing: their responses do (P10).
func acknowledged(c *abi.QPC, p psn.PSN) { advance(c, reach(c, p)) }

// advance takes una_psn to p. Completions follow as RETIRE steps.
func advance(c *abi.QPC, p psn.PSN) {
	if p == c.UnaPSN {
		return
	}
	c.UnaPSN = p
	c.CplDue, c.RdAgain = true, false
	refill(c)
	if c.NextPSN.Less(p) {
		c.Rewind = true // the cursor was still behind, resending what has arrived after all
	}
}
