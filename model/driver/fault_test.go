package driver_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/nic"
)

// A device that never finishes a command costs a time-out, not a hang; the next call says busy at once; and when the
// device comes to its senses nothing is left of what it did too late.
func TestWedged(t *testing.T) {
	for _, tc := range []struct {
		name string
		call func(*side) error
	}{
		{"create QP", func(s *side) error {
			_, err := s.pd.CreateQP(driver.QPInitAttr{SendCQ: s.cq, RecvCQ: s.cq})
			return err
		}},
		{"create CQ", func(s *side) error { _, err := s.ctx.CreateCQ(4); return err }},
		{"create MR", func(s *side) error { _, err := s.pd.RegMR(winVA, 64, abi.AccessLocalWrite); return err }},
		{"query", func(s *side) error { _, err := s.qp.Query(); return err }},
		{"modify", func(s *side) error { return s.qp.Modify(attr(abi.StateInit, nil), maskInit) }},
		{"destroy QP", func(s *side) error { return s.qp.Destroy() }},
		{"destroy MR", func(s *side) error { return s.mr.Dereg() }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := newRig(t, 1, params)
			s := newSide(t, r.open(0, 0))
			release := r.m[0].nic.wedge()
			begin := r.fab.Now()
			wants(t, "wedged", tc.call(s), driver.ErrTimeout)
			if d := r.fab.Now() - begin; d < timeout || d > timeout+1000 {
				t.Errorf("gave up after %d cycles", d)
			}
			begin = r.fab.Now()
			wants(t, "still wedged", tc.call(s), driver.ErrBusy)
			if r.fab.Now() != begin {
				t.Error("it waited again")
			}
			if ok := must(r.m[0].dev.Ready())(t); ok {
				t.Error("a wedged device is ready")
			}
			release()
			r.step(4)
			if strings.HasPrefix(tc.name, "destroy") {
				// It got through after all, and so the next try finds nothing left to do.
				check(t, tc.call(s))
				wants(t, "again", tc.call(s), driver.ErrDestroyed)
			}
			// All slots and regions but those of s can be had, so nothing was leaked.
			qps, mrs := 0, 0
			for {
				if _, err := s.pd.CreateQP(driver.QPInitAttr{SendCQ: s.cq, RecvCQ: s.cq}); err != nil {
					wants(t, "full", err, driver.ErrNoMem)
					break
				}
				qps++
			}
			for {
				if _, err := s.pd.RegMR(winVA, 64, abi.AccessLocalWrite); err != nil {
					wants(t, "full", err, driver.ErrNoMem)
					break
				}
				mrs++
			}
			must(s.ctx.CreateCQ(4))(t)
			wantQPs, wantMRs := params.NumQP-1, params.NumMR-1
			switch tc.name {
			case "destroy QP":
				wantQPs++
			case "destroy MR":
				wantMRs++
			case "modify":
				if s.qp.State() != abi.StateInit {
					t.Errorf("modified late, and in %v", s.qp.State())
				}
			}
			if qps != wantQPs || mrs != wantMRs {
				t.Errorf("room for %d queue pairs and %d regions, want %d and %d", qps, mrs, wantQPs, wantMRs)
			}
		})
	}
}

// A STALL that does not end is a time-out; the context is stopped until it can be rolled back.
func TestWedgedStall(t *testing.T) {
	r := newRig(t, 2, params)
	a, b := r.pair()
	var stalls []uint32
	dev := r.m[0].nic
	dev.onWrite = func(addr, v uint32) bool {
		if addr == abi.RegStall {
			stalls = append(stalls, v)
		}
		return addr == abi.RegStall
	}
	dev.onRead = func(addr uint32) (uint32, bool) {
		return abi.RegStallStatusBusyMask, addr == abi.RegStallStatus && len(stalls) != 0
	}
	wants(t, "stall", a.ctx.Stall(), driver.ErrTimeout)
	if len(stalls) != 1 || stalls[0] != 1|abi.RegStallGroupMask {
		t.Errorf("STALL writes %#x, want one, of the group", stalls)
	}
	wants(t, "rollback", a.ctx.Rollback(), driver.ErrTimeout)
	_, err := a.qp.PostSend(driver.SendWR{Opcode: abi.WROpcodeSend})
	wants(t, "post", err, driver.ErrStopped)
	dev.onRead, dev.onWrite = nil, nil
	check(t, a.ctx.Rollback())
	b.recv(t, 1, 16)
	a.send(t, 1, 16)
	r.step(20)
	if got := a.poll(t); len(got) != 1 || got[0].Status != abi.WCStatusSuccess {
		t.Errorf("completions %+v", got)
	}
}

