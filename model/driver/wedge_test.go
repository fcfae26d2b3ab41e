package driver_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// sickbed is a device that is going to misbehave at one command, and the call that issues it.
type sickbed struct {
	r    *rig
	dev  *probe // the device that misbehaves
	side *side  // on host 0
	call func() error
	// after checks, with the device sane again, that the driver and the device agree.
	after func(t *testing.T)
	// burnt: a queue pair that the device made and the driver was not told of keeps its number.
	burnt bool
}

// sickbeds have a row for every command there is.
var sickbeds = map[abi.CMD]func(*rig) *sickbed{
	abi.CMDCreateQP: func(r *rig) *sickbed {
		return running(r, func(s *side) error {
			_, err := s.pd.CreateQP(driver.QPInitAttr{SendCQ: s.cq, RecvCQ: s.cq})
			return err
		})
	},
	abi.CMDModifyQP: func(r *rig) *sickbed {
		var q *driver.QP
		b := running(r, func(*side) error { return q.Modify(attr(abi.StateInit, nil), maskInit) })
		q = b.side.newQP(r.t)
		b.after = func(t *testing.T) {
			if img := must(q.Query())(t); img.State != abi.StateInit || q.State() != abi.StateInit {
				t.Errorf("the device has it in %v, the driver in %v", img.State, q.State())
			}
		}
		return b
	},
	abi.CMDDestroyQP: func(r *rig) *sickbed { return running(r, func(s *side) error { return s.qp.Destroy() }) },
	abi.CMDQueryQP: func(r *rig) *sickbed {
		return running(r, func(s *side) error { _, err := s.qp.Query(); return err })
	},
	abi.CMDCreateMR: func(r *rig) *sickbed {
		return running(r, func(s *side) error { _, err := s.pd.RegMR(winVA, 64, abi.AccessLocalWrite); return err })
	},
	abi.CMDDestroyMR: func(r *rig) *sickbed { return running(r, func(s *side) error { return s.mr.Dereg() }) },
	abi.CMDCreateCQ: func(r *rig) *sickbed {
		return running(r, func(s *side) error { _, err := s.ctx.CreateCQ(4); return err })
	},
	abi.CMDDestroyCQ: func(r *rig) *sickbed {
		var q *driver.CQ
		b := running(r, func(*side) error { return q.Destroy() })
		q = must(b.side.ctx.CreateCQ(4))(r.t)
		b.after = func(t *testing.T) { must(b.side.ctx.CreateCQ(4))(t) }
		return b
	},
	abi.CMDResizeCQ: func(r *rig) *sickbed {
		b := running(r, func(s *side) error { return s.cq.Resize(64) })
		b.after = func(t *testing.T) {
			check(t, b.side.ctx.Stall())
			m := must(b.side.ctx.Dump())(t) // which compares
			if n := b.side.cq.Cap(); n != 64 || m.CQs[0].Log != 6 {
				t.Errorf("%d entries", n)
			}
			check(t, b.side.ctx.Rollback())
		}
		return b
	},
	abi.CMDCreateSRQ: func(r *rig) *sickbed {
		return running(r, func(s *side) error { _, err := s.pd.CreateSRQ(driver.SRQInitAttr{MaxWR: 3}); return err })
	},
	abi.CMDModifySRQ: func(r *rig) *sickbed {
		var q *driver.SRQ
		b := running(r, func(*side) error { return q.Modify(3) })
		q = must(b.side.pd.CreateSRQ(driver.SRQInitAttr{MaxWR: 3}))(r.t)
		return b
	},
	abi.CMDDumpSRQ: func(r *rig) *sickbed {
		var q *driver.SRQ
		b := running(r, func(*side) error { _, err := q.Query(); return err })
		q = must(b.side.pd.CreateSRQ(driver.SRQInitAttr{MaxWR: 3}))(r.t)
		return b
	},
	abi.CMDDestroySRQ: func(r *rig) *sickbed {
		var q *driver.SRQ
		b := running(r, func(*side) error { return q.Destroy() })
		q = must(b.side.pd.CreateSRQ(driver.SRQInitAttr{MaxWR: 3}))(r.t)
		b.after = func(t *testing.T) { must(b.side.pd.CreateSRQ(driver.SRQInitAttr{MaxWR: 3}))(t) }
		return b
	},
	abi.CMDDumpQP: stoppedBed,
	abi.CMDDumpCQ: stoppedBed,
	abi.CMDDumpMR: stoppedBed,
	abi.CMDSetFwd: func(r *rig) *sickbed {
		b := stoppedBed(r)
		b.call = func() error { return b.side.ctx.SetForward(r.m[2].dev.IP()) }
		b.after = func(t *testing.T) { check(t, b.side.ctx.Release()) }
		return b
	},
	abi.CMDLoadQP: func(r *rig) *sickbed {
		b := stoppedBed(r)
		img := must(b.side.ctx.Dump())(r.t).Marshal()
		win := r.copyWindow(0, b.side.ctx.Window(), 2, 0x80000)
		b.dev, b.burnt = r.m[2].nic, true
		b.call = func() error {
			_, err := r.m[2].dev.Restore(img, win)
			return err
		}
		b.after = func(t *testing.T) {
			// The migration is called off, and the container goes on where it was.
			for _, c := range r.m[2].dev.Contexts() {
				check(t, c.Close())
			}
			check(t, b.side.ctx.Rollback())
		}
		return b
	},
}

