package testvectors

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/wire"
)

func genAnswering(d *draft) {
	receivedWithFeatures(d)
	executedReads(d)
	executedAtomics(d)
	respondSteps(d)
	replays(d)
	behindReads(d)
	absentRequests(d)
	movedResponder(d)
	acknowledgedLater(d)
}

const (
	readKey  = 0xbeef0004
	readVA   = 0x60_0000_0100
	oldValue = 0x99aabbccddeeff00
)

// remembers is a queue pair that executed these READs and atomics, the last of which ended at ePSN - 1; the newest due of them are
// still to be answered. A span of 0 is an atomic, others are READs of so many packets of 256 bytes.
func remembers(due int, spans ...uint32) abi.QPC {
	c := contextIn(abi.StateRTS)
	c.Access = abi.AccessRemoteWrite | abi.AccessRemoteRead | abi.AccessRemoteAtomic
	c.MaxDestRdAtomic, c.RsNext, c.RsCount, c.RsDue = 4, uint8((ringStart+len(spans))%16), uint8(len(spans)), uint8(due)
	p := epsn
	for i := len(spans) - 1; i >= 0; i-- {
		s := abi.RsSlot{Op: abi.RdOpRead, MSN: (c.MSN - uint32(len(spans)-1-i)) & 0xffffff, Answered: i < len(spans)-due, Value: readVA, RKey: readKey, Length: spans[i] * 256}
		n := spans[i]
		if n == 0 {
			n, s.Op, s.Value, s.RKey = 1, abi.RdOpAtomic, oldValue, 0
		}
		p = p.Add(-int32(n))
		s.PSN = p
		s.Marshal(c.RsSlots[(ringStart+i)%16*abi.RsSlotSize:])
	}
	c.RsBegin = due != 0
	return c
}

// slotPSN is the first PSN of a remembered request.
func slotPSN(c *abi.QPC, i int) psn.PSN {
	var s abi.RsSlot
	s.Decode(c.RsSlots[(ringStart+i)%16*abi.RsSlotSize:])
	return s.PSN
}

// asks adds the reception of a request on a NIC with all these features.
func (d *draft) asks(name string, c abi.QPC, p *wire.Packet, bad bool) {
	d.step(name, event{ctx: c, cause: abi.CauseRX, pkt: p, wqe: wqe(abi.WROpcodeSend, 600), bad: bad, has: everything, old: oldValue})
}

func receivedWithFeatures(d *draft) {
	d.group("immediate and invalidate", "IBTA 9.4.1, 9.4.3, 9.4.1.1.3", "IBTA 9.4.1, 9.4.1.1.3, 9.4.3, 9.7.5.1", "SEND and RDMA WRITE with immediate data and SEND with invalidate, received.")
	for _, ack := range []bool{false, true} {
		run := func(name string, c abi.QPC, op abi.Opcode, n int) {
			p := from(op, epsn, n)
			p.BTH.AckReq = ack
			d.asks(fmt.Sprintf("%v,%s,ack=%v", op, name, ack), c, p, false)
		}
		idle := remembers(0)
		for _, op := range []abi.Opcode{abi.OpSendOnlyImm, abi.OpRDMAWriteOnlyImm, abi.OpSendOnlyInv} {
			for _, n := range []int{0, 1, 256} {
				run(fmt.Sprintf("bytes=%d", n), idle, op, n)
			}
			run("no receive", with(idle, func(c *abi.QPC) { c.RQCI = c.RQPI }), op, 16)
		}
		in := func(op abi.RecvOp, resid uint32) abi.QPC {
			m := inMessage(op, resid)
			return with(idle, func(c *abi.QPC) { c.ROp, c.RKey, c.RVA, c.RResid, c.RLen = m.ROp, m.RKey, m.RVA, m.RResid, m.RLen })
		}
		run("bytes=256", in(abi.RecvOpSend, 600), abi.OpSendLastImm, 256)
		run("bytes=88", in(abi.RecvOpSend, 600), abi.OpSendLastInv, 88)
		run("bytes=88", in(abi.RecvOpWrite, 88), abi.OpRDMAWriteLastImm, 88)
		run("no receive", with(in(abi.RecvOpWrite, 88), func(c *abi.QPC) { c.RQCI = c.RQPI }), abi.OpRDMAWriteLastImm, 88)
		run("in a write", in(abi.RecvOpWrite, 88), abi.OpSendLastImm, 88)
		run("in a send", in(abi.RecvOpSend, 600), abi.OpRDMAWriteLastImm, 88)
	}
}

