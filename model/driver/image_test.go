package driver_test

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
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
	check(t, a.cq.ReqNotify()) // completions are waiting: an event follows at once
	r.step(4)
	idle := must(a.ctx.CreateCQ(4))(t)
	check(t, idle.ReqNotify())
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
	if q := m.CQs[0]; q.PI == q.CI || !q.Notified || q.Armed {
		t.Errorf("CQ with completions %+v", q)
	}
	if q := m.CQs[1]; !q.Armed {
		t.Errorf("armed CQ %+v", q)
	}
	states := ""
	for _, q := range m.QPs {
		states += q.QPC.State.String() + "/" + q.QPC.SavedState.String() + " "
	}
	if want := "STOPPED/RTS RESET/RESET STOPPED/INIT STOPPED/RTR STOPPED/ERR "; states != want {
		t.Errorf("states %s, want %s", states, want)
	}
	if q := &m.QPs[0]; q.SQ.PI != 4 || q.SQ.Tail != 1 || !slices.Equal(q.SQ.WRIDs, []uint64{11, 12, 1}) || q.QPC.SQACK != 2 {
		t.Errorf("send queue %+v, the device completed %d", q.SQ, q.QPC.SQACK)
	}
}

func TestDumpRestoreDump(t *testing.T) {
	r := newRig(t, 3, params)
	a := stoppedContext(r)
	first := must(a.ctx.Dump())(t)
	b := first.Marshal()
	if len(b) > 1024*len(first.QPs) {
		t.Errorf("%d bytes for %d queue pairs", len(b), len(first.QPs))
	}
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
	second := must(c.Dump())(t)
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

// Whatever is cut off or changed is found, and nothing is touched.
func TestImageDamage(t *testing.T) {
	r := newRig(t, 3, params)
	a := stoppedContext(r)
	b := must(a.ctx.Dump())(t).Marshal()
	win := driver.Window{Base: 0x80000, Size: winSize}
	commands := 0
	r.m[2].nic.onWrite = func(addr, _ uint32) bool {
		if addr == abi.RegCMDGo {
			commands++
		}
		return false
	}
	bad := func(what string, b []byte, class *driver.Errno) {
		t.Helper()
		c, err := r.m[2].dev.Restore(b, win)
		if c != nil || !errors.Is(err, class) {
			t.Fatalf("%s: error %v, want %v", what, err, class)
		}
	}
	for n := range b {
		bad("truncated", b[:n], driver.ErrImage)
	}
	for i := range b {
		for _, x := range []byte{1, 0x80, 0xff} {
			d := bytes.Clone(b)
			d[i] ^= x
			if _, err := driver.ParseImage(d); !errors.Is(err, driver.ErrImage) && !errors.Is(err, driver.ErrForeign) {
				t.Fatalf("byte %d changed by %#x: error %v", i, x, err)
			}
		}
	}
	bad("longer", append(bytes.Clone(b), 0), driver.ErrImage)
	for _, at := range []int{driver.ImageRevisionAt, driver.ImageRevisionAt + 31, driver.ImageKindAt} {
		d := bytes.Clone(b)
		d[at]++
		bad("foreign", driver.Reseal(d), driver.ErrForeign)
	}
	d := bytes.Clone(b)
	d[driver.ImageVersionAt]++
	bad("version", d, driver.ErrForeign)
	bad("mandatory record", driver.InsertRecord(b, 99, 1, []byte("?")), driver.ErrForeign)
	bad("record flags", driver.InsertRecord(b, 99, 2, nil), driver.ErrImage)
	bad("record out of place", driver.InsertRecord(b, 2, 1, []byte{0, 0}), driver.ErrImage)
	if commands != 0 || len(r.m[2].dev.Contexts()) != 0 {
		t.Errorf("%d commands were issued, %d contexts opened", commands, len(r.m[2].dev.Contexts()))
	}
	c, err := r.m[2].dev.Restore(driver.InsertRecord(b, 99, 0, []byte("skip me")), win)
	if err != nil || len(c.QPs()) != 5 {
		t.Errorf("optional record: %v", err)
	}
}

// An image that is whole but contradicts itself is refused: each case changes one thing.
func TestImageInconsistent(t *testing.T) {
	r := newRig(t, 2, params)
	a := stoppedContext(r)
	b := must(a.ctx.Dump())(t).Marshal()
	var m *driver.Image
	for _, tc := range []struct {
		name   string
		change func()
	}{
		{"window", func() { m.WindowSize++ }},
		{"va", func() { m.VA = ^uint64(0) &^ 0xfff }},
		{"group 0", func() { m.Partition.Group = 0 }},
		{"no QPNs", func() { m.Partition.QPN.Count = 0 }},
		{"keys wrap", func() { m.Partition.Key.Count = 1<<32 - 1 }},
		{"next", func() { m.Next[0] = 256 }},
		{"pd out of range", func() { m.PDs[0]++; m.PDs[0] += 16 }},
		{"no pd", func() { m.PDs = nil }},
		{"pd twice", func() { m.PDs = append(m.PDs, m.PDs[0]) }},
		{"buffer outside", func() { m.Buffers[0].Off = winSize }},
		{"buffer empty", func() { m.Buffers[0].Len = 0 }},
		{"buffer overlaps", func() { m.Buffers[0].Len = winSize }},
		{"buffer twice", func() { m.Buffers = append(m.Buffers, m.Buffers[0]) }},
		{"mr outside", func() { m.MRs[0].Length = 1 << 40 }},
		{"mr empty", func() { m.MRs[0].Length = 0 }},
		{"mr before", func() { m.MRs[0].VA = 0 }},
		{"mr pd", func() { m.MRs[0].PD++ }},
		{"mr access", func() { m.MRs[0].Access = 0x40 }},
		{"mr key", func() { m.MRs[0].Key = 1 }},
		{"cq number", func() { m.CQs[0].Number = 7 }},
		{"cq size", func() { m.CQs[0].Log = 16 }},
		{"cq overfull", func() { m.CQs[0].PI = m.CQs[0].CI + 17 }},
		{"cq ring", func() { m.CQs[0].Ring += 64 }},
		{"cq gone", func() { m.CQs = nil }},
		{"qp number", func() { m.QPs[0].QPC.QPN = 1 }},
		{"qp twice", func() { m.QPs[1] = m.QPs[0] }},
		{"qp live", func() { m.QPs[0].QPC.State = abi.StateRTS }},
		{"qp saved state", func() { m.QPs[0].QPC.SavedState = abi.StateSQD }},
		{"qp group", func() { m.QPs[0].QPC.MigGroup++ }},
		{"qp timer", func() { m.QPs[0].QPC.Timer = abi.TimerACK }},
		{"qp pending", func() { m.QPs[0].QPC.ResumePending = true }},
		{"qp mtu", func() { m.QPs[0].QPC.PMTU = 0 }},
		{"qp lease", func() { m.QPs[0].QPC.MigLease = 0 }},
		{"qp ring", func() { m.QPs[0].QPC.SQBase = m.QPs[1].QPC.SQBase }},
		{"qp ring unaligned", func() { m.QPs[0].QPC.SQBase += 8 }},
		{"qp pi", func() { m.QPs[0].QPC.SQPI++ }},
		{"qp ci", func() { m.QPs[0].QPC.SQACK = m.QPs[0].SQ.Tail - 1 }},
		{"qp rq ci", func() { m.QPs[0].QPC.RQCI++ }},
		{"event none", func() { m.Events = append(m.Events, driver.AsyncEvent{}) }},
		{"event completion", func() { m.Events = append(m.Events, driver.AsyncEvent{Kind: abi.EventCQCompletion}) }},
		{"event of nobody", func() { m.Events = append(m.Events, driver.AsyncEvent{Kind: abi.EventQPFatal, Number: 9}) }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			m = must(driver.ParseImage(b))(t)
			tc.change()
			if _, err := driver.ParseImage(m.Marshal()); !errors.Is(err, driver.ErrImage) {
				t.Errorf("error %v", err)
			}
		})
	}
}

// FuzzParseImage feeds sealed images, so that the records are reached. A parsed image encodes to what was parsed,
// unless an optional record was skipped.
func FuzzParseImage(f *testing.F) {
	r := newRig(f, 2, params)
	a := stoppedContext(r)
	b := must(a.ctx.Dump())(f).Marshal()
	f.Add(b)
	f.Add(driver.InsertRecord(b, 99, 0, []byte("x")))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) < 96 {
			return
		}
		m, err := driver.ParseImage(driver.Reseal(b))
		if err != nil {
			if !errors.Is(err, driver.ErrImage) && !errors.Is(err, driver.ErrForeign) {
				t.Errorf("error %v", err)
			}
			return
		}
		if again, err := driver.ParseImage(m.Marshal()); err != nil || !reflect.DeepEqual(again, m) {
			t.Errorf("encoding and decoding again: %v", err)
		}
	})
}