func running(r *rig, call func(*side) error) *sickbed {
	a, _ := r.pair()
	return &sickbed{r: r, dev: r.m[0].nic, side: a, call: func() error { return call(a) }, after: func(*testing.T) {}}
}

func stoppedBed(r *rig) *sickbed {
	a, _ := r.pair()
	check(r.t, a.ctx.Stall())
	return &sickbed{
		r: r, dev: r.m[0].nic, side: a,
		call:  func() error { _, err := a.ctx.Dump(); return err },
		after: func(t *testing.T) { check(t, a.ctx.Rollback()) },
	}
}

// again is the call made once more, by a driver whose device is sane: what was done already is done.
func (b *sickbed) again(t *testing.T, op abi.CMD, lied bool) {
	t.Helper()
	err := b.call()
	switch {
	case errors.Is(err, driver.ErrDestroyed) && (op == abi.CMDDestroyQP || op == abi.CMDDestroyMR || op == abi.CMDDestroyCQ || op == abi.CMDDestroySRQ):
	case lied && b.burnt:
		wants(t, "again", err, driver.ErrExists)
	default:
		check(t, err)
	}
	b.after(t)
	for i := range b.r.m {
		for _, c := range b.r.m[i].dev.Contexts() {
			check(t, c.Close())
		}
	}
}

func everyCommand(t *testing.T, f func(t *testing.T, op abi.CMD, b *sickbed)) {
	n := 0
	for op := abi.CMD(1); op != 0; op++ {
		if !op.Valid() {
			continue
		}
		n++
		t.Run(op.String(), func(t *testing.T) {
			bed := sickbeds[op]
			if bed == nil {
				t.Fatal("no row for it")
			}
			f(t, op, bed(newRig(t, 3, params)))
		})
	}
	if n != len(sickbeds) {
		t.Errorf("%d commands, %d rows", n, len(sickbeds))
	}
}

// A command that the device never answers ends with its time-out; so long as the device is at it other commands are
// refused at once, and the data path works. When the answer comes, too late, nothing is left of it, or it is taken note of.
func TestNeverAndLate(t *testing.T) {
	everyCommand(t, func(t *testing.T, op abi.CMD, b *sickbed) {
		held := false
		b.dev.onWrite = func(addr, v uint32) bool {
			held = held || addr == abi.RegCMDGo && abi.CMD(v) == op
			return held && addr == abi.RegCMDGo
		}
		b.dev.onRead = func(addr uint32) (uint32, bool) { return abi.RegCMDStatusBusyMask, held && addr == abi.RegCMDStatus }
		wants(t, "never", b.call(), driver.ErrTimeout)
		if !held {
			t.Fatal("the command was not issued")
		}
		begin := b.r.fab.Now()
		wants(t, "still", b.call(), driver.ErrBusy)
		if b.r.fab.Now() != begin {
			t.Error("it waited again")
		}
		if b.side.ctx.State() == "running" {
			b.side.poll(t)
			b.side.recv(t, 77, 16)
		}
		b.dev.onRead, b.dev.onWrite = nil, nil
		check(t, b.dev.Device.WriteReg(abi.RegCMDGo, uint32(op)))
		b.r.step(4)
		b.again(t, op, false)
	})
}

