package testvectors

import (
	"fmt"
	"math"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/wire"
)

func genQueues(d *draft) {
	takesShared(d)
	sharedLimits(d)
	flushesShared(d)
	sharedDoorbells(d)
	completesInto(d)
	arms(d)
	consumes(d)
	guards(d)
}

// sharing is a queue pair that takes its receives from shared receive queue 5.
func sharing(c abi.QPC) abi.QPC {
	return with(c, func(c *abi.QPC) { c.UseSRQ, c.SRQN, c.RQBase, c.RQLog, c.RQPI, c.RQCI = true, 5, 0, 0, 0, 0 })
}

// sharedBed is a NIC with shared receive queue 5, which has receives in this many of its 8 slots; the first is in slot 6, and its
// element says that the next one is in slot 3.
func sharedBed(c abi.QPC, receives uint16) *bed {
	b := newBed(withLists, c)
	b.srqs[5] = &abi.SRQC{Base: ringSRQ + 5<<12, Log: 3, PD: 3, Head: 6, PI: 2 + receives, CI: 2}
	return b
}

// sharedReceive is a receive of a shared queue, and where the next one is.
func sharedReceive(n uint32, next uint16) abi.WQE {
	w := plainReceive(n)
	w.Imm = uint32(next)
	return w
}

func takesShared(d *draft) {
	d.group("shared receive", "IBTA 10.2.9", "IBTA 10.2.9, 9.7.4; spec/layouts.yaml srqc", "A message takes the receive at the head of the shared receive queue, once, and completes it by its slot.")
	rc, uc, ud := sharing(remembers(0)), sharing(lone(abi.QPTypeUC, abi.StateRTS)), sharing(lone(abi.QPTypeUD, abi.StateRTS))
	for _, x := range []struct {
		c   abi.QPC
		ops []abi.Opcode
	}{
		{rc, []abi.Opcode{abi.OpSendOnly, abi.OpSendFirst, abi.OpSendOnlyImm, abi.OpSendOnlyInv, abi.OpRDMAWriteOnly, abi.OpRDMAWriteOnlyImm, abi.OpRDMAWriteFirst}},
		{uc, []abi.Opcode{abi.OpUCSendOnly, abi.OpUCSendFirst, abi.OpUCRDMAWriteOnly, abi.OpUCRDMAWriteOnlyImm}},
		{ud, []abi.Opcode{abi.OpUDSendOnly, abi.OpUDSendOnlyImm}},
	} {
		for _, op := range x.ops {
			for _, receives := range []uint16{0, 1, 2, 8} {
				d.arrives(fmt.Sprintf("%v,receives=%d", op, receives), sharedBed(x.c, receives).receives(sharedReceive(600, 3)), shareFrame(op))
			}
			b := sharedBed(x.c, 2)
			b.receives(sharedReceive(600, 3)).srqs[5] = nil
			d.arrives(fmt.Sprintf("%v,no such queue", op), b, shareFrame(op))
		}
	}
	for _, next := range []uint16{0, 6, 7, 8, 0xffff} {
		d.arrives(fmt.Sprintf("next in slot %d", next), sharedBed(rc, 2).receives(sharedReceive(600, next)), shareFrame(abi.OpSendOnly))
	}
	wraps := sharedBed(rc, 2).receives(sharedReceive(600, 3))
	wraps.srqs[5].PI, wraps.srqs[5].CI = 1, 0xffff
	d.arrives("indices wrap", wraps, shareFrame(abi.OpSendOnly))
	for _, n := range []uint32{0, 15, 16} {
		d.arrives(fmt.Sprintf("receive of %d bytes", n), sharedBed(rc, 2).receives(sharedReceive(n, 3)), shareFrame(abi.OpSendOnly))
	}
	bad := sharedReceive(600, 3)
	bad.LKey++
	d.arrives("key unknown", sharedBed(rc, 2).receives(bad), shareFrame(abi.OpSendOnly))
	for _, c := range []abi.QPC{rc, uc} {
		taken := with(c, func(c *abi.QPC) {
			c.RTaken, c.RWQE, c.ROp, c.RKey, c.RVA, c.RResid, c.RLen = true, 1, abi.RecvOpSend, localKey, localVA+0x300, 344, 256
		})
		middle, last := abi.OpSendMiddle, abi.OpSendLast
		if c.QPType == abi.QPTypeUC {
			middle, last = abi.OpUCSendMiddle, abi.OpUCSendLast
		}
		for _, there := range []bool{true, false} {
			for _, op := range []abi.Opcode{middle, last} {
				b := sharedBed(taken, 0)
				if !there {
					b.srqs[5] = nil
				}
				d.arrives(fmt.Sprintf("%v,of a message that took one,queue=%v", op, there), b, shareFrame(op))
			}
		}
	}
	broken := with(uc, func(c *abi.QPC) { c.RTaken, c.RWQE, c.ROp, c.RResid, c.RLen = true, 1, abi.RecvOpSend, 344, 256 })
	d.arrives("UC begins anew in the receive that a lost message took", sharedBed(broken, 1).receives(sharedReceive(600, 3)), shareFrame(abi.OpUCSendOnly))
	list, sum := buffers([]uint32{3, 0, 97})
	w := listed(abi.WROpcodeSend, list, sum)
	w.Imm = 3
	for _, op := range []abi.Opcode{abi.OpSendOnly, abi.OpUCSendOnly, abi.OpUDSendOnly} {
		c := map[abi.Opcode]abi.QPC{abi.OpSendOnly: rc, abi.OpUCSendOnly: uc, abi.OpUDSendOnly: ud}[op]
		d.arrives(op.String()+",list", sharedBed(wide(c, 1), 2).receives(w, list...), shareFrame(op))
	}
	taken := wide(with(rc, func(c *abi.QPC) {
		c.RTaken, c.RWQE, c.ROp, c.RResid, c.RLen, c.RList = true, 1, abi.RecvOpSend, 44, 256, true
	}), 1)
	long, total := buffers([]uint32{257, 43})
	d.arrives("list,last", sharedBed(taken, 1).receives(listed(abi.WROpcodeSend, long, total), long...), from(abi.OpSendLast, epsn, 44))
}

