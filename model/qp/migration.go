package qp

import (
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/wire"
)

// methLive is the METH flag that says the sender's requester is live, so that BTH.PSN is its una_psn, and METH.Sent how
// many PSNs from there on it has sent.
const methLive = 1

// methManySent in METH.Sent means this many or more.
const methManySent = 0xffff

// serving tells whether a queue pair in this state has a responder, and so a partner to be told of a move.
func serving(s abi.State) bool { return s == abi.StateRTR || s == abi.StateSQE || sending(s) }

// sending tells whether a queue pair in this state, which is not PAUSED, has a requester.
func sending(s abi.State) bool { return s == abi.StateRTS || s == abi.StateSQD }

// requesting tells whether the queue pair has a live requester whose PSNs mean something: those of UC do not, for
// nothing acknowledges them.
func requesting(c *abi.QPC) bool {
	return (sending(c.State) || c.State == abi.StatePaused) && !unreliable(c)
}

// stall stops the queue pair where it stands. R1: nothing is drained and no acknowledgement is awaited.
// A stopped queue pair has no timer; what a timer was waiting for is begun anew on activation.
func stall(c *abi.QPC) abi.Verdict {
	switch c.State {
	case abi.StateInit, abi.StateRTR, abi.StateRTS, abi.StateSQD, abi.StateSQE, abi.StateErr:
		c.SavedState = c.State
	case abi.StatePaused:
		c.SavedState = running(c) // activation announces itself, which finds out how the partner is
	default:
		return abi.VerdictIgnored
	}
	setState(c, abi.StateStopped, abi.ViaStall)
	c.Timer = abi.TimerNone
	c.Restored, c.ResumePending, c.Probe = false, false, false
	return abi.VerdictOK
}

// activate brings a stopped queue pair to life: one just restored (R5, R6), or a tombstone rolled back in
// place, which takes an epoch of its own so that a copy activated elsewhere loses or is refused (R10).
func activate(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	if c.State != abi.StateStopped || !c.Restored && ev.Rules.has(NoR10) {
		return abi.VerdictIgnored
	}
	setState(c, c.SavedState, abi.ViaResume)
	if !c.Restored {
		c.MigEpoch = c.MigEpoch.Add(2)
	}
	c.SavedState, c.Restored = abi.StateReset, c.Restored && ev.Rules.has(ForgetACK|ForgetCredits)
	c.FwdValid, c.FwdAddr = false, [16]byte{}
	c.NAKSent = false // the partner goes back to una_psn
	if sending(c.State) {
		c.Rewind = c.Rewind || !ev.Rules.has(PlainACK)
		refill(c)
	}
	if c.MigCapable && serving(c.State) && !ev.Rules.loops(c) {
		c.ResumePending = true
		c.ResumesLeft = c.MigResumeLimit
		announce(c, ev, fx)
	}
	return abi.VerdictOK
}

// older tells whether epoch e is neither the known one nor newer. Section 1: newer is 1..2^15-1 ahead.
func older(e, known psn.Epoch) bool { return e != known && !known.Less(e) }

// announce sends RESUME and arms its timer, which depends on nothing else. R6.
func announce(c *abi.QPC, ev *Event, fx *Effects) {
	sendMETH(c, ev, fx, abi.METHKindResume, c.RemoteIP)
	switch {
	case !ev.Rules.has(NoR6):
		setTimer(c, fx, abi.TimerResume, uint32(c.MigAnnounce))
	case c.UnaPSN != c.MaxPSN && c.Timeout != 0:
		setTimer(c, fx, abi.TimerResume, 1<<c.Timeout)
	}
}

// announceAgain takes the end of the announcement timer. R6.
func announceAgain(c *abi.QPC, ev *Event, fx *Effects) {
	left := &c.ResumesLeft
	if ev.Rules.has(NoR6) {
		left = &c.RetryLeft
	}
	if *left == 0 {
		lost(c, fx)
		return
	}
	*left--
	if ev.Rules.has(Restart) {
		c.Probe, c.Rewind = true, true // the prototype's retry marks all work requests to be sent again
	}
	announce(c, ev, fx)
}

