package story

import (
	"fmt"
	"slices"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/qp"

	"github.com/godwit-rdma/godwit/internal/op"
)

// plan is what is known of a program before it runs.
type plan struct {
	seed  uint64
	rules qp.Rules
	// foreign: it was written for another dialect, so that what it says of single packets and timers may not be there.
	foreign bool
	ips     []string        // of the NICs
	nics    map[string]bool // looked up only
	// attackers are the names of those, which are no NICs.
	attackers map[string]bool // looked up only
	conns     []*plannedConn
	boxes     []*plannedBox
	memory    uint64 // of all containers together
	silence   uint64 // longer than any timer, in cycles
	doubles   bool   // packets may come twice
	counts    bool   // packets are counted by name
}

type plannedConn struct {
	op    *op.Op
	boxes [2]int
	reads bool // there are READs or atomics on it
	// What its queues must have room for: the most buffers of a work request, and bytes inline.
	sges   [2]int // send, receive
	inline int
}

type plannedBox struct {
	srq uint32 // receives of its shared receive queue, 0 = it has none
	// srqSGEs is the most buffers of a receive in it.
	srqSGEs int
	part    int    // the number of its partition
	work    uint32 // work requests that its completion queue must hold
	size    uint64
	// resize is the most entries that its completion queue is made to hold.
	resize uint32
}

func (p *plan) conn(number int) *plannedConn {
	for _, c := range p.conns {
		if c.op.Number == number {
			return c
		}
	}
	return nil
}

// newPlan checks a program as far as that is possible without running it, and reckons what the world needs. instead
// is the dialect to run it in, nil its own. The error is an *op.Error.
func newPlan(file string, ops []op.Op, instead *qp.Rules) (*plan, error) {
	p := &plan{seed: 1, nics: map[string]bool{}, attackers: map[string]bool{}, silence: 8 * abi.TickCycles}
	for i := range ops {
		o := &ops[i]
		if e := p.take(file, o); e != nil {
			return nil, e
		}
	}
	if instead != nil {
		p.foreign, p.rules = p.rules != *instead, *instead
	}
	for _, c := range p.conns {
		for _, b := range c.boxes {
			if c.reads {
				p.boxes[b].size += uint64(c.op.Conn.Mem) + 64
			}
			if c.op.Conn.SRQ {
				p.boxes[b].srqSGEs = max(p.boxes[b].srqSGEs, c.sges[1])
			}
			if c.inline != 0 || max(c.sges[0], c.sges[1]) > 1 {
				p.boxes[b].size += 2 * maxSlot * uint64(cqEntries(uint32(c.op.Conn.Depth)))
			}
		}
	}
	for _, b := range p.boxes {
		if b.srq != 0 {
			slot := uint64(abi.WQESize)
			if b.srqSGEs > 1 {
				slot = maxSlot
			}
			b.size += (slot + 2*driver.WRIDSize) * uint64(cqEntries(b.srq+1)) // and what is known of each slot
		}
		b.size += abi.CQESize * (uint64(cqEntries(b.work)) + 2*uint64(b.resize)) // both rings of the last resize, in pieces
		b.size = (b.size + windowSlack + driver.WindowAlign - 1) / driver.WindowAlign * driver.WindowAlign
		p.memory += b.size
	}
	return p, nil
}

// maxSlot bounds the bytes of a slot of a queue.
const maxSlot = 512

// cqEntries is the size of a completion queue, a power of two.
func cqEntries(work uint32) uint32 {
	n := uint32(1)
	for n < work {
		n *= 2
	}
	return n
}

