package testvectors

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/wire"
)

// everything is what the features of these suites are: READs and atomics, immediate data, invalidation and fences.
const everything = abi.FeatureImm | abi.FeatureInv | abi.FeatureRead | abi.FeatureAtomic | abi.FeatureFence

// ringStart is where the rings of slots begin: they wrap.
const ringStart = 14

func genAsking(d *draft) {
	sendsWithFeatures(d)
	askReads(d)
	askAtomics(d)
	fences(d)
	absentFeatures(d)
	readResponses(d)
	atomicResponses(d)
	acknowledgedReads(d)
	completedReads(d)
	movedReads(d)
	drains(d)
}

// asked is a queue pair in RTS with work requests outstanding, each of so many PSNs: 0 is a SEND of one packet, more are a READ or
// atomic. Its oldest PSN is una, and one more work request is posted.
func asked(spans ...uint32) abi.QPC {
	c := contextIn(abi.StateRTS)
	c.MaxRdAtomic, c.RdHead = 4, ringStart
	p := una
	for i, n := range spans {
		if n == 0 {
			p = p.Add(1)
			continue
		}
		slot := abi.RdSlot{PSN: p, WQE: c.SQACK + uint16(i), Npkts: n}
		slot.Marshal(c.RdSlots[(ringStart+int(c.RdCount))%16*abi.RdSlotSize:])
		c.RdCount++
		c.RdExtra += n - 1
		p = p.Add(int32(n))
	}
	c.NextPSN, c.MaxPSN = p, p
	c.SQSend = c.SQACK + uint16(len(spans))
	c.SQPI = c.SQSend + 1
	if len(spans) == 0 {
		c.Timer = abi.TimerNone
	}
	return c
}

// atomicWQE is a work request of an atomic.
func atomicWQE(op abi.WROpcode) abi.WQE {
	w := wqe(op, 8)
	w.Swap, w.Compare = 0x1122334455667788, 0x99aabbccddeeff00
	return w
}

// workOf is a work request of an operation, of n bytes if it has a choice.
func workOf(op abi.WROpcode, n uint32) abi.WQE {
	w := wqe(op, n)
	switch op {
	case abi.WROpcodeCmpSwap, abi.WROpcodeFetchAdd:
		return atomicWQE(op)
	case abi.WROpcodeSendImm, abi.WROpcodeRDMAWriteImm, abi.WROpcodeSendInv:
		w.Imm = 0xcafe0001
	}
	return w
}

// posts adds a SEND step on a NIC with all these features.
func (d *draft) posts(name string, c abi.QPC, w abi.WQE) {
	d.step(name, event{ctx: c, cause: abi.CauseSend, wqe: w, has: everything})
}

func sendsWithFeatures(d *draft) {
	d.group("immediate and invalidate", "IBTA 9.2.1, 9.3.6, 9.3.7", "IBTA 9.2.1 table 38, 9.3.6, 9.3.7, 9.4.1.1.3", "SEND and RDMA WRITE with immediate data and SEND with invalidate, by length and place in the message.")
	idle := asked()
	for _, op := range []abi.WROpcode{abi.WROpcodeSendImm, abi.WROpcodeRDMAWriteImm, abi.WROpcodeSendInv} {
		for _, n := range []uint32{0, 1, 256, 257, 600} {
			for off := uint32(0); off == 0 || off < n; off += 256 {
				d.posts(fmt.Sprintf("%v,bytes=%d,off=%d", op, n, off), with(idle, func(c *abi.QPC) { c.SQOff = off }), workOf(op, n))
			}
		}
	}
	w := workOf(abi.WROpcodeSendImm, 16)
	w.Flags |= abi.WRFlagSolicited
	d.posts("solicited", idle, w)
}

