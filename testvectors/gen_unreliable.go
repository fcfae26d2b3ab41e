package testvectors

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// withTypes are the features of the suite of UC, UD and congestion notification.
const withTypes = everything | abi.FeatureUC | abi.FeatureUD | abi.FeatureECN

const ownQKey = 0x8000_0101

func genUnreliable(d *draft) {
	sendUC(d)
	receiveUC(d)
	sendUD(d)
	receiveUD(d)
	typeOfPacket(d)
	partitionOfTypes(d)
	sendQueueErrors(d)
	congestion(d)
	movedUnreliable(d)
}

// lone is a queue pair of a type in a state. What it sent is done with.
func lone(t abi.QPType, s abi.State) abi.QPC {
	o := contextIn(abi.StateReset)
	c := with(contextIn(s), func(c *abi.QPC) {
		c.QPType, c.QKey, c.Timer, c.Rewind, c.ProbesLeft = t, ownQKey, abi.TimerNone, false, 0
		c.UnaPSN, c.HeadPSN, c.NextPSN, c.MaxPSN, c.SQSend, c.SQACK = o.UnaPSN, o.UnaPSN, o.UnaPSN, o.UnaPSN, o.SQACK, o.SQACK
		c.SQPI = c.SQACK + 2
	})
	if t == abi.QPTypeUD {
		c.RemoteQPN, c.RemoteIP, c.MigCapable, c.Access = 0, [16]byte{}, false, 0
	}
	return c
}

// datagramTo is a work request of n bytes for a UD queue pair.
func datagramTo(op abi.WROpcode, n, qkey uint32) abi.WQE {
	w := wqe(op, n)
	w.Imm = 0xcafe0001
	w.SetDatagram(&abi.Datagram{QKey: qkey, QPN: 0xabcdef, IP: OtherIP, TClass: 0x28, HopLimit: 7})
	return w
}

func (d *draft) types(name string, e event) {
	e.has = withTypes
	d.step(name, e)
}

func sendUC(d *draft) {
	d.group("uc send", "IBTA 9.8.2, 9.2.1", "IBTA 9.2.1 table 38, 9.8.2, 10.3.1.6, 10.8.3.1", "One packet of UC, by length and place in the message; what UC does not have.")
	rts := lone(abi.QPTypeUC, abi.StateRTS)
	send := func(name string, c abi.QPC, w abi.WQE) { d.types(name, event{ctx: c, cause: abi.CauseSend, wqe: w}) }
	for _, op := range []abi.WROpcode{abi.WROpcodeSend, abi.WROpcodeSendImm, abi.WROpcodeRDMAWrite, abi.WROpcodeRDMAWriteImm} {
		for _, n := range []uint32{0, 1, 256, 257, 600} {
			for off := uint32(0); off == 0 || off < n; off += 256 {
				send(fmt.Sprintf("%v,bytes=%d,off=%d", op, n, off), with(rts, func(c *abi.QPC) { c.SQOff = off }), workOf(op, n))
			}
		}
	}
	for _, op := range []abi.WROpcode{abi.WROpcodeSendInv, abi.WROpcodeRDMARead, abi.WROpcodeCmpSwap, abi.WROpcodeFetchAdd} {
		send(op.String(), rts, workOf(op, 16))
	}
	send("too long", rts, wqe(abi.WROpcodeSend, 1<<31+1))
	send("ring changed under it", with(rts, func(c *abi.QPC) { c.SQOff = 512 }), wqe(abi.WROpcodeSend, 512))
	d.types("region", event{ctx: rts, cause: abi.CauseSend, wqe: wqe(abi.WROpcodeSend, 16), bad: true})
	send("state SQE", with(rts, func(c *abi.QPC) { c.State = abi.StateSQE }), wqe(abi.WROpcodeSend, 16))
	d.step("immediate without the feature", event{ctx: rts, cause: abi.CauseSend, wqe: workOf(abi.WROpcodeSendImm, 16), has: abi.FeatureUC})
	sentOne := with(rts, func(c *abi.QPC) {
		c.CplDue, c.SQSend = true, c.SQSend+1
		c.UnaPSN, c.NextPSN, c.MaxPSN = una.Add(3), una.Add(3), una.Add(3)
	})
	d.types("retire", event{ctx: sentOne, cause: abi.CauseRetire, wqe: wqe(abi.WROpcodeSend, 600)})
}