// shareFrame is a packet at ePSN of the smallest length that suits it.
func shareFrame(op abi.Opcode) *wire.Packet {
	n := 16
	if op.Info().Payload == abi.PayloadMTU {
		n = 256
	}
	p := datagram(op, n, ownQKey)
	p.BTH.AckReq = op.RC()
	p.RETH = wire.RETH{VA: grantVA, RKey: grantKey, Length: uint32(n)}
	if op.Info().Pos == abi.PositionFirst {
		p.RETH.Length = 600
	}
	return p
}

func sharedLimits(d *draft) {
	d.group("shared limit", "IBTA 10.2.9.4, 11.6.3.1", "IBTA 10.2.9.4, 11.2.3, 11.6.3.1", "SRQ_LIMIT_REACHED by how many receives are left, once; what MODIFY_SRQ asks for.")
	rc := sharing(remembers(0))
	for _, limit := range []uint16{0, 1, 2, 3, 0xffff} {
		for receives := uint16(1); receives <= 3; receives++ {
			b := sharedBed(rc, receives).receives(sharedReceive(600, 3))
			b.srqs[5].Limit = limit
			d.arrives(fmt.Sprintf("taken,limit=%d,of %d", limit, receives), b, shareFrame(abi.OpSendOnly))
		}
		b := sharedBed(rc, 2)
		b.srqs[5].Limit = 1
		d.commanded(fmt.Sprintf("MODIFY_SRQ,limit=%d,of 2", limit), b, abi.CMDModifySRQ, 5, uint32(limit), nil)
	}
	d.commanded("MODIFY_SRQ,no such queue", sharedBed(rc, 2), abi.CMDModifySRQ, 4, 1, nil)
	both := sharedBed(rc, 1).receives(sharedReceive(600, 3))
	both.srqs[5].Limit, both.cqs[2].Armed = 1, true
	d.arrives("taken,limit and completion", both, shareFrame(abi.OpSendOnly))
}

