package testvectors

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// withLists are the features of NICs that have lists, inline data and shared receive queues beside all else.
const withLists = withTypes | abi.FeatureSGL | abi.FeatureInline | abi.FeatureSRQ | abi.FeatureSolicited

func genMemory(d *draft) {
	gatherSends(d)
	badLists(d)
	inlineSends(d)
	scatterReceives(d)
	scatterResponses(d)
	protection(d)
}

// shapes are lists of 300 bytes: two packets of 256 and 44 bytes.
var shapes = []struct {
	name string
	cuts []uint32
}{
	{"two", []uint32{1, 299}},
	{"cut between packets", []uint32{256, 44}},
	{"uneven", []uint32{7, 64, 100, 129}},
	{"empty first", []uint32{0, 300}},
	{"empty in the middle", []uint32{255, 0, 45}},
	{"empty last", []uint32{300, 0}},
	{"sixteen", []uint32{1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 1, 0, 9, 17, 31, 11}},
	{"all but one empty", []uint32{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 300, 0, 0, 0, 0, 0}},
}

// buffers is a list with these lengths. Its buffers lie backwards, in two regions by turns, and what is empty has a key of nothing.
func buffers(cuts []uint32) (list []abi.SGE, sum uint32) {
	for i, n := range cuts {
		e := abi.SGE{Length: n, LKey: localKey, VA: localVA + uint64(16-i)*0x800 + 5}
		switch {
		case n == 0:
			e.LKey = 0xdead0000
		case i%2 == 1:
			e.LKey, e.VA = otherKey, otherVA+uint64(16-i)*0x800+3
		}
		list, sum = append(list, e), sum+n
	}
	return list, sum
}

// listed is a work request with a list.
func listed(op abi.WROpcode, list []abi.SGE, length uint32) abi.WQE {
	w := workOf(op, 16)
	w.NumSGE, w.Length, w.VA, w.LKey, w.RKey, w.RemoteVA = uint8(len(list)), length, 0, 0, grantKey, grantVA+0x100
	return w
}

// wide is c with slots that have room for what is behind an element.
func wide(c abi.QPC, stride uint8) abi.QPC {
	return with(c, func(c *abi.QPC) { c.SQStride, c.RQStride = stride, stride })
}

func gatherSends(d *draft) {
	d.group("gather", "IBTA 10.8.3.1", "IBTA 10.7.3.2, 10.8.3.1; spec/layouts.yaml sge", "Packets of a work request with a list of buffers, by where the cuts are.")
	for _, s := range shapes {
		list, sum := buffers(s.cuts)
		for _, op := range []abi.WROpcode{abi.WROpcodeSend, abi.WROpcodeRDMAWriteImm} {
			for _, off := range []uint32{0, 256} {
				c := wide(with(asked(), func(c *abi.QPC) { c.SQOff = off }), 3)
				d.turns(fmt.Sprintf("%v,%s,off=%d", op, s.name, off), newBed(withLists, c).posts(listed(op, list, sum), list...), abi.CauseSend)
			}
		}
		uc := wide(with(lone(abi.QPTypeUC, abi.StateRTS), func(c *abi.QPC) { c.SQOff = 256 }), 3)
		d.turns("UC SEND,"+s.name+",off=256", newBed(withLists, uc).posts(listed(abi.WROpcodeSend, list, sum), list...), abi.CauseSend)
		ud := wide(with(lone(abi.QPTypeUD, abi.StateRTS), func(c *abi.QPC) { c.PMTU = 2 }), 3)
		w := datagramTo(abi.WROpcodeSend, sum, 1)
		w.NumSGE = uint8(len(list))
		d.turns("UD SEND,"+s.name, newBed(withLists, ud).posts(w, list...), abi.CauseSend)
	}
	list, sum := buffers([]uint32{100, 200})
	for _, mtu := range []uint8{1, 3, 5} {
		c := wide(with(asked(), func(c *abi.QPC) { c.PMTU = mtu }), 1)
		d.turns(fmt.Sprintf("mtu=%d", 128<<mtu), newBed(withLists, c).posts(listed(abi.WROpcodeSend, list, sum), list...), abi.CauseSend)
	}
	c := wide(with(asked(0, 0), func(c *abi.QPC) { c.Rewind = true }), 1)
	d.turns("again", newBed(withLists, c).asked(listed(abi.WROpcodeSend, list, sum), list...), abi.CauseSend)
	big := []abi.SGE{{Length: 1 << 30, LKey: grantKey, VA: grantVA}, {Length: 1 << 30, LKey: grantKey, VA: grantVA + 1<<30}}
	b := newBed(withLists, wide(with(asked(), func(c *abi.QPC) { c.SQOff = 1<<30 - 56 }), 1)).posts(listed(abi.WROpcodeSend, big, 1<<31), big...)
	b.regions[2].Length = 1 << 31
	d.turns("two gigabytes,across the cut", b, abi.CauseSend)
	d.turns("read request", newBed(withLists, wide(asked(), 1)).posts(listed(abi.WROpcodeRDMARead, list, sum), list...), abi.CauseSend)
	two, eight := buffers([]uint32{3, 5})
	atomic := listed(abi.WROpcodeFetchAdd, two, eight)
	d.turns("atomic request", newBed(withLists, wide(asked(), 1)).posts(atomic, two...), abi.CauseSend)
}

