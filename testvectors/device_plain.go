package testvectors

import (
	"encoding/binary"
	"math/big"
	"slices"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/qp"
	"github.com/godwit-rdma/godwit/model/wire"
)

// plain is a NIC beside package nic that is as dumb as one can be: tables are lists that are searched, addresses are numbers without
// end, a list of buffers is cut byte range by byte range. It executes one step of queue pair 0, with the protocol of package qp,
// so that what a device vector says of tables, memory and events does not rest on package nic alone.
type plain struct {
	c     *DeviceCase // what the vector says
	has   abi.Feature
	ctx   abi.QPC
	cqs   map[int]*abi.CQC
	srqs  map[int]*abi.SRQC
	rows  map[int]*abi.MR
	mem   ram
	ev    qp.Event
	fx    qp.Effects
	pkt   wire.Packet
	at    uint64   // of the element
	parts []extent // where the bytes go, or come from
	off   uint32   // of the first one in the message
	out   DeviceCase
}

// extent is a part of memory.
type extent struct {
	pa uint64
	n  uint32
}

// replayPlain puts a step of queue pair 0 to the plain NIC. Commands, doorbells of completion queues and what package nic does with
// a frame before a queue pair sees it are not its business.
func replayPlain(v *Vector) (diffs []Difference, skipped bool) {
	c := v.Device
	kind, _ := abi.ParseCause(c.Cause)
	if c.Command != "" || kind == abi.CauseRXDrop || kind.OfQueue() || find(c.Before.QPs, 0) == nil || c.Slot != 0 {
		return nil, true
	}
	p := newPlain(c)
	p.ev.Cause = kind
	if kind == abi.CauseRX {
		frame := c.Frame.Bytes()
		if err := wire.Parse(frame, &p.pkt); err != nil || p.pkt.BTH.DestQPN != p.ctx.QPN || p.pkt.DstIP != [16]byte(c.IP.Bytes()) ||
			p.pkt.DstMAC != NICMAC || !p.pkt.BTH.Op.RC() && p.pkt.BTH.Op.Info().Feature&p.has == 0 || isIPv6(frame) && p.has == 0 {
			return nil, true
		}
		p.ev.Pkt = &p.pkt
	}
	verdict := p.step()
	diffs = differ("verdict", v.Verdict, verdict.String())
	return append(diffs, p.differences()...), false
}

func newPlain(c *DeviceCase) *plain {
	p := &plain{
		c: c, has: c.has(), ctx: c.Before.QPs[0].Image.context(), mem: ram{},
		cqs: map[int]*abi.CQC{}, srqs: map[int]*abi.SRQC{}, rows: map[int]*abi.MR{},
	}
	for _, e := range c.Before.CQs {
		p.cqs[e.Number] = new(abi.CQC)
		p.cqs[e.Number].Decode(e.whole())
	}
	for _, e := range c.Before.SRQs {
		p.srqs[e.Number] = new(abi.SRQC)
		p.srqs[e.Number].Decode(e.whole())
	}
	for _, e := range c.Before.Regions {
		p.rows[e.Number] = new(abi.MR)
		p.rows[e.Number].Decode(e.whole())
	}
	p.mem.fill(c.Reads)
	p.ev = qp.Event{Arg: uint32(c.Arg.Uint()), OwnIP: [16]byte(c.IP.Bytes()), Features: p.has}
	if p.ctx.UseSRQ {
		p.ev.SRQ = p.srqs[int(p.ctx.SRQN)]
	}
	return p
}

// read reads memory, and takes note.
func (p *plain) read(addr uint64, n uint32) []byte {
	b := make([]byte, n)
	p.mem.read(addr, b)
	p.out.Reads = append(p.out.Reads, accessOf(addr, b))
	return b
}

func (p *plain) step() abi.Verdict {
	if addr, ok := qp.Fetch(&p.ctx, &p.ev); ok {
		p.at = addr
		p.ev.WQE.Decode(p.read(addr, abi.WQESize))
		if n := qp.List(&p.ctx, &p.ev); n != 0 {
			b := p.read(addr+abi.WQESize, uint32(n*abi.SGESize))
			for i := range n {
				var e abi.SGE
				e.Decode(b[i*abi.SGESize:])
				p.ev.SGL = append(p.ev.SGL, e)
			}
		}
	}
	if key, ok := qp.Invalidates(&p.ev); ok {
		p.ev.KeyStays = !p.shared(key)
	}
	p.check()
	v := qp.Step(&p.ctx, &p.ev, &p.fx)
	p.effects()
	return v
}

