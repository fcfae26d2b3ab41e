package explore

import (
	"fmt"
	"slices"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/qp"
	"github.com/godwit-rdma/godwit/model/wire"
)

// Property is a property of docs/protocol.md, section 7, or a set of them.
type Property uint16

// The properties.
const (
	P1  Property = 1 << iota // exactly once, in order
	P2                       // no completion without its effect
	P3                       // no completion lost or doubled
	P4                       // every pause ends; what was posted can complete
	P5                       // progress in one place
	P6                       // an address changes only by a newer RESUME
	P8                       // a pause costs no retry
	P9                       // dump and load are the identity
	P10                      // atomics run once; READs and atomics are retired by their responses alone
	P4a                      // a pause has a cause: the partner is stopped, or has still to be told that it moved
)

var propertyNames = []string{"P1", "P2", "P3", "P4", "P5", "P6", "P8", "P9", "P10", "P4a"}

// String is the name of one property.
func (p Property) String() string {
	for i, n := range propertyNames {
		if p == 1<<i {
			return n
		}
	}
	return "no property"
}

// violation is a property that does not hold, and why.
type violation struct {
	property Property
	text     string
}

// stepper takes steps in a world. It keeps nothing between them.
type stepper struct {
	w     *World
	rules qp.Rules
	found []violation

	fx   qp.Effects
	pkt  wire.Packet
	zero [mtu]byte
}

func (x *stepper) violate(p Property, format string, args ...any) {
	if x.w.Checks == 0 || x.w.Checks&p != 0 {
		x.found = append(x.found, violation{p, fmt.Sprintf(format, args...)})
	}
}

// change returns a copy at a place that may be changed.
func (x *stepper) change(s *state, place uint8) *copyOf {
	c := *s.places[place]
	s.places[place] = &c
	return &c
}

// receive delivers a packet.
func (x *stepper) receive(s *state, f *flight) {
	c := s.places[f.dst]
	if c == nil {
		return // nobody there
	}
	x.pkt = wire.Packet{
		SrcIP: address(f.src), DstIP: address(f.dst),
		BTH: wire.BTH{Op: f.op, PKey: 0xffff, DestQPN: c.ctx.QPN, AckReq: f.ackReq, PSN: f.psn},
	}
	p := &x.pkt
	switch f.op.Info().Kind {
	case abi.KindMig:
		p.METH = wire.METH{Version: abi.METHVersion, Kind: f.kind, Flags: f.flags, Epoch: f.epoch, PeerEpoch: f.peer, Sent: uint16(f.sent), EPSN: f.epsn, Addr: address(placeAt(0, f.addr))}
	case abi.KindResponse:
		p.AETH = wire.AETH{Syndrome: f.syndrome, MSN: f.msn}
		p.AtomicAck = uint64(f.value)
		p.Payload = x.zero[:f.size]
	default:
		p.Payload = x.zero[:f.size]
		p.Imm = uint32(f.value)
		p.RETH = wire.RETH{VA: farVA + uint64(f.off), RKey: goodKey, Length: uint32(f.length)}
		p.AtomicETH = wire.AtomicETH{VA: wordVA, RKey: goodKey, Swap: 1, Compare: uint64(f.value)}
		if f.op == abi.OpCmpSwap {
			p.AtomicETH.Swap = uint64(f.value) + 1
		}
	}
	x.step(s, f.dst, &qp.Event{Cause: abi.CauseRX, Pkt: p}, f)
}

// step takes one step of the queue pair at a place, and at once all completions that it brings.
func (x *stepper) step(s *state, place uint8, ev *qp.Event, f *flight) {
	c := x.change(s, place)
	x.one(s, place, c, ev, f)
	// Not more than the ring holds: without R8 a queue pair may go on for ever.
	for n := 0; n < 1<<c.ctx.SQLog && qp.Wants(&c.ctx)&qp.WantRetire != 0; n++ {
		x.one(s, place, c, &qp.Event{Cause: abi.CauseRetire}, nil)
	}
}