// read is a READ request of n bytes.
func read(p psn.PSN, n uint32) *wire.Packet {
	k := from(abi.OpRDMAReadRequest, p, 0)
	k.RETH.VA, k.RETH.RKey, k.RETH.Length = readVA, readKey, n
	return k
}

func executedReads(d *draft) {
	d.group("read", "IBTA 9.4.4, 9.7.4.1.5", "IBTA 9.4.4, 9.7.4.1.5, 9.7.4.1.6, 9.7.5.1", "RDMA READ at ePSN: by length, by rights, and by how many are remembered.")
	idle := remembers(0)
	for _, n := range []uint32{0, 1, 256, 257, 600, 1 << 30, 1<<30 + 1, 1<<31 + 1} {
		d.asks(fmt.Sprintf("bytes=%d", n), idle, read(epsn, n), false)
	}
	d.asks("mtu=4096,bytes=2^31", with(idle, func(c *abi.QPC) { c.PMTU = 5 }), read(epsn, 1<<31), false)
	d.asks("not granted", with(idle, func(c *abi.QPC) { c.Access = abi.AccessRemoteWrite }), read(epsn, 16), false)
	d.asks("nothing,not granted", with(idle, func(c *abi.QPC) { c.Access = 0 }), read(epsn, 0), false)
	d.asks("region", idle, read(epsn, 16), true)
	d.asks("in a message", with(idle, func(c *abi.QPC) { c.ROp, c.RResid = abi.RecvOpSend, 600 }), read(epsn, 16), false)
	d.asks("max=0", with(idle, func(c *abi.QPC) { c.MaxDestRdAtomic = 0 }), read(epsn, 16), false)
	for due := range 5 {
		d.asks(fmt.Sprintf("as many as may be,due=%d", due), remembers(due, 3, 1, 2, 0), read(epsn, 16), false)
	}
	answeredAgain := with(remembers(4, 3, 1, 2, 0), func(c *abi.QPC) {
		var s abi.RsSlot
		at := c.RsSlots[ringStart*abi.RsSlotSize:]
		s.Decode(at)
		s.Answered = true
		s.Marshal(at)
		c.RsOff = 1
	})
	d.asks("oldest is being answered again", answeredAgain, read(epsn, 16), false)
	d.asks("behind one that is due", remembers(1, 3), read(epsn, 600), false)
}

func executedAtomics(d *draft) {
	d.group("atomic", "IBTA 9.4.5", "IBTA 9.4.5, 9.7.4.1.5, 9.7.4.1.6", "CMP_SWAP and FETCH_ADD at ePSN: what they leave, rights, alignment.")
	atomic := func(op abi.Opcode, change func(*wire.Packet)) *wire.Packet {
		k := from(op, epsn, 0)
		k.AtomicETH.VA, k.AtomicETH.RKey = readVA, readKey
		if change != nil {
			change(k)
		}
		return k
	}
	idle := remembers(0)
	d.asks("CMP_SWAP,equal", idle, atomic(abi.OpCmpSwap, nil), false)
	d.asks("CMP_SWAP,different", idle, atomic(abi.OpCmpSwap, func(p *wire.Packet) { p.AtomicETH.Compare++ }), false)
	for _, v := range []uint64{0, 1, 1 << 63, ^uint64(0), ^uint64(oldValue) + 1} {
		d.asks(fmt.Sprintf("FETCH_ADD,%#x", v), idle, atomic(abi.OpFetchAdd, func(p *wire.Packet) { p.AtomicETH.Swap = v }), false)
	}
	for _, op := range []abi.Opcode{abi.OpCmpSwap, abi.OpFetchAdd} {
		for _, off := range []uint64{1, 4, 7} {
			d.asks(fmt.Sprintf("%v,address+%d", op, off), idle, atomic(op, func(p *wire.Packet) { p.AtomicETH.VA += off }), false)
		}
		d.asks(op.String()+",not granted", with(idle, func(c *abi.QPC) { c.Access = abi.AccessRemoteRead }), atomic(op, nil), false)
		d.asks(op.String()+",region", idle, atomic(op, nil), true)
		d.asks(op.String()+",max=0", with(idle, func(c *abi.QPC) { c.MaxDestRdAtomic = 0 }), atomic(op, nil), false)
		d.asks(op.String()+",as many as may be", remembers(4, 3, 1, 2, 0), atomic(op, nil), false)
		d.asks(op.String()+",oldest answered", remembers(3, 3, 1, 2, 0), atomic(op, nil), false)
		d.asks(op.String()+",in a message", with(idle, func(c *abi.QPC) { c.ROp, c.RResid = abi.RecvOpWrite, 600 }), atomic(op, nil), false)
	}
}

