package driver_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/nic"
)

// A destination that cannot take the container says so before it is touched.
func TestRestoreConflict(t *testing.T) {
	r := newRig(t, 2, params)
	a, _ := r.pair()
	check(t, a.ctx.Stall())
	m := must(a.ctx.Dump())(t)
	b := m.Marshal()
	dev := r.m[1].dev // where container 1 lives, in the window from 0x20000
	base := driver.Window{Base: 0x80000, Size: winSize}
	before, commands := dev.Contexts(), r.m[1].nic.taken()
	with := func(change func(*driver.Image)) []byte {
		c := must(driver.ParseImage(b))(t)
		change(c)
		return c.Marshal()
	}
	for _, tc := range []struct {
		name  string
		image []byte
		win   driver.Window
		class *driver.Errno
		says  string
	}{
		{"window in use", b, driver.Window{Base: 0x20000, Size: winSize}, driver.ErrExists, "window"},
		{"window size", b, driver.Window{Base: 0x80000, Size: 2 * winSize}, driver.ErrInval, "window"},
		{"window unaligned", b, driver.Window{Base: 0x80040, Size: winSize}, driver.ErrInval, "window"},
		{"window outside", b, driver.Window{Base: 0xf8000, Size: winSize}, driver.ErrInval, "window"},
		{"scratch page", b, driver.Window{Base: 0, Size: winSize}, driver.ErrExists, "scratch"},
		{"group", with(func(m *driver.Image) {
			m.Partition.Group = 2
			m.QPs[0].QPC.MigGroup = 2
		}), base, driver.ErrExists, "group"},
		{"QPN", with(func(m *driver.Image) { m.Partition.QPN.Count = 257 }), base, driver.ErrExists, "QPN"},
		{"key", with(func(m *driver.Image) { m.Partition.Key.Count = 257 }), base, driver.ErrExists, "key"},
		{"CQ", with(func(m *driver.Image) { m.Partition.CQ.Count = 3 }), base, driver.ErrExists, "CQ"},
		{"PD", with(func(m *driver.Image) { m.Partition.PD.Count = 17 }), base, driver.ErrExists, "PD"},
		{"CQs of the device", with(func(m *driver.Image) { m.Partition.CQ.Count = 9 }), base, driver.ErrInval, "CQ"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := dev.Restore(tc.image, tc.win)
			if !errors.Is(err, tc.class) || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("error %v, want %v about %s", err, tc.class, tc.says)
			}
			if !slices.Equal(dev.Contexts(), before) || *commands != 0 {
				t.Error("it left something behind")
			}
		})
	}
	// The source still has the container; a copy in its own place is a conflict too.
	_, err := r.m[0].dev.Restore(b, base)
	wants(t, "restore beside the original", err, driver.ErrExists)
}

