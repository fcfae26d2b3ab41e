package fuzz

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// lifeQKey is the Q_Key of a queue pair of type UD.
const lifeQKey = 0x51

// types are those of queue pairs, RC first.
var types = [...]abi.QPType{abi.QPTypeRC, abi.QPTypeUC, abi.QPTypeUD}

// unreliable checks what IBTA 9.8 says of queue pairs that acknowledge nothing, and not how package qp does it: they answer
// nothing and wait for nothing, what they send is done with, and what reaches memory is a message that is in order, from
// the partner (R11), or a datagram with the right Q_Key.
func (p *patient) unreliable() string {
	b, c := &p.before, &p.c
	if c.QPType == abi.QPTypeRC || c.State == abi.StateReset || p.ev.Cause == abi.CauseNone {
		return ""
	}
	switch {
	case c.UnaPSN != c.NextPSN && b.UnaPSN == b.NextPSN, c.UnaPSN != c.MaxPSN && b.UnaPSN == b.MaxPSN:
		return fmt.Sprintf("unreliable: una %v, next %v, max %v", c.UnaPSN, c.NextPSN, c.MaxPSN)
	case c.Timer != abi.TimerNone && c.Timer != abi.TimerResume:
		return fmt.Sprintf("unreliable: timer %v", c.Timer)
	case c.State == abi.StatePaused:
		return "unreliable: paused, and nobody can have said so"
	case c.RdCount != 0, c.RsCount != 0:
		return "unreliable: READs or atomics"
	case c.State == abi.StateErr && b.State != abi.StateErr && b.State != abi.StateStopped && (p.ev.Pkt == nil || p.ev.Pkt.BTH.Op.Info().Kind != abi.KindMig) &&
		c.RQErr == abi.WCStatusSuccess && p.ev.Cause != abi.CauseTimer:
		return fmt.Sprintf("unreliable: %v takes it to ERR", p.ev.Cause) // SQE is for what it cannot send
	case c.State == abi.StateSQE && b.State != abi.StateSQE && p.ev.Cause != abi.CauseSend && p.ev.Cause != abi.CauseActivate:
		return fmt.Sprintf("unreliable: %v takes it to SQE", p.ev.Cause)
	}
	if wrong := p.says(); wrong != "" {
		return wrong
	}
	return p.hears()
}

// says checks what a queue pair that acknowledges nothing sends.
func (p *patient) says() string {
	o := &p.fx.Packet
	if !p.fx.HasPacket {
		return ""
	}
	switch o.Op.Info().Kind {
	case abi.KindMig, abi.KindCNP:
		return ""
	case abi.KindUC:
		if p.c.QPType == abi.QPTypeUC && p.ev.Cause == abi.CauseSend && o.PSN == p.before.NextPSN && p.c.NextPSN == o.PSN.Next() {
			return ""
		}
	case abi.KindUD:
		if p.c.QPType == abi.QPTypeUD && p.ev.Cause == abi.CauseSend && o.DETH.SrcQPN == p.c.QPN && o.DETH.QKey&(1<<31) == 0 {
			return ""
		}
	}
	return fmt.Sprintf("unreliable: %v sent by %v with PSN %v", o.Op, p.ev.Cause, o.PSN)
}

// hears checks what a packet does to the memory of a queue pair that acknowledges nothing.
func (p *patient) hears() string {
	b, k := &p.before, p.ev.Pkt
	recv := p.fx.HasCQE && p.fx.CQE.Opcode >= abi.WCOpcodeRecv && p.fx.CQE.Status == abi.WCStatusSuccess
	if p.fx.Write == 0 && !recv {
		return ""
	}
	if k == nil {
		return "unreliable: memory changes without a packet"
	}
	info := k.BTH.Op.Info()
	starts := info.Pos == abi.PositionFirst || info.Pos == abi.PositionOnly
	switch {
	case b.QPType == abi.QPTypeUD && (info.Kind != abi.KindUD || k.DETH.QKey != b.QKey || !recv || int(p.fx.Write) != 40+len(k.Payload) || !p.fx.WithHeader):
		return "unreliable: a datagram that is none, or not for this Q_Key, or not whole"
	case b.QPType == abi.QPTypeUC && (info.Kind != abi.KindUC || k.SrcIP != b.RemoteIP):
		return "R11: a message of UC that is none, or not of the partner"
	case b.QPType == abi.QPTypeUC && !starts && (k.BTH.PSN != b.EPSN || b.ROp == abi.RecvOpNone):
		return "unreliable: a packet that does not follow the one before it"
	case k.BTH.PKey&0x7fff != b.PKey&0x7fff, b.State == abi.StateStopped, b.State == abi.StateErr:
		return "unreliable: a packet that is not for it, or not now"
	case b.QPType == abi.QPTypeUC && info.Op == abi.OperationWrite && len(k.Payload) != 0 && b.Access&abi.AccessRemoteWrite == 0:
		return "unreliable: a WRITE that is not allowed"
	}
	return ""
}

// strange makes a request packet of the queue pair's type out of one of type RC.
func (p *patient) strange(m *move) {
	k := &p.pkt
	switch {
	case p.c.QPType == abi.QPTypeRC || m.Which == 15: // of another type
	case p.c.QPType == abi.QPTypeUC && k.BTH.Op <= abi.OpRDMAWriteOnlyImm:
		k.BTH.Op += abi.OpUCSendFirst - abi.OpSendFirst
	case p.c.QPType == abi.QPTypeUD:
		k.BTH.Op = []abi.Opcode{abi.OpUDSendOnly, abi.OpUDSendOnlyImm}[m.Which%2]
		k.DETH = wire.DETH{QKey: lifeQKey, SrcQPN: 0x22}
		if m.Base == 5 {
			k.DETH.QKey ^= 1 << (m.Which % 32)
		}
	}
}

// addressed says in a work request where its datagram goes: with a Q_Key of its own, or that of the queue pair.
func (p *patient) addressed(e *abi.WQE) {
	if p.c.QPType != abi.QPTypeUD {
		return
	}
	d := abi.Datagram{QPN: 0x22, IP: peerIP, QKey: lifeQKey}
	if e.Flags != 0 {
		d.QKey |= 1 << 31 // that of the queue pair
	}
	e.SetDatagram(&d)
}