// spoilt are lists of which the second entry is bad, or the whole.
var spoilt = []struct {
	name  string
	spoil func(b *bed, w *abi.WQE, list []abi.SGE)
}{
	{"second key unknown", func(_ *bed, _ *abi.WQE, l []abi.SGE) { l[1].LKey = 0x1234 }},
	{"second of another domain", func(b *bed, _ *abi.WQE, _ []abi.SGE) { b.regions[1].PD = 4 }},
	{"second invalid", func(b *bed, _ *abi.WQE, _ []abi.SGE) { b.regions[1].Invalid = true }},
	{"second read only", func(b *bed, _ *abi.WQE, _ []abi.SGE) { b.regions[1].Access = 0 }},
	{"second begins before its region", func(b *bed, _ *abi.WQE, l []abi.SGE) { l[1].VA = otherVA - 1 }},
	{"second ends at the end of memory", func(b *bed, _ *abi.WQE, l []abi.SGE) { l[1].VA = -uint64(l[1].Length) }},
	{"second wraps", func(b *bed, _ *abi.WQE, l []abi.SGE) { l[1].VA = 1 - uint64(l[1].Length) }},
	{"first invalid", func(b *bed, _ *abi.WQE, _ []abi.SGE) { b.regions[0].Invalid = true }},
	{"longer than its message", func(_ *bed, w *abi.WQE, _ []abi.SGE) { w.Length-- }},
	{"shorter than its message", func(_ *bed, w *abi.WQE, _ []abi.SGE) { w.Length++ }},
	{"sums up beyond 2^32", func(_ *bed, w *abi.WQE, l []abi.SGE) { l[0].Length, l[1].Length = 1<<31, 1<<31+w.Length }},
	{"seventeen entries", func(_ *bed, w *abi.WQE, _ []abi.SGE) { w.NumSGE = 17 }},
	{"no feature", func(b *bed, _ *abi.WQE, _ []abi.SGE) { b.has &^= abi.FeatureSGL }},
	{"no room in the slot", func(b *bed, _ *abi.WQE, _ []abi.SGE) { b.qps[0].SQStride, b.qps[0].RQStride = 0, 0 }},
}

func badLists(d *draft) {
	d.group("bad list", "IBTA 10.8.3.1, 10.6.3", "IBTA 10.6.3, 10.8.3.1", "A list of which an entry may not be used, or that cannot be what somebody means, by the packet that meets it.")
	for _, s := range spoilt {
		for _, off := range []uint32{0, 256} {
			list, sum := buffers([]uint32{256, 44})
			b := newBed(withLists, wide(with(asked(), func(c *abi.QPC) { c.SQOff = off }), 1))
			w := listed(abi.WROpcodeSend, list, sum)
			s.spoil(b, &w, list)
			d.turns(fmt.Sprintf("send,%s,off=%d", s.name, off), b.posts(w, list...), abi.CauseSend)
		}
		list, sum := buffers([]uint32{256, 44})
		b := newBed(withLists, wide(asked(), 1))
		w := listed(abi.WROpcodeRDMARead, list, sum)
		s.spoil(b, &w, list)
		d.turns("read,"+s.name, b.posts(w, list...), abi.CauseSend)
		for _, op := range []abi.Opcode{abi.OpSendFirst, abi.OpSendLast, abi.OpUCSendFirst, abi.OpUCSendLast, abi.OpUDSendOnly} {
			list, sum := buffers([]uint32{256, 44})
			b := newBed(withLists, scattering(op))
			w := listed(abi.WROpcodeSend, list, sum)
			s.spoil(b, &w, list)
			p := datagram(op, packetOf(op), ownQKey)
			d.arrives(fmt.Sprintf("%v,%s", op, s.name), b.receives(w, list...), p)
		}
	}
}