// A device that answers what the specification does not allow is reported, and names the answer.
func TestNonsense(t *testing.T) {
	answer := func(reg, v uint32) func(*rig) {
		return func(r *rig) {
			r.m[0].nic.onRead = func(addr uint32) (uint32, bool) { return v, addr == reg }
		}
	}
	create := func(r *rig, s *side) error {
		_, err := s.pd.CreateQP(driver.QPInitAttr{SendCQ: s.cq, RecvCQ: s.cq})
		return err
	}
	for _, tc := range []struct {
		name string
		evil func(*rig)
		call func(*rig, *side) error
		says string
	}{
		{"status code", answer(abi.RegCMDStatus, 0x55), create, "CMD_STATUS reads 0x00000055"},
		{"status bits", answer(abi.RegCMDStatus, 0x100), create, "CMD_STATUS reads 0x00000100"},
		{"slot", answer(abi.RegCMDResult, 8), create, "slot 8 of 8"},
		{"slot twice", answer(abi.RegCMDResult, 0), create, "slot 0 is that of QP 256"},
		{"stall count", answer(abi.RegStallStatus, 7), func(_ *rig, s *side) error { return s.ctx.Stall() }, "STALL_STATUS reads"},
		{"event", answer(abi.RegEvent, 0x7f000000), func(r *rig, _ *side) error {
			check(r.t, r.m[0].core.WriteReg(abi.RegDBCQArm, 1))
			check(r.t, r.fab.Step())
			return r.m[0].dev.HandleEvents()
		}, "EVENT reads 0x7f000000"},
		{"completion of nobody", func(r *rig) {
			e := abi.CQE{QPN: 0x777, Seq: 2}
			b := e.Image()
			check(r.t, r.m[0].ram.Write(winSize+abi.CQESize, b[:]))
		}, pollAll, "QP 1911"},
		{"completion of nothing", func(r *rig) {
			e := abi.CQE{QPN: 0x100, WQEIdx: 5, Seq: 2}
			b := e.Image()
			check(r.t, r.m[0].ram.Write(winSize+abi.CQESize, b[:]))
		}, pollAll, "work request 5"},
		{"malformed completion", func(r *rig) {
			e := abi.CQE{QPN: 0x100, Status: 0x99, Seq: 2}
			b := e.Image()
			check(r.t, r.m[0].ram.Write(winSize+abi.CQESize, b[:]))
		}, pollAll, "status"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := newRig(t, 2, params)
			a, b := r.pair()
			b.recv(t, 1, 16)
			a.send(t, 1, 16)
			r.step(20)
			tc.evil(r)
			err := tc.call(r, a)
			if !errors.Is(err, driver.ErrDevice) || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("error %v, want one about %q", err, tc.says)
			}
		})
	}
}

func pollAll(_ *rig, s *side) error {
	wc := make([]driver.WC, 8)
	n, err := s.cq.Poll(wc)
	if n != 1 || wc[0].WRID != 1 {
		return errors.New("the good completion before it is lost")
	}
	if err != nil {
		// The bad one is taken, too.
		if n, err := s.cq.Poll(wc); n != 0 || err != nil {
			return errors.New("the bad completion is still there")
		}
	}
	return err
}

// Where there is no migration unit the driver says so, and everything else works.
func TestNoMigrationUnit(t *testing.T) {
	p := params
	p.Migration = false
	r := newRig(t, 2, p)
	a, b := newSide(t, r.open(0, 0)), newSide(t, r.open(1, 1))
	check(t, a.qp.Modify(attr(abi.StateInit, b.qp), maskInit))
	wants(t, "capable", a.qp.Modify(attr(abi.StateRTR, b.qp), maskRTR), driver.ErrNotSupported)
	check(t, a.qp.Modify(attr(abi.StateRTR, b.qp), maskRTR&^abi.AttrMig))
	check(t, a.qp.Modify(attr(abi.StateRTS, b.qp), maskRTS))
	check(t, b.qp.Modify(attr(abi.StateInit, a.qp), maskInit))
	check(t, b.qp.Modify(attr(abi.StateRTR, a.qp), maskRTR&^abi.AttrMig))
	b.recv(t, 1, 16)
	a.send(t, 1, 16)
	r.step(20)
	if got := a.poll(t); len(got) != 1 || got[0].Status != abi.WCStatusSuccess {
		t.Errorf("completions %+v", got)
	}
	wants(t, "stall", a.ctx.Stall(), driver.ErrNotSupported)
	a.recv(t, 1, 16) // it was not stopped by that
	with := newRig(t, 2, params)
	img := must(stoppedContext(with).ctx.Dump())(t).Marshal()
	_, err := r.m[0].dev.Restore(img, driver.Window{Base: 0x80000, Size: winSize})
	wants(t, "restore", err, driver.ErrNotSupported)
}