// check asks the regions for leave.
func (p *plain) check() {
	if len(p.ev.SGL) != 0 {
		if s, ok := qp.CheckList(&p.ctx, &p.ev); ok {
			p.off = s.Off
			p.parts, p.ev.MROK = p.cut(s)
		}
		return
	}
	r, ok := qp.Check(&p.ctx, &p.ev)
	if !ok {
		return
	}
	pa, ok := p.grants(r)
	if p.ev.MROK = ok; !ok {
		return
	}
	p.parts = []extent{{pa, r.Len}}
	if r.Access == abi.AccessRemoteAtomic && p.ctx.Access&r.Access != 0 {
		p.ev.Old = binary.LittleEndian.Uint64(p.read(pa, 8))
	}
}

// cut is the part of the list that s names.
func (p *plain) cut(s qp.Span) (parts []extent, ok bool) {
	begin, end := uint64(s.Off), uint64(s.Off)+uint64(s.Len)
	at := uint64(0)
	for i := range p.ev.SGL {
		e := &p.ev.SGL[i]
		from, to := max(at, begin), min(at+uint64(e.Length), end)
		if from < to {
			skip := from - at
			va := new(big.Int).Add(new(big.Int).SetUint64(e.VA), new(big.Int).SetUint64(skip))
			pa, ok := p.lookup(e.LKey, va, uint32(to-from), s.Access)
			if !ok {
				return nil, false
			}
			parts = append(parts, extent{pa, uint32(to - from)})
		}
		at += uint64(e.Length)
	}
	return parts, at >= end
}

func (p *plain) grants(r qp.Region) (pa uint64, ok bool) {
	return p.lookup(r.Key, new(big.Int).SetUint64(r.VA), r.Len, r.Access)
}

// lookup finds the region with a key and asks it. IBTA 10.6.3.
func (p *plain) lookup(key uint32, va *big.Int, n uint32, access abi.Access) (pa uint64, ok bool) {
	for row := range 16 {
		m := p.rows[row]
		if m == nil || m.Key != key {
			continue
		}
		first := new(big.Int).SetUint64(m.VA)
		behind := new(big.Int).Add(first, new(big.Int).SetUint64(m.Length))
		end := new(big.Int).Add(va, big.NewInt(int64(n)))
		top := new(big.Int).Lsh(big.NewInt(1), 64)
		if m.Invalid || m.PD != p.ctx.PD || m.Access&access != access || va.Cmp(first) < 0 || end.Cmp(behind) > 0 || end.Cmp(top) > 0 {
			return 0, false
		}
		return m.PA + new(big.Int).Sub(va, first).Uint64(), true
	}
	return 0, false
}

// shared tells whether a region with the key is the queue pair's to share, and shared. IBTA 9.4.1.1.3.
func (p *plain) shared(key uint32) bool {
	const remote = abi.AccessRemoteWrite | abi.AccessRemoteRead | abi.AccessRemoteAtomic
	for row := range 16 {
		if m := p.rows[row]; m != nil && m.Key == key {
			return m.PD == p.ctx.PD && m.Access&remote != 0
		}
	}
	return false
}

// each calls do for the parts of memory that n bytes from byte off of the message on are in.
func (p *plain) each(off, n uint32, do func(pa uint64, from, to uint32)) {
	at := p.off
	for _, x := range p.parts {
		from, to := max(at, off), min(at+x.n, off+n)
		if from < to {
			do(x.pa+uint64(from-at), from-off, to-off)
		}
		at += x.n
	}
}

func (p *plain) raise(kind abi.Event, number uint32) {
	if kind != abi.EventNone {
		p.out.Events = append(p.out.Events, Raised{Kind: kind.String(), Number: num(uint64(number), 24)})
	}
}

func (p *plain) write(pa uint64, b []byte) { p.out.Writes = append(p.out.Writes, accessOf(pa, b)) }

func (p *plain) effects() {
	fx := &p.fx
	var payload []byte
	switch {
	case fx.HasWord:
		payload = binary.LittleEndian.AppendUint64(nil, fx.Word)
	case fx.WithHeader && isIPv6(p.c.Frame.Bytes()):
		payload = slices.Concat(p.c.Frame.Bytes()[wire.EthLen:][:wire.IPv6Len], p.pkt.Payload)
	case fx.WithHeader:
		payload = slices.Concat(make([]byte, 20), p.c.Frame.Bytes()[wire.EthLen:][:wire.IPv4Len], p.pkt.Payload)
	default:
		payload = p.pkt.Payload[:fx.Write]
	}
	off := uint32(0)
	if len(p.ev.SGL) != 0 {
		off = fx.Off
	}
	p.each(off, uint32(len(payload)), func(pa uint64, from, to uint32) { p.write(pa, payload[from:to]) })
	if fx.TakeReceive {
		p.take()
	}
	for _, m := range p.rows {
		if fx.HasInvalidate && m.Key == fx.Invalidate && m.PD == p.ctx.PD && m.Access&remote != 0 {
			m.Invalid = true
		}
	}
	if fx.HasCQE && !p.complete() && p.has&abi.FeatureCQGuard != 0 {
		qp.Unreported(&p.ctx, fx)
	}
	if fx.HasPacket {
		p.payload()
	}
	if fx.SetTimer {
		p.out.Ticks = num(uint64(fx.Ticks), 32)
	}
	p.out.TimerStop = fx.StopTimer && !fx.SetTimer
	p.raise(fx.Event, p.ctx.QPN)
}