// packetOf is the payload of a packet of a message of 300 bytes.
func packetOf(op abi.Opcode) int {
	switch op.Info().Pos {
	case abi.PositionFirst:
		return 256
	case abi.PositionLast:
		return 44
	}
	return 200
}

// scattering is a queue pair to which a packet comes that goes into a list of 300 bytes.
func scattering(op abi.Opcode) abi.QPC {
	c := remembers(0)
	if op.RC() {
		c.MaxDestRdAtomic = 4
	} else if c = lone(abi.QPTypeUC, abi.StateRTS); op == abi.OpUDSendOnly {
		c = lone(abi.QPTypeUD, abi.StateRTS)
	}
	if op.Info().Pos == abi.PositionLast {
		c.ROp, c.RVA, c.RResid, c.RLen, c.RList = abi.RecvOpSend, 256, 44, 256, true
	}
	return wide(c, 3)
}

func scatterReceives(d *draft) {
	d.group("scatter", "IBTA 10.8.3.3, 9.7.4", "IBTA 9.7.4, 9.8.2.2, 9.8.3.1, 10.7.3.2", "Packets of a SEND into a receive with a list of buffers, by where the cuts are.")
	for _, s := range shapes {
		list, sum := buffers(s.cuts)
		for _, op := range []abi.Opcode{abi.OpSendFirst, abi.OpSendLast, abi.OpSendOnlyImm, abi.OpUCSendFirst, abi.OpUCSendLast, abi.OpUDSendOnly} {
			d.arrives(fmt.Sprintf("%v,%s", op, s.name), newBed(withLists, scattering(op)).receives(listed(abi.WROpcodeSend, list, sum), list...),
				datagram(op, packetOf(op), ownQKey))
		}
	}
	list, sum := buffers([]uint32{39, 2, 259})
	d.arrives("header of a datagram cut", newBed(withLists, scattering(abi.OpUDSendOnly)).receives(listed(abi.WROpcodeSend, list, sum), list...),
		datagram(abi.OpUDSendOnly, 16, ownQKey))
	middle := with(scattering(abi.OpSendLast), func(c *abi.QPC) { c.RLen, c.RResid = 20, 280 })
	d.arrives("middle", newBed(withLists, middle).receives(listed(abi.WROpcodeSend, list, sum), list...), from(abi.OpSendMiddle, epsn, 256))
	d.arrives("nothing", newBed(withLists, scattering(abi.OpSendOnly)).receives(listed(abi.WROpcodeSend, list, sum), list...), from(abi.OpSendOnly, epsn, 0))
	d.arrives("beyond the list", newBed(withLists, with(scattering(abi.OpSendLast), func(c *abi.QPC) { c.RResid = 43 })).
		receives(listed(abi.WROpcodeSend, list, sum), list...), from(abi.OpSendLast, epsn, 44))
	write := from(abi.OpRDMAWriteOnly, epsn, 16)
	write.RETH = wire.RETH{RKey: grantKey, VA: grantVA, Length: 16}
	d.arrives("a WRITE looks at none", newBed(withLists, scattering(abi.OpRDMAWriteOnly)).receives(listed(abi.WROpcodeSend, list, sum), list...), write)
}

