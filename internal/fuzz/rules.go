package fuzz

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/wire"
)

// rules checks the rules of the migration protocol as protocol.md states them, and not as package qp computes them.
func (p *patient) rules() string {
	if p.ev.Cause == abi.CauseRX {
		if wrong := p.accepts(); wrong != "" {
			return wrong
		}
	}
	b, c := &p.before, &p.c
	switch {
	case p.ev.Cause == abi.CauseActivate && p.verdict == abi.VerdictOK && (c.NAKSent || sends(c.State) && !c.Rewind):
		return "R6: activated without going back"
	case p.ev.Cause == abi.CauseActivate && p.verdict == abi.VerdictOK && !b.Restored && c.MigEpoch != b.MigEpoch.Add(2):
		return "R10: rolled back without an epoch of its own"
	case c.PeerEpoch.Less(b.PeerEpoch):
		return fmt.Sprintf("R7: peer epoch %v -> %v", b.PeerEpoch, c.PeerEpoch)
	case b.State == abi.StatePaused && p.ev.Cause == abi.CauseTimer && p.verdict == abi.VerdictOK && c.State == abi.StatePaused && !c.Probe:
		return "R4: the lease ended without a probe"
	case b.State != abi.StatePaused && c.State == abi.StatePaused && (c.RetryLeft != c.RetryCnt || c.RNRLeft != c.RNRRetry || c.Timer != abi.TimerLease):
		return "R3: paused without budgets or lease"
	case b.ResumePending && c.ResumePending && c.Timer != abi.TimerResume && c.State != abi.StateStopped:
		return "R6: a RESUME is pending and nothing repeats it"
	case c.State != abi.StateStopped && c.State == b.State && c.UnaPSN.Less(b.UnaPSN):
		return "P1: una went back"
	}
	return ""
}

// accepts checks what a received packet may do.
func (p *patient) accepts() string {
	b, c, k := &p.before, &p.c, p.ev.Pkt
	if p.verdict >= abi.VerdictDropMalformed {
		return ""
	}
	m := &k.METH
	kind := k.BTH.Op.Info().Kind
	if kind != abi.KindMig {
		switch {
		case k.SrcIP != b.RemoteIP && kind != abi.KindUD && !(kind == abi.KindCNP && b.QPType == abi.QPTypeUD):
			return "R11: a packet from another address was taken"
		case c.RemoteIP != b.RemoteIP:
			return "P6: the address changed by a packet that is no RESUME"
		case k.AETH.Syndrome == uint8(abi.SyndromeNAKStopped) && k.BTH.Op == abi.OpAcknowledge && stale(psn.Epoch(k.AETH.MSN), b.PeerEpoch):
			return "R3: NAK_STOPPED of an older epoch was taken"
		case b.ResumePending && kind == abi.KindRequest && (c.EPSN != b.EPSN || p.fx.Write != 0 || p.fx.HasCQE || c.RsDue != b.RsDue):
			return "R6a: a request was served before RESUME was acknowledged"
		case b.State == abi.StatePaused && kind == abi.KindResponse && k.AETH.Syndrome != uint8(abi.SyndromeNAKStopped) && c.UnaPSN != b.UnaPSN && c.State == abi.StatePaused:
			return "R4a: an answer did not end the pause"
		}
		return ""
	}
	switch {
	case !b.MigCapable, m.Version != abi.METHVersion:
		return "R7: a migration packet that is not agreed was taken"
	case b.MigKey != [16]byte{} && m.Tag != wire.Tag(b.MigKey, m, k.DstIP, b.QPN, k.BTH.PSN):
		return "R7: a migration packet with a wrong tag was taken"
	case c.RemoteIP != b.RemoteIP && b.MigPinned:
		return "R7: a pinned address changed"
	case c.RemoteIP != b.RemoteIP && m.Kind == abi.METHKindResume && (stale(m.Epoch, b.PeerEpoch) || m.Epoch == b.PeerEpoch || m.Addr != k.SrcIP):
		return "P6: the address changed by a RESUME that is not newer or not from there"
	case c.RemoteIP != b.RemoteIP && m.Kind == abi.METHKindRedirect && (!b.ResumePending || k.SrcIP != b.RemoteIP || stale(m.Epoch, b.PeerEpoch)):
		return "R9: a REDIRECT was taken that nobody asked for"
	case b.ResumePending && !c.ResumePending && c.State != abi.StateErr && (m.Kind != abi.METHKindResumeACK || m.PeerEpoch != b.MigEpoch):
		return "R8: the RESUME is taken for acknowledged, and it is not"
	case m.Kind == abi.METHKindResume && p.verdict == abi.VerdictOK && b.State != abi.StateStopped &&
		(!p.fx.HasPacket || p.fx.Packet.METH.Kind != abi.METHKindResumeACK || c.PeerEpoch != m.Epoch):
		return "R7: a RESUME was taken without an answer"
	case m.Kind == abi.METHKindResume && c.PeerEpoch != b.PeerEpoch && m.Flags&1 != 0 && m.Sent != 0xffff && uint32(c.EPSN-k.BTH.PSN)&0xffffff > uint32(m.Sent):
		return "R7a: a RESUME was taken from a copy that has sent less than was executed"
	case c.State == abi.StateErr && b.State != abi.StateErr && m.Kind != abi.METHKindStale:
		return "R9: fenced by a packet that is no STALE"
	}
	return ""
}

// stale tells whether epoch e is neither the known one nor 1..2^15-1 ahead of it. Section 1.
func stale(e, known psn.Epoch) bool { return e-known >= 1<<15 }
