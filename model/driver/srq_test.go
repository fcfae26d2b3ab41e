package driver_test

import (
	"reflect"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// sharing is a side whose queue pairs take their receives from one shared receive queue, and the partners of these.
func sharing(r *rig, n int) (b *side, s *driver.SRQ, qps, peers []*driver.QP, a *side) {
	t := r.t
	t.Helper()
	a, b = newSide(t, r.open(0, 0)), newSide(t, r.open(1, 1))
	s = must(b.pd.CreateSRQ(driver.SRQInitAttr{MaxWR: 5}))(t)
	for range n {
		q := must(b.pd.CreateQP(driver.QPInitAttr{SendCQ: b.cq, RecvCQ: b.cq, MaxSendWR: 4, SRQ: s}))(t)
		p := a.newQP(t)
		climb(t, q, p, abi.StateRTS)
		climb(t, p, q, abi.StateRTS)
		qps, peers = append(qps, q), append(peers, p)
	}
	return b, s, qps, peers, a
}

func (s *side) postShared(t testing.TB, q *driver.SRQ, ids ...uint64) {
	t.Helper()
	for _, id := range ids {
		must(q.PostRecv(driver.RecvWR{WRID: id, SGE: s.sge(0x3000)}))(t)
	}
}

func (s *side) sendOn(t testing.TB, q *driver.QP, n uint32) {
	t.Helper()
	must(q.PostSend(driver.SendWR{Opcode: abi.WROpcodeSend, SGE: s.sge(n)}))(t)
}

// inMessage lets time pass until a queue pair has taken a receive and not completed it.
func inMessage(t testing.TB, q *driver.QP) {
	t.Helper()
	for range 100 {
		if must(q.Query())(t).RTaken {
			return
		}
	}
	t.Fatal("no message begins")
}

// Receives go to the queue pairs in the order in which their messages begin, and complete in that in which they end.
func TestSRQSharing(t *testing.T) {
	r := newRig(t, 2, params)
	b, s, qps, peers, a := sharing(r, 3)
	if s.Cap() != 7 || s.Room() != 7 {
		t.Errorf("%d receives, room for %d", s.Cap(), s.Room())
	}
	b.postShared(t, s, 1, 2, 3)
	_, err := qps[0].PostRecv(driver.RecvWR{})
	wants(t, "receive of its own", err, driver.ErrInval)
	a.sendOn(t, peers[0], 10000) // begins first, ends last
	a.sendOn(t, peers[1], 10)
	a.sendOn(t, peers[2], 20)
	a.sendOn(t, peers[1], 30) // there is no receive for it yet
	r.step(40)
	got := map[uint32][]uint64{}
	for _, wc := range b.poll(t) {
		got[wc.QPN] = append(got[wc.QPN], wc.WRID)
	}
	want := map[uint32][]uint64{qps[0].QPN(): {1}, qps[1].QPN(): {2}, qps[2].QPN(): {3}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("receives %v, want %v", got, want)
	}
	for id := uint64(4); s.Room() != 0; id++ {
		b.postShared(t, s, id)
	}
	_, err = s.PostRecv(driver.RecvWR{})
	wants(t, "one too many", err, driver.ErrNoMem)
	r.step(200)
	if wc := b.poll(t); len(wc) != 1 || wc[0].WRID != 4 || wc[0].QPN != qps[1].QPN() || wc[0].ByteLen != 30 {
		t.Errorf("completions %+v", wc)
	}
	wants(t, "destroy in use", s.Destroy(), driver.ErrBusy)
	wants(t, "dealloc of its PD", b.pd.Dealloc(), driver.ErrBusy)
}

// The event comes once, when the limit is undercut, and at once if it is already.
func TestSRQLimit(t *testing.T) {
	r := newRig(t, 2, params)
	b, s, _, peers, a := sharing(r, 1)
	b.postShared(t, s, 1, 2, 3)
	check(t, s.Modify(2))
	a.sendOn(t, peers[0], 1)
	r.step(20)
	if e := b.ctx.Events(); len(e) != 0 {
		t.Errorf("events %v with the limit in it", e)
	}
	a.sendOn(t, peers[0], 1)
	a.sendOn(t, peers[0], 1)
	r.step(40)
	limit := driver.AsyncEvent{Kind: abi.EventSRQLimitReached, Number: s.Number()}
	if e := b.ctx.Events(); !reflect.DeepEqual(e, []driver.AsyncEvent{limit}) {
		t.Errorf("events %v", e)
	}
	if x := must(s.Query())(t); x.Limit != 0 || x.PI != 3 || x.CI != 3 {
		t.Errorf("queue %+v", x)
	}
	check(t, s.Modify(1))
	r.step(4)
	e, ok := b.ctx.GetAsyncEvent()
	if !ok || e != limit {
		t.Errorf("event %v %v", e, ok)
	}
	wants(t, "limit beyond the queue", s.Modify(8), driver.ErrInval)
	check(t, b.ctx.QP(b.ctx.QPs()[1].QPN()).Destroy())
	wants(t, "destroy with an event", s.Destroy(), driver.ErrBusy)
	check(t, b.ctx.AckAsyncEvent(e))
	check(t, s.Destroy())
	wants(t, "query of it", func() error { _, err := s.Query(); return err }(), driver.ErrDestroyed)
}

// A queue pair that goes to ERR in the middle of a message completes the receive that it took and no other, and says
// that it was the last; one that is destroyed gives it back.
func TestSRQLastReceive(t *testing.T) {
	for _, destroy := range []bool{false, true} {
		r := newRig(t, 2, params)
		b, s, qps, peers, a := sharing(r, 2)
		b.postShared(t, s, 1, 2)
		a.sendOn(t, peers[0], 10000)
		inMessage(t, qps[0])
		if destroy {
			check(t, qps[0].Destroy())
			if s.Room() != 6 {
				t.Errorf("room for %d after the queue pair is gone", s.Room())
			}
		} else {
			check(t, qps[0].Modify(&driver.QPAttr{State: abi.StateErr}, abi.AttrState))
			r.step(4)
			if wc := b.poll(t); len(wc) != 1 || wc[0].WRID != 1 || wc[0].Status != abi.WCStatusWrFlushErr {
				t.Errorf("completions %+v", wc)
			}
			last := driver.AsyncEvent{Kind: abi.EventQPLastWQEReached, Number: qps[0].QPN()}
			if e := b.ctx.Events(); !reflect.DeepEqual(e, []driver.AsyncEvent{last}) {
				t.Errorf("events %v", e)
			}
		}
		a.sendOn(t, peers[1], 7)
		r.step(20)
		if wc := b.poll(t); len(wc) != 1 || wc[0].WRID != 2 || wc[0].QPN != qps[1].QPN() {
			t.Errorf("completions of the other %+v", wc)
		}
	}
}

// A shared receive queue moves with its container: one receive in the middle of a message, one whose completion was not
// polled, others waiting, an event not got, and the limit.
func TestSRQMoves(t *testing.T) {
	r := newRig(t, 3, params)
	b, s, qps, peers, a := sharing(r, 2)
	b.postShared(t, s, 1, 2, 3, 1<<40)
	check(t, s.Modify(6))
	a.sendOn(t, peers[1], 5)
	r.step(20)
	check(t, s.Modify(2))
	a.sendOn(t, peers[0], 10000)
	inMessage(t, qps[0])
	check(t, b.ctx.Stall())
	m := must(b.ctx.Dump())(t)
	image := m.Marshal()
	if x := m.SRQs[0]; x.PI != 4 || x.CI != 2 || x.Limit != 2 || x.Done != 0 || len(m.Events) != 1 {
		t.Errorf("SRQ %+v, events %v", x, m.Events)
	}
	if again := must(driver.ParseImage(image))(t); !reflect.DeepEqual(again, m) {
		t.Errorf("decoded %+v, was %+v", again.SRQs, m.SRQs)
	}
	win := r.copyWindow(1, b.ctx.Window(), 2, 0x80000)
	c := must(r.m[2].dev.Restore(image, win))(t)
	sameImage(t, m, must(c.Dump())(t))
	check(t, c.Resume())
	check(t, b.ctx.SetForward(r.m[2].dev.IP()))
	r.step(100)
	a.sendOn(t, peers[1], 9)
	r.step(100)
	wc := make([]driver.WC, 8)
	n := must(c.CQ(b.cq.Number()).Poll(wc))(t)
	if n != 3 || wc[0].WRID != 1 || wc[1].WRID != 2 || wc[1].ByteLen != 10000 || wc[2].WRID != 3 || wc[2].Status != abi.WCStatusSuccess {
		t.Errorf("completions %+v", wc[:n])
	}
	limits := 0
	for _, e := range c.Events() {
		if e.OfSRQ() {
			limits++
		}
	}
	if limits != 2 {
		t.Errorf("%d limit events", limits)
	}
	moved := c.SRQ(s.Number())
	if moved == nil || moved.Room() != 6 {
		t.Fatalf("the moved queue %+v", moved)
	}
	must(moved.PostRecv(driver.RecvWR{WRID: 7}))(t)
	check(t, c.Close())
	check(t, b.ctx.Release())
}

// Without the feature there is none, and an image with one is refused.
func TestSRQNeedsFeature(t *testing.T) {
	r := newRig(t, 2, params)
	b, s, _, _, _ := sharing(r, 1)
	check(t, b.ctx.Stall())
	image := must(b.ctx.Dump())(t).Marshal()
	p := params
	p.Features &^= abi.FeatureSRQ
	o := newRig(t, 1, p)
	_, err := newSide(t, o.open(0, 0)).pd.CreateSRQ(driver.SRQInitAttr{MaxWR: 1})
	wants(t, "create", err, driver.ErrNotSupported)
	_, err = o.m[0].dev.Restore(image, driver.Window{Base: 0x80000, Size: winSize})
	wants(t, "restore", err, driver.ErrNotSupported)
	for _, damage := range []func(x *driver.ImageSRQ){
		func(x *driver.ImageSRQ) { x.PD++ }, func(x *driver.ImageSRQ) { x.Head = 8 }, func(x *driver.ImageSRQ) { x.PI += 8 },
		func(x *driver.ImageSRQ) { x.CI++ }, func(x *driver.ImageSRQ) { x.Done++ }, func(x *driver.ImageSRQ) { x.Log = 16 },
		func(x *driver.ImageSRQ) { x.Mem += 64 << x.Log }, func(x *driver.ImageSRQ) { x.Number++ },
	} {
		m := must(driver.ParseImage(image))(t)
		damage(&m.SRQs[0])
		_, err := driver.ParseImage(m.Marshal())
		wants(t, "damaged", err, driver.ErrImage)
	}
	_ = s
}
