package testvectors

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// door is a way into memory: a step that needs a region, and how to lead it to a place of a region that may not be there.
type door struct {
	name   string
	access abi.Access
	// open adds the step: n bytes at va under key. b has the region in row 0.
	open func(d *draft, name string, b *bed, key uint32, va uint64)
}

// bytesAtDoor is how much each door moves.
const bytesAtDoor = 16

// doors are all ways into memory.
func doors() []door {
	local := func(op abi.WROpcode, key uint32, va uint64) abi.WQE {
		w := workOf(op, bytesAtDoor)
		w.LKey, w.VA = key, va
		if op.Needs() == abi.FeatureAtomic {
			w.Length = 8
		}
		return w
	}
	with2 := func(b *bed, c abi.QPC) *bed { b.qps[0] = &c; return b }
	return []door{
		{"send", 0, func(d *draft, name string, b *bed, key uint32, va uint64) {
			d.turns(name, with2(b, asked()).posts(local(abi.WROpcodeSend, key, va)), abi.CauseSend)
		}},
		{"write request", 0, func(d *draft, name string, b *bed, key uint32, va uint64) {
			d.turns(name, with2(b, asked(0)).posts(local(abi.WROpcodeRDMAWrite, key, va)), abi.CauseSend)
		}},
		{"read request", abi.AccessLocalWrite, func(d *draft, name string, b *bed, key uint32, va uint64) {
			d.turns(name, with2(b, asked()).posts(local(abi.WROpcodeRDMARead, key, va)), abi.CauseSend)
		}},
		{"read response", abi.AccessLocalWrite, func(d *draft, name string, b *bed, key uint32, va uint64) {
			d.arrives(name, with2(b, asked(1)).asked(local(abi.WROpcodeRDMARead, key, va)), from(abi.OpRDMAReadResponseOnly, una, bytesAtDoor))
		}},
		{"atomic response", abi.AccessLocalWrite, func(d *draft, name string, b *bed, key uint32, va uint64) {
			d.arrives(name, with2(b, asked(1)).asked(local(abi.WROpcodeFetchAdd, key, va)), from(abi.OpAtomicAcknowledge, una, 0))
		}},
		{"receive", abi.AccessLocalWrite, func(d *draft, name string, b *bed, key uint32, va uint64) {
			d.arrives(name, with2(b, remembers(0)).receives(local(abi.WROpcodeSend, key, va)), from(abi.OpSendOnly, epsn, bytesAtDoor))
		}},
		{"datagram", abi.AccessLocalWrite, func(d *draft, name string, b *bed, key uint32, va uint64) {
			w := local(abi.WROpcodeSend, key, va)
			w.Length = 40 + bytesAtDoor
			d.arrives(name, with2(b, lone(abi.QPTypeUD, abi.StateRTS)).receives(w), datagram(abi.OpUDSendOnly, bytesAtDoor, ownQKey))
		}},
		{"write", abi.AccessRemoteWrite, func(d *draft, name string, b *bed, key uint32, va uint64) {
			d.arrives(name, with2(b, remembers(0)), request(abi.OpRDMAWriteOnly, key, va))
		}},
		{"uc write", abi.AccessRemoteWrite, func(d *draft, name string, b *bed, key uint32, va uint64) {
			d.arrives(name, with2(b, lone(abi.QPTypeUC, abi.StateRTS)), request(abi.OpUCRDMAWriteOnly, key, va))
		}},
		{"write in progress", abi.AccessRemoteWrite, func(d *draft, name string, b *bed, key uint32, va uint64) {
			c := with(remembers(0), func(c *abi.QPC) { c.ROp, c.RKey, c.RVA, c.RResid, c.RLen = abi.RecvOpWrite, key, va, bytesAtDoor, 256 })
			d.arrives(name, with2(b, c), from(abi.OpRDMAWriteLast, epsn, bytesAtDoor))
		}},
		{"read", abi.AccessRemoteRead, func(d *draft, name string, b *bed, key uint32, va uint64) {
			d.arrives(name, with2(b, remembers(0)), request(abi.OpRDMAReadRequest, key, va))
		}},
		{"response", abi.AccessRemoteRead, func(d *draft, name string, b *bed, key uint32, va uint64) {
			c := with(remembers(1, 1), func(c *abi.QPC) {
				at := c.RsSlots[ringStart*abi.RsSlotSize:]
				var s abi.RsSlot
				s.Decode(at)
				s.RKey, s.Value, s.Length = key, va, bytesAtDoor
				s.Marshal(at)
			})
			d.turns(name, with2(b, c), abi.CauseRespond)
		}},
		{"atomic", abi.AccessRemoteAtomic, func(d *draft, name string, b *bed, key uint32, va uint64) {
			d.arrives(name, with2(b, remembers(0)), request(abi.OpFetchAdd, key, va))
		}},
	}
}

// request is a request at ePSN for bytesAtDoor bytes of the receiver's memory.
func request(op abi.Opcode, key uint32, va uint64) *wire.Packet {
	n := bytesAtDoor
	if op.Info().Payload == abi.PayloadNone {
		n = 0
	}
	p := from(op, epsn, n)
	p.RETH = wire.RETH{VA: va, RKey: key, Length: bytesAtDoor}
	p.AtomicETH = wire.AtomicETH{VA: va &^ 7, RKey: key, Swap: 1}
	p.BTH.AckReq = true
	return p
}

