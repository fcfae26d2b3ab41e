package driver_test

import (
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// The device does a command and answers it with nonsense: what became of it is found out later, and made up for.
func TestNonsenseIsNoAnswer(t *testing.T) {
	r := newRig(t, 1, params)
	s := newSide(t, r.open(0, 0))
	dev := r.m[0].nic
	babble := func(addr uint32) (uint32, bool) { return 0x5aa5c3, addr == abi.RegCMDStatus }
	for range 3 * params.NumCQ {
		dev.onRead = babble
		_, err := s.ctx.CreateCQ(4)
		wants(t, "create CQ", err, driver.ErrDevice)
		_, err = s.ctx.CreateCQ(4)
		wants(t, "again", err, driver.ErrDevice)
		dev.onRead = nil
		r.step(4)
	}
	cq := must(s.ctx.CreateCQ(4))(t)
	dev.onRead = babble
	wants(t, "destroy CQ", cq.Destroy(), driver.ErrDevice)
	dev.onRead = nil
	r.step(4)
	check(t, cq.Destroy())
}

// A RESUME that is answered too late is not written a second time, which would count other queue pairs: its answer is.
func TestLateStall(t *testing.T) {
	r := newRig(t, 2, params)
	a, b := r.pair()
	check(t, a.ctx.Stall())
	dev, writes, until := r.m[0].nic, 0, uint64(0)
	dev.onWrite = func(addr, _ uint32) bool {
		if addr == abi.RegResume {
			writes++
			until = r.fab.Now() + timeout*3/2
		}
		return false
	}
	dev.onRead = func(addr uint32) (uint32, bool) {
		return abi.RegStallStatusBusyMask, addr == abi.RegStallStatus && r.fab.Now() < until
	}
	wants(t, "rollback", a.ctx.Rollback(), driver.ErrTimeout)
	check(t, a.ctx.Rollback())
	if writes != 1 {
		t.Errorf("RESUME was written %d times", writes)
	}
	b.recv(t, 1, 16)
	a.send(t, 1, 16)
	r.step(20)
	if got := a.poll(t); len(got) != 1 || got[0].Status != abi.WCStatusSuccess {
		t.Errorf("completions %+v", got)
	}
}