// one is qp.Step with what a device does around it.
func (x *stepper) one(s *state, place uint8, c *copyOf, ev *qp.Event, f *flight) {
	end := placeEnd(place)
	ev.OwnIP, ev.Rules, ev.Features = address(place), x.rules, abi.FeaturesAll
	q := &s.srq[host(place)]
	if x.w.SRQ {
		ev.SRQ = &abi.SRQC{Base: c.ctx.RQBase, Log: c.ctx.RQLog, Head: uint16(q.ci), PI: uint16(q.pi), CI: uint16(q.ci)}
	}
	if addr, ok := qp.Fetch(&c.ctx, ev); ok {
		if n := int(addr-c.ctx.SQBase) / abi.WQESize; addr < c.ctx.RQBase && n < int(c.mem.posted) {
			ev.WQE = x.w.Ends[end].wqe(n)
		} else if addr >= c.ctx.RQBase {
			ev.WQE = abi.WQE{NumSGE: 1, Length: 4 * mtu, VA: recvVA, LKey: goodKey, Imm: uint32(q.ci) + 1}
		}
	}
	r, ok := qp.Check(&c.ctx, ev)
	if ok {
		ev.MROK, ev.Old = r.Key == goodKey, uint64(c.mem.word)
	}
	before := c.ctx
	qp.Step(&c.ctx, ev, &x.fx)
	if x.fx.TakeReceive {
		q.ci++
	}
	x.check(s, place, c, &before, f, r.VA)
	if x.fx.HasPacket {
		x.emit(s, end, place, c, before.State == abi.StateStopped, r.VA)
	}
}

// emit puts the packet of a step into the air. va is where its payload is from, if it is a response.
func (x *stepper) emit(s *state, end int, place uint8, c *copyOf, fromStopped bool, va uint64) {
	o := &x.fx.Packet
	at, ok := hostOf(o.DstIP)
	if !ok {
		return
	}
	dst := placeAt(end^1, at)
	f := flight{
		src: place, dst: dst, op: o.Op, ackReq: o.AckReq, psn: o.PSN, size: uint16(o.Len), length: uint16(o.RETH.Length),
		syndrome: o.AETH.Syndrome, msn: o.AETH.MSN,
	}
	switch o.Op.Info().Kind {
	case abi.KindMig:
		m := &o.METH
		f.kind, f.flags, f.epoch, f.peer, f.sent, f.epsn = m.Kind, m.Flags, m.Epoch, m.PeerEpoch, uint8(m.Sent), m.EPSN
		f.addr, _ = hostOf(m.Addr)
	case abi.KindResponse:
		f.fromStopped, f.value = fromStopped, uint8(o.AtomicAck)
		if o.Len != 0 {
			f.pos = source(va)
		}
	default:
		f.epoch = c.ctx.MigEpoch
		pos := x.position(end, c, o)
		f.pos, f.value = uint8(pos), uint8(o.AtomicETH.Compare)
		if slices.Contains(o.Op.Info().Headers, abi.HeaderImmDt) {
			f.value = uint8(o.Imm)
		}
		if e := &x.w.Ends[end]; pos < e.start(len(e.Work)) {
			x.sends(place, c, e, e.at(pos))
		}
		if o.RETH.Length != 0 {
			f.off = uint16(o.RETH.VA - farVA)
		}
	}
	s.air = append(s.air, f)
}

// position is where in its sender's stream a request begins that was sent just now.
func (x *stepper) position(end int, c *copyOf, o *qp.Out) int {
	e, n := &x.w.Ends[end], int(c.ctx.SQSend)
	if c.ctx.SQOff == 0 {
		n-- // it was the last of its message
	}
	n = min(max(n, 0), len(e.Work)) // without R8 a queue pair may be anywhere
	at := int(o.Off)
	if n < len(e.Work) && e.Work[n].Op == abi.WROpcodeRDMARead {
		at = int(o.RETH.VA) & (1<<slotLog - 1) // the rest of one that was answered in part
	}
	return e.start(n) + at/mtu
}

// source tells packets that READs bring apart: message and packet.
func source(va uint64) uint8 { return uint8(va>>slotLog&0xf<<4 | va&(1<<slotLog-1)/mtu) }