func protection(d *draft) {
	d.group("protection", "IBTA 10.6.3, 9.7.4.1.5", "IBTA 10.6.3, 9.7.4.1.5, 9.7.5.2.8, 9.8.2.2", "Each way into memory by protection domain, key, each right, both bounds, and the end of the address space.")
	const key, va = 0xbeef0010, 0x5000_0000_1000
	everyRight := abi.AccessLocalWrite | remote
	for _, o := range doors() {
		open := func(name string, at uint64, change func(b *bed, mr *abi.MR)) {
			b := newBed(withLists, abi.QPC{})
			mr := &abi.MR{Key: key, PD: 3, Access: everyRight, VA: va, Length: 0x1000, PA: localPA}
			b.regions = []*abi.MR{mr, {Key: key + 1, PD: 3, Access: everyRight, VA: va, Length: 0x1000, PA: otherPA}}
			if change != nil {
				change(b, mr)
			}
			o.open(d, o.name+","+name, b, key, at)
		}
		n := uint64(bytesAtDoor)
		if o.name == "datagram" {
			n += 40
		}
		open("granted", va+0x100, nil)
		open("first bytes", va, nil)
		open("last bytes", va+0x1000-n, nil)
		open("eight bytes before", va-8, nil)
		open("ends eight bytes behind", va+0x1008-n, nil)
		open("begins at the end", va+0x1000, nil)
		open("begins at 0", 0, nil)
		open("ends beyond the address space", ^uint64(7), nil)
		open("no region", va, func(b *bed, _ *abi.MR) { b.regions[0] = nil })
		open("other key", va, func(_ *bed, mr *abi.MR) { mr.Key ^= 1 << 31 })
		open("other domain", va, func(_ *bed, mr *abi.MR) { mr.PD++ })
		open("invalidated", va, func(_ *bed, mr *abi.MR) { mr.Invalid = true })
		for _, a := range []abi.Access{0, abi.AccessLocalWrite, abi.AccessRemoteWrite, abi.AccessRemoteRead, abi.AccessRemoteAtomic} {
			open(fmt.Sprintf("region grants %v alone", a), va, func(_ *bed, mr *abi.MR) { mr.Access = a })
		}
		open("region grants all but what it takes", va, func(_ *bed, mr *abi.MR) { mr.Access = everyRight &^ o.access })
		open("region of nothing", va, func(_ *bed, mr *abi.MR) { mr.Length = 0 })
		open("at the end of the address space", -n, func(_ *bed, mr *abi.MR) { mr.VA = ^uint64(0xfff) })
		open("region wraps,before", -n, func(_ *bed, mr *abi.MR) { mr.VA, mr.Length = ^uint64(0xff), 0x1000 })
		open("region wraps,across", 8-n, func(_ *bed, mr *abi.MR) { mr.VA, mr.Length = ^uint64(0xff), 0x1000 })
		open("region wraps,behind", 8, func(_ *bed, mr *abi.MR) { mr.VA, mr.Length = ^uint64(0xff), 0x1000 })
		open("region is everything", 0x1234_5678_9abc_def0, func(_ *bed, mr *abi.MR) { mr.VA, mr.Length, mr.PA = 0, ^uint64(0), 0x1000 })
	}
	rightsOfQueuePair(d)
}

func rightsOfQueuePair(d *draft) {
	for _, a := range []abi.Access{0, abi.AccessRemoteWrite, abi.AccessRemoteRead, abi.AccessRemoteAtomic} {
		for _, op := range []abi.Opcode{abi.OpRDMAWriteOnly, abi.OpRDMAReadRequest, abi.OpFetchAdd, abi.OpUCRDMAWriteOnly} {
			c := remembers(0)
			if !op.RC() {
				c = lone(abi.QPTypeUC, abi.StateRTS)
			}
			d.arrives(fmt.Sprintf("queue pair grants %v,%v", a, op), newBed(withLists, with(c, func(c *abi.QPC) { c.Access = a })), request(op, grantKey, grantVA))
		}
	}
	for _, a := range []abi.Access{abi.AccessLocalWrite, abi.AccessRemoteRead} {
		for _, pd := range []uint16{3, 4} {
			b := newBed(withLists, remembers(0)).receives(plainReceive(64))
			b.regions = append(b.regions, &abi.MR{Key: 0x87654321, PD: pd, Access: a, VA: grantVA, Length: 64, PA: grantPA})
			d.arrives(fmt.Sprintf("invalidate,region grants %v,domain %d of 3", a, pd), b, from(abi.OpSendOnlyInv, epsn, 16))
		}
	}
	d.arrives("invalidate,no region", newBed(withLists, remembers(0)).receives(plainReceive(64)), from(abi.OpSendOnlyInv, epsn, 16))
}

// plainReceive is a receive of n bytes in one buffer.
func plainReceive(n uint32) abi.WQE {
	w := abi.WQE{NumSGE: 1, Length: n, VA: localVA + 0x200, LKey: localKey}
	if n == 0 {
		w.NumSGE = 0
	}
	return w
}
