package testvectors

import (
	"slices"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/wire"
)

// bed is a NIC before a device vector: what it has, what its tables hold, and host memory. Entries that are nil are not there.
type bed struct {
	has     abi.Feature
	ip      [16]byte
	qps     []*abi.QPC
	cqs     []*abi.CQC
	srqs    []*abi.SRQC
	regions []*abi.MR
	memory  ram
}

// Where the beds of the device vectors have what.
const (
	ringCQ   = 0x7000_0000 // completion queue n is n << 12 behind
	ringSRQ  = 0x7100_0000 // shared receive queue n is n << 12 behind
	mailbox  = 0x7200_0000 // of commands
	localKey = 0xbeef0002
	localVA  = 0x40_0000_0000
	localPA  = 0x6000_0000
	otherKey = 0xbeef0008
	otherVA  = 0xffff_ffff_ffff_0000 // up to the end of the address space
	otherPA  = 0x6100_0000
	grantKey = 0xbeef0001
	grantVA  = 0x30_0000_0000
	grantPA  = 0x6200_0000
	roomy    = 0x1_0000
)

// newBed is a NIC with completion queues 1 and 2, two regions for its own use, one of them at the end of the address space, one for
// the partner's, and these queue pairs from slot 0 on.
func newBed(has abi.Feature, qps ...abi.QPC) *bed {
	b := &bed{has: has, ip: NICIP, memory: ram{}, srqs: make([]*abi.SRQC, 8), cqs: make([]*abi.CQC, 8)}
	for i := range qps {
		b.qps = append(b.qps, &qps[i])
	}
	for n := 1; n <= 2; n++ {
		b.cqs[n] = &abi.CQC{Base: ringCQ + uint64(n)<<12, Log: 4}
	}
	b.regions = []*abi.MR{
		{Key: localKey, PD: 3, Access: abi.AccessLocalWrite, VA: localVA, Length: roomy, PA: localPA},
		{Key: otherKey, PD: 3, Access: abi.AccessLocalWrite, VA: otherVA, Length: roomy, PA: otherPA},
		{Key: grantKey, PD: 3, Access: remote, VA: grantVA, Length: roomy, PA: grantPA},
	}
	return b
}

// slotOf is the address of element index of a ring.
func slotOf(base uint64, log, stride uint8, index uint16) uint64 {
	return base + uint64(index&(1<<log-1))*abi.WQESize<<stride
}

// element places a work queue element and the list behind it.
func (b *bed) element(addr uint64, w abi.WQE, list ...abi.SGE) {
	img := w.Image()
	b.memory.put(addr, img[:])
	for i := range list {
		e := list[i].Image()
		b.memory.put(addr+abi.WQESize+uint64(i)*abi.SGESize, e[:])
	}
}

// posts places the element that queue pair 0 sends next.
func (b *bed) posts(w abi.WQE, list ...abi.SGE) *bed {
	c := b.qps[0]
	b.element(slotOf(c.SQBase, c.SQLog, c.SQStride, c.SQSend), w, list...)
	return b
}

// asked places the element of the oldest work request of queue pair 0.
func (b *bed) asked(w abi.WQE, list ...abi.SGE) *bed {
	c := b.qps[0]
	b.element(slotOf(c.SQBase, c.SQLog, c.SQStride, c.SQACK), w, list...)
	return b
}

// receives places the element of the next receive of queue pair 0.
func (b *bed) receives(w abi.WQE, list ...abi.SGE) *bed {
	c := b.qps[0]
	if !c.UseSRQ {
		b.element(slotOf(c.RQBase, c.RQLog, c.RQStride, c.RQCI), w, list...)
		return b
	}
	q := b.srqs[c.SRQN]
	at := q.Head
	if c.RTaken {
		at = c.RWQE
	}
	b.element(slotOf(q.Base, q.Log, c.RQStride, at), w, list...)
	return b
}

// tables are the bed's tables as a vector has them.
func (b *bed) tables() Tables {
	t := Tables{CQs: []Entry{}, QPs: []Entry{}, Regions: []Entry{}, SRQs: []Entry{}}
	for n, c := range b.qps {
		if c != nil {
			img := c.ImageFull()
			t.QPs = append(t.QPs, entry(n, img[:]))
		}
	}
	for n, c := range b.cqs {
		if c != nil {
			img := c.Image()
			t.CQs = append(t.CQs, entry(n, img[:]))
		}
	}
	for n, c := range b.srqs {
		if c != nil {
			img := c.Image()
			t.SRQs = append(t.SRQs, entry(n, img[:]))
		}
	}
	for n, c := range b.regions {
		if c != nil {
			img := c.Image()
			t.Regions = append(t.Regions, entry(n, img[:]))
		}
	}
	return t
}

// device adds what a NIC makes of a cause.
func (d *draft) device(name string, b *bed, cause nic.Cause) {
	c := &DeviceCase{
		Arg: num(uint64(cause.Arg), 32), Arg1: num(0, 24), Before: b.tables(), Cause: cause.Kind.String(), Features: featureNames(b.has),
		Frame: toHex(cause.Frame), IP: toHex(b.ip[:]), Slot: int(cause.Slot),
	}
	if cause.Kind == abi.CauseCMD {
		c.Command, c.Addr, c.Arg1 = abi.CMD(cause.Arg2>>24).String(), num(cause.Addr, 64), num(uint64(cause.Arg2&0xffffff), 24)
	}
	v := Vector{Device: c}
	var err error
	if v.Verdict, v.Class, err = c.run(b.memory); err != nil {
		panic("BUG: " + name + ": " + err.Error())
	}
	v.Flags = c.flags(v.Verdict)
	c.Needs, c.Lacks = c.needs(v.Verdict, b.memory)
	d.add(v, name)
}

// flags are what the case leaves open.
func (c *DeviceCase) flags(verdict string) []string {
	flags := []string{}
	if isIPv6(c.Frame.Bytes()) || isIPv6(c.Sent.Bytes()) {
		flags = append(flags, FlagIPv6)
	}
	kind, _ := abi.ParseCause(c.Cause)
	if verdict == abi.VerdictIgnored.String() && slices.Contains(scheduled, kind) {
		flags = append(flags, FlagNotOffered)
	}
	return flags
}

// scheduled are the causes that a device offers to queue pairs that are ready for them.
var scheduled = []abi.Cause{abi.CauseSend, abi.CauseRetire, abi.CauseFlushSQ, abi.CauseRespond, abi.CauseFlushRQ, abi.CauseTimer}

// arrives adds what a NIC makes of a frame.
func (d *draft) arrives(name string, b *bed, p *wire.Packet) {
	d.device(name, b, nic.Cause{Kind: abi.CauseRX, Frame: p.Append(nil)})
}

// turns adds a step of queue pair 0.
func (d *draft) turns(name string, b *bed, kind abi.Cause) {
	d.device(name, b, nic.Cause{Kind: kind})
}

// commanded adds a mailbox command with an image.
func (d *draft) commanded(name string, b *bed, cmd abi.CMD, arg0, arg1 uint32, image []byte) {
	full := make([]byte, abi.QPCFullSize)
	copy(full, image)
	b.memory.put(mailbox, full)
	d.device(name, b, nic.Cause{Kind: abi.CauseCMD, Arg: arg0, Arg2: uint32(cmd)<<24 | arg1, Addr: mailbox})
}
