package qp

import (
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/wire"
)

// A requester remembers its READs and atomics that are not answered in full, oldest first: which PSNs they take and
// which work requests they are of. Only their responses retire them (P10), so una_psn never passes the oldest one in
// any other way, and a response packet finds its work request without looking at those before it.

// rdSlots is the size of the ring of outstanding READs and atomics.
const rdSlots = 16

// maxRead is the most PSNs of one READ. IBTA 9.7.7.2 lets 2^23 be outstanding; half of that leaves room for what is
// outstanding before it.
const maxRead = 1 << 22

// rdSlot is number i of the outstanding READs and atomics, the oldest being 0.
func rdSlot(c *abi.QPC, i uint8) (s abi.RdSlot) {
	s.Decode(c.RdSlots[int(c.RdHead+i)%rdSlots*abi.RdSlotSize:])
	return s
}

// pushRead remembers a READ or atomic that is sent for the first time.
func pushRead(c *abi.QPC, s abi.RdSlot) {
	s.Marshal(c.RdSlots[int(c.RdHead+c.RdCount)%rdSlots*abi.RdSlotSize:])
	c.RdCount++
	c.RdExtra += s.Npkts - 1
}

// popRead forgets the oldest one, which is answered in full. What waited for it may go on.
func popRead(c *abi.QPC) {
	c.RdExtra -= rdSlot(c, 0).Npkts - 1
	clear(c.RdSlots[int(c.RdHead)*abi.RdSlotSize:][:abi.RdSlotSize])
	c.RdHead = (c.RdHead + 1) % rdSlots
	c.RdCount--
	c.RdWait = false
}

// remembered finds the outstanding READ or atomic of work request index.
func remembered(c *abi.QPC, index uint16) (s abi.RdSlot, ok bool) {
	for i := range c.RdCount {
		if s = rdSlot(c, i); s.WQE == index {
			return s, true
		}
	}
	return s, false
}

// nextResponse is the PSN of the response that the oldest READ or atomic, s, needs next.
func nextResponse(c *abi.QPC, s *abi.RdSlot) psn.PSN {
	if s.PSN.Distance(c.UnaPSN) < s.Npkts {
		return c.UnaPSN
	}
	return s.PSN
}

// reach is how far an acknowledgement of everything below p takes una_psn: not past a READ or atomic. P10, R7, R8.
func reach(c *abi.QPC, p psn.PSN) psn.PSN {
	if c.RdCount == 0 {
		return p
	}
	s := rdSlot(c, 0)
	if limit := nextResponse(c, &s); c.UnaPSN.Distance(limit) < c.UnaPSN.Distance(p) {
		return limit
	}
	return p
}

// asks tells whether the partner answers this operation with more than an acknowledgement.
func asks(op abi.WROpcode) bool {
	switch op {
	case abi.WROpcodeRDMARead, abi.WROpcodeCmpSwap, abi.WROpcodeFetchAdd:
		return true
	}
	return false
}

// span is the number of PSNs that a work request takes. IBTA 9.7.2, 9.7.3.
func span(c *abi.QPC, w *abi.WQE) uint32 {
	if w.Opcode == abi.WROpcodeCmpSwap || w.Opcode == abi.WROpcodeFetchAdd {
		return 1
	}
	return packets(c, w.Length)
}

// waits tells whether the work request at the send cursor must wait until the oldest READ or atomic is answered: as a
// fence (IBTA 10.8.3.3), or because as many are outstanding as may be (IBTA 9.7.5, 11.2.5.2).
func waits(c *abi.QPC, ev *Event) bool {
	if c.RdCount == 0 {
		return false
	}
	w := &ev.WQE
	if s := rdSlot(c, 0); w.Flags&abi.WRFlagFence != 0 && ev.Features&abi.FeatureFence != 0 && int16(s.WQE-c.SQSend) < 0 {
		return true
	}
	if _, again := remembered(c, c.SQSend); again || !asks(w.Opcode) {
		return false
	}
	return c.RdCount >= ev.Rules.granted(c) || c.UnaPSN.Distance(c.NextPSN)+span(c, w) > maxRead+abi.SendWindow
}

// changed tells whether a work request at the send cursor is not the one that was there when it was sent before: the
// ring was changed under it.
func changed(c *abi.QPC, w *abi.WQE) bool {
	s, ok := remembered(c, c.SQSend)
	if !asks(w.Opcode) {
		return ok
	}
	if !ok {
		return c.SQOff != 0 || c.NextPSN != c.MaxPSN
	}
	return s.Npkts != span(c, w) || s.PSN.Distance(c.NextPSN) != c.SQOff>>(7+c.PMTU)
}