func flushesShared(d *draft) {
	d.group("shared flush", "IBTA 10.3.1.7, 11.6.3.1", "IBTA 10.3.1.7, 11.6.3.1", "A queue pair in ERR completes the receive that it took, and says once that it was the last.")
	for _, taken := range []bool{false, true} {
		for _, said := range []bool{false, true} {
			for _, status := range []abi.WCStatus{abi.WCStatusSuccess, abi.WCStatusLocLenErr} {
				c := with(sharing(contextIn(abi.StateErr)), func(c *abi.QPC) { c.RTaken, c.RWQE, c.LastWQE, c.RQErr = taken, 1, said, status })
				if !taken {
					c.RWQE = 0
				}
				d.turns(fmt.Sprintf("taken=%v,said=%v,%v", taken, said, status), sharedBed(c, 2), abi.CauseFlushRQ)
			}
		}
	}
	for _, s := range []abi.State{abi.StateRTS, abi.StateStopped} {
		d.turns("state "+s.String(), sharedBed(sharing(contextIn(s)), 2), abi.CauseFlushRQ)
	}
	full := sharedBed(with(sharing(contextIn(abi.StateErr)), func(c *abi.QPC) { c.RTaken, c.RWQE = true, 1 }), 2)
	full.cqs[2].PI = 16
	d.turns("completion is lost", full, abi.CauseFlushRQ)
	for _, to := range []abi.State{abi.StateErr, abi.StateReset} {
		c := with(sharing(remembers(0)), func(c *abi.QPC) { c.RTaken, c.RWQE, c.ROp, c.RResid = true, 1, abi.RecvOpSend, 344 })
		d.commanded("MODIFY_QP to "+to.String(), sharedBed(c, 2), abi.CMDModifyQP, uint32(to)<<24, 0, wholeImage(c))
	}
}

func sharedDoorbells(d *draft) {
	d.group("shared doorbell", "IBTA 10.8.3.3", "IBTA 10.2.9, 10.8.3.3; spec/registers.yaml DB_SRQ", "Producer indices of shared receive queues; a queue pair that uses one takes none.")
	for _, ring := range []struct {
		name   string
		pi, ci uint16
	}{{"two of 8", 4, 2}, {"indices wrap", 0, 0xfffe}, {"full", 10, 2}} {
		for _, by := range []int{-3, -1, 0, 1, 6, 7} {
			b := sharedBed(sharing(remembers(0)), 0)
			b.srqs[5].PI, b.srqs[5].CI = ring.pi, ring.ci
			d.device(fmt.Sprintf("%s,by %d", ring.name, by), b, nic.Cause{Kind: abi.CauseDBSRQ, Slot: 5, Arg: uint32(ring.pi + uint16(by))})
		}
	}
	d.device("no such queue", sharedBed(sharing(remembers(0)), 0), nic.Cause{Kind: abi.CauseDBSRQ, Slot: 4, Arg: 1})
	d.device("upper bits of the value", sharedBed(sharing(remembers(0)), 0), nic.Cause{Kind: abi.CauseDBSRQ, Slot: 5, Arg: 0x00010003})
	d.device("DB_RQ of a queue pair that uses one", sharedBed(sharing(remembers(0)), 0), nic.Cause{Kind: abi.CauseDBRQ, Arg: 1})
}

// completion is a way to complete something, with the completion queue that it goes to.
type completionWay struct {
	name string
	cqn  int
	bed  func() *bed
	run  func(d *draft, name string, b *bed)
}

// completionWays are the ways to complete something: solicited or not, failed or not, by requester and responder, of each type.
func completionWays() []completionWay {
	receive := func(c abi.QPC) func() *bed {
		return func() *bed { return newBed(withLists, c).receives(plainReceive(600)) }
	}
	arrive := func(p *wire.Packet) func(*draft, string, *bed) {
		return func(d *draft, name string, b *bed) { d.arrives(name, b, p) }
	}
	turn := func(k abi.Cause) func(*draft, string, *bed) {
		return func(d *draft, name string, b *bed) { d.turns(name, b, k) }
	}
	asking := from(abi.OpSendOnly, epsn, 16)
	asking.BTH.AckReq = true
	solicited := from(abi.OpSendOnly, epsn, 16)
	solicited.BTH.AckReq, solicited.BTH.SE = true, true
	retiring := with(contextIn(abi.StateRTS), func(c *abi.QPC) { c.CplDue, c.UnaPSN = true, una.Add(2) })
	sqe := with(lone(abi.QPTypeUC, abi.StateSQE), func(c *abi.QPC) { c.SQErr = abi.WCStatusLocLenErr })
	return []completionWay{
		{"receive", 2, receive(remembers(0)), arrive(asking)},
		{"receive,no acknowledgement asked", 2, receive(remembers(0)), arrive(from(abi.OpSendOnly, epsn, 16))},
		{"solicited receive", 2, receive(remembers(0)), arrive(solicited)},
		{"receive of UC", 2, receive(lone(abi.QPTypeUC, abi.StateRTS)), arrive(from(abi.OpUCSendOnly, epsn, 16))},
		{"receive of UD", 2, receive(lone(abi.QPTypeUD, abi.StateRTS)), arrive(datagram(abi.OpUDSendOnly, 16, ownQKey))},
		{"send", 1, func() *bed { return newBed(withLists, retiring).asked(wqe(abi.WROpcodeSend, 300)) }, turn(abi.CauseRetire)},
		{"flushed send", 1, func() *bed { return newBed(withLists, contextIn(abi.StateErr)) }, turn(abi.CauseFlushSQ)},
		{"flushed receive", 2, func() *bed { return newBed(withLists, contextIn(abi.StateErr)) }, turn(abi.CauseFlushRQ)},
		{"flushed send in SQE", 1, func() *bed { return newBed(withLists, sqe) }, turn(abi.CauseFlushSQ)},
	}
}

