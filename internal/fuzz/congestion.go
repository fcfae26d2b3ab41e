package fuzz

import "github.com/godwit-rdma/godwit/model/abi"

// congestion checks that a CNP is owed for a marked packet that was taken, and for nothing else, and that it is sent once,
// to where the packet came from. RoCEv2 annex A17.9.
func (p *patient) congestion() string {
	b, c := &p.before, &p.c
	marked := p.ev.Cause == abi.CauseRX && p.ev.Pkt.TClass&3 == 3 && p.ev.Features&abi.FeatureECN != 0 && p.verdict < abi.VerdictDropMalformed
	cnp := p.fx.HasPacket && p.fx.Packet.Op == abi.OpCNP
	switch {
	case c.CNPDue && !b.CNPDue && !marked:
		return "cnp: owed for nothing"
	case cnp && (!b.CNPDue || c.CNPDue):
		return "cnp: sent and not owed, or owed still"
	case cnp && c.QPType != abi.QPTypeUD && (p.fx.Packet.DstIP != c.RemoteIP || p.fx.Packet.DestQPN != c.RemoteQPN):
		return "cnp: sent to somebody else"
	case marked && c.State == b.State && sends(c.State) && p.ev.Pkt.BTH.Op.Info().Kind == abi.KindRequest && p.ev.Pkt.BTH.Op != abi.OpMigration && !c.CNPDue && c.State != abi.StateErr:
		return "cnp: not owed for a request that was marked"
	case !c.CNPDue && b.CNPDue && !cnp && c.State != abi.StateReset:
		return "cnp: forgotten"
	}
	return ""
}