func respondSteps(d *draft) {
	d.group("respond", "IBTA 9.7.5.1.2, 9.2.1", "IBTA 9.2.1 table 38, 9.7.5.1.2, 9.7.5.1.9", "One packet of a response by its place; the acknowledgement behind; not ready for it.")
	respond := func(name string, c abi.QPC, bad bool) {
		d.step(name, event{ctx: c, cause: abi.CauseRespond, bad: bad, has: everything})
	}
	for off := range uint32(3) {
		for _, begin := range []bool{false, true} {
			c := with(remembers(1, 3), func(c *abi.QPC) { c.RsOff, c.RsBegin = off, begin })
			respond(fmt.Sprintf("packet=%d of 3,begins=%v", off, begin), c, false)
		}
	}
	short := func(n uint32) abi.QPC {
		return with(remembers(1, 1), func(c *abi.QPC) {
			var s abi.RsSlot
			at := c.RsSlots[ringStart*abi.RsSlotSize:]
			s.Decode(at)
			s.Length = n
			s.Marshal(at)
		})
	}
	for _, n := range []uint32{0, 1, 255, 256} {
		respond(fmt.Sprintf("bytes=%d", n), short(n), false)
	}
	respond("atomic", remembers(1, 0), false)
	respond("oldest of three", remembers(3, 2, 0, 1), false)
	respond("newest of three", remembers(1, 2, 0, 1), false)
	respond("region gone", remembers(1, 3), true)
	respond("region gone,in the middle", with(remembers(1, 3), func(c *abi.QPC) { c.RsOff, c.RsBegin = 1, false }), true)
	for _, s := range []abi.Syndrome{abi.SyndromeACK, abi.SyndromeRNRNAK | 12, abi.SyndromeNAKPSNSeq, abi.SyndromeNAKInvReq, abi.SyndromeNAKRemAccess, abi.SyndromeNAKRemOp} {
		c := with(remembers(0, 1), func(c *abi.QPC) { c.ACKDue, c.ACKSyndrome = true, uint8(s) })
		respond(fmt.Sprintf("acknowledgement=%#02x", uint8(s)), c, false)
		respond(fmt.Sprintf("response before acknowledgement=%#02x", uint8(s)), with(remembers(1, 1), func(c *abi.QPC) { c.ACKDue, c.ACKSyndrome = true, uint8(s) }), false)
	}
	respond("nothing due", remembers(0, 1), false)
	for _, s := range states {
		respond("state "+s.String(), with(remembers(1, 3), func(c *abi.QPC) {
			o := contextIn(s)
			c.State, c.SavedState, c.Timer, c.ProbesLeft, c.Rewind, c.SQErr = o.State, o.SavedState, o.Timer, o.ProbesLeft, o.Rewind, o.SQErr
		}), false)
	}
}

