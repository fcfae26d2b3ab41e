package driver_test

import (
	"bytes"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// stoppedContext is a context on host 0 with a queue pair in every state that can be dumped, work in progress,
// completions and events not yet taken, and an armed queue; it is stopped.
func stoppedContext(r *rig) *side {
	t := r.t
	a, b := r.pair()
	reset, initial, rtr, dead, killer := a.newQP(t), a.newQP(t), a.newQP(t), a.newQP(t), b.newQP(t)
	climb(t, initial, nil, abi.StateInit)
	climb(t, rtr, nil, abi.StateRTR)
	climb(t, dead, killer, abi.StateRTS)
	climb(t, killer, dead, abi.StateRTS)
	must(initial.PostRecv(driver.RecvWR{WRID: 1 << 63, SGE: a.sge(4)}, driver.RecvWR{WRID: 3, SGE: a.sge(4)}))(t)
	b.recv(t, 1, 64)
	b.recv(t, 2, 64)
	a.send(t, 10, 64) // completes
	r.step(10)
	if got := a.poll(t); len(got) != 1 || got[0].WRID != 10 {
		t.Fatalf("completions %+v", got)
	}
	a.send(t, 11, 64)   // completes, and the program does not see it
	a.send(t, 12, 4096) // draws RNR NAKs
	a.send(t, 1, 100)
	must(killer.PostSend(driver.SendWR{Opcode: abi.WROpcodeRDMAWrite, SGE: b.sge(4), RemoteVA: winVA, RKey: 0xbad}))(t)
	r.step(30)
	for range 2 { // completions are waiting: an event follows at once
		check(t, a.cq.ReqNotify())
		r.step(4)
	}
	got(t, a.ch, a.cq) // and is not acknowledged; the other is not got
	idle := must(a.ctx.CreateCQ(4))(t)
	check(t, idle.ReqNotify())
	shared := must(a.pd.CreateSRQ(driver.SRQInitAttr{MaxWR: 7, Limit: 1}))(t)
	must(shared.PostRecv(driver.RecvWR{WRID: 5, SGE: a.sge(4)}, driver.RecvWR{WRID: 1 << 50}, driver.RecvWR{}))(t)
	if reset.State() != abi.StateReset || dead.State() != abi.StateErr {
		t.Fatalf("states %v, %v", reset.State(), dead.State())
	}
	check(t, a.ctx.Stall())
	return a
}

// The images that the tests below compare are worth comparing.
func TestDumpIsRich(t *testing.T) {
	r := newRig(t, 2, params)
	m := must(stoppedContext(r).ctx.Dump())(t)
	if e := m.Events; len(e) != 1 || e[0].Kind != abi.EventQPAccessErr {
		t.Errorf("events %v", e)
	}
	if q := m.CQs[0]; q.PI == q.CI || q.Armed || q.CompGot != 1 || !q.HasChannel {
		t.Errorf("CQ with completions %+v", q)
	}
	if h := m.Channels[0]; !slices.Equal(h.Pending, []uint16{0}) {
		t.Errorf("channel %+v", h)
	}
	if q := m.CQs[1]; !q.Armed || q.HasChannel {
		t.Errorf("armed CQ %+v", q)
	}
	states := ""
	for _, q := range m.QPs {
		states += q.QPC.State.String() + "/" + q.QPC.SavedState.String() + " "
	}
	if want := "STOPPED/RTS RESET/RESET STOPPED/INIT STOPPED/RTR STOPPED/ERR "; states != want {
		t.Errorf("states %s, want %s", states, want)
	}
	if q := &m.QPs[0]; q.SQ != (driver.ImageRing{Tail: 1, PI: 4}) || q.QPC.SQACK != 2 {
		t.Errorf("send queue %+v, the device completed %d", q.SQ, q.QPC.SQACK)
	}
}

func TestDumpRestoreDump(t *testing.T) {
	r := newRig(t, 3, params)
	a := stoppedContext(r)
	first := must(a.ctx.Dump())(t)
	b := first.Marshal()
	parsed := must(driver.ParseImage(b))(t)
	if !reflect.DeepEqual(parsed, first) || !bytes.Equal(parsed.Marshal(), b) {
		t.Error("decoding is not the inverse of encoding")
	}
	again := must(a.ctx.Dump())(t)
	if !reflect.DeepEqual(again, first) {
		t.Error("a stopped context changes")
	}

	win := r.copyWindow(0, a.ctx.Window(), 2, 0x80000)
	c := must(r.m[2].dev.Restore(b, win))(t)
	sameImage(t, first, must(c.Dump())(t))
	for _, q := range a.ctx.QPs() {
		o := c.QP(q.QPN())
		if o == nil || o.State() != q.State() || o.SendCQ().Number() != q.SendCQ().Number() || o.SendRoom() != q.SendRoom() {
			t.Errorf("QP %d is another after the move", q.QPN())
		}
	}
	if c.MR(a.mr.LKey()) == nil || c.CQ(a.cq.Number()) == nil || c.PD(a.pd.Number()) == nil {
		t.Error("an object is missing")
	}
}

// sameImage compares a context's image with that of its restored copy, which is one epoch further.
func sameImage(t testing.TB, first, second *driver.Image) {
	t.Helper()
	for i := range second.QPs {
		x, y := &first.QPs[i].QPC, &second.QPs[i].QPC
		if x.State == abi.StateStopped {
			y.MigEpoch = y.MigEpoch.Add(-1)
		}
		xi, yi := x.Image(), y.Image()
		for _, d := range abi.DiffQPC(&xi, &yi) {
			t.Errorf("QP %d: %s was %s, is %s", x.QPN, d.Name, d.A, d.B)
		}
	}
	if !reflect.DeepEqual(second, first) {
		t.Errorf("dump of the restored context differs:\n%+v\n%+v", first, second)
	}
}

func TestMoveAndFinish(t *testing.T) {
	r := newRig(t, 3, params)
	a, b := r.pair()
	b.recv(t, 1, 64)
	a.send(t, 11, 64)
	a.send(t, 12, 4096)
	r.step(10)
	check(t, a.ctx.Stall())
	img := must(a.ctx.Dump())(t).Marshal()
	win := r.copyWindow(0, a.ctx.Window(), 2, 0x80000)
	c := must(r.m[2].dev.Restore(img, win))(t)
	// The old context is of no use any more, the new one not yet.
	for _, x := range []*driver.Context{a.ctx, c} {
		_, err := x.QP(a.qp.QPN()).PostSend(driver.SendWR{Opcode: abi.WROpcodeSend})
		wants(t, "post", err, driver.ErrStopped)
		_, err = x.CQ(a.cq.Number()).Poll(make([]driver.WC, 1))
		wants(t, "poll", err, driver.ErrStopped)
		_, err = x.AllocPD()
		wants(t, "alloc PD", err, driver.ErrStopped)
		_, err = x.Alloc(64)
		wants(t, "alloc", err, driver.ErrStopped)
		wants(t, "stall", x.Stall(), driver.ErrState)
		wants(t, "modify", x.QP(a.qp.QPN()).Modify(attr(abi.StateErr, nil), abi.AttrState), driver.ErrStopped)
	}
	wants(t, "release", a.ctx.Release(), driver.ErrState)
	wants(t, "rollback of a copy", c.Rollback(), driver.ErrState)
	check(t, c.Resume())
	check(t, a.ctx.SetForward(r.m[2].dev.IP()))
	wants(t, "rollback after departure", a.ctx.Rollback(), driver.ErrState)
	if c.Announcing() != 1 {
		t.Errorf("%d announcing", c.Announcing())
	}
	b.recv(t, 2, 8192)
	r.step(20)
	if c.Announcing() != 0 {
		t.Error("RESUME is not acknowledged")
	}
	check(t, a.ctx.Release())
	wants(t, "release twice", a.ctx.Release(), driver.ErrState)
	r.step(200)
	wc := make([]driver.WC, 4)
	n := must(c.CQ(a.cq.Number()).Poll(wc))(t)
	if n != 2 || wc[0].WRID != 11 || wc[1].WRID != 12 || wc[1].Status != abi.WCStatusSuccess {
		t.Errorf("completions %+v", wc[:n])
	}
	if got := b.poll(t); len(got) != 2 || got[1].ByteLen != 4096 {
		t.Errorf("receives %+v", got)
	}
	events := c.Events()
	if len(events) != 1 || events[0].Kind != abi.EventResumed {
		t.Errorf("events %v", events)
	}
	check(t, c.Close())
	if len(r.m[2].dev.Contexts())+len(r.m[0].dev.Contexts()) != 0 {
		t.Error("contexts are left")
	}
}

// The document has every record.
func TestImageDocument(t *testing.T) {
	doc := string(must(os.ReadFile("../../docs/driver.md"))(t))
	for _, row := range driver.RecordForms() {
		if !strings.Contains(doc, row+"\n") {
			t.Errorf("docs/driver.md does not have the row\n%s", row)
		}
	}
}
