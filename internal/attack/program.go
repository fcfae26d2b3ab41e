package attack

import (
	"github.com/godwit-rdma/godwit/internal/op"
	"github.com/godwit-rdma/godwit/model/fabric"
)

// program is one world and one attacker in it: a connection between a and b, messages both ways, and, unless it is
// pinned, a move of end A from a to c.
type program struct {
	seed      int
	dialect   string
	knowledge fabric.Knowledge
	strategy  fabric.Strategy
	filtered  bool
	pinned    bool // and so nothing moves
	mover     bool // the victim is the end that moves, at c; otherwise the partner
	rate      int
	count     int
	size      int
	messages  [2]int
	asking    bool // READs and FETCH_ADDs go both ways as well
	lease     int
	lost      int  // RESUME_ACKs
	twice     bool // end A is stopped and activated in place first, so that there is an older RESUME to replay
	// Microseconds before the stop, until the copy is activated, and after that.
	before, stopped, after int
}

// draw makes a program.
func draw(rng fabric.Rand, o *Options) program {
	n := func(lo, hi int) int { return lo + int(rng.Uint64()%uint64(hi-lo+1)) }
	p := program{
		seed: n(1, 1<<30), dialect: o.Dialect, filtered: n(0, 3) == 0, pinned: n(0, 5) == 0, mover: n(0, 1) == 0,
		rate: n(1, 8), count: n(20, 600), size: n(1, 5000), messages: [2]int{n(1, 8), n(1, 8)}, lease: n(4, 16),
		lost: n(0, 3), twice: n(0, 1) == 0, before: n(1, 30), stopped: n(1, 30), after: n(1, 60),
	}
	p.knowledge = o.Knowledge[n(0, len(o.Knowledge)-1)]
	p.strategy = o.Strategy[n(0, len(o.Strategy)-1)]
	p.asking = n(0, 2) == 0 || p.strategy == fabric.Answer
	return p
}

const key = "000102030405060708090a0b0c0d0e0f"

// operations is the program as a story runs it.
func (p *program) operations() []op.Op {
	var ops []op.Op
	add := func(v op.Verb, edit func(o *op.Op)) {
		o := op.Default(v)
		edit(&o)
		ops = append(ops, o)
	}
	qp := func(v op.Verb, at string, edit func(o *op.Op)) {
		add(v, func(o *op.Op) {
			o.Number, o.At = 1, at
			edit(o)
		})
	}
	plain := func(*op.Op) {}
	run := func(us int) { add(op.Run, func(o *op.Op) { o.Time = op.Cycles(us) * op.PerMicrosecond }) }
	add(op.Seed, func(o *op.Op) { o.Number = p.seed })
	if p.dialect != "godwit" {
		add(op.Dialect, func(o *op.Op) { o.Dialect = p.dialect })
	}
	for _, name := range []string{"a", "b", "c"} {
		add(op.NIC, func(o *op.Op) { o.At = name })
	}
	add(op.QP, func(o *op.Op) {
		o.Number, o.From, o.To = 1, "a", "b"
		c := &o.Conn
		c.KeyA, c.KeyB, c.Pinned, c.Lease, c.Announce, c.Mem = key, key, p.pinned, p.lease, 4, 1<<17
	})
	// Twice as many receives as messages: what an attacker injects must not starve the rest.
	for i, at := range []string{"a", "b"} {
		qp(op.PostRecv, at, func(o *op.Op) { o.Work.Count, o.Work.Len = 2*p.messages[1-i], p.size })
	}
	post := func(a string) {
		for i, at := range []string{a, "b"} {
			qp(op.PostSend, at, func(o *op.Op) { o.Work.Count, o.Work.Len = (p.messages[i]+1)/2, p.size })
			if p.asking {
				qp(op.PostSend, at, func(o *op.Op) { o.Work.Op, o.Work.Len = "read", min(p.size, 1024) })
				qp(op.PostSend, at, func(o *op.Op) { o.Work.Op, o.Work.Len = "faa", 8 })
			}
		}
	}
	post("a")
	qp(op.Attack, "m", func(o *op.Op) {
		x := &o.Attack
		o.To, x.End = "b", "b"
		if p.mover && !p.pinned {
			o.To, x.End = "c", "a"
		}
		x.Knowledge, x.Strategy, x.Filtered = p.knowledge.String(), p.strategy.String(), p.filtered
		x.Rate, x.Count = p.rate, p.count
	})
	run(p.before)
	end := "a"
	if !p.pinned {
		end = "c"
		if p.twice {
			qp(op.Stall, "a", plain)
			run(p.stopped)
			qp(op.Rollback, "a", plain)
			run(p.before)
		}
		if p.lost > 0 {
			add(op.Drop, func(o *op.Op) {
				o.From, o.To, o.Frames.Packet, o.Frames.Count = "b", "c", "RESUME_ACK", p.lost
			})
		}
		qp(op.Stall, "a", plain)
		run(p.stopped)
		add(op.Move, func(o *op.Op) { o.Number, o.From, o.To = 1, "a", "c" })
		qp(op.Resume, "c", plain)
		qp(op.Forward, "a", func(o *op.Op) { o.To = "c" })
	}
	run(p.after)
	post(end)
	add(op.Idle, plain)
	for _, at := range []string{end, "b"} {
		qp(op.ExpectState, at, func(o *op.Op) { o.State = "RTS" })
	}
	qp(op.ExpectPartner, "b", func(o *op.Op) { o.To = end })
	qp(op.ExpectPartner, end, func(o *op.Op) { o.To = "b" })
	add(op.ExpectData, func(o *op.Op) { o.Number = 1 })
	return ops
}

// simpler are programs that are a step simpler, most of all first.
func (p *program) simpler() []program {
	var out []program
	for _, v := range []func(*program) *int{
		func(p *program) *int { return &p.count }, func(p *program) *int { return &p.messages[0] },
		func(p *program) *int { return &p.messages[1] }, func(p *program) *int { return &p.size },
		func(p *program) *int { return &p.rate }, func(p *program) *int { return &p.lost },
		func(p *program) *int { return &p.before }, func(p *program) *int { return &p.stopped },
		func(p *program) *int { return &p.after },
	} {
		for _, by := range []int{2, 1} {
			q := *p
			x := v(&q)
			was := *x
			if by == 2 {
				*x /= 2
			} else {
				*x--
			}
			if *x > 0 && *x < was || *x == 0 && was > 0 && x == &q.lost {
				out = append(out, q)
			}
		}
	}
	for _, v := range []func(*program) *bool{
		func(p *program) *bool { return &p.filtered }, func(p *program) *bool { return &p.twice },
		func(p *program) *bool { return &p.asking },
	} {
		q := *p
		if x := v(&q); *x {
			*x = false
			out = append(out, q)
		}
	}
	return out
}