// A device that is gone is an input/output error of every call.
func TestDead(t *testing.T) {
	r := newRig(t, 1, params)
	s := newSide(t, r.open(0, 0))
	climb(t, s.qp, nil, abi.StateRTS)
	gone := errors.New("gone")
	r.m[0].nic.dead = gone
	_, err := s.qp.Query()
	wants(t, "query", err, driver.ErrIO)
	if !errors.Is(err, gone) {
		t.Errorf("error %v hides its cause", err)
	}
	_, err = s.qp.PostSend(driver.SendWR{Opcode: abi.WROpcodeSend})
	wants(t, "post", err, driver.ErrIO)
	wants(t, "stall", s.ctx.Stall(), driver.ErrIO)
}

// More events than the queue holds: the driver notices and finds out the states by asking.
func TestEventOverflow(t *testing.T) {
	r := newRig(t, 2, nic.Params{NumQP: 40, NumMR: 16, NumCQ: 8, Migration: true})
	a, b := newSide(t, r.open(0, 0)), newSide(t, r.open(1, 1))
	n := abi.EventQueue + 4
	for range n {
		x, y := a.newSmallQP(t), b.newSmallQP(t)
		climb(t, x, y, abi.StateRTS)
		climb(t, y, x, abi.StateRTS)
		wr := driver.SendWR{Opcode: abi.WROpcodeRDMAWrite, SGE: a.sge(4), RemoteVA: winVA, RKey: 0xbad}
		must(x.PostSend(wr))(t)
	}
	for range 60 { // the interrupt is not handled meanwhile
		check(t, r.fab.Step())
	}
	r.step(2)
	if !b.ctx.Stale() || len(b.ctx.Events()) != abi.EventQueue {
		t.Fatal("the overflow went unnoticed")
	}
	dead := func() (n int) {
		for _, q := range b.ctx.QPs() {
			if q.State() == abi.StateErr {
				n++
			}
		}
		return n
	}
	if dead() != abi.EventQueue {
		t.Errorf("%d are known to be in ERR", dead())
	}
	check(t, b.ctx.Resync())
	if dead() != n || b.ctx.Stale() {
		t.Errorf("%d are known to be in ERR after Resync, want %d", dead(), n)
	}
}

// A completion event that the device had no room for is made up for: who waits on the channel looks once more.
func TestEventOverflowWakes(t *testing.T) {
	r := newRig(t, 2, params)
	a, b := r.pair()
	slept := must(a.ch.CreateCQ(4))(t)
	x := must(a.pd.CreateQP(driver.QPInitAttr{SendCQ: slept, RecvCQ: slept, MaxSendWR: 4, MaxRecvWR: 4}))(t)
	y := b.newQP(t)
	climb(t, x, y, abi.StateRTS)
	climb(t, y, x, abi.StateRTS)
	b.recv(t, 1, 8)
	a.send(t, 1, 8)
	b.recvOn(t, y, 1, 8)
	r.step(20)
	check(t, slept.ReqNotify())
	for range abi.EventQueue { // a completion waits, so each asks for an event
		check(t, a.cq.ReqNotify())
		check(t, r.fab.Step())
	}
	must(x.PostSend(driver.SendWR{Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled, SGE: a.sge(8)}))(t)
	for range 20 { // the interrupt is not handled meanwhile
		check(t, r.fab.Step())
	}
	r.step(1)
	for q := must(a.ch.GetEvent())(t); q != slept; q = must(a.ch.GetEvent())(t) {
		if q == nil {
			t.Fatal("the completion is slept over")
		}
	}
	if n := must(slept.Poll(make([]driver.WC, 2)))(t); n != 1 || !a.ctx.Stale() {
		t.Errorf("%d completions", n)
	}
}

func (s *side) newSmallQP(t testing.TB) *driver.QP {
	t.Helper()
	return must(s.pd.CreateQP(driver.QPInitAttr{SendCQ: s.cq, RecvCQ: s.cq, MaxSendWR: 1, MaxRecvWR: 1}))(t)
}