// rings are states of a completion queue of 16.
var ringStates = []struct {
	name   string
	change func(c *abi.CQC)
}{
	{"empty", func(*abi.CQC) {}},
	{"empty,indices wrap", func(c *abi.CQC) { c.PI, c.CI, c.SolicitedPI = math.MaxUint32, math.MaxUint32, math.MaxUint32-3 }},
	{"one free", func(c *abi.CQC) { c.PI, c.CI = 20, 5 }},
	{"full", func(c *abi.CQC) { c.PI, c.CI = 20, 4 }},
	{"full and armed", func(c *abi.CQC) { c.PI, c.CI, c.Armed = 20, 4, true }},
	{"overrun", func(c *abi.CQC) { c.PI, c.CI, c.Overrun = 20, 20, true }},
	{"armed", func(c *abi.CQC) { c.Armed = true }},
	{"armed for solicited", func(c *abi.CQC) { c.Solicited = true }},
	{"armed for both", func(c *abi.CQC) { c.Armed, c.Solicited = true, true }},
}

func completesInto(d *draft) {
	d.group("completion", "IBTA 10.8.2, 11.4.2.2", "IBTA 9.2.3, 10.8.2, 11.4.2.2; spec/layouts.yaml cqc", "A completion into a queue by its state: written, announced, the first that is lost, those after it.")
	for _, w := range completionWays() {
		for _, s := range ringStates {
			b := w.bed()
			s.change(b.cqs[w.cqn])
			w.run(d, w.name+","+s.name, b)
		}
		b := w.bed()
		b.cqs[w.cqn] = nil
		w.run(d, w.name+",no such queue", b)
		b = w.bed()
		b.has &^= abi.FeatureSolicited
		b.cqs[w.cqn].Armed = true
		w.run(d, w.name+",armed,no feature", b)
	}
	for log := range uint8(16) {
		b := completionWays()[0].bed()
		b.cqs[2].Log, b.cqs[2].PI, b.cqs[2].CI = log, 0xfffe_ffff, 0xfffe_ffff
		completionWays()[0].run(d, fmt.Sprintf("receive,ring of %d", 1<<log), b)
	}
}

func guards(d *draft) {
	d.group("guard", "IBTA 11.6.3.2, 9.9.3.1.7; register FEATURES", "IBTA 9.9.3.1.7, 10.8.2, 11.6.3.2; spec/registers.yaml FEATURES cq_guard", "With feature cq_guard, a queue pair whose completion is lost goes to ERR, and the partner hears of it.")
	guarded := func(b *bed) *bed { b.has |= abi.FeatureCQGuard; return b }
	for _, w := range completionWays() {
		for _, s := range []string{"one free", "full", "overrun"} {
			for _, r := range ringStates {
				if r.name == s {
					b := guarded(w.bed())
					r.change(b.cqs[w.cqn])
					w.run(d, w.name+","+s, b)
				}
			}
		}
		b := guarded(w.bed())
		b.cqs[w.cqn] = nil
		w.run(d, w.name+",no such queue", b)
	}
	behind := guarded(newBed(withLists, remembers(1, 3)).receives(plainReceive(600)))
	behind.cqs[2].PI = 16
	p := from(abi.OpSendOnly, epsn, 16)
	p.BTH.AckReq = true
	d.arrives("receive behind a READ", behind, p)
	for _, s := range []abi.State{abi.StateRTR, abi.StatePaused, abi.StateSQD} {
		c := with(contextIn(s), func(c *abi.QPC) { c.State = s })
		b := newBed(withLists|abi.FeatureSQD, c).receives(plainReceive(600))
		b.has |= abi.FeatureCQGuard
		b.cqs[2].PI = 16
		d.arrives("receive,state "+s.String(), b, p)
	}
	c := sharing(remembers(0))
	shared := sharedBed(c, 1).receives(sharedReceive(600, 3))
	shared.has |= abi.FeatureCQGuard
	shared.srqs[5].Limit, shared.cqs[2].PI = 1, 16
	d.arrives("receive from a shared queue", shared, p)
}