func replays(d *draft) {
	d.group("replay", "IBTA 9.7.5.1.4; P10", "IBTA 9.7.5.1.2 to 9.7.5.1.4; protocol.md section 7 P10", "READs and atomics that come again: answered again from what is remembered, never executed again.")
	c := remembers(0, 3, 0, 2)
	part := func(c abi.QPC, i int, of, from uint32) *wire.Packet {
		k := read(slotPSN(&c, i).Add(int32(from)), (of-from)*256)
		k.RETH.VA += uint64(from) * 256
		return k
	}
	for at := range uint32(3) {
		d.asks(fmt.Sprintf("read of 3,from packet %d", at), c, part(c, 0, 3, at), false)
	}
	d.asks("read of 2,newest", c, part(c, 2, 2, 0), false)
	d.asks("read,other address", c, changedTo(part(c, 0, 3, 0), func(p *wire.Packet) { p.RETH.VA++ }), false)
	d.asks("read,other key", c, changedTo(part(c, 0, 3, 0), func(p *wire.Packet) { p.RETH.RKey++ }), false)
	d.asks("read,other length", c, changedTo(part(c, 0, 3, 0), func(p *wire.Packet) { p.RETH.Length-- }), false)
	d.asks("read,rights taken away since", with(c, func(c *abi.QPC) { c.Access = 0 }), part(c, 0, 3, 0), false)
	for _, op := range []abi.Opcode{abi.OpCmpSwap, abi.OpFetchAdd} {
		d.asks(op.String(), c, from(op, slotPSN(&c, 1), 0), false)
		d.asks(op.String()+" at the PSN of a read", c, from(op, slotPSN(&c, 0), 0), false)
	}
	d.asks("read at the PSN of an atomic", c, read(slotPSN(&c, 1), 16), false)
	d.asks("read,not remembered", c, read(slotPSN(&c, 0).Add(-1), 16), false)
	d.asks("atomic,not remembered", c, from(abi.OpFetchAdd, slotPSN(&c, 0).Add(-1), 0), false)
	for due := 1; due <= 3; due++ {
		for off := range uint32(2) {
			busy := with(remembers(due, 3, 0, 2), func(c *abi.QPC) { c.RsOff, c.RsBegin = off, off == 0 })
			for i, of := range []uint32{3, 0, 2} {
				k := from(abi.OpFetchAdd, slotPSN(&busy, i), 0)
				if of != 0 {
					k = part(busy, i, of, 1)
				}
				d.asks(fmt.Sprintf("due=%d,sent=%d,again=%d", due, off, i), busy, k, false)
			}
		}
	}
	d.asks("send between", remembers(0, 3), changedTo(from(abi.OpSendOnly, epsn.Add(-1), 16), func(p *wire.Packet) { p.BTH.AckReq = true }), false)
}

// changedTo is a packet after a change.
func changedTo(p *wire.Packet, change func(*wire.Packet)) *wire.Packet {
	change(p)
	return p
}

func behindReads(d *draft) {
	d.group("behind", "IBTA 9.7.5.1.1, 9.7.5.1.5", "IBTA 9.7.5.1.1, 9.7.5.1.3 to 9.7.5.1.5", "Requests behind a READ that is still to be answered: their acknowledgement or NAK waits for it.")
	c := remembers(1, 3)
	for _, ack := range []bool{false, true} {
		run := func(name string, c abi.QPC, p *wire.Packet, bad bool) {
			p.BTH.AckReq = ack
			d.asks(fmt.Sprintf("%s,ack=%v", name, ack), c, p, bad)
		}
		run("send", c, from(abi.OpSendOnly, epsn, 16), false)
		run("send,acknowledgement due", with(c, func(c *abi.QPC) { c.ACKDue = true }), from(abi.OpSendOnly, epsn, 16), false)
		run("send,sequence NAK due", with(c, func(c *abi.QPC) { c.ACKDue, c.ACKSyndrome, c.NAKSent = true, uint8(abi.SyndromeNAKPSNSeq), true }), from(abi.OpSendOnly, epsn, 16), false)
		run("send,ending", with(c, func(c *abi.QPC) { c.ACKDue, c.ACKSyndrome = true, uint8(abi.SyndromeNAKRemAccess) }), from(abi.OpSendOnly, epsn, 16), false)
		run("write", c, from(abi.OpRDMAWriteOnly, epsn, 16), false)
		run("write,region", c, from(abi.OpRDMAWriteOnly, epsn, 16), true)
		run("send,no receive", with(c, func(c *abi.QPC) { c.RQCI = c.RQPI }), from(abi.OpSendOnly, epsn, 16), false)
		run("gap", c, from(abi.OpSendOnly, epsn.Add(1), 16), false)
		run("not a request to execute", c, from(abi.OpSendMiddle, epsn, 256), false)
		run("send that came before", c, from(abi.OpSendOnly, epsn.Add(-4), 16), false)
	}
}

