package driver_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/nic"
)

// TestResize: whatever happens to a completion queue, at whatever index, the completions come in their order, none twice
// and none missing; it may move to another device in between, and the index may wrap.
func TestResize(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := newRig(t, 3, params)
		a, b := r.pair()
		send := must(b.ctx.CreateCQ(256))(t)
		q := must(a.pd.CreateQP(driver.QPInitAttr{SendCQ: a.cq, RecvCQ: a.cq, MaxSendWR: 128}))(t)
		p := must(b.pd.CreateQP(driver.QPInitAttr{SendCQ: send, RecvCQ: send, MaxRecvWR: 128}))(t)
		climb(t, q, p, abi.StateRTS)
		climb(t, p, q, abi.StateRTS)
		here, at := a.ctx, 0
		// Beginning shortly before the index wraps, on a ring as it is then.
		start := uint32(0) - rapid.Uint32Range(0, 20).Draw(rt, "start")
		here, at = r.carry(here, at, start, a.cq.Number())
		posted, polled, waiting := uint64(0), uint64(0), 0
		cq := func() *driver.CQ { return here.CQ(a.cq.Number()) }
		rt.Repeat(map[string]func(*rapid.T){
			"post": func(rt *rapid.T) {
				n := rapid.IntRange(1, 4).Draw(rt, "n")
				if waiting+n > cq().Cap() {
					rt.Skip()
				}
				must(send.Poll(make([]driver.WC, 128)))(t)
				for range n {
					must(p.PostRecv(driver.RecvWR{}))(t)
					must(here.QP(q.QPN()).PostSend(driver.SendWR{WRID: posted, Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled}))(t)
					posted++
				}
				waiting += n
				if rapid.Bool().Draw(rt, "wait") {
					r.step(30)
				}
			},
			"poll": func(rt *rapid.T) {
				wc := make([]driver.WC, rapid.IntRange(1, 5).Draw(rt, "n"))
				for _, w := range wc[:must(cq().Poll(wc))(t)] {
					if w.WRID != polled || w.Status != abi.WCStatusSuccess {
						rt.Fatalf("completion %+v, want that of %d", w, polled)
					}
					polled++
					waiting--
				}
			},
			"resize": func(rt *rapid.T) {
				n := rapid.Uint32Range(1, 40).Draw(rt, "entries")
				entries := 1
				for entries < int(n) {
					entries *= 2
				}
				if entries < waiting {
					r.step(30) // all are there, and do not fit
				}
				if err := cq().Resize(n); errors.Is(err, driver.ErrInval) != (entries < waiting) || err != nil && entries >= waiting {
					rt.Fatalf("resize to %d with %d on their way: %v", n, waiting, err)
				}
			},
			"move": func(rt *rapid.T) { here, at = r.carry(here, at, 0, 0) },
			"":     func(*rapid.T) {},
		})
		r.step(200)
		for polled != posted {
			var wc [8]driver.WC
			n := must(cq().Poll(wc[:]))(t)
			if n == 0 || wc[0].WRID != polled {
				rt.Fatalf("polled %d of %d, then %+v", polled, posted, wc[:n])
			}
			polled += uint64(n)
		}
	})
}

// carry moves a context from one of the devices 0 and 2 to the other. If of is not 0, its empty completion queue of that
// number gets the index start.
func (r *rig) carry(c *driver.Context, from int, start, of uint32) (*driver.Context, int) {
	r.t.Helper()
	to := 2 - from
	check(r.t, c.Stall())
	img := must(c.Dump())(r.t)
	for i := range img.CQs {
		if q := &img.CQs[i]; start != 0 && q.Number == of {
			q.PI, q.CI = start, start
			e := abi.CQE{Seq: start} // as a ring is whose index came so far
			b := e.Image()
			for j := range uint64(1) << q.Log {
				check(r.t, r.m[from].ram.Write(c.Window().Base+q.Ring+j*abi.CQESize, b[:]))
			}
		}
	}
	d := must(r.m[to].dev.Restore(img.Marshal(), r.copyWindow(from, c.Window(), to, c.Window().Base)))(r.t)
	check(r.t, d.Resume())
	check(r.t, c.SetForward(r.m[to].dev.IP()))
	for d.Announcing() != 0 {
		r.step(1)
	}
	check(r.t, c.Release())
	return d, to
}

