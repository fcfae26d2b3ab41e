package qp

import (
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// A responder remembers the last max_dest_rd_atomic READs and atomics it executed. The ring is its replay cache: a
// repeated READ is read again, a repeated atomic is answered with what it found the first time and never run again
// (IBTA 9.7.5.1.2..9.7.5.1.4). And it is the queue of what is still to be answered, the newest rs_due of them, one
// packet a RESPOND step, in the order of PSNs. An acknowledgement that comes behind them waits until they are out.
// All of it is in the context, so that a queue pair can be stopped between any two packets of a response.

// rsSlots is the size of the ring.
const rsSlots = 16

// rsAt is where number i of the remembered ones lies, the oldest being 0.
func rsAt(c *abi.QPC, i uint8) []byte {
	return c.RsSlots[int((c.RsNext-c.RsCount+i)%rsSlots)*abi.RsSlotSize:]
}

func rsSlot(c *abi.QPC, i uint8) (s abi.RsSlot) {
	s.Decode(rsAt(c, i))
	return s
}

// full tells whether the partner asks for more READs and atomics than were agreed: as many as that are remembered, and
// the oldest was never answered in full. One that was can be forgotten, even if it is being answered again: the
// partner would not ask for the next one without its answer. IBTA 9.7.4.1.5.
func full(c *abi.QPC) bool {
	if c.MaxDestRdAtomic == 0 {
		return true
	}
	return c.RsCount >= c.MaxDestRdAtomic && !rsSlot(c, 0).Answered
}

// remember takes note of a READ or atomic that was just executed, and that it is to be answered.
func remember(c *abi.QPC, s abi.RsSlot) {
	if c.RsCount >= min(c.MaxDestRdAtomic, rsSlots) {
		if c.RsDue == c.RsCount {
			c.RsDue, c.RsOff, c.RsBegin = c.RsDue-1, 0, true
		}
		clear(rsAt(c, 0)[:abi.RsSlotSize])
		c.RsCount--
	}
	if c.RsDue == 0 {
		c.RsOff, c.RsBegin = 0, true
	}
	c.RsNext = (c.RsNext + 1) % rsSlots
	c.RsCount++
	c.RsDue++
	s.Marshal(rsAt(c, c.RsCount-1))
}

// beginRead executes an RDMA READ: from now on its response is due.
func beginRead(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	r := &ev.Pkt.RETH
	if r.Length != 0 && (c.Access&abi.AccessRemoteRead == 0 || !ev.MROK) {
		refuse(c, fx, abi.SyndromeNAKRemAccess, abi.EventQPAccessErr)
		return abi.VerdictNaked
	}
	return promise(c, abi.RsSlot{Op: abi.RdOpRead, Value: r.VA, RKey: r.RKey, Length: r.Length}, packets(c, r.Length))
}

// atomic executes CMP_SWAP or FETCH_ADD. IBTA 9.4.5.
func atomic(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	p := ev.Pkt
	if c.Access&abi.AccessRemoteAtomic == 0 || !ev.MROK {
		refuse(c, fx, abi.SyndromeNAKRemAccess, abi.EventQPAccessErr)
		return abi.VerdictNaked
	}
	switch {
	case p.BTH.Op == abi.OpFetchAdd:
		fx.HasWord, fx.Word = true, ev.Old+p.AtomicETH.Swap
	case ev.Old == p.AtomicETH.Compare:
		fx.HasWord, fx.Word = true, p.AtomicETH.Swap
	}
	return promise(c, abi.RsSlot{Op: abi.RdOpAtomic, Value: ev.Old}, 1)
}

// promise takes a request of n PSNs at ePSN as executed.
func promise(c *abi.QPC, s abi.RsSlot, n uint32) abi.Verdict {
	s.PSN = c.EPSN
	c.EPSN = c.EPSN.Add(int32(n))
	c.MSN = (c.MSN + 1) & 0xffffff
	s.MSN = c.MSN
	executed(c)
	remember(c, s)
	return abi.VerdictOK
}

// again takes a repeated READ or atomic: what is remembered of it is answered from there on. What is older than what
// is remembered is dropped, and so is a READ of other bytes.
func again(c *abi.QPC, p *wire.Packet) {
	for i := range c.RsCount {
		s := rsSlot(c, i)
		at := s.PSN.Distance(p.BTH.PSN)
		if s.Op == abi.RdOpAtomic {
			if at == 0 && p.BTH.Op.Info().Op == abi.OperationAtomic {
				replay(c, i, 0)
				return
			}
			continue
		}
		off := uint64(at) << (7 + c.PMTU)
		if at < packets(c, s.Length) && p.BTH.Op.Info().Op == abi.OperationRead && p.RETH.RKey == s.RKey &&
			p.RETH.VA == s.Value+off && uint64(p.RETH.Length)+off == uint64(s.Length) {
			replay(c, i, at)
			return
		}
	}
}

// replay sees to it that remembered request number i is answered from its packet at on. If it is still to be answered
// that is enough.
func replay(c *abi.QPC, i uint8, at uint32) {
	first := c.RsCount - c.RsDue
	switch {
	case c.RsDue == 0, i < first, i == first && at < c.RsOff:
		c.RsDue, c.RsOff, c.RsBegin = c.RsCount-i, at, true
	case i == first && at == c.RsOff:
		c.RsBegin = true // its requester has seen what came before, and expects a new response
	}
}

// wantsRespond tells whether an answer is due.
func wantsRespond(c *abi.QPC) bool { return c.RsDue != 0 || c.ACKDue }

// response is the next packet of the oldest READ that is to be answered: where its payload begins in the message,
// and its length.
func response(c *abi.QPC, s *abi.RsSlot) (off uint64, n uint32) {
	off = min(uint64(c.RsOff)<<(7+c.PMTU), uint64(s.Length))
	return off, min(s.Length-uint32(off), mtu(c))
}

// checkRespond is the region check of a RESPOND step.
func checkRespond(c *abi.QPC) (Region, bool) {
	if Wants(c)&WantRespond == 0 || c.CNPDue || c.RsDue == 0 {
		return Region{}, false
	}
	s := rsSlot(c, c.RsCount-c.RsDue)
	if s.Op != abi.RdOpRead {
		return Region{}, false
	}
	off, n := response(c, &s)
	return Region{s.RKey, s.Value + off, n, abi.AccessRemoteRead}, n != 0
}

// serve sends one packet of what is due: a CNP, one of a response, or the acknowledgement behind them.
func serve(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	switch {
	case Wants(c)&WantRespond == 0:
		return abi.VerdictIgnored
	case c.CNPDue:
		notify(c, fx)
		return abi.VerdictOK
	case c.RsDue == 0:
		s := c.ACKSyndrome
		c.ACKDue, c.ACKSyndrome, c.ACKCount = false, 0, 0
		answer(c, fx, abi.Syndrome(s), ackPSN(c, abi.Syndrome(s)))
		if ends(c, abi.Syndrome(s)) {
			fail(c, fx, abi.WCStatusSuccess, abi.VendorErrNone, eventOf(abi.Syndrome(s)))
		}
		return abi.VerdictOK
	}
	i := c.RsCount - c.RsDue
	s := rsSlot(c, i)
	fx.HasPacket = true
	p := &fx.Packet
	*p = Out{
		PSN: s.PSN.Add(int32(c.RsOff)), DstIP: c.RemoteIP,
		AETH: wire.AETH{Syndrome: uint8(abi.SyndromeACK), MSN: s.MSN},
	}
	last := true
	if s.Op == abi.RdOpAtomic {
		p.Op, p.AtomicAck = abi.OpAtomicAcknowledge, s.Value
	} else {
		off, n := response(c, &s)
		if n != 0 && !ev.MROK {
			// The region is gone since. IBTA 9.7.4.1.6 has no better word for it.
			c.RsDue, c.ACKDue, c.ACKSyndrome, c.ACKCount = 0, false, 0, 0
			answer(c, fx, abi.SyndromeNAKRemAccess, p.PSN)
			fail(c, fx, abi.WCStatusSuccess, abi.VendorErrNone, abi.EventQPAccessErr)
			return abi.VerdictNaked
		}
		last = off+uint64(n) >= uint64(s.Length)
		p.Op = readOpcode(c.RsBegin, last)
		p.Len = n
	}
	c.RsOff, c.RsBegin = c.RsOff+1, false
	if last {
		s.Answered = true
		s.Marshal(rsAt(c, i))
		c.RsDue, c.RsOff, c.RsBegin = c.RsDue-1, 0, true
	}
	return abi.VerdictOK
}

// readOpcode is the BTH opcode of a READ response by its place. IBTA 9.2.1, table 38.
func readOpcode(first, last bool) abi.Opcode {
	switch {
	case first && last:
		return abi.OpRDMAReadResponseOnly
	case last:
		return abi.OpRDMAReadResponseLast
	case first:
		return abi.OpRDMAReadResponseFirst
	}
	return abi.OpRDMAReadResponseMiddle
}