// hears does the checks that come before everything else for a response. IBTA 9.7.5.2.
func hears(c *abi.QPC, ev *Event) abi.Verdict {
	p := ev.Pkt
	switch abi.Legality(c.State, abi.KindResponse) {
	case abi.LegalDrop:
		return abi.VerdictDropState
	case abi.LegalDropStopped:
		return abi.VerdictDropStopped // R2
	}
	if !wire.SamePartition(p.BTH.PKey, c.PKey) {
		return abi.VerdictDropPKey
	}
	if p.SrcIP != c.RemoteIP && !ev.Rules.stranger(c) {
		return abi.VerdictDropSource // R11
	}
	if c.State == abi.StatePaused && ev.Rules.has(Deaf) {
		return abi.VerdictDropStopped
	}
	return abi.VerdictOK
}

// awaited tells whether a packet is at the PSN of the response that the oldest outstanding READ or atomic needs next,
// and the how manieth of its response packets that is.
func awaited(c *abi.QPC, ev *Event) (s abi.RdSlot, at uint32, ok bool) {
	p := ev.Pkt
	if c.RdCount == 0 || p.BTH.Op.Info().Kind != abi.KindResponse || p.BTH.Op == abi.OpAcknowledge || hears(c, ev) != abi.VerdictOK {
		return s, 0, false
	}
	s = rdSlot(c, 0)
	next := nextResponse(c, &s)
	return s, s.PSN.Distance(next), p.BTH.PSN == next
}

// fits tells whether a packet is response number at to work request w. Whether a response begins or goes on is not
// looked at: one that is asked for again begins anew in the middle. IBTA 9.7.5.2.6, 9.7.5.2.7.
func fits(c *abi.QPC, ev *Event, s *abi.RdSlot, at uint32) bool {
	p, w := ev.Pkt, &ev.WQE
	info := p.BTH.Op.Info()
	if span(c, w) != s.Npkts || info.Pos != abi.PositionMiddle && p.AETH.Syndrome >= uint8(abi.SyndromeRNRNAK) {
		return false
	}
	if info.Op != abi.OperationRead {
		return asks(w.Opcode) && w.Opcode != abi.WROpcodeRDMARead
	}
	ends := info.Pos == abi.PositionLast || info.Pos == abi.PositionOnly
	return w.Opcode == abi.WROpcodeRDMARead && ends == (at+1 == s.Npkts) &&
		uint32(len(p.Payload)) == min(w.Length-at<<(7+c.PMTU), mtu(c))
}

// checkResponse is the region check of a response: where its data goes. IBTA 10.6.3.
func checkResponse(c *abi.QPC, ev *Event) (Region, bool) {
	s, at, ok := awaited(c, ev)
	if !ok || !fits(c, ev, &s, at) {
		return Region{}, false
	}
	w := &ev.WQE
	if w.Opcode != abi.WROpcodeRDMARead {
		return Region{w.LKey, w.VA, 8, abi.AccessLocalWrite}, true
	}
	n := uint32(len(ev.Pkt.Payload))
	return Region{w.LKey, w.VA + uint64(at)<<(7+c.PMTU), n, abi.AccessLocalWrite}, n != 0
}

// askAgain goes back to p, whose response is lost: what came behind it says so, and only the first of that counts. If
// what is asked for now is lost, too, the retransmission timer finds out. IBTA 9.7.5.2.3.
func askAgain(c *abi.QPC, fx *Effects, p psn.PSN) abi.Verdict {
	if c.RdAgain && p == c.UnaPSN {
		return abi.VerdictDuplicate
	}
	v := goBack(c, fx, p)
	c.RdAgain = true
	return v
}

// answered takes a response to a READ or atomic. It acknowledges everything before it, and one that comes while an
// earlier one is missing says that this one is lost. IBTA 9.7.5.2.5..9.7.5.2.7.
func answered(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	p := ev.Pkt
	if ev.Features&(abi.FeatureRead|abi.FeatureAtomic) == 0 {
		return abi.VerdictDropGhost // none was asked for
	}
	if !outstanding(c, p.BTH.PSN) {
		return outside(c, p.BTH.PSN)
	}
	if c.RdCount == 0 {
		return abi.VerdictDropGhost
	}
	s, at, ok := awaited(c, ev)
	next := nextResponse(c, &s)
	switch {
	case !ok && c.UnaPSN.Distance(p.BTH.PSN) < c.UnaPSN.Distance(next):
		return abi.VerdictDropGhost // the PSN of a SEND or WRITE
	case !ok:
		endPause(c, ev.Rules)
		return askAgain(c, fx, next)
	case !fits(c, ev, &s, at):
		return abi.VerdictDropGhost
	}
	if _, needed := checkResponse(c, ev); needed && !ev.MROK {
		advance(c, next)
		fail(c, fx, abi.WCStatusLocProtErr, abi.VendorErrNone, abi.EventQPFatal)
		return abi.VerdictOK
	}
	fx.Off = at << (7 + c.PMTU)
	endPause(c, ev.Rules)
	if p.BTH.Op == abi.OpAtomicAcknowledge {
		fx.HasWord, fx.Word = true, p.AtomicAck
	} else {
		fx.Write = uint32(len(p.Payload))
	}
	if at+1 == s.Npkts {
		popRead(c)
	}
	advance(c, next.Add(1))
	progressed(c, fx)
	return abi.VerdictOK
}