func receiveUC(d *draft) {
	d.group("uc receive", "IBTA 9.8.2.2, 9.9.3", "IBTA 9.8.2.2, 9.9.3", "Packets of UC by place in the message and PSN: what does not fit is dropped, and the next message begins anew.")
	rts := lone(abi.QPTypeUC, abi.StateRTS)
	recv := wqe(abi.WROpcodeSend, 600)
	in := func(op abi.RecvOp, resid uint32) abi.QPC {
		return with(rts, func(c *abi.QPC) { c.ROp, c.RKey, c.RVA, c.RResid, c.RLen = op, 0xbeef0003, 0x50_0000_0100, resid, 256 })
	}
	for _, where := range []int32{0, 1} {
		rx := func(name string, c abi.QPC, op abi.Opcode, n int, length uint32) {
			p := from(op, epsn.Add(where), n)
			p.RETH.Length = length
			d.types(fmt.Sprintf("%v,%s,epsn%+d", op, name, where), event{ctx: c, cause: abi.CauseRX, pkt: p, wqe: recv})
		}
		for _, op := range []abi.Opcode{abi.OpUCSendOnly, abi.OpUCSendOnlyImm, abi.OpUCRDMAWriteOnly, abi.OpUCRDMAWriteOnlyImm} {
			rx("between messages", rts, op, 16, 16)
			rx("in a message", in(abi.RecvOpSend, 600), op, 16, 16)
		}
		rx("between messages", rts, abi.OpUCSendFirst, 256, 0)
		rx("between messages", rts, abi.OpUCRDMAWriteFirst, 256, 600)
		for _, op := range []abi.Opcode{abi.OpUCSendMiddle, abi.OpUCRDMAWriteMiddle} {
			rx("between messages", rts, op, 256, 0)
			rx("in a send", in(abi.RecvOpSend, 600), op, 256, 0)
			rx("in a write", in(abi.RecvOpWrite, 600), op, 256, 0)
		}
		for _, op := range []abi.Opcode{abi.OpUCSendLast, abi.OpUCSendLastImm, abi.OpUCRDMAWriteLast, abi.OpUCRDMAWriteLastImm} {
			rx("between messages", rts, op, 88, 0)
			rx("in a send", in(abi.RecvOpSend, 600), op, 88, 0)
			rx("in a write", in(abi.RecvOpWrite, 88), op, 88, 0)
		}
	}
	odd := func(name string, c abi.QPC, op abi.Opcode, n int, length uint32, w abi.WQE, bad bool) {
		p := from(op, epsn, n)
		p.RETH.Length = length
		d.types(name, event{ctx: c, cause: abi.CauseRX, pkt: p, wqe: w, bad: bad})
	}
	empty := with(rts, func(c *abi.QPC) { c.RQCI = c.RQPI })
	odd("only over mtu", rts, abi.OpUCSendOnly, 257, 0, recv, false)
	odd("first under mtu", rts, abi.OpUCSendFirst, 255, 0, recv, false)
	odd("send beyond receive", rts, abi.OpUCSendOnly, 17, 0, wqe(abi.WROpcodeSend, 16), false)
	odd("middle beyond receive", in(abi.RecvOpSend, 255), abi.OpUCSendMiddle, 256, 0, recv, false)
	odd("write less than promised", rts, abi.OpUCRDMAWriteOnly, 16, 17, recv, false)
	odd("write last too much", in(abi.RecvOpWrite, 15), abi.OpUCRDMAWriteLast, 16, 0, recv, false)
	odd("write not granted", with(rts, func(c *abi.QPC) { c.Access = 0 }), abi.OpUCRDMAWriteOnly, 16, 16, recv, false)
	odd("write,region", rts, abi.OpUCRDMAWriteOnly, 16, 16, recv, true)
	odd("write in progress,region", in(abi.RecvOpWrite, 600), abi.OpUCRDMAWriteMiddle, 256, 0, recv, true)
	odd("receive,region", rts, abi.OpUCSendOnly, 16, 0, recv, true)
	odd("receive in progress,region", in(abi.RecvOpSend, 600), abi.OpUCSendMiddle, 256, 0, recv, true)
	odd("no receive,send", empty, abi.OpUCSendOnly, 16, 0, recv, false)
	odd("no receive,write", empty, abi.OpUCRDMAWriteOnly, 16, 16, recv, false)
	odd("no receive,write with immediate", empty, abi.OpUCRDMAWriteOnlyImm, 16, 16, recv, false)
}