func askReads(d *draft) {
	d.group("read", "IBTA 9.4.4, 9.7.5", "IBTA 9.4.4, 9.7.2, 9.7.5, 10.8.3.1, 11.2.5.2", "RDMA READ by length and path MTU, for want of credit, and asked again from the middle.")
	for _, mtu := range []uint8{1, 3, 5} {
		for _, n := range []uint32{0, 1, 256, 257, 4096, 4097, 1 << 30, 1<<30 + 1, 1 << 31, 1<<31 + 1} {
			d.posts(fmt.Sprintf("mtu=%d,bytes=%d", 128<<mtu, n), with(asked(), func(c *abi.QPC) { c.PMTU = mtu }), wqe(abi.WROpcodeRDMARead, n))
		}
	}
	for _, depth := range []uint8{0, 1, 2, 3, 16} {
		c := with(asked(3, 1), func(c *abi.QPC) { c.MaxRdAtomic = depth })
		d.posts(fmt.Sprintf("two outstanding,max=%d", depth), c, wqe(abi.WROpcodeRDMARead, 600))
	}
	d.posts("behind a send", asked(0), wqe(abi.WROpcodeRDMARead, 600))
	d.posts("more responses than the window", asked(abi.SendWindow+10), wqe(abi.WROpcodeRDMARead, 600))
	d.posts("send behind more responses than the window", asked(abi.SendWindow+10), wqe(abi.WROpcodeSend, 16))
	d.posts("as many PSNs as may be outstanding", asked(1<<22), wqe(abi.WROpcodeRDMARead, 1<<30))
	d.step("region", event{ctx: asked(), cause: abi.CauseSend, wqe: wqe(abi.WROpcodeRDMARead, 600), bad: true, has: everything})
	for i := range int32(3) {
		c := with(asked(3, 0), func(c *abi.QPC) { c.Rewind, c.UnaPSN = true, una.Add(i) })
		d.posts(fmt.Sprintf("asked again,answered=%d", i), c, wqe(abi.WROpcodeRDMARead, 600))
		d.posts(fmt.Sprintf("asked again,answered=%d,ring changed under it", i), c, wqe(abi.WROpcodeRDMARead, 900))
		d.posts(fmt.Sprintf("asked again,answered=%d,a SEND in its place", i), c, wqe(abi.WROpcodeSend, 600))
	}
}

func askAtomics(d *draft) {
	d.group("atomic", "IBTA 9.4.5, 9.7.5", "IBTA 9.4.5, 9.7.5, 10.8.3.1", "CMP_SWAP and FETCH_ADD, of the wrong length, and for want of credit.")
	for _, op := range []abi.WROpcode{abi.WROpcodeCmpSwap, abi.WROpcodeFetchAdd} {
		d.posts(op.String(), asked(), atomicWQE(op))
		d.posts(fmt.Sprintf("%v,behind a read", op), asked(3), atomicWQE(op))
		d.posts(fmt.Sprintf("%v,as many as may be", op), asked(3, 1, 1, 1), atomicWQE(op))
		d.posts(fmt.Sprintf("%v,asked again", op), with(asked(1, 0), func(c *abi.QPC) { c.Rewind = true }), atomicWQE(op))
		d.step(op.String()+",region", event{ctx: asked(), cause: abi.CauseSend, wqe: atomicWQE(op), bad: true, has: everything})
		for _, n := range []uint32{0, 4, 9} {
			w := atomicWQE(op)
			w.Length = n
			d.posts(fmt.Sprintf("%v,bytes=%d", op, n), asked(), w)
		}
		d.posts(fmt.Sprintf("%v,max=0", op), with(asked(), func(c *abi.QPC) { c.MaxRdAtomic = 0 }), atomicWQE(op))
	}
}

func fences(d *draft) {
	d.group("fence", "IBTA 10.8.3.3", "IBTA 10.8.3.3", "A work request with a fence waits for the READs and atomics before it, and for nothing else.")
	for _, op := range []abi.WROpcode{abi.WROpcodeSend, abi.WROpcodeRDMAWrite, abi.WROpcodeSendImm, abi.WROpcodeRDMARead, abi.WROpcodeFetchAdd} {
		w := workOf(op, 16)
		w.Flags |= abi.WRFlagFence
		d.posts(fmt.Sprintf("%v,nothing outstanding", op), asked(), w)
		d.posts(fmt.Sprintf("%v,behind a send", op), asked(0), w)
		d.posts(fmt.Sprintf("%v,behind a read", op), asked(3), w)
		d.posts(fmt.Sprintf("%v,behind a send and an atomic", op), asked(0, 1), w)
		d.step(op.String()+",without the feature", event{ctx: asked(3), cause: abi.CauseSend, wqe: w, has: everything &^ abi.FeatureFence})
	}
}