// What a resize keeps and refuses.
func TestResizeCQ(t *testing.T) {
	r := newRig(t, 2, params)
	a, b := r.pair()
	check(t, a.cq.ReqNotify())
	used := a.ctx.Used()
	check(t, a.cq.Resize(100))
	if a.cq.Cap() != 128 {
		t.Errorf("room for %d", a.cq.Cap())
	}
	for i := range uint64(3) {
		b.recv(t, i, 16)
		a.send(t, i, 16)
	}
	r.step(20)
	got(t, a.ch, a.cq) // it is still armed
	wants(t, "too small", a.cq.Resize(2), driver.ErrInval)
	wants(t, "0 entries", a.cq.Resize(0), driver.ErrInval)
	wants(t, "too large", a.cq.Resize(1<<15+1), driver.ErrInval)
	wants(t, "no memory", a.cq.Resize(1<<14), driver.ErrNoMem)
	check(t, a.cq.Resize(16))
	if n := len(a.poll(t)); n != 3 {
		t.Errorf("%d completions", n)
	}
	if now := a.ctx.Used(); len(now) != len(used) {
		t.Errorf("memory in use: %v, was %v", now, used)
	}
	check(t, a.ctx.Stall())
	wants(t, "stopped", a.cq.Resize(32), driver.ErrStopped)

	old := newRig(t, 1, nic.Params{NumQP: 2, NumMR: 2, NumCQ: 4, Migration: true})
	wants(t, "a device without it", newSide(t, old.open(0, 0)).cq.Resize(32), driver.ErrNotSupported)
}

// COMM_EST comes with the first request in RTR, and once, wherever the queue pair is then.
func TestCommEst(t *testing.T) {
	r := newRig(t, 3, params)
	a, b := newSide(t, r.open(0, 0)), newSide(t, r.open(1, 1))
	climb(t, a.qp, b.qp, abi.StateRTR)
	climb(t, b.qp, a.qp, abi.StateRTS)
	count := func(c *driver.Context) (n int) {
		for _, e := range c.Events() {
			if e.Kind == abi.EventCommEst && e.Number == a.qp.QPN() {
				n++
			}
		}
		return n
	}
	r.step(20)
	if n := count(a.ctx); n != 0 {
		t.Errorf("%d events before anything came", n)
	}
	for i := range uint64(2) { // the second draws an RNR NAK
		b.send(t, i, 16)
	}
	a.recv(t, 1, 16)
	r.step(20)
	if n := count(a.ctx); n != 1 {
		t.Errorf("%d events, want 1", n)
	}
	c, _ := r.carry(a.ctx, 0, 0, 0)
	must(c.QP(a.qp.QPN()).PostRecv(driver.RecvWR{SGE: a.sge(16)}))(t)
	r.step(60)
	if got := b.poll(t); len(got) != 2 || count(c) != 0 {
		t.Errorf("after the move: completions %+v, or a second event", got)
	}
}

// A receive whose completion is lost ends the connection, and the partner hears of it.
func TestOverrunResponder(t *testing.T) {
	r := newRig(t, 2, params)
	a, b := r.pair()
	small := must(b.ctx.CreateCQ(1))(t)
	x := a.newQP(t)
	y := must(b.pd.CreateQP(driver.QPInitAttr{SendCQ: b.cq, RecvCQ: small, MaxRecvWR: 4}))(t)
	climb(t, x, y, abi.StateRTS)
	climb(t, y, x, abi.StateRTS)
	for i := range uint64(2) {
		must(y.PostRecv(driver.RecvWR{WRID: i}))(t)
		must(x.PostSend(driver.SendWR{WRID: i, Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled}))(t)
	}
	r.step(20)
	got := a.poll(t)
	if len(got) != 2 || got[0].Status != abi.WCStatusSuccess || got[1].Status != abi.WCStatusRemOpErr {
		t.Errorf("completions %+v", got)
	}
	events := b.ctx.Events()
	if len(events) != 2 || events[0] != (driver.AsyncEvent{Kind: abi.EventCQErr, Number: small.Number()}) ||
		events[1] != (driver.AsyncEvent{Kind: abi.EventQPFatal, Number: y.QPN()}) || y.State() != abi.StateErr {
		t.Errorf("events %v, state %v", events, y.State())
	}
	wants(t, "resize after an overrun", small.Resize(8), driver.ErrState)
}