func sendUD(d *draft) {
	d.group("ud send", "IBTA 9.8.3, 10.2.5", "IBTA 9.8.3, 10.2.5, 10.8.3.1, 11.4.1.1", "Datagrams: where they go, with which Q_Key, and what UD does not have.")
	rts := lone(abi.QPTypeUD, abi.StateRTS)
	for _, op := range []abi.WROpcode{abi.WROpcodeSend, abi.WROpcodeSendImm} {
		for _, n := range []uint32{0, 1, 255, 256, 257} {
			d.types(fmt.Sprintf("%v,bytes=%d", op, n), event{ctx: rts, cause: abi.CauseSend, wqe: datagramTo(op, n, 0x11223344)})
		}
	}
	for _, key := range []uint32{0, 0x7fffffff, 0x80000000, 0xffffffff} {
		d.types(fmt.Sprintf("qkey=%#x", key), event{ctx: rts, cause: abi.CauseSend, wqe: datagramTo(abi.WROpcodeSend, 16, key)})
	}
	own := datagramTo(abi.WROpcodeSend, 16, 1)
	own.RKey = 0
	d.types("hop limit of the NIC", event{ctx: rts, cause: abi.CauseSend, wqe: own})
	own.Flags |= abi.WRFlagSolicited
	d.types("solicited", event{ctx: rts, cause: abi.CauseSend, wqe: own})
	for _, op := range []abi.WROpcode{abi.WROpcodeRDMAWrite, abi.WROpcodeRDMAWriteImm, abi.WROpcodeSendInv, abi.WROpcodeRDMARead, abi.WROpcodeFetchAdd} {
		d.types(op.String(), event{ctx: rts, cause: abi.CauseSend, wqe: workOf(op, 16)})
	}
	d.types("region", event{ctx: rts, cause: abi.CauseSend, wqe: own, bad: true})
}

// datagram is a packet of UD from the partner of all frames.
func datagram(op abi.Opcode, n int, qkey uint32) *wire.Packet {
	p := from(op, epsn, n)
	p.DETH = wire.DETH{QKey: qkey, SrcQPN: 0xfedcba}
	return p
}

func receiveUD(d *draft) {
	d.group("ud receive", "IBTA 9.8.3.1, 11.4.1.2", "IBTA 9.8.3.1, 9.9.3, 11.4.1.2; RoCEv2 annex A17.4.2", "Datagrams by Q_Key and length, the IP header in front of them; receives that are too small, or not there.")
	rts := lone(abi.QPTypeUD, abi.StateRTS)
	rx := func(name string, c abi.QPC, p *wire.Packet, room uint32, bad bool) {
		d.types(name, event{ctx: c, cause: abi.CauseRX, pkt: p, wqe: wqe(abi.WROpcodeSend, room), bad: bad})
	}
	for _, op := range []abi.Opcode{abi.OpUDSendOnly, abi.OpUDSendOnlyImm} {
		for _, n := range []int{0, 1, 255, 256, 257} {
			rx(fmt.Sprintf("%v,bytes=%d", op, n), rts, datagram(op, n, ownQKey), 600, false)
		}
	}
	for _, key := range []uint32{0, ownQKey & 0x7fffffff, ownQKey + 1} {
		rx(fmt.Sprintf("qkey=%#x", key), rts, datagram(abi.OpUDSendOnly, 16, key), 600, false)
	}
	for _, room := range []uint32{0, 39, 40, 55, 56} {
		rx(fmt.Sprintf("room=%d", room), rts, datagram(abi.OpUDSendOnly, 16, ownQKey), room, false)
	}
	rx("no receive", with(rts, func(c *abi.QPC) { c.RQCI = c.RQPI }), datagram(abi.OpUDSendOnly, 16, ownQKey), 600, false)
	rx("region", rts, datagram(abi.OpUDSendOnly, 16, ownQKey), 600, true)
	elsewhere := datagram(abi.OpUDSendOnly, 16, ownQKey)
	elsewhere.SrcIP, elsewhere.BTH.PSN = OtherIP, epsn.Add(77)
	rx("from elsewhere, of any PSN", rts, elsewhere, 600, false)
	partition := datagram(abi.OpUDSendOnly, 16, ownQKey)
	partition.BTH.PKey = 0x1234
	rx("other partition", rts, partition, 600, false)
	for _, s := range []abi.State{abi.StateReset, abi.StateInit, abi.StateRTR, abi.StateSQE, abi.StateErr, abi.StateStopped} {
		rx("state "+s.String(), with(lone(abi.QPTypeUD, abi.StateRTS), func(c *abi.QPC) {
			c.State = s
			if s == abi.StateStopped {
				c.SavedState = abi.StateRTS
			}
		}), datagram(abi.OpUDSendOnly, 16, ownQKey), 600, false)
	}
}