func arms(d *draft) {
	d.group("arm", "IBTA 11.4.2.2", "IBTA 11.4.2.2; spec/registers.yaml DB_CQ_ARM", "A completion queue is armed for the next completion, or the next that is solicited or failed; what waits is announced at once.")
	for _, s := range []struct {
		name   string
		change func(c *abi.CQC)
	}{
		{"empty", func(c *abi.CQC) { c.PI, c.CI, c.SolicitedPI = 7, 7, 3 }},
		{"one waits", func(c *abi.CQC) { c.PI, c.CI, c.SolicitedPI = 7, 6, 3 }},
		{"solicited one waits", func(c *abi.CQC) { c.PI, c.CI, c.SolicitedPI = 7, 6, 7 }},
		{"solicited one consumed, another waits", func(c *abi.CQC) { c.PI, c.CI, c.SolicitedPI = 7, 6, 6 }},
		{"oldest of three is solicited", func(c *abi.CQC) { c.PI, c.CI, c.SolicitedPI = 7, 4, 5 }},
		{"never one", func(*abi.CQC) {}},
		{"wraps,solicited one waits", func(c *abi.CQC) { c.PI, c.CI, c.SolicitedPI = 1, math.MaxUint32, 0 }},
		{"wraps,none waits", func(c *abi.CQC) { c.PI, c.CI, c.SolicitedPI = 0, 0, math.MaxUint32 }},
		{"armed", func(c *abi.CQC) { c.Armed = true }},
		{"armed for solicited", func(c *abi.CQC) { c.Solicited = true }},
		{"armed for solicited, one waits", func(c *abi.CQC) { c.Solicited, c.PI = true, 1 }},
		{"overrun", func(c *abi.CQC) { c.Overrun, c.PI = true, 16 }},
		{"overrun and consumed", func(c *abi.CQC) { c.Overrun, c.PI, c.CI = true, 16, 16 }},
	} {
		for _, v := range []uint32{0, 1, 2, 3} {
			for _, has := range []abi.Feature{withLists, withLists &^ abi.FeatureSolicited} {
				b := newBed(has, remembers(0))
				s.change(b.cqs[2])
				if has&abi.FeatureSolicited == 0 && (b.cqs[2].Solicited || b.cqs[2].SolicitedPI != 0) {
					continue
				}
				d.device(fmt.Sprintf("%s,value=%d,feature=%v", s.name, v, has&abi.FeatureSolicited != 0), b, nic.Cause{Kind: abi.CauseDBCQArm, Slot: 2, Arg: v})
			}
		}
	}
	d.device("no such queue", newBed(withLists, remembers(0)), nic.Cause{Kind: abi.CauseDBCQArm, Slot: 3, Arg: 1})
}

func consumes(d *draft) {
	d.group("consume", "IBTA 11.4.2.1", "IBTA 11.4.2.1; spec/registers.yaml DB_CQ_CI", "Consumer indices: forward, beyond what is there, back.")
	for _, ring := range []struct {
		name   string
		pi, ci uint32
	}{{"three wait", 7, 4}, {"none waits", 7, 7}, {"wraps", 1, math.MaxUint32}} {
		for _, by := range []int64{-1, 0, 1, 2, 3, 4, 1 << 31} {
			b := newBed(withLists, remembers(0))
			b.cqs[2].PI, b.cqs[2].CI = ring.pi, ring.ci
			d.device(fmt.Sprintf("%s,by %d", ring.name, by), b, nic.Cause{Kind: abi.CauseDBCQCI, Slot: 2, Arg: ring.ci + uint32(by)})
		}
	}
	over := newBed(withLists, remembers(0))
	over.cqs[2].PI, over.cqs[2].Overrun = 16, true
	d.device("overrun", over, nic.Cause{Kind: abi.CauseDBCQCI, Slot: 2, Arg: 16})
	d.device("no such queue", newBed(withLists, remembers(0)), nic.Cause{Kind: abi.CauseDBCQCI, Slot: 3, Arg: 0})
}
