package driver_test

import (
	"errors"
	"fmt"
	"maps"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// whole is all that a device holds: queue pairs by number, completion queues, shared receive queues and regions, as text.
func (m *machine) whole(r *rig) map[string]string {
	all, core := map[string]string{}, m.core.Core()
	for slot := range params.NumQP {
		if c, ok := core.Context(uint16(slot)); ok {
			all[fmt.Sprintf("QP %d", c.QPN)] = fmt.Sprintf("%+v", c)
		}
	}
	for n := range params.NumCQ {
		if c, ok := core.CQ(n); ok {
			all[fmt.Sprintf("CQ %d", n)] = fmt.Sprintf("%+v", c)
		}
		if c, ok := core.SRQ(n); ok {
			all[fmt.Sprintf("SRQ %d", n)] = fmt.Sprintf("%+v", c)
		}
	}
	for i := range 4 {
		for key := uint32(i+1) << 8; key < uint32(i+1)<<8+16; key++ {
			if b := m.region(r, key); b != "" {
				all[fmt.Sprintf("MR %#x", key)] = b
			}
		}
	}
	return all
}

// region is what DUMP_MR says of a key, past the driver.
func (m *machine) region(r *rig, key uint32) string {
	for _, w := range [][2]uint32{{abi.RegCMDArg0, key}, {abi.RegCMDAddrLO, 0x800}, {abi.RegCMDAddrHI, 0}, {abi.RegCMDGo, uint32(abi.CMDDumpMR)}} {
		check(r.t, m.core.WriteReg(w[0], w[1]))
	}
	for must(m.core.ReadReg(abi.RegCMDStatus))(r.t)&abi.RegCMDStatusBusyMask != 0 {
		check(r.t, r.fab.Step())
	}
	if must(m.core.ReadReg(abi.RegCMDStatus))(r.t) != uint32(abi.CmdStatusOK) {
		return ""
	}
	var b [abi.MRSize]byte
	check(r.t, m.ram.Read(0x800, b[:]))
	return fmt.Sprintf("%x", b)
}

// ailment is a way in which a device fails one command, the one numbered n.
type ailment struct {
	name  string
	class *driver.Errno
	// infect makes the device fail; the function that it returns makes it well.
	infect func(p *probe, n int) (heal func())
}

var ailments = []ailment{
	{"refuses", driver.ErrNoMem, func(p *probe, n int) func() {
		count, failing := 0, false
		p.onWrite = func(addr, _ uint32) bool {
			if addr != abi.RegCMDGo {
				return false
			}
			failing = count == n
			count++
			return failing
		}
		p.onRead = func(addr uint32) (uint32, bool) {
			return uint32(abi.CmdStatusNoSpace), addr == abi.RegCMDStatus && failing
		}
		return func() { p.onRead, p.onWrite = nil, nil }
	}},
	{"answers too late", driver.ErrTimeout, func(p *probe, n int) func() {
		var late []uint32
		count := 0
		p.onWrite = func(addr, v uint32) bool {
			if addr != abi.RegCMDGo {
				return false
			}
			if count++; count == n+1 {
				late = append(late, v)
			}
			return count == n+1
		}
		p.onRead = func(addr uint32) (uint32, bool) {
			return abi.RegCMDStatusBusyMask, addr == abi.RegCMDStatus && late != nil
		}
		return func() {
			p.onRead, p.onWrite = nil, nil
			for _, v := range late {
				if err := p.Device.WriteReg(abi.RegCMDGo, v); err != nil {
					panic(err)
				}
			}
		}
	}},
	{"answers nonsense", driver.ErrDevice, func(p *probe, n int) func() {
		count, told := 0, false
		p.onWrite = func(addr, _ uint32) bool {
			if addr == abi.RegCMDGo {
				count++
			}
			return false
		}
		p.onRead = func(addr uint32) (uint32, bool) {
			if addr != abi.RegCMDStatus || count != n+1 || told {
				return 0, false
			}
			v, err := p.Device.ReadReg(addr)
			if err != nil || v&abi.RegCMDStatusBusyMask != 0 {
				return 0, false
			}
			told = true
			return 0x55, true
		}
		return func() { p.onRead, p.onWrite = nil, nil }
	}},
}

// A restore that fails at any of its commands, in any way, leaves the device as it was, and can be tried again.
func TestRestoreAllOrNothing(t *testing.T) {
	for _, a := range ailments {
		t.Run(a.name, func(t *testing.T) {
			for n := 0; ; n++ {
				r := newRig(t, 3, params)
				s := stoppedContext(r)
				img := must(s.ctx.Dump())(t).Marshal()
				win := r.copyWindow(0, s.ctx.Window(), 2, 0x80000)
				newSide(t, r.open(2, 3)) // somebody else, who must not notice
				before := r.m[2].whole(r)
				heal := a.infect(r.m[2].nic, n)
				c, err := r.m[2].dev.Restore(img, win)
				heal()
				if err == nil {
					if want := 2 + 1 + 1 + 5; n != want || c == nil {
						t.Errorf("%d commands, want %d", n, want)
					}
					return
				}
				r.restoreFailed(n, a, err, before)
				c = must(r.m[2].dev.Restore(img, win))(t)
				check(t, c.Resume())
				check(t, c.Close())
				check(t, s.ctx.Rollback())
			}
		})
	}
}

// restoreFailed holds device 2 against what it was before a restore that failed at command n.
func (r *rig) restoreFailed(n int, a ailment, err error, before map[string]string) {
	r.t.Helper()
	wants(r.t, fmt.Sprintf("restore, command %d", n), err, a.class)
	r.step(4)
	// With the next call the driver makes up for what came too late.
	if _, err := r.m[2].dev.Contexts()[0].QPs()[0].Query(); err != nil {
		r.t.Fatalf("command %d: the driver is of no use any more: %v", n, err)
	}
	if after := r.m[2].whole(r); !maps.Equal(after, before) {
		r.t.Errorf("command %d: the device holds\n%v\nand held\n%v", n, after, before)
	}
}

// A container comes home, to tombstones of some of its queue pairs, and the restoration fails at any of its commands: the
// tombstones still lead to where the container is, so that a partner that has not heard of that finds it.
func TestHomecomingAllOrNothing(t *testing.T) {
	for _, a := range ailments {
		t.Run(a.name, func(t *testing.T) {
			replaced := 0
			for n := 0; ; n++ {
				r := newRig(t, 3, params)
				other := newSide(t, r.open(0, 3)) // somebody else, who must not notice
				before := r.m[0].whole(r)
				s, b := r.pair()
				s2, b2 := s.newQP(t), b.newQP(t)
				climb(t, s2, b2, abi.StateRTS)
				climb(t, b2, s2, abi.StateRTS)
				check(t, s.ctx.Stall())
				away := must(r.m[2].dev.Restore(must(s.ctx.Dump())(t).Marshal(), r.copyWindow(0, s.ctx.Window(), 2, 0x80000)))(t)
				check(t, away.Resume())
				check(t, s.ctx.SetForward(r.m[2].dev.IP()))
				// A queue pair that there was no tombstone of.
				must(away.PD(s.pd.Number()).CreateQP(driver.QPInitAttr{SendCQ: away.CQ(0), RecvCQ: away.CQ(0)}))(t)
				check(t, away.Stall())
				img := must(away.Dump())(t).Marshal()
				heal := a.infect(r.m[0].nic, n)
				_, err := r.m[0].dev.Restore(img, r.copyWindow(2, away.Window(), 0, 0xa0000))
				heal()
				if err == nil {
					if replaced == 0 {
						t.Error("it never failed behind a tombstone that was replaced")
					}
					return
				}
				if !errors.Is(err, a.class) {
					t.Fatalf("command %d: error %v", n, err)
				}
				r.step(4)
				must(other.qp.Query())(t) // with the next call the driver makes up for what came too late
				for _, q := range []*driver.QP{s.qp, s2} {
					x, ok := r.m[0].core.Core().Context(uint16(q.Slot()))
					if !ok || x.QPN != q.QPN() || x.State != abi.StateStopped || !x.FwdValid || x.FwdAddr != r.m[2].dev.IP() {
						t.Fatalf("command %d: the tombstone of QP %d is %+v, %v", n, q.QPN(), x, ok)
					}
					if x.Restored {
						replaced++
					}
				}
				check(t, away.Rollback())
				r.step(200)
				if away.Announcing() != 0 {
					t.Errorf("command %d: the partner does not hear", n)
				}
				check(t, s.ctx.Release())
				if left := r.m[0].whole(r); !maps.Equal(left, before) {
					t.Errorf("command %d: the device still holds %v", n, left)
				}
			}
		})
	}
}