func typeOfPacket(d *draft) {
	d.group("type of packet", "IBTA 9.6.1.2", "IBTA 9.6.1.2", "A packet of each type of transport to a queue pair of each type.")
	for _, t := range []abi.QPType{abi.QPTypeRC, abi.QPTypeUC, abi.QPTypeUD} {
		for _, op := range []abi.Opcode{abi.OpSendOnly, abi.OpAcknowledge, abi.OpUCSendOnly, abi.OpUDSendOnly, abi.OpCNP} {
			p := datagram(op, payloadOf(op), ownQKey)
			if op == abi.OpCNP {
				p.SetPayload(make([]byte, 16))
			}
			d.types(fmt.Sprintf("%v to %v", op, t), event{ctx: lone(t, abi.StateRTS), cause: abi.CauseRX, pkt: p, wqe: wqe(abi.WROpcodeSend, 600)})
		}
	}
}

func partitionOfTypes(d *draft) {
	d.group("partition of types", "IBTA 10.9.3", "IBTA 10.9.1.1, 10.9.3", "Partition keys of a queue pair of UC or UD and of a packet for it.")
	for _, t := range []struct {
		typ abi.QPType
		op  abi.Opcode
	}{{abi.QPTypeUC, abi.OpUCSendOnly}, {abi.QPTypeUC, abi.OpCNP}, {abi.QPTypeUD, abi.OpUDSendOnly}, {abi.QPTypeUD, abi.OpCNP}} {
		for _, key := range keyPairs[:5] {
			p := datagram(t.op, 16, ownQKey)
			p.BTH.PKey = key[1]
			c := with(lone(t.typ, abi.StateRTS), func(c *abi.QPC) { c.PKey = key[0] })
			d.types(fmt.Sprintf("%v,%v,%#04x gets %#04x", t.typ, t.op, key[0], key[1]),
				event{ctx: c, cause: abi.CauseRX, pkt: p, wqe: wqe(abi.WROpcodeSend, 600)})
		}
	}
}

func sendQueueErrors(d *draft) {
	d.group("send queue error", "IBTA 10.3.1.6", "IBTA 10.3.1.6, 11.2.5.2", "State SQE: what is behind the work request with the error is flushed, and the driver takes the queue pair back.")
	for _, t := range []abi.QPType{abi.QPTypeUC, abi.QPTypeUD} {
		c := with(lone(t, abi.StateRTS), func(c *abi.QPC) { c.State, c.SQErr = abi.StateSQE, abi.WCStatusLocLenErr })
		d.types(t.String()+",flush", event{ctx: c, cause: abi.CauseFlushSQ})
		d.types(t.String()+",flush next", event{ctx: with(c, func(c *abi.QPC) { c.SQErr = abi.WCStatusSuccess }), cause: abi.CauseFlushSQ})
		d.types(t.String()+",flush receives", event{ctx: c, cause: abi.CauseFlushRQ})
		d.types(t.String()+",nothing to flush", event{ctx: with(c, func(c *abi.QPC) { c.SQPI = c.SQACK }), cause: abi.CauseFlushSQ})
		d.types(t.String()+",doorbell", event{ctx: c, cause: abi.CauseDBSQ, arg: uint32(c.SQPI + 1)})
		d.types(t.String()+",stopped", event{ctx: c, cause: abi.CauseStall})
		for _, to := range []abi.State{abi.StateRTS, abi.StateErr, abi.StateReset, abi.StateInit} {
			d.commandWith(withTypes, fmt.Sprintf("%v to %v", t, to), c, abi.CMDModifyQP, uint32(to)<<24, 0, wholeImage(c))
		}
	}
}