// A container that comes home before its tombstones were released takes their place: those of queue pairs that it
// still has are replaced, the others go.
func TestComeHome(t *testing.T) {
	r := newRig(t, 3, params)
	a, b := r.pair()
	a2, b2, a3 := a.newQP(t), b.newQP(t), a.newQP(t)
	climb(t, a2, b2, abi.StateRTS)
	climb(t, b2, a2, abi.StateRTS)
	climb(t, a3, nil, abi.StateRTS)
	check(t, a.ctx.Stall())
	img := must(a.ctx.Dump())(t).Marshal()
	c := must(r.m[2].dev.Restore(img, r.copyWindow(0, a.ctx.Window(), 2, 0x80000)))(t)
	check(t, c.Resume())
	check(t, a.ctx.SetForward(r.m[2].dev.IP()))
	r.step(20)

	check(t, c.QP(a2.QPN()).Modify(&driver.QPAttr{State: abi.StateReset}, abi.AttrState))
	check(t, c.QP(a3.QPN()).Destroy())
	check(t, c.Stall())
	img = must(c.Dump())(t).Marshal()
	// Its old window is another's by now.
	must(r.m[0].dev.Open(driver.OpenAttr{Partition: driver.NewPartition(3, 2), Window: a.ctx.Window()}))(t)
	home := must(r.m[0].dev.Restore(img, r.copyWindow(2, c.Window(), 0, 0xa0000)))(t)
	if n := len(r.m[0].dev.Contexts()); n != 2 {
		t.Errorf("%d contexts, want the one that came home and the other", n)
	}
	check(t, home.Resume())
	check(t, c.SetForward(r.m[0].dev.IP()))
	r.step(20)
	check(t, c.Release())
	qp := home.QP(a.qp.QPN())
	b.recv(t, 5, 64)
	wr := driver.SendWR{WRID: 6, Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled, SGE: a.sge(64)}
	must(qp.PostSend(wr))(t)
	r.step(20)
	wc := make([]driver.WC, 4)
	if n := must(home.CQ(a.cq.Number()).Poll(wc))(t); n != 1 || wc[0].WRID != 6 || wc[0].Status != abi.WCStatusSuccess {
		t.Errorf("completions %+v", wc[:n])
	}
	// No slot is lost: two queue pairs are left, so six more fit.
	pd := home.PD(a.pd.Number())
	for range params.NumQP - 2 {
		must(pd.CreateQP(driver.QPInitAttr{SendCQ: home.CQ(0), RecvCQ: home.CQ(0)}))(t)
	}
	wants(t, "release after coming home", a.ctx.Release(), driver.ErrState)
}

// A device without room for the container says so before it is touched.
func TestRestoreNoRoom(t *testing.T) {
	r := newRig(t, 2, params)
	a := stoppedContext(r)
	img := must(a.ctx.Dump())(t).Marshal()
	small := newRig(t, 1, nic.Params{NumQP: 4, NumMR: 16, NumCQ: 8, Migration: true, Features: abi.FeaturesAll})
	_, err := small.m[0].dev.Restore(img, driver.Window{Base: 0x80000, Size: winSize})
	wants(t, "restore", err, driver.ErrNoMem)
}

// A tombstone that a copy had replaced, before its restoration failed, holds no slot any more: what is there now is another's.
func TestReplacedTombstone(t *testing.T) {
	r := newRig(t, 3, params)
	a, b := r.pair()
	a2 := a.newQP(t)
	climb(t, a2, nil, abi.StateRTS)
	check(t, a.ctx.Stall())
	img := must(a.ctx.Dump())(t).Marshal()
	c := must(r.m[2].dev.Restore(img, r.copyWindow(0, a.ctx.Window(), 2, 0x80000)))(t)
	check(t, c.Resume())
	check(t, a.ctx.SetForward(r.m[2].dev.IP()))
	r.step(20)
	check(t, c.Stall())
	img = must(c.Dump())(t).Marshal()
	loads, core := 0, r.m[0].core
	r.m[0].nic.onWrite = func(addr, v uint32) bool {
		if addr == abi.RegCMDGo && v == uint32(abi.CMDLoadQP) {
			if loads++; loads == 2 {
				check(t, core.WriteReg(abi.RegCMDGo, 0xff)) // the device refuses
				return true
			}
		}
		return false
	}
	_, err := r.m[0].dev.Restore(img, a.ctx.Window())
	r.m[0].nic.onWrite = nil
	wants(t, "restore", err, driver.ErrNotSupported)
	other := newSide(t, r.open(0, 3)) // gets the slots
	climb(t, other.qp, nil, abi.StateRTS)
	check(t, a.ctx.Release())
	if x := must(other.qp.Query())(t); x.QPN != other.qp.QPN() {
		t.Errorf("slot %d holds QP %d", other.qp.Slot(), x.QPN)
	}
	if q := c.QP(a.qp.QPN()); q == nil || b.qp.State() == abi.StateErr {
		t.Error("the container is lost")
	}
}
