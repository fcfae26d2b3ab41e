package driver_test

import (
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// got checks that a channel's next event is of q, which may be nil.
func got(t testing.TB, h *driver.CompChannel, want *driver.CQ) {
	t.Helper()
	if q := must(h.GetEvent())(t); q != want {
		t.Errorf("event of CQ %v, want %v", q, want)
	}
}

// An armed queue gives one event, on its own channel, in the order in which the events came.
func TestCompChannel(t *testing.T) {
	r := newRig(t, 2, params)
	a, b := r.pair()
	check(t, a.cq.ReqNotify())
	r.step(3)
	got(t, a.ch, nil)
	b.recv(t, 1, 16)
	b.recv(t, 2, 16)
	a.send(t, 1, 16)
	a.send(t, 2, 16)
	r.step(20)
	got(t, a.ch, a.cq)
	got(t, a.ch, nil)
	if len(a.ctx.Events()) != 0 {
		t.Error("completion events are asynchronous events")
	}
	// A queue that has something is reported at once, whenever it is armed, and the event names it.
	check(t, b.cq.ReqNotify())
	other := must(b.ctx.CreateCompChannel())(t)
	second := must(other.CreateCQ(4))(t)
	check(t, second.ReqNotify())
	r.step(3)
	check(t, b.cq.ReqNotify())
	r.step(3)
	got(t, other, nil)
	got(t, b.ch, b.cq)
	got(t, b.ch, b.cq)
	got(t, b.ch, nil)

	wants(t, "channel in use", other.Destroy(), driver.ErrBusy)
	wants(t, "too many acks", b.cq.AckEvents(3), driver.ErrInval)
	check(t, b.cq.AckEvents(1))
	check(t, b.qp.Destroy())
	wants(t, "destroy with an event not acknowledged", b.cq.Destroy(), driver.ErrBusy)
	check(t, b.cq.AckEvents(1))
	check(t, b.cq.Destroy())
	wants(t, "ack after destroy", b.cq.AckEvents(0), driver.ErrDestroyed)
	check(t, b.ch.Destroy())
	_, err := b.ch.GetEvent()
	wants(t, "get", err, driver.ErrDestroyed)
	_, err = b.ch.CreateCQ(4)
	wants(t, "create CQ", err, driver.ErrDestroyed)
	wants(t, "destroy twice", b.ch.Destroy(), driver.ErrDestroyed)
	if h := must(b.ctx.CreateCompChannel())(t); h.Number() != b.ch.Number() || b.ctx.CompChannel(h.Number()) != h {
		t.Errorf("the next channel is %d", h.Number())
	}
	for range 254 {
		must(b.ctx.CreateCompChannel())(t)
	}
	_, err = b.ctx.CreateCompChannel()
	wants(t, "too many channels", err, driver.ErrNoMem)
}

// A queue that is destroyed takes its events along.
func TestChannelForgets(t *testing.T) {
	r := newRig(t, 2, params)
	a, b := r.pair()
	b.recv(t, 1, 16)
	a.send(t, 1, 16)
	r.step(20)
	check(t, a.cq.ReqNotify())
	r.step(3)
	check(t, a.qp.Destroy())
	check(t, a.cq.Destroy())
	got(t, a.ch, nil)
	check(t, a.ch.Destroy())
}

// A queue without a channel may be armed, and nobody hears of it.
func TestNoChannel(t *testing.T) {
	r := newRig(t, 1, params)
	s := newSide(t, r.open(0, 0))
	q := must(s.ctx.CreateCQ(4))(t)
	qp := must(s.pd.CreateQP(driver.QPInitAttr{SendCQ: q, RecvCQ: q, MaxRecvWR: 1}))(t)
	climb(t, qp, nil, abi.StateInit)
	check(t, q.ReqNotify())
	must(qp.PostRecv(driver.RecvWR{SGE: s.sge(4)}))(t)
	check(t, qp.Modify(&driver.QPAttr{State: abi.StateErr}, abi.AttrState))
	r.step(20)
	if n := must(q.Poll(make([]driver.WC, 4)))(t); n != 1 {
		t.Errorf("%d completions", n)
	}
	got(t, s.ch, nil)
}

// An event that was not taken, one that was not acknowledged, and an armed queue are the same after a move.
func TestChannelMoves(t *testing.T) {
	r := newRig(t, 3, params)
	a, b := r.pair()
	b.recv(t, 1, 16)
	a.send(t, 1, 16)
	r.step(20)
	for range 2 {
		check(t, a.cq.ReqNotify())
		r.step(3)
	}
	got(t, a.ch, a.cq)
	check(t, a.ctx.Stall())
	_, err := a.ch.GetEvent()
	wants(t, "get", err, driver.ErrStopped)
	wants(t, "ack", a.cq.AckEvents(1), driver.ErrStopped)
	_, err = a.ctx.CreateCompChannel()
	wants(t, "create", err, driver.ErrStopped)
	img := must(a.ctx.Dump())(t).Marshal()
	c := must(r.m[2].dev.Restore(img, r.copyWindow(0, a.ctx.Window(), 2, 0x80000)))(t)
	check(t, c.Resume())
	check(t, a.ctx.SetForward(r.m[2].dev.IP()))
	h, q := c.CompChannel(a.ch.Number()), c.CQ(a.cq.Number())
	got(t, h, q)
	got(t, h, nil)
	wants(t, "acks", q.AckEvents(3), driver.ErrInval)
	check(t, q.AckEvents(2))
	must(q.Poll(make([]driver.WC, 4)))(t)
	check(t, q.ReqNotify())
	r.step(20)
	got(t, h, nil)
	b.recv(t, 2, 16)
	wr := driver.SendWR{Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled, SGE: a.sge(16)}
	must(c.QP(a.qp.QPN()).PostSend(wr))(t)
	r.step(20)
	got(t, h, q)
}

// An overrun is an event of the queue, and stays one after a move: the queue takes nothing more.
func TestOverrun(t *testing.T) {
	r := newRig(t, 3, params)
	a, b := r.pair()
	small := must(a.ch.CreateCQ(1))(t)
	x := must(a.pd.CreateQP(driver.QPInitAttr{SendCQ: small, RecvCQ: a.cq, MaxSendWR: 4}))(t)
	y := b.newQP(t)
	climb(t, x, y, abi.StateRTS)
	climb(t, y, x, abi.StateRTS)
	send := func(q *driver.QP, id uint64) {
		must(y.PostRecv(driver.RecvWR{SGE: b.sge(16)}))(t)
		must(q.PostSend(driver.SendWR{WRID: id, Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled, SGE: a.sge(16)}))(t)
		r.step(20)
	}
	send(x, 1)
	send(x, 2)
	send(x, 3)
	if e, ok := a.ctx.GetAsyncEvent(); !ok || e != (driver.AsyncEvent{Kind: abi.EventCQErr, Number: small.Number()}) {
		t.Fatalf("event %v", e)
	}
	e, ok := a.ctx.GetAsyncEvent()
	if fatal := (driver.AsyncEvent{Kind: abi.EventQPFatal, Number: x.QPN()}); !ok || e != fatal || x.State() != abi.StateErr {
		t.Errorf("event %v, state %v: its completion was lost", e, x.State())
	}
	check(t, a.ctx.AckAsyncEvent(e))
	if e, ok := a.ctx.GetAsyncEvent(); ok {
		t.Errorf("event %v", e)
	}
	check(t, x.Destroy())
	wants(t, "destroy with an event not acknowledged", small.Destroy(), driver.ErrBusy)
	x = must(a.pd.CreateQP(driver.QPInitAttr{SendCQ: small, RecvCQ: a.cq, MaxSendWR: 4}))(t)
	climb(t, x, y, abi.StateRTS)
	check(t, y.Modify(&driver.QPAttr{State: abi.StateReset}, abi.AttrState))
	climb(t, y, x, abi.StateRTS)

	check(t, a.ctx.Stall())
	img := must(a.ctx.Dump())(t).Marshal()
	c := must(r.m[2].dev.Restore(img, r.copyWindow(0, a.ctx.Window(), 2, 0x80000)))(t)
	check(t, c.Resume())
	check(t, a.ctx.SetForward(r.m[2].dev.IP()))
	r.step(20)
	x, small = c.QP(x.QPN()), c.CQ(small.Number())
	send(x, 4)
	if n := must(small.Poll(make([]driver.WC, 4)))(t); n != 0 {
		t.Errorf("%d completions on a queue that is in error", n)
	}
	check(t, c.AckAsyncEvent(driver.AsyncEvent{Kind: abi.EventCQErr, Number: small.Number()}))
	check(t, x.Destroy())
	check(t, small.Destroy())
}

// An asynchronous event holds its object until it is acknowledged; one that was not taken goes with the object.
func TestAsyncEvents(t *testing.T) {
	r := newRig(t, 2, params)
	a, b := r.pair()
	bad := driver.SendWR{Opcode: abi.WROpcodeRDMAWrite, SGE: a.sge(4), RemoteVA: winVA, RKey: 0xbad}
	must(a.qp.PostSend(bad))(t)
	r.step(20)
	want := driver.AsyncEvent{Kind: abi.EventQPAccessErr, Number: b.qp.QPN()}
	wants(t, "ack of what was not got", b.ctx.AckAsyncEvent(want), driver.ErrInval)
	if e, ok := b.ctx.GetAsyncEvent(); !ok || e != want {
		t.Fatalf("event %v, want %v", e, want)
	}
	wants(t, "destroy", b.qp.Destroy(), driver.ErrBusy)
	wants(t, "ack for another", b.ctx.AckAsyncEvent(driver.AsyncEvent{Kind: want.Kind, Number: 5}), driver.ErrInval)
	check(t, b.ctx.AckAsyncEvent(want))
	wants(t, "second ack", b.ctx.AckAsyncEvent(want), driver.ErrInval)
	check(t, b.qp.Destroy())

	x, y := a.newQP(t), b.newQP(t)
	climb(t, x, y, abi.StateRTS)
	climb(t, y, x, abi.StateRTS)
	must(x.PostSend(bad))(t)
	r.step(20)
	check(t, y.Destroy())
	if e, ok := b.ctx.GetAsyncEvent(); ok {
		t.Errorf("event %v of a queue pair that is gone", e)
	}
}

// A queue armed for solicited completions keeps quiet until one comes, or one that failed, even if it came before; and so
// it does after a move.
func TestSolicited(t *testing.T) {
	r := newRig(t, 3, params)
	a, b := r.pair()
	b.recv(t, 1, 16)
	b.recv(t, 2, 16)
	b.recv(t, 3, 16)
	check(t, b.cq.ReqNotifySolicited())
	a.send(t, 1, 16)
	r.step(20)
	got(t, b.ch, nil)
	check(t, b.ctx.Stall())
	img := must(b.ctx.Dump())(t)
	if q := img.CQs[0]; !q.Solicited || q.Armed || q.PI != 1 {
		t.Fatalf("%+v", q)
	}
	c := must(r.m[2].dev.Restore(img.Marshal(), r.copyWindow(1, b.ctx.Window(), 2, 0x80000)))(t)
	check(t, c.Resume())
	check(t, b.ctx.SetForward(r.m[2].dev.IP()))
	r.step(20)
	h, q := c.CompChannel(b.ch.Number()), c.CQ(b.cq.Number())
	got(t, h, nil)
	must(a.qp.PostSend(driver.SendWR{WRID: 2, Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSolicited, SGE: a.sge(16)}))(t)
	r.step(200)
	got(t, h, q)
	check(t, q.ReqNotifySolicited())
	r.step(3)
	got(t, h, q) // it still waits to be polled
	must(q.Poll(make([]driver.WC, 2)))(t)
	check(t, q.ReqNotifySolicited())
	a.send(t, 3, 17)
	r.step(20)
	got(t, h, q) // the message is longer than the receive
	got(t, h, nil)

	p := params
	p.Features &^= abi.FeatureSolicited
	_, y := newRig(t, 2, p).pair()
	wants(t, "solicited", y.cq.ReqNotifySolicited(), driver.ErrNotSupported)
}