func absentFeatures(d *draft) {
	d.group("absent", "IBTA 10.8.3.1; register FEATURES", "IBTA 10.8.3.1; spec/registers.yaml FEATURES", "A work request that needs a feature, on a NIC with all others, and on one with no other.")
	for _, op := range []abi.WROpcode{abi.WROpcodeSendImm, abi.WROpcodeRDMAWriteImm, abi.WROpcodeSendInv, abi.WROpcodeRDMARead, abi.WROpcodeCmpSwap, abi.WROpcodeFetchAdd} {
		needs := op.Needs()
		d.step(op.String()+",without", event{ctx: asked(), cause: abi.CauseSend, wqe: workOf(op, 16), has: everything &^ needs})
		d.step(op.String()+",with it alone", event{ctx: asked(), cause: abi.CauseSend, wqe: workOf(op, 16), has: needs})
	}
}

// answers adds the reception of a response on a NIC with all these features.
func (d *draft) answers(name string, c abi.QPC, op abi.Opcode, p psn.PSN, n int, w abi.WQE) {
	d.step(name, event{ctx: c, cause: abi.CauseRX, pkt: from(op, p, n), wqe: w, has: everything})
}

func readResponses(d *draft) {
	d.group("read response", "IBTA 9.7.5.2", "IBTA 9.7.5.2.5 to 9.7.5.2.7", "READ responses by PSN, opcode and length, and where their data may not go.")
	read := wqe(abi.WROpcodeRDMARead, 600)
	ops := []abi.Opcode{abi.OpRDMAReadResponseFirst, abi.OpRDMAReadResponseMiddle, abi.OpRDMAReadResponseLast, abi.OpRDMAReadResponseOnly}
	sizes := []int{256, 256, 88}
	for done := range int32(3) {
		c := with(asked(3, 0), func(c *abi.QPC) { c.UnaPSN = una.Add(done) })
		for _, op := range ops {
			d.answers(fmt.Sprintf("%v,answered=%d", op, done), c, op, una.Add(done), sizes[done], read)
		}
		for _, o := range []int32{-1, 0, 1, 2, 3, 4} {
			d.answers(fmt.Sprintf("psn%+d,answered=%d", o, done), c, abi.OpRDMAReadResponseMiddle, una.Add(o), 256, read)
		}
	}
	c := asked(3, 0)
	for _, n := range []int{1, 255, 256} {
		d.answers(fmt.Sprintf("last of %d", n), with(c, func(c *abi.QPC) { c.UnaPSN = una.Add(2) }), abi.OpRDMAReadResponseLast, una.Add(2), n, read)
	}
	d.answers("read of nothing", asked(1), abi.OpRDMAReadResponseOnly, una, 0, wqe(abi.WROpcodeRDMARead, 0))
	d.answers("behind a send", asked(0, 3), abi.OpRDMAReadResponseFirst, una.Add(1), 256, read)
	d.answers("second read first", asked(1, 3), abi.OpRDMAReadResponseFirst, una.Add(1), 256, read)
	d.answers("second read first,again", with(asked(1, 3), func(c *abi.QPC) { c.RdAgain = true }), abi.OpRDMAReadResponseFirst, una.Add(1), 256, read)
	d.answers("second read first,no retry left", with(asked(1, 3), func(c *abi.QPC) { c.RetryLeft = 0 }), abi.OpRDMAReadResponseFirst, una.Add(1), 256, read)
	d.answers("credit waited for", with(asked(1, 0), func(c *abi.QPC) { c.RdWait = true }), abi.OpRDMAReadResponseOnly, una, 256, wqe(abi.WROpcodeRDMARead, 256))
	d.answers("of an atomic", asked(1), abi.OpRDMAReadResponseOnly, una, 8, atomicWQE(abi.WROpcodeFetchAdd))
	d.answers("ring changed under it", c, abi.OpRDMAReadResponseFirst, una, 256, wqe(abi.WROpcodeRDMARead, 900))
	d.answers("of a send", asked(0), abi.OpRDMAReadResponseOnly, una, 16, read)
	d.step("region", event{ctx: c, cause: abi.CauseRX, pkt: from(abi.OpRDMAReadResponseFirst, una, 256), wqe: read, bad: true, has: everything})
	bad := from(abi.OpRDMAReadResponseFirst, una, 256)
	bad.AETH.Syndrome = uint8(abi.SyndromeNAKRemOp)
	d.step("syndrome of a NAK", event{ctx: c, cause: abi.CauseRX, pkt: bad, wqe: read, has: everything})
	stranger := from(abi.OpRDMAReadResponseFirst, una, 256)
	stranger.SrcIP = OtherIP
	d.step("from elsewhere", event{ctx: c, cause: abi.CauseRX, pkt: stranger, wqe: read, has: everything})
	d.answers("while paused", with(c, func(c *abi.QPC) { c.State, c.Timer, c.Rewind = abi.StatePaused, abi.TimerLease, true }), abi.OpRDMAReadResponseFirst, una, 256, read)
	d.answers("while stopped", with(c, func(c *abi.QPC) { c.State, c.SavedState, c.Timer = abi.StateStopped, abi.StateRTS, abi.TimerNone }), abi.OpRDMAReadResponseFirst, una, 256, read)
}

