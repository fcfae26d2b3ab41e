package nic

import (
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/qp"
	"github.com/godwit-rdma/godwit/model/wire"
)

// transmit sends k.fx.Packet on behalf of context c. pa is the DMA address of the work request's buffer.
func (k *Core) transmit(c *abi.QPC, pa uint64, env Env) {
	o := &k.fx.Packet
	k.fill(c, o)
	if o.Op == abi.OpCNP {
		k.frame = k.out.Reserve(k.frame[:0], cnpBytes)
		clear(k.out.Payload)
		k.counters[abi.CounterNPCNPSent]++
	} else {
		k.frame = k.out.Reserve(k.frame[:0], int(o.Len))
	}
	if o.Len != 0 {
		k.moved += o.Len
		k.fetch(pa, o, env)
	}
	k.frame = k.out.Append(k.frame)
	k.txSeq++
	k.counters[abi.CounterTXFrames]++
	if k.fx.Retransmit {
		k.counters[abi.CounterRetransmits]++
	}
	k.frame = env.Transmit(k.frame, k.fx.Retransmit)
}

// fill writes the headers of a packet to send into k.out.
func (k *Core) fill(c *abi.QPC, o *qp.Out) {
	p := &k.out
	p.DstMAC, p.SrcMAC = k.regs.nextHop.addr(), k.regs.mac.addr()
	p.SrcIP, p.DstIP = k.regs.ip, o.DstIP
	p.V6 = k.params.Features != 0 && !wire.IsIPv4(o.DstIP)
	p.TTL, p.TClass, p.DF, p.SrcPort = abi.TTL, c.TClass, true, c.UDPSport
	p.BTH = wire.BTH{
		Op: o.Op, SE: o.SE, PKey: c.PKey, DestQPN: c.RemoteQPN, AckReq: o.AckReq, PSN: o.PSN,
	}
	if o.Addressed {
		p.BTH.DestQPN, p.BTH.Resv8a, p.TClass, p.DETH = o.DestQPN, o.Resv8a, o.TClass, o.DETH
		if o.HopLimit != 0 {
			p.TTL = o.HopLimit
		}
	}
	if o.Op.Info().ExtLen != 0 { // headers of an earlier packet do not matter to one that has none
		p.RETH, p.AETH, p.METH = o.RETH, o.AETH, o.METH
		p.AtomicETH, p.AtomicAck, p.Imm, p.InvKey = o.AtomicETH, o.AtomicAck, o.Imm, o.InvKey
	}
}