// The time that a wedged device costs is bounded, whichever command it is.
func TestTimeoutInCycles(t *testing.T) {
	everyCommand(t, func(t *testing.T, op abi.CMD, b *sickbed) {
		issued := uint64(0)
		b.dev.onWrite = func(addr, v uint32) bool {
			if addr != abi.RegCMDGo || abi.CMD(v) != op {
				return false
			}
			if issued == 0 {
				issued = b.r.fab.Now()
			}
			return true
		}
		b.dev.onRead = func(addr uint32) (uint32, bool) {
			return abi.RegCMDStatusBusyMask, issued != 0 && addr == abi.RegCMDStatus
		}
		wants(t, "never", b.call(), driver.ErrTimeout)
		if d := b.r.fab.Now() - issued; d < timeout || d > timeout+1000 {
			t.Errorf("gave up after %d cycles, the time-out is %d", d, timeout)
		}
	})
}

// An answer that the specification does not allow, and one that it allows and that is a lie: the device did what it
// says it did not. Either is an error of its own class; then the driver goes on.
func TestNonsenseAndLies(t *testing.T) {
	for _, tc := range []struct {
		status uint32
		class  *driver.Errno
	}{
		{0x55, driver.ErrDevice},
		{uint32(abi.CmdStatusOK) | 1<<16, driver.ErrDevice},
		{uint32(abi.CmdStatusNoSpace), driver.ErrNoMem},
		{uint32(abi.CmdStatusBadOpcode), driver.ErrNotSupported},
		{uint32(abi.CmdStatusBadState), driver.ErrState},
	} {
		t.Run(fmt.Sprintf("status %#x", tc.status), func(t *testing.T) {
			everyCommand(t, func(t *testing.T, op abi.CMD, b *sickbed) {
				if tc.class != driver.ErrDevice && (op == abi.CMDCreateMR || op == abi.CMDCreateCQ) {
					t.Skip("a plausible refusal is believed: the object that the device then has keeps its number")
				}
				told := false
				asked := false
				b.dev.onWrite = func(addr, v uint32) bool {
					asked = !told && addr == abi.RegCMDGo && abi.CMD(v) == op
					return false
				}
				b.dev.onRead = func(addr uint32) (uint32, bool) {
					if !asked || addr != abi.RegCMDStatus {
						return 0, false
					}
					v, err := b.dev.Device.ReadReg(addr)
					if err != nil || v&abi.RegCMDStatusBusyMask != 0 {
						return 0, false
					}
					told, asked = true, false
					return tc.status, true
				}
				wants(t, "nonsense", b.call(), tc.class)
				if !told {
					t.Fatal("the command was not issued")
				}
				b.dev.onRead, b.dev.onWrite = nil, nil
				b.again(t, op, tc.class != driver.ErrDevice)
			})
		})
	}
}

// A result that cannot be: the slot of another queue pair, or none that there is. The other one is left alone, even if
// the answer comes too late.
func TestWrongSlot(t *testing.T) {
	for _, op := range []abi.CMD{abi.CMDCreateQP, abi.CMDLoadQP} {
		for _, slot := range []uint32{0, uint32(params.NumQP), 1<<32 - 1} {
			for _, late := range []bool{false, true} {
				t.Run(fmt.Sprintf("%v %d late=%v", op, slot, late), func(t *testing.T) {
					r := newRig(t, 3, params)
					newSide(t, r.open(2, 2)) // has slot 0 of device 2
					b := sickbeds[op](r)
					held := late
					var waiting []uint32
					b.dev.onWrite = func(addr, v uint32) bool {
						if held && addr == abi.RegCMDGo && (abi.CMD(v) == op || len(waiting) != 0) {
							waiting = append(waiting, v)
							return true
						}
						return false
					}
					b.dev.onRead = func(addr uint32) (uint32, bool) {
						if held && len(waiting) != 0 && addr == abi.RegCMDStatus {
							return abi.RegCMDStatusBusyMask, true
						}
						return slot, addr == abi.RegCMDResult
					}
					err := b.call()
					if late {
						wants(t, "late", err, driver.ErrTimeout)
						held = false
						check(t, b.dev.Device.WriteReg(abi.RegCMDGo, waiting[0]))
						r.step(4)
						err = b.call()
					}
					wants(t, "wrong slot", err, driver.ErrDevice)
					b.dev.onRead, b.dev.onWrite = nil, nil
					for _, m := range r.m {
						for _, c := range m.dev.Contexts() {
							if c.State() != "running" {
								continue
							}
							for _, q := range c.QPs() {
								must(q.Query())(t)
							}
						}
					}
				})
			}
		}
	}
}