func (p *plan) take(file string, o *op.Op) *op.Error {
	switch o.Verb {
	case op.Seed:
		if len(p.nics) != 0 || p.seed != 1 {
			return o.Errorf(file, "seed: once, before the first nic")
		}
		p.seed = uint64(o.Number)
	case op.Dialect:
		if len(p.nics) != 0 {
			return o.Errorf(file, "dialect: before the first nic")
		}
		p.rules, _ = qp.ParseDialect(o.Dialect)
	case op.NIC:
		if p.nics[o.At] || p.attackers[o.At] {
			return o.Errorf(file, "nic: there is a NIC %s already", o.At)
		}
		p.nics[o.At] = true
		ip := o.Params.IP
		if ip == "" {
			ip = fmt.Sprintf("10.0.0.%d", len(p.nics))
		}
		if slices.Contains(p.ips, ip) {
			return o.Errorf(file, "nic: another NIC has address %s", ip)
		}
		p.ips = append(p.ips, ip)
	case op.QP:
		return p.takeConn(file, o)
	case op.Manual:
		if len(p.conns) != 0 {
			return o.Errorf(file, "manual: before the first qp")
		}
	case op.Delay, op.Faults:
		p.doubles = p.doubles || o.Chance.Dup != 0
		p.silence = max(p.silence, 2*uint64(o.Time))
	case op.ExpectPackets:
		p.counts = true
	case op.Dup, op.Repeat:
		p.doubles = true
	}
	if o.Verb == op.NIC || o.Verb == op.Seed || o.Verb == op.Dialect {
		return nil
	}
	names := []string{o.At, o.From, o.To}
	switch o.Verb {
	case op.Attack:
		if p.nics[o.At] || p.attackers[o.At] {
			return o.Errorf(file, "attack: there is a NIC %s already", o.At)
		}
		p.attackers[o.At] = true
		names = names[1:]
	case op.ExpectPartner:
		if p.attackers[o.To] {
			names = names[:1]
		}
	}
	for _, name := range names {
		if name != "" && !p.nics[name] {
			return o.Errorf(file, "%s: there is no NIC %s", o.Verb, name)
		}
	}
	if o.Number == 0 {
		return nil
	}
	c := p.conn(o.Number)
	if c == nil {
		return o.Errorf(file, "%s: there is no QP %d", o.Verb, o.Number)
	}
	if o.Verb == op.ResizeCQ {
		for _, b := range c.boxes {
			p.boxes[b].resize = max(p.boxes[b].resize, cqEntries(uint32(o.Entries)))
		}
	}
	if e := c.needs(file, o); e != nil {
		return e
	}
	if o.Verb == op.PostSend && workKinds[o.Work.Op].writes && o.Work.Off >= 0 && o.Work.Fault != "bounds" &&
		o.Work.Off+o.Work.Len*o.Work.Count > c.op.Conn.Mem || (o.Verb == op.PostSend || o.Verb == op.PostRecv) &&
		o.Work.Len > c.op.Conn.Mem {
		return o.Errorf(file, "%s: %s is beyond the region of QP %d, which has %d bytes",
			o.Verb, extent(&o.Work), o.Number, c.op.Conn.Mem)
	}
	return nil
}

// needs notes what posting work asks of the connection.
func (c *plannedConn) needs(file string, o *op.Op) *op.Error {
	k := &o.Work
	switch o.Verb {
	case op.PostRecv:
		c.sges[1] = max(c.sges[1], k.SGEs)
	case op.PostSend:
		fetches := workKinds[k.Op].fetches
		c.reads = c.reads || fetches
		c.sges[0] = max(c.sges[0], k.SGEs)
		if !k.Inline {
			break
		}
		if fetches || k.Len > driver.MaxInline {
			return o.Errorf(file, "post-send: %s of %d bytes cannot be inline: at most %d bytes of a send or a write are", k.Op, k.Len, driver.MaxInline)
		}
		c.inline = max(c.inline, k.Len)
	}
	return nil
}

func (p *plan) takeConn(file string, o *op.Op) *op.Error {
	c := &plannedConn{op: o}
	switch {
	case p.conn(o.Number) != nil:
		return o.Errorf(file, "qp: there is a QP %d already", o.Number)
	case !p.nics[o.From]:
		return o.Errorf(file, "qp: there is no NIC %s", o.From)
	case !p.nics[o.To]:
		return o.Errorf(file, "qp: there is no NIC %s", o.To)
	case o.From == o.To:
		return o.Errorf(file, "qp: both ends are at NIC %s", o.From)
	}
	if w := o.Conn.With; w == 0 {
		c.boxes = [2]int{len(p.boxes), len(p.boxes) + 1}
		a, b := &plannedBox{part: len(p.boxes)}, &plannedBox{part: len(p.boxes) + 1}
		if o.Conn.Equal {
			b.part = a.part
		}
		p.boxes = append(p.boxes, a, b)
	} else {
		with := p.conn(w)
		if with == nil {
			return o.Errorf(file, "qp: there is no QP %d to share containers with", w)
		}
		if with.op.From != o.From && with.op.To != o.To {
			return o.Errorf(file, "qp: QP %d is between other NICs, so its containers cannot be shared", w)
		}
		c.boxes = with.boxes
		for side, same := range [2]bool{with.op.From == o.From, with.op.To == o.To} {
			if !same { // only the other end is in a container of QP w
				c.boxes[side] = len(p.boxes)
				p.boxes = append(p.boxes, &plannedBox{part: len(p.boxes)})
			}
		}
	}
	p.conns = append(p.conns, c)
	a := &o.Conn
	for _, b := range c.boxes {
		if a.SRQ {
			p.boxes[b].srq += uint32(a.Depth)
		}
		p.boxes[b].work += 2 * uint32(cqEntries(uint32(a.Depth)))
		p.boxes[b].size += 3*uint64(a.Mem) + 2*(abi.WQESize+driver.WRIDSize)*uint64(cqEntries(uint32(a.Depth))) + 7*64
	}
	ticks := max(uint64(1)<<a.Timeout, uint64(a.Lease), uint64(a.Announce), uint64(abi.RNRTicks[a.MinRNR]))
	p.silence = max(p.silence, (ticks+ticks/4+8)*abi.TickCycles)
	return nil
}