func congestion(d *draft) {
	d.group("congestion", "RoCEv2 annex A17.9", "RoCEv2 annex A17.9; RFC 3168 section 5", "Packets with congestion experienced, the CNP they draw, and CNPs that are received.")
	ops := map[abi.QPType]abi.Opcode{abi.QPTypeRC: abi.OpSendOnly, abi.QPTypeUC: abi.OpUCSendOnly, abi.QPTypeUD: abi.OpUDSendOnly}
	for _, t := range []abi.QPType{abi.QPTypeRC, abi.QPTypeUC, abi.QPTypeUD} {
		c := lone(t, abi.StateRTS)
		mark := func(name string, c abi.QPC, tclass uint8, has abi.Feature) {
			p := datagram(ops[t], 16, ownQKey)
			p.TClass = tclass
			d.step(fmt.Sprintf("%v,%s", t, name), event{ctx: c, cause: abi.CauseRX, pkt: p, wqe: wqe(abi.WROpcodeSend, 600), has: has})
		}
		for ecn := range uint8(4) {
			mark(fmt.Sprintf("ecn=%d", ecn), c, 0xb8|ecn, withTypes)
		}
		mark("without the feature", c, 3, withTypes&^abi.FeatureECN)
		mark("one is due", with(c, func(c *abi.QPC) { c.CNPDue = true }), 3, withTypes)
		mark("dropped", with(c, func(c *abi.QPC) { c.PKey = 1 }), 3, withTypes)
		due := with(c, func(c *abi.QPC) {
			c.CNPDue, c.TClass = true, 0xbb
			if t == abi.QPTypeUD {
				c.CNPQPN, c.CNPIP = 0xfedcba, OtherIP
			}
		})
		d.types(t.String()+",sent", event{ctx: due, cause: abi.CauseRespond})
		d.types(t.String()+",stopped before", event{ctx: due, cause: abi.CauseStall})
		for _, s := range []abi.State{abi.StateInit, abi.StateRTR, abi.StateRTS, abi.StateErr, abi.StateStopped} {
			k := datagram(abi.OpCNP, 0, 0)
			k.SetPayload(make([]byte, 16))
			d.types(fmt.Sprintf("%v,received,state %v", t, s), event{cause: abi.CauseRX, pkt: k, ctx: with(c, func(c *abi.QPC) {
				c.State = s
				if s == abi.StateStopped {
					c.SavedState = abi.StateRTS
				}
			})})
		}
	}
}

func movedUnreliable(d *draft) {
	d.group("moved", "R1, R5, R6, R7", "protocol.md section 4 R1, R5, R6, R7", "UC is stopped, restored and announces itself as RC does; UD has nobody to tell.")
	for _, t := range []abi.QPType{abi.QPTypeUC, abi.QPTypeUD} {
		rts := lone(t, abi.StateRTS)
		midway := with(rts, func(c *abi.QPC) {
			if t == abi.QPTypeUC {
				c.SQOff, c.ROp, c.RKey, c.RVA, c.RResid, c.RLen = 256, abi.RecvOpSend, 0xbeef0003, 0x50_0000_0100, 344, 256
			}
		})
		d.types(t.String()+",stopped", event{ctx: midway, cause: abi.CauseStall})
		stopped := with(midway, func(c *abi.QPC) { c.State, c.SavedState = abi.StateStopped, abi.StateRTS })
		d.types(t.String()+",activated", event{ctx: stopped, cause: abi.CauseActivate})
		d.types(t.String()+",restored and activated", event{ctx: with(stopped, func(c *abi.QPC) { c.Restored, c.MigEpoch = true, epoch+1 }), cause: abi.CauseActivate})
		d.commandWith(withTypes, t.String()+",load", abi.QPC{}, abi.CMDLoadQP, 0, 0, wholeImage(stopped))
		for _, kind := range []abi.METHKind{abi.METHKindResume, abi.METHKindResumeACK, abi.METHKindStale} {
			d.types(fmt.Sprintf("%v,%v", t, kind), event{ctx: rts, cause: abi.CauseRX, pkt: meth(kind, epsn, func(p *wire.Packet) { p.METH.EPSN = una })})
		}
		d.types(t.String()+",packet while stopped", event{ctx: stopped, cause: abi.CauseRX,
			pkt: datagram(map[abi.QPType]abi.Opcode{abi.QPTypeUC: abi.OpUCSendOnly, abi.QPTypeUD: abi.OpUDSendOnly}[t], 16, ownQKey)})
	}
}