func scatterResponses(d *draft) {
	d.group("scatter of responses", "IBTA 9.7.5.1.5, 10.7.3.2", "IBTA 9.7.5.2, 10.7.3.2", "Responses to a READ or an atomic with a list of buffers, by where the cuts are.")
	for _, s := range shapes {
		list, sum := buffers(s.cuts)
		for at, op := range []abi.Opcode{abi.OpRDMAReadResponseFirst, abi.OpRDMAReadResponseLast} {
			c := wide(with(asked(2), func(c *abi.QPC) { c.UnaPSN = una.Add(int32(at)) }), 3)
			d.arrives(fmt.Sprintf("%v,%s", op, s.name), newBed(withLists, c).asked(listed(abi.WROpcodeRDMARead, list, sum), list...),
				from(op, una.Add(int32(at)), packetOf(op)))
		}
	}
	for _, cuts := range [][]uint32{{1, 7}, {3, 0, 5}, {4, 4}} {
		list, sum := buffers(cuts)
		b := newBed(withLists, wide(asked(1), 1)).asked(listed(abi.WROpcodeFetchAdd, list, sum), list...)
		d.arrives(fmt.Sprintf("atomic,%v", cuts), b, from(abi.OpAtomicAcknowledge, una, 0))
	}
	for _, x := range spoilt {
		list, sum := buffers([]uint32{256, 44})
		b := newBed(withLists, wide(with(asked(2), func(c *abi.QPC) { c.UnaPSN = una.Add(1) }), 1))
		w := listed(abi.WROpcodeRDMARead, list, sum)
		x.spoil(b, &w, list)
		d.arrives("last,"+x.name, b.asked(w, list...), from(abi.OpRDMAReadResponseLast, una.Add(1), 44))
	}
}

func inlineSends(d *draft) {
	d.group("inline", "IBTA 10.8.3.1", "IBV_SEND_INLINE of libibverbs; register FEATURES inline; spec/layouts.yaml wqe", "Work requests with their payload behind the element, by length and room.")
	inline := func(op abi.WROpcode, n uint32) abi.WQE {
		w := workOf(op, n)
		w.Flags |= abi.WRFlagInline
		w.NumSGE, w.VA, w.LKey, w.Length, w.RKey, w.RemoteVA = 0, 0, 0, n, grantKey, grantVA
		return w
	}
	send := func(name string, has abi.Feature, c abi.QPC, w abi.WQE) {
		b := newBed(has, c).posts(w)
		b.memory.put(slotOf(c.SQBase, c.SQLog, c.SQStride, c.SQSend)+abi.WQESize, pattern(int(min(w.Length, 448))))
		d.turns(name, b, abi.CauseSend)
	}
	for _, op := range []abi.WROpcode{abi.WROpcodeSend, abi.WROpcodeSendImm, abi.WROpcodeSendInv, abi.WROpcodeRDMAWrite, abi.WROpcodeRDMAWriteImm} {
		for _, n := range []uint32{0, 1, 64} {
			send(fmt.Sprintf("%v,bytes=%d", op, n), withLists, wide(asked(), 1), inline(op, n))
		}
	}
	for stride := range uint8(4) {
		room := uint32(64)<<stride - 64
		for _, n := range []uint32{room, room + 1} {
			send(fmt.Sprintf("room=%d,bytes=%d", room, n), withLists, wide(asked(), stride), inline(abi.WROpcodeSend, n))
		}
	}
	long := inline(abi.WROpcodeSend, 448)
	send("two packets,second", withLists, with(wide(asked(), 3), func(c *abi.QPC) { c.SQOff = 256 }), long)
	for _, op := range []abi.WROpcode{abi.WROpcodeRDMARead, abi.WROpcodeCmpSwap, abi.WROpcodeFetchAdd} {
		send(op.String(), withLists, wide(asked(), 1), inline(op, 8))
	}
	buffer := inline(abi.WROpcodeSend, 16)
	buffer.NumSGE, buffer.VA, buffer.LKey = 1, localVA, localKey
	send("with a buffer", withLists, wide(asked(), 1), buffer)
	send("with a buffer,no feature", withLists&^abi.FeatureInline, wide(asked(), 1), buffer)
	send("no feature", withLists&^abi.FeatureInline, wide(asked(), 1), inline(abi.WROpcodeSend, 16))
	send("no features", 0, with(contextIn(abi.StateRTS), func(c *abi.QPC) { c.NextPSN, c.MaxPSN, c.SQSend, c.Timer = una, una, c.SQACK, abi.TimerNone }), inline(abi.WROpcodeSend, 16))
	for _, t := range []abi.QPType{abi.QPTypeUC, abi.QPTypeUD} {
		w := inline(abi.WROpcodeSend, 33)
		if t == abi.QPTypeUD {
			to := datagramTo(abi.WROpcodeSend, 33, 1)
			w.RemoteVA, w.RKey, w.Swap, w.Compare = to.RemoteVA, to.RKey, to.Swap, to.Compare
		}
		send(t.String(), withLists, wide(lone(t, abi.StateRTS), 1), w)
	}
}