// take takes a receive out of the shared queue. IBTA 10.2.9.
func (p *plain) take() {
	q := p.srqs[int(p.ctx.SRQN)]
	q.CI++
	q.Head = p.fx.NextReceive % (1 << q.Log)
	if q.PI-q.CI < q.Limit {
		q.Limit = 0
		p.raise(abi.EventSRQLimitReached, uint32(p.ctx.SRQN))
	}
}

// complete puts the completion into its queue. IBTA 10.8.2, 11.4.2.2.
func (p *plain) complete() bool {
	q, e := p.cqs[int(p.fx.CQN)], p.fx.CQE
	if q == nil || q.Overrun {
		return false
	}
	if q.PI-q.CI == 1<<q.Log {
		q.Overrun = true
		p.raise(abi.EventCQErr, uint32(p.fx.CQN))
		return false
	}
	addr := q.Base + uint64(q.PI%(1<<q.Log))*abi.CQESize
	q.PI++
	e.Seq = q.PI
	img := e.Image()
	p.write(addr, img[:])
	special := p.has&abi.FeatureSolicited != 0 && (p.fx.Solicited || e.Status != abi.WCStatusSuccess)
	if special {
		q.SolicitedPI = q.PI
	}
	if q.Armed || q.Solicited && special {
		q.Armed, q.Solicited = false, false
		p.raise(abi.EventCQCompletion, uint32(p.fx.CQN))
	}
	return true
}

// payload reads what is to be sent.
func (p *plain) payload() {
	o := &p.fx.Packet
	var b []byte
	switch {
	case o.Inline && o.Len != 0:
		b = p.read(p.at+abi.WQESize+uint64(o.Off), o.Len)
	case !o.Inline:
		p.each(o.Off, o.Len, func(pa uint64, from, to uint32) { b = append(b, p.read(pa, to-from)...) })
	}
	if o.Op == abi.OpCNP {
		b = make([]byte, 16)
	}
	k := &wire.Packet{
		DstMAC: PeerMAC, SrcMAC: NICMAC, SrcIP: p.ev.OwnIP, DstIP: o.DstIP, V6: p.has != 0 && !wire.IsIPv4(o.DstIP), DF: true, TTL: abi.TTL,
		TClass: p.ctx.TClass, SrcPort: p.ctx.UDPSport,
		BTH:  wire.BTH{Op: o.Op, SE: o.SE, PKey: p.ctx.PKey, DestQPN: p.ctx.RemoteQPN, AckReq: o.AckReq, PSN: o.PSN},
		RETH: o.RETH, AETH: o.AETH, METH: o.METH, AtomicETH: o.AtomicETH, AtomicAck: o.AtomicAck, Imm: o.Imm, InvKey: o.InvKey, DETH: o.DETH,
	}
	if o.Addressed {
		k.BTH.DestQPN, k.BTH.Resv8a, k.TClass = o.DestQPN, o.Resv8a, o.TClass
		if o.HopLimit != 0 {
			k.TTL = o.HopLimit
		}
	}
	k.SetPayload(b)
	p.out.Sent, p.out.Retransmit = toHex(k.Append(nil)), p.fx.Retransmit
}

// tables are the tables after the step.
func (p *plain) tables() Tables {
	t := p.c.Before.overlaid(&Tables{})
	for i := range t.QPs {
		if t.QPs[i].Number == 0 {
			img := p.ctx.ImageFull()
			t.QPs[i] = entry(0, img[:])
		}
	}
	for i, e := range t.CQs {
		img := p.cqs[e.Number].Image()
		t.CQs[i] = entry(e.Number, img[:])
	}
	for i, e := range t.SRQs {
		img := p.srqs[e.Number].Image()
		t.SRQs[i] = entry(e.Number, img[:])
	}
	for i, e := range t.Regions {
		img := p.rows[e.Number].Image()
		t.Regions[i] = entry(e.Number, img[:])
	}
	return t
}

// differences are the fields in which the vector is not what this NIC does.
func (p *plain) differences() []Difference {
	p.out.Before = p.c.Before
	is := p.tables()
	p.out.After = p.c.Before.changed(&is)
	p.out.Wants = wantsOf(qp.Wants(&p.ctx))
	p.out.Counters, p.out.Changes, p.out.Result = p.c.Counters, p.c.Changes, p.c.Result // package nic alone
	return p.c.differences(&p.out)
}