// sendMETH sends a migration packet. Section 3: it consumes no PSN; BTH.PSN is the sender's una_psn.
func sendMETH(c *abi.QPC, ev *Event, fx *Effects, kind abi.METHKind, to [16]byte) {
	m := wire.METH{
		Version: abi.METHVersion, Kind: kind, Epoch: c.MigEpoch, PeerEpoch: c.PeerEpoch, EPSN: c.EPSN, Addr: ev.OwnIP,
	}
	if kind == abi.METHKindRedirect {
		m.Addr = c.FwdAddr
	}
	if requesting(c) || c.State == abi.StateStopped && sending(c.SavedState) && !unreliable(c) {
		m.Flags = methLive
		m.Sent = uint16(min(c.UnaPSN.Distance(c.MaxPSN), methManySent))
	}
	m.Tag = tag(c, &m, to, c.RemoteQPN, c.UnaPSN)
	fx.HasPacket = true
	fx.Packet = Out{Op: abi.OpMigration, PSN: c.UnaPSN, DstIP: to, METH: m}
}

// tag authenticates a migration packet; without a key there is none. Section 3.
func tag(c *abi.QPC, m *wire.METH, dst [16]byte, destQPN uint32, p psn.PSN) uint64 {
	if c.MigKey == [16]byte{} {
		return 0
	}
	return wire.Tag(c.MigKey, m, dst, destQPN, p)
}

// nakStopped answers for a stopped queue pair and touches nothing. R2.
func nakStopped(c *abi.QPC, fx *Effects, to [16]byte) {
	fx.HasPacket = true
	fx.Packet = Out{
		Op: abi.OpAcknowledge, PSN: c.EPSN, DstIP: to,
		AETH: wire.AETH{Syndrome: uint8(abi.SyndromeNAKStopped), MSN: uint32(c.MigEpoch)},
	}
}

// unproven takes a request while RESUME is pending. R6a: it is not served, since another copy may have been acknowledged
// what this one is asked for. One that is not beyond ePSN is sent by a partner that waits, perhaps because RESUME_ACK was
// lost: it is told again, at the cost of no try, and the timer runs on.
func unproven(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	if c.EPSN.Less(ev.Pkt.BTH.PSN) {
		return abi.VerdictDropStopped
	}
	sendMETH(c, ev, fx, abi.METHKindResume, c.RemoteIP)
	return abi.VerdictNaked
}

// repeatedResume answers a RESUME that is known already. R7: until it is acknowledged its sender serves nothing (R6a),
// so that what was sent to it meanwhile is lost, and is sent again at the cost of no retry.
func repeatedResume(c *abi.QPC, ev *Event, fx *Effects) {
	if requesting(c) && !ev.Rules.has(NoR6a) {
		endPause(c, ev.Rules)
		c.Rewind, c.RdAgain = true, false
		refill(c)
		if !c.ResumePending {
			c.Timer = abi.TimerNone
		}
	}
	sendMETH(c, ev, fx, abi.METHKindResumeACK, c.RemoteIP)
}

// pause takes NAK_STOPPED. R3: it retires nothing, refills the retry budgets, stops the retransmission
// timer, starts the lease. An epoch newer than the one known is the mark of a move whose RESUME is still on
// its way, and pauses as well; only an older one is stale. While the own RESUME is pending it merely proves
// that the partner is there, and refills the tries (R6).
func pause(c *abi.QPC, ev *Event, fx *Effects, p psn.PSN, e psn.Epoch) abi.Verdict {
	switch {
	case !c.MigCapable:
		return abi.VerdictDropSyndrome
	case ev.Rules.has(NoR3): // neither is looked at
	case older(e, c.PeerEpoch) && !ev.Rules.has(AnyEpoch):
		return abi.VerdictDropEpoch
	case !mayAcknowledge(c, p) && !ev.Rules.has(AnyProgress):
		return abi.VerdictDropProgress
	}
	if !ev.Rules.has(Deaf) {
		refill(c)
	}
	if c.ResumePending {
		c.ResumesLeft = c.MigResumeLimit
		return abi.VerdictOK
	}
	if sending(c.State) {
		if c.State == abi.StateSQD {
			c.SavedState = abi.StateSQD
		}
		setState(c, abi.StatePaused, abi.ViaNAKStopped)
		fx.Event = abi.EventPeerStopped
	}
	if ev.Rules.has(Deaf) {
		return abi.VerdictOK // the retransmission timer runs on
	}
	c.Rewind, c.RdAgain = true, false
	c.Probe = false
	c.ProbesLeft = c.MigProbeLimit
	if ev.Rules.has(NoR4) {
		c.Timer = abi.TimerNone
		return abi.VerdictOK
	}
	setTimer(c, fx, abi.TimerLease, uint32(c.MigLease))
	return abi.VerdictOK
}