func atomicResponses(d *draft) {
	d.group("atomic response", "IBTA 9.7.5.2, 9.4.5", "IBTA 9.4.5, 9.7.5.2.5 to 9.7.5.2.7", "Answers to CMP_SWAP and FETCH_ADD by PSN, and where they may not go.")
	for _, op := range []abi.WROpcode{abi.WROpcodeCmpSwap, abi.WROpcodeFetchAdd} {
		for _, o := range []int32{-1, 0, 1, 2, 3} {
			d.answers(fmt.Sprintf("%v,psn%+d", op, o), asked(1, 1, 0), abi.OpAtomicAcknowledge, una.Add(o), 0, atomicWQE(op))
		}
		d.answers(fmt.Sprintf("%v,again", op), with(asked(1, 1), func(c *abi.QPC) { c.RdAgain = true }), abi.OpAtomicAcknowledge, una, 0, atomicWQE(op))
		d.step(op.String()+",region", event{ctx: asked(1), cause: abi.CauseRX, pkt: from(abi.OpAtomicAcknowledge, una, 0), wqe: atomicWQE(op), bad: true, has: everything})
	}
	d.answers("of a read", asked(1), abi.OpAtomicAcknowledge, una, 0, wqe(abi.WROpcodeRDMARead, 16))
	d.answers("of a send", asked(0), abi.OpAtomicAcknowledge, una, 0, wqe(abi.WROpcodeSend, 16))
}

func acknowledgedReads(d *draft) {
	d.group("acknowledged past", "IBTA 9.7.5.2.3, 9.7.5.2.5; P10", "IBTA 9.7.5.2.3 to 9.7.5.2.8; protocol.md section 7 P10", "Acknowledgements and NAKs before, at and behind a READ that is not answered: they never retire it.")
	for _, s := range []abi.Syndrome{abi.SyndromeACK, abi.SyndromeRNRNAK | 3, abi.SyndromeNAKPSNSeq, abi.SyndromeNAKRemAccess} {
		for _, o := range []int32{0, 1, 3, 4, 5} {
			d.step(fmt.Sprintf("%#02x,psn%+d", uint8(s), o), event{ctx: asked(0, 3, 0, 0), cause: abi.CauseRX, pkt: response(s, una.Add(o), 0), has: everything})
		}
	}
	for _, done := range []int32{0, 1, 2} {
		c := with(asked(3, 0), func(c *abi.QPC) { c.UnaPSN = una.Add(done) })
		d.step(fmt.Sprintf("time-out,answered=%d", done), event{ctx: c, cause: abi.CauseTimer, arg: uint32(abi.TimerACK), has: everything})
		d.step(fmt.Sprintf("ACK behind,answered=%d", done), event{ctx: c, cause: abi.CauseRX, pkt: response(abi.SyndromeACK, una.Add(3), 0), has: everything})
	}
}