func absentRequests(d *draft) {
	d.group("absent", "IBTA 9.7.4.1.4; register FEATURES", "IBTA 9.7.4.1.4; spec/registers.yaml FEATURES", "A request that needs a feature, at ePSN and below, on a NIC with all others, and on one with no other.")
	for op := range abi.Opcodes {
		o := abi.Opcode(op)
		info := o.Info()
		if info.Kind != abi.KindRequest || info.Feature&everything == 0 || info.Pos != abi.PositionOnly {
			continue
		}
		n := payloadOf(o)
		for _, where := range []int32{0, -1} {
			step := func(name string, has abi.Feature) {
				p := from(o, epsn.Add(where), n)
				p.BTH.AckReq = true
				d.step(fmt.Sprintf("%v,%s,epsn%+d", o, name, where), event{ctx: remembers(0), cause: abi.CauseRX, pkt: p, wqe: wqe(abi.WROpcodeSend, 600), has: has, old: oldValue})
			}
			step("without", everything&^info.Feature)
			step("with it alone", info.Feature)
		}
	}
}

func movedResponder(d *draft) {
	d.group("moved", "R1, R2, R5, R12; P10", "protocol.md section 4 R1, R2, R5, R12; section 7 P10", "A responder is stopped between two packets of a response, restored, and goes on: what it remembers goes with it.")
	midway := with(remembers(2, 3, 0), func(c *abi.QPC) { c.RsOff, c.RsBegin = 1, false })
	d.step("stopped", event{ctx: midway, cause: abi.CauseStall, has: everything})
	stopped := with(midway, func(c *abi.QPC) { c.State, c.SavedState, c.Timer = abi.StateStopped, abi.StateRTS, abi.TimerNone })
	d.step("activated", event{ctx: stopped, cause: abi.CauseActivate, has: everything})
	d.step("stopped,respond", event{ctx: stopped, cause: abi.CauseRespond, has: everything})
	d.asks("stopped,read again", stopped, read(slotPSN(&stopped, 0), 768), false)
	d.asks("stopped,next read", stopped, read(epsn, 16), false)
	d.step("announcing,respond", event{ctx: pending(midway), cause: abi.CauseRespond, has: everything})
	load := func(name string, c abi.QPC) {
		d.commandWith(everything, "load,"+name, abi.QPC{}, abi.CMDLoadQP, 0, 0, wholeImage(c))
	}
	load("in the middle of a response", stopped)
	load("acknowledgement due", with(stopped, func(c *abi.QPC) { c.ACKDue, c.ACKSyndrome = true, uint8(abi.SyndromeNAKInvReq) }))
	load("more remembered than may be", with(stopped, func(c *abi.QPC) { c.MaxDestRdAtomic = 1 }))
	load("more due than remembered", with(stopped, func(c *abi.QPC) { c.RsDue = 3 }))
	for _, v := range []uint8{0, 1, 16, 17, 255} {
		img := wholeImage(with(contextIn(abi.StateReset), func(c *abi.QPC) { c.MaxDestRdAtomic, c.EPSN = v, 0xabcdef }))
		d.commandWith(everything, fmt.Sprintf("modify,max_dest_rd_atomic=%d", v), contextIn(abi.StateInit), abi.CMDModifyQP, uint32(abi.StateRTR)<<24,
			abi.AttrMaxDestRdAtomic|abi.AttrRQPSN, img)
	}
}