// receiveMigration takes a migration packet. R7 gives the order of the checks; each failure is a silent drop.
func receiveMigration(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	p := ev.Pkt
	m := &p.METH
	legal := abi.Legality(c.State, abi.KindMig)
	switch {
	case legal == abi.LegalDrop:
		return abi.VerdictDropState
	case !wire.SamePartition(p.BTH.PKey, c.PKey):
		return abi.VerdictDropPKey
	case !c.MigCapable:
		return abi.VerdictDropCapable
	case m.Version != abi.METHVersion:
		return abi.VerdictDropVersion
	case m.Tag != tag(c, m, p.DstIP, p.BTH.DestQPN, p.BTH.PSN) && !ev.Rules.has(Untagged):
		return abi.VerdictDropTag
	}
	if legal == abi.LegalTombstone && !(ev.Rules.has(NoR2) && m.Kind == abi.METHKindResume && serving(c.SavedState)) {
		return tombstone(c, ev, fx)
	}
	if ev.Rules.has(NoR9) && (m.Kind == abi.METHKindRedirect || m.Kind == abi.METHKindStale) {
		return abi.VerdictDropKind
	}
	switch m.Kind {
	case abi.METHKindResume:
		if c.ResumePending && ev.Rules.has(Blocked) {
			return abi.VerdictDropStopped
		}
		return acceptResume(c, ev, fx)
	case abi.METHKindResumeACK:
		return acceptResumeACK(c, ev, fx)
	case abi.METHKindRedirect:
		return acceptRedirect(c, ev, fx)
	case abi.METHKindStale:
		return acceptStale(c, ev, fx)
	}
	return abi.VerdictDropKind
}

// tombstone answers a partner that moved while this side was stopped. R2: REDIRECT if it is known where this
// endpoint went, else NAK_STOPPED; never RESUME_ACK, because nothing here may take note of the new address.
func tombstone(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	p := ev.Pkt
	switch {
	case p.METH.Kind != abi.METHKindResume, !serving(c.SavedState):
		return abi.VerdictDropStopped
	case p.METH.Addr != p.SrcIP:
		return abi.VerdictDropAddress
	}
	if unreliable(c) && !c.FwdValid {
		return abi.VerdictDropStopped // UC has no NAK
	}
	if c.FwdValid {
		sendMETH(c, ev, fx, abi.METHKindRedirect, p.SrcIP)
	} else {
		nakStopped(c, fx, p.SrcIP)
	}
	return abi.VerdictNaked
}

// acceptResume takes the partner's announcement. R7.
func acceptResume(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	p := ev.Pkt
	m := &p.METH
	if ev.Rules.has(NoR7) {
		return follow(c, ev, fx, p.SrcIP)
	}
	anyEpoch, anyAddress := ev.Rules.has(AnyEpoch), ev.Rules.has(AnyAddress)
	if m.Epoch == c.PeerEpoch && !anyEpoch {
		if p.SrcIP != c.RemoteIP || m.Addr != c.RemoteIP {
			return abi.VerdictDropAddress
		}
		repeatedResume(c, ev, fx)
		return abi.VerdictDuplicate
	}
	if older(m.Epoch, c.PeerEpoch) && !anyEpoch || !progressAgrees(c, p, ev.Rules) && !ev.Rules.has(AnyProgress) {
		sendMETH(c, ev, fx, abi.METHKindStale, p.SrcIP)
		return abi.VerdictNaked
	}
	if (m.Addr != p.SrcIP || c.MigPinned && m.Addr != c.RemoteIP) && !anyAddress {
		return abi.VerdictDropAddress
	}
	return follow(c, ev, fx, m.Addr)
}

// follow takes the partner to be at addr from now on, and says so. R7.
func follow(c *abi.QPC, ev *Event, fx *Effects, addr [16]byte) abi.Verdict {
	m := &ev.Pkt.METH
	c.RemoteIP = addr
	if ev.Rules.loops(c) {
		c.RemoteIP = ev.OwnIP
	}
	c.PeerEpoch = m.Epoch
	c.NAKSent = false // the partner goes back to una_psn
	plain := ev.Rules.has(PlainACK)
	if requesting(c) && !plain && mayAcknowledge(c, m.EPSN) {
		catchUp(c, m.EPSN)
	}
	if c.State == abi.StatePaused {
		unpause(c)
	}
	if !c.ResumePending && (!plain || c.Timer == abi.TimerLease) {
		c.Timer = abi.TimerNone
	}
	if plain {
		answer(c, fx, abi.SyndromeACK, ev.Pkt.BTH.PSN)
	} else {
		c.Probe = false
		sendMETH(c, ev, fx, abi.METHKindResumeACK, c.RemoteIP)
	}
	fx.Event = abi.EventPeerMoved
	return abi.VerdictOK
}