// RESUME that does not end is a time-out; the context stays as it was until it does.
func TestWedgedResume(t *testing.T) {
	r := newRig(t, 3, params)
	b := sickbeds[abi.CMDLoadQP](r)
	check(t, b.call())
	c := r.m[2].dev.Contexts()[0]
	writes, value := 0, uint32(0)
	b.dev.onWrite = func(addr, v uint32) bool {
		if addr == abi.RegResume {
			writes, value = writes+1, v
		}
		return addr == abi.RegResume
	}
	b.dev.onRead = func(addr uint32) (uint32, bool) {
		return abi.RegStallStatusBusyMask, addr == abi.RegStallStatus && writes != 0
	}
	begin := r.fab.Now()
	wants(t, "resume", c.Resume(), driver.ErrTimeout)
	if d := r.fab.Now() - begin; d < timeout || d > timeout+1000 || writes != 1 || c.State() != "restored" {
		t.Errorf("gave up after %d cycles and %d writes, in %s", d, writes, c.State())
	}
	b.dev.onRead, b.dev.onWrite = nil, nil
	check(t, b.dev.Device.WriteReg(abi.RegResume, value)) // it comes to it at last
	check(t, c.Resume())
	check(t, b.side.ctx.SetForward(r.m[2].dev.IP()))
	r.step(20)
	if c.Announcing() != 0 {
		t.Error("it is not heard")
	}
}

// One register write stops all queue pairs of a container, one lets all of them go on; no other container's moves.
func TestOneWrite(t *testing.T) {
	r := newRig(t, 2, params)
	a, b := r.pair()
	for range 3 {
		x, y := a.newQP(t), b.newQP(t)
		climb(t, x, y, abi.StateRTS)
		climb(t, y, x, abi.StateRTS)
	}
	initial, dead := a.newQP(t), a.newQP(t) // in no connection
	climb(t, initial, nil, abi.StateInit)
	climb(t, dead, nil, abi.StateInit)
	check(t, dead.Modify(&driver.QPAttr{State: abi.StateErr}, abi.AttrState))
	other := newSide(t, r.open(0, 2))
	climb(t, other.qp, nil, abi.StateRTS)
	want := map[uint32]abi.State{}
	for _, q := range a.ctx.QPs() {
		want[q.QPN()] = must(q.Query())(t).State
	}
	var stalls, resumes []uint32
	r.m[0].nic.onWrite = func(addr, v uint32) bool {
		switch addr {
		case abi.RegStall:
			stalls = append(stalls, v)
		case abi.RegResume:
			resumes = append(resumes, v)
		}
		return false
	}
	group := uint32(a.ctx.Partition().Group) | abi.RegStallGroupMask
	check(t, a.ctx.Stall())
	for i := range must(a.ctx.Dump())(t).QPs {
		if x := must(a.ctx.Dump())(t).QPs[i].QPC; x.State != abi.StateStopped {
			t.Errorf("QP %d is in %v", x.QPN, x.State)
		}
	}
	if img := must(other.qp.Query())(t); img.State != abi.StateRTS {
		t.Errorf("the other container's is in %v", img.State)
	}
	check(t, a.ctx.Rollback())
	for _, q := range a.ctx.QPs() {
		if img := must(q.Query())(t); img.State != want[q.QPN()] {
			t.Errorf("QP %d is in %v after it was let go, and was in %v", q.QPN(), img.State, want[q.QPN()])
		}
	}
	if len(stalls) != 1 || stalls[0] != group || len(resumes) != 1 || resumes[0] != group {
		t.Errorf("STALL was written %#x, RESUME %#x; want one write each, of %#x", stalls, resumes, group)
	}
}
