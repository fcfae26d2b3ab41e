package qp

import (
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// Congestion notification, RoCEv2 annex A17.9: a switch with a long queue marks packets, and the receiver of a marked one
// sends its sender a CNP. Several marked ones before the CNP is sent make one. What the sender should do, send more
// slowly, it does not do here; it counts them.

// ecnMask are the ECN bits of the traffic class, all set = congestion experienced. RFC 3168 section 5.
const ecnMask = 3

// becn is the bit of the BTH's reserved byte that a CNP has. RoCEv2 annex A17.9.3.
const becn = 0x40

// marked takes note of a packet that experienced congestion and got verdict v. One that is dropped says nothing, and one
// without data takes part in no congestion control.
func marked(c *abi.QPC, ev *Event, v abi.Verdict) {
	p := ev.Pkt
	kind := p.BTH.Op.Info().Kind
	if ev.Features&abi.FeatureECN == 0 || v >= abi.VerdictDropMalformed || kind == abi.KindMig || kind == abi.KindCNP ||
		!answers(c.State) {
		return
	}
	c.CNPDue = true
	if c.QPType == abi.QPTypeUD {
		c.CNPQPN, c.CNPIP = p.DETH.SrcQPN, p.SrcIP
	}
}

// answers tells whether a queue pair in this state sends what it owes.
func answers(s abi.State) bool {
	switch s {
	case abi.StateRTR, abi.StateRTS, abi.StateSQD, abi.StateSQE, abi.StatePaused:
		return true
	}
	return false
}

// notify sends the CNP that is due.
func notify(c *abi.QPC, fx *Effects) {
	fx.HasPacket = true
	fx.Packet = Out{Op: abi.OpCNP, DstIP: c.RemoteIP, Addressed: true, DestQPN: c.RemoteQPN, TClass: c.TClass &^ ecnMask, Resv8a: becn}
	if c.QPType == abi.QPTypeUD {
		fx.Packet.DestQPN, fx.Packet.DstIP = c.CNPQPN, c.CNPIP
	}
	c.CNPDue, c.CNPQPN, c.CNPIP = false, 0, [16]byte{}
}

// notified takes a CNP. It says something to a queue pair that sends; the device counts which it was.
func notified(c *abi.QPC, ev *Event) abi.Verdict {
	p := ev.Pkt
	switch {
	case c.State == abi.StateStopped:
		return abi.VerdictDropStopped
	case !answers(c.State):
		return abi.VerdictDropState
	case !wire.SamePartition(p.BTH.PKey, c.PKey):
		return abi.VerdictDropPKey
	case c.QPType != abi.QPTypeUD && p.SrcIP != c.RemoteIP && !ev.Rules.stranger(c):
		return abi.VerdictDropSource // R11
	}
	return abi.VerdictOK
}
