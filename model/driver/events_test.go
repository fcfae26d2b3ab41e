package driver_test

import (
	"slices"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// happening brings an asynchronous event about: it returns the context that is told, on which host that is, and the number
// of what the event is about.
type happening func(r *rig) (c *driver.Context, host int, number uint32)

// overrun loses a completion of a queue of a's and ends the queue pair that it was of.
func overrun(r *rig) (a *side, cq *driver.CQ, q *driver.QP) {
	t := r.t
	a, b := r.pair()
	cq = must(a.ctx.CreateCQ(1))(t)
	q = must(a.pd.CreateQP(driver.QPInitAttr{SendCQ: cq, RecvCQ: a.cq, MaxSendWR: 4}))(t)
	y := b.newQP(t)
	climb(t, q, y, abi.StateRTS)
	climb(t, y, q, abi.StateRTS)
	for range 2 {
		must(y.PostRecv(driver.RecvWR{}))(t)
		must(q.PostSend(driver.SendWR{Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled}))(t)
	}
	r.step(20)
	return a, cq, q
}

// bad lets b's queue pair ask a's for what it may not have.
func bad(wr driver.SendWR) happening {
	return func(r *rig) (*driver.Context, int, uint32) {
		a, b := r.pair()
		wr.SGE = b.sge(8)
		must(b.qp.PostSend(wr))(r.t)
		r.step(20)
		return a.ctx, 0, a.qp.QPN()
	}
}

// happenings have a row for every event that there is.
var happenings = map[abi.Event]happening{
	abi.EventQPFatal: func(r *rig) (*driver.Context, int, uint32) {
		a, _, q := overrun(r)
		return a.ctx, 0, q.QPN()
	},
	abi.EventCQErr: func(r *rig) (*driver.Context, int, uint32) {
		a, cq, _ := overrun(r)
		return a.ctx, 0, cq.Number()
	},
	abi.EventQPReqErr: func(r *rig) (*driver.Context, int, uint32) {
		a, b := r.pair()
		a.recv(r.t, 1, 8)
		b.send(r.t, 1, 9) // longer than the receive
		r.step(20)
		return a.ctx, 0, a.qp.QPN()
	},
	abi.EventQPAccessErr: bad(driver.SendWR{Opcode: abi.WROpcodeRDMAWrite, RemoteVA: winVA, RKey: 0xbad}),
	abi.EventCommEst: func(r *rig) (*driver.Context, int, uint32) {
		a, b := newSide(r.t, r.open(0, 0)), newSide(r.t, r.open(1, 1))
		climb(r.t, a.qp, b.qp, abi.StateRTR)
		climb(r.t, b.qp, a.qp, abi.StateRTS)
		b.send(r.t, 1, 8)
		r.step(10)
		return a.ctx, 0, a.qp.QPN()
	},
	abi.EventSQDrained: func(r *rig) (*driver.Context, int, uint32) {
		a, _ := r.pair()
		check(r.t, a.qp.Modify(&driver.QPAttr{State: abi.StateSQD, EnSQDAsyncNotify: true}, abi.AttrState|abi.AttrEnSQDAsyncNotify))
		r.step(4)
		return a.ctx, 0, a.qp.QPN()
	},
	abi.EventPeerStopped: func(r *rig) (*driver.Context, int, uint32) {
		a, b := r.pair()
		check(r.t, b.ctx.Stall())
		a.send(r.t, 1, 8)
		r.step(8)
		return a.ctx, 0, a.qp.QPN()
	},
	abi.EventPeerMoved: func(r *rig) (*driver.Context, int, uint32) {
		a, b := r.pair()
		r.travel(b.ctx, 1, 2)
		return a.ctx, 0, a.qp.QPN()
	},
	abi.EventResumed: func(r *rig) (*driver.Context, int, uint32) {
		a, _ := r.pair()
		return r.travel(a.ctx, 0, 2), 2, a.qp.QPN()
	},
	abi.EventMigrationLost: func(r *rig) (*driver.Context, int, uint32) {
		a, b := r.pair()
		check(r.t, b.ctx.Stall())
		a.send(r.t, 1, 8)
		r.step(8)
		check(r.t, b.ctx.Close()) // nobody answers its probes any more
		r.step(2000)
		return a.ctx, 0, a.qp.QPN()
	},
	abi.EventFenced: func(r *rig) (*driver.Context, int, uint32) {
		a, _ := r.pair()
		check(r.t, a.ctx.Stall())
		image := must(a.ctx.Dump())(r.t).Marshal()
		c := must(r.m[2].dev.Restore(image, r.copyWindow(0, a.ctx.Window(), 2, 0x80000)))(r.t)
		check(r.t, a.ctx.Rollback()) // and yet the copy is activated
		r.step(20)
		check(r.t, c.Resume())
		r.step(20)
		return c, 2, a.qp.QPN()
	},
	abi.EventSRQLimitReached: func(r *rig) (*driver.Context, int, uint32) {
		b, s, _, _, _ := sharing(r, 1)
		check(r.t, s.Modify(1))
		r.step(2)
		return b.ctx, 1, s.Number()
	},
	abi.EventQPLastWQEReached: func(r *rig) (*driver.Context, int, uint32) {
		b, _, qps, _, _ := sharing(r, 1)
		check(r.t, qps[0].Modify(&driver.QPAttr{State: abi.StateErr}, abi.AttrState))
		r.step(4)
		return b.ctx, 1, qps[0].QPN()
	},
}

// travel moves a context from one host to another, and lets it be heard.
func (r *rig) travel(c *driver.Context, from, to int) *driver.Context {
	t := r.t
	t.Helper()
	check(t, c.Stall())
	image := must(c.Dump())(t).Marshal()
	next := must(r.m[to].dev.Restore(image, r.copyWindow(from, c.Window(), to, 0x80000)))(t)
	check(t, next.Resume())
	check(t, c.SetForward(r.m[to].dev.IP()))
	r.step(20)
	return next
}

// held is how many events of an object are got and not acknowledged, as the image has it.
func held(m *driver.Image, e driver.AsyncEvent) uint32 {
	for _, q := range m.CQs {
		if e.OfCQ() && q.Number == e.Number {
			return q.AsyncGot
		}
	}
	for _, s := range m.SRQs {
		if e.OfSRQ() && s.Number == e.Number {
			return s.AsyncGot
		}
	}
	for i := range m.QPs {
		if e.OfQP() && m.QPs[i].QPC.QPN == e.Number {
			return m.QPs[i].AsyncGot
		}
	}
	return 0
}

// Every asynchronous event comes, moves before it was got, moves again before it was acknowledged, and holds its object
// until it is.
func TestEveryEventMoves(t *testing.T) {
	n := 0
	for kind := abi.Event(1); kind != 0; kind++ {
		if !kind.Valid() || kind == abi.EventCQCompletion {
			continue
		}
		n++
		t.Run(kind.String(), func(t *testing.T) {
			bring := happenings[kind]
			if bring == nil {
				t.Fatal("no row for it")
			}
			r := newRig(t, 5, params)
			c, at, number := bring(r)
			want := driver.AsyncEvent{Kind: kind, Number: number}
			check(t, c.Stall())
			if m := must(c.Dump())(t); !slices.Contains(m.Events, want) {
				t.Fatalf("events %v, want %v among them", m.Events, want)
			}
			check(t, c.Rollback())
			r.step(20)
			c = r.travel(c, at, 3)
			got := false
			for e, ok := c.GetAsyncEvent(); ok; e, ok = c.GetAsyncEvent() {
				if e == want && !got {
					got = true
					continue
				}
				check(t, c.AckAsyncEvent(e))
			}
			if !got {
				t.Fatal("it did not arrive")
			}
			check(t, c.Stall())
			if h := held(must(c.Dump())(t), want); h != 1 {
				t.Errorf("%d events are not acknowledged, want 1", h)
			}
			check(t, c.Rollback())
			c = r.travel(c, 3, 4)
			c.Events()
			object(t, c, want, func(err error) { wants(t, "destroy", err, driver.ErrBusy) })
			check(t, c.AckAsyncEvent(want))
			wants(t, "second ack", c.AckAsyncEvent(want), driver.ErrInval)
			if !want.OfCQ() && !want.OfSRQ() {
				object(t, c, want, func(err error) { check(t, err) })
			}
		})
	}
	if n != len(happenings) {
		t.Errorf("%d events, %d rows", n, len(happenings))
	}
}

// object tries to destroy what an event is about.
func object(t *testing.T, c *driver.Context, e driver.AsyncEvent, told func(error)) {
	t.Helper()
	switch {
	case e.OfCQ():
		told(c.CQ(e.Number).Destroy())
	case e.OfSRQ():
		told(c.SRQ(e.Number).Destroy())
	default:
		told(c.QP(e.Number).Destroy())
	}
}