func completedReads(d *draft) {
	d.group("retire", "IBTA 10.8.5, 11.4.2.1", "IBTA 10.8.5, 11.4.2.1", "Completion of READs, atomics, and what carries immediate data or a key.")
	for _, op := range []abi.WROpcode{
		abi.WROpcodeRDMARead, abi.WROpcodeCmpSwap, abi.WROpcodeFetchAdd, abi.WROpcodeSendImm, abi.WROpcodeRDMAWriteImm, abi.WROpcodeSendInv,
	} {
		for _, flags := range []abi.WRFlag{0, abi.WRFlagSignaled} {
			w := workOf(op, 600)
			w.Flags = flags
			c := with(asked(0, 0, 0, 0), func(c *abi.QPC) { c.CplDue, c.UnaPSN = true, una.Add(3) })
			d.step(fmt.Sprintf("%v,flags=%v", op, flags), event{ctx: c, cause: abi.CauseRetire, wqe: w, has: everything})
		}
	}
	for _, done := range []int32{1, 2, 3} {
		c := with(asked(3, 0), func(c *abi.QPC) { c.CplDue, c.UnaPSN = true, una.Add(done) })
		d.step(fmt.Sprintf("read,answered=%d", done), event{ctx: c, cause: abi.CauseRetire, wqe: wqe(abi.WROpcodeRDMARead, 600), has: everything})
	}
}

func movedReads(d *draft) {
	d.group("moved", "R3, R7, R8; P10", "protocol.md section 4 R3, R7, R8; section 7 P10", "NAK_STOPPED, RESUME and RESUME_ACK while READs are outstanding: what they say of progress ends at the first that is not answered.")
	for _, o := range []int32{-1, 0, 1, 3, 4, 5, 6} {
		c := asked(0, 3, 0)
		d.step(fmt.Sprintf("RESUME,epsn=una%+d", o), event{ctx: c, cause: abi.CauseRX, has: everything,
			pkt: meth(abi.METHKindResume, epsn, func(p *wire.Packet) { p.METH.EPSN = una.Add(o) })})
		d.step(fmt.Sprintf("RESUME_ACK,epsn=una%+d", o), event{ctx: pending(c), cause: abi.CauseRX, has: everything,
			pkt: meth(abi.METHKindResumeACK, epsn, func(p *wire.Packet) { p.METH.EPSN = una.Add(o) })})
		d.step(fmt.Sprintf("NAK_STOPPED,una%+d", o), event{ctx: c, cause: abi.CauseRX, has: everything,
			pkt: response(abi.SyndromeNAKStopped, una.Add(o), uint32(peer))})
	}
	paused := with(asked(3, 0), func(c *abi.QPC) {
		c.State, c.Timer, c.Rewind, c.Probe, c.UnaPSN = abi.StatePaused, abi.TimerNone, true, true, una.Add(1)
	})
	d.posts("probe is the rest of a READ", paused, wqe(abi.WROpcodeRDMARead, 600))
	d.step("stopped", event{ctx: asked(3, 1), cause: abi.CauseStall, has: everything})
	stopped := with(asked(3, 1), func(c *abi.QPC) { c.State, c.SavedState, c.Timer = abi.StateStopped, abi.StateRTS, abi.TimerNone })
	d.step("activated", event{ctx: stopped, cause: abi.CauseActivate, has: everything})
	load := func(name string, c abi.QPC) {
		d.commandWith(everything, "load,"+name, abi.QPC{}, abi.CMDLoadQP, 0, 0, wholeImage(c))
	}
	load("two outstanding", stopped)
	load("more outstanding than may be", with(stopped, func(c *abi.QPC) { c.MaxRdAtomic = 1 }))
	for _, v := range []uint8{0, 1, 16, 17, 255} {
		load(fmt.Sprintf("max_rd_atomic=%d", v), with(asked(), func(c *abi.QPC) { c.State, c.SavedState, c.MaxRdAtomic = abi.StateStopped, abi.StateRTS, v }))
		img := wholeImage(with(contextIn(abi.StateReset), func(c *abi.QPC) { c.MaxRdAtomic, c.NextPSN = v, 0xabcdef }))
		d.commandWith(everything, fmt.Sprintf("modify,max_rd_atomic=%d", v), contextIn(abi.StateRTR), abi.CMDModifyQP, uint32(abi.StateRTS)<<24,
			abi.AttrMaxRdAtomic|abi.AttrSQPSN, img)
	}
}