// resumedPlain takes the prototype's answer to the own RESUME, which acknowledges whatever PSN it has besides: p, be it
// that of a READ or atomic, as long as it is of one packet.
func resumedPlain(c *abi.QPC, fx *Effects, p psn.PSN) {
	c.ResumePending = false
	c.Timer = abi.TimerNone
	if c.RdCount != 0 {
		if s := rdSlot(c, 0); s.Npkts == 1 && s.PSN == p {
			popRead(c)
		}
	}
	if c.UnaPSN != c.MaxPSN {
		armACK(c, fx)
	}
	fx.Event = abi.EventResumed
}

// progressAgrees tells whether the partner that announces itself knows all that this side knows: it expects
// a PSN that this side can go back to, it remembers every acknowledgement it was given, and it has sent all that was
// executed here. Otherwise it is a copy that has forgotten what another copy acknowledged, or did. R7, R7a.
func progressAgrees(c *abi.QPC, p *wire.Packet, rules Rules) bool {
	m := &p.METH
	switch {
	case requesting(c) && !mayAcknowledge(c, m.EPSN):
		return false
	case m.Flags&methLive == 0:
		return true
	case m.Sent == methManySent || rules.has(NoR7a):
		return !c.EPSN.Less(p.BTH.PSN)
	}
	return p.BTH.PSN.Distance(c.EPSN) <= uint32(m.Sent)
}

// catchUp takes the partner's ePSN, then goes back to una_psn with full budgets. R7, R8.
func catchUp(c *abi.QPC, epsn psn.PSN) {
	acknowledged(c, epsn)
	c.Rewind, c.RdAgain = true, false
	refill(c)
}

// acceptResumeACK takes the answer to the own RESUME. R8.
func acceptResumeACK(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	p := ev.Pkt
	switch {
	case !c.ResumePending && !ev.Rules.has(Unasked):
		return abi.VerdictDropUnasked
	case p.SrcIP != c.RemoteIP && !ev.Rules.has(AnyAddress):
		return abi.VerdictDropSource
	case p.METH.PeerEpoch != c.MigEpoch && !ev.Rules.has(NoR8|AnyEpoch):
		return abi.VerdictDropEpoch
	case requesting(c) && !mayAcknowledge(c, p.METH.EPSN) && !ev.Rules.has(NoR8|AnyProgress):
		return abi.VerdictDropProgress
	}
	c.ResumePending = false
	c.Timer = abi.TimerNone
	if requesting(c) && (mayAcknowledge(c, p.METH.EPSN) || ev.Rules.has(NoR8)) {
		catchUp(c, p.METH.EPSN)
	}
	fx.Event = abi.EventResumed
	return abi.VerdictOK
}

// acceptRedirect follows the partner to where it moved. R9: this is how two sides that move at the same
// time find each other. The tries are not refilled, so that two tombstones naming each other come to an end.
func acceptRedirect(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	p := ev.Pkt
	switch {
	case !c.ResumePending && !ev.Rules.has(Unasked):
		return abi.VerdictDropUnasked
	case p.SrcIP != c.RemoteIP && !ev.Rules.has(AnyAddress):
		return abi.VerdictDropSource
	case older(p.METH.Epoch, c.PeerEpoch) && !ev.Rules.has(AnyEpoch):
		return abi.VerdictDropEpoch
	case c.MigPinned && !ev.Rules.has(AnyAddress):
		return abi.VerdictDropAddress
	}
	c.RemoteIP = p.METH.Addr
	announce(c, ev, fx)
	return abi.VerdictOK
}

// acceptStale fences this copy, if the partner names a newer epoch of it or more progress than it has. R9.
func acceptStale(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	p := ev.Pkt
	switch {
	case !c.ResumePending && !ev.Rules.has(Unasked):
		return abi.VerdictDropUnasked
	case p.SrcIP != c.RemoteIP && !ev.Rules.has(AnyAddress):
		return abi.VerdictDropSource
	case !c.MigEpoch.Less(p.METH.PeerEpoch) && !fartherAlong(c, p) && !ev.Rules.has(AnyEpoch):
		return abi.VerdictDropEpoch
	}
	fail(c, fx, abi.WCStatusWrFlushErr, abi.VendorErrFenced, abi.EventFenced)
	return abi.VerdictOK
}

// fartherAlong tells whether the partner has seen more of this endpoint than this copy has done. R9.
func fartherAlong(c *abi.QPC, p *wire.Packet) bool {
	return requesting(c) && c.MaxPSN.Less(p.METH.EPSN) ||
		p.METH.Flags&methLive != 0 && c.EPSN.Less(p.BTH.PSN)
}
