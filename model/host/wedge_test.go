package host_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/host"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
)

// wedge spoils an evil NIC from now on; what it returns makes it well again.
type wedge func(w *host.World, dev *evil) (cure func())

const wedgeTimeout = 20_000 // of the driver, in cycles

// wedges are the ways in which a device can fail its driver and still be there.
var wedges = []struct {
	name string
	wedge
}{
	{"never answers", func(_ *host.World, dev *evil) func() {
		dev.onRead = func(addr uint32) (uint32, bool, error) {
			switch addr {
			case abi.RegCMDStatus:
				return abi.RegCMDStatusBusyMask, true, nil
			case abi.RegStallStatus:
				return abi.RegStallStatusBusyMask, true, nil
			}
			return 0, false, nil
		}
		return func() { dev.onRead = nil }
	}},
	{"answers late", func(w *host.World, dev *evil) func() {
		var until uint64
		dev.onWrite = func(addr uint32) error {
			switch addr {
			case abi.RegCMDGo, abi.RegStall, abi.RegResume:
				until = w.Now() + wedgeTimeout*3/2
			}
			return nil
		}
		dev.onRead = func(addr uint32) (uint32, bool, error) {
			if w.Now() < until && (addr == abi.RegCMDStatus || addr == abi.RegStallStatus) {
				return abi.RegCMDStatusBusyMask, true, nil
			}
			return 0, false, nil
		}
		return func() { dev.onRead, dev.onWrite = nil, nil }
	}},
	{"answers a little late", func(w *host.World, dev *evil) func() {
		var until uint64
		dev.onWrite = func(uint32) error {
			until = w.Now() + wedgeTimeout/3
			return nil
		}
		dev.onRead = func(addr uint32) (uint32, bool, error) {
			if w.Now() < until && (addr == abi.RegCMDStatus || addr == abi.RegStallStatus) {
				return abi.RegCMDStatusBusyMask, true, nil
			}
			return 0, false, nil
		}
		return func() { dev.onRead, dev.onWrite = nil, nil }
	}},
	{"answers nonsense", func(_ *host.World, dev *evil) func() {
		dev.onRead = func(addr uint32) (uint32, bool, error) {
			switch addr {
			case abi.RegCMDStatus, abi.RegCMDResult, abi.RegStallStatus:
				return 0x7f5a_a5c3, true, nil
			}
			return 0, false, nil
		}
		return func() { dev.onRead = nil }
	}},
	{"tells nonsense", func(_ *host.World, dev *evil) func() {
		dev.onRead = func(addr uint32) (uint32, bool, error) {
			if addr != abi.RegEvent {
				return 0, false, nil
			}
			if v, err := dev.Device.ReadReg(addr); v == 0 || err != nil {
				return v, true, err
			}
			return 0xffff_ffff, true, nil
		}
		return func() { dev.onRead = nil }
	}},
	{"is all ones", func(_ *host.World, dev *evil) func() {
		dev.onRead = func(uint32) (uint32, bool, error) { return 0xffff_ffff, true, nil }
		return func() { dev.onRead = nil }
	}},
}

// wedgeScene is a stream from src on A to dst on B, and C to go to, all with evil NICs.
func wedgeScene(t *testing.T) (*scene, map[string]*evil) {
	t.Helper()
	seed := fabric.SplitMix(1)
	f := fabric.New(0, &seed)
	s := &scene{t: t, w: host.NewWorld(f), data: text(200_000)}
	devs := map[string]*evil{}
	for _, name := range []string{"A", "B", "C"} {
		ram := mem.NewRAM(4 << 20)
		devs[name] = &evil{Device: nic.New(nic.Config{Params: nic.Params{NumQP: 8, NumMR: 16, NumCQ: 8, Migration: true}}, ram)}
		if _, err := s.w.AddHost(host.HostConfig{Name: name, NIC: devs[name], RAM: ram, Timeout: wedgeTimeout}); err != nil {
			t.Fatal(err)
		}
	}
	s.src, s.dst = newContainer(t, s.w, "src", "A"), newContainer(t, s.w, "dst", "B")
	var err error
	if s.send, s.recv, err = host.NewStream(s.src, s.dst, s.data, host.StreamOpts{}); err != nil {
		t.Fatal(err)
	}
	s.until(len(s.data) / 4)
	return s, devs
}

// A device fails from the beginning of a phase on. The migration ends within some time-outs, with an error or without;
// the container lives in one place; and when the device is well again, it can go, and nothing was lost.
func TestWedged(t *testing.T) {
	for _, wd := range wedges {
		for _, side := range []string{"A", "C"} {
			for p := range host.NumPhases {
				t.Run(fmt.Sprintf("%s %s at %v", side, wd.name, p), func(t *testing.T) {
					s, devs := wedgeScene(t)
					var cure func()
					var since uint64
					m, err := host.NewMigration(s.w, s.src, s.w.Host("A"), s.w.Host("C"), host.Options{
						AwaitLimit: 5 * wedgeTimeout,
						Fault: func(at host.Phase, done bool) error {
							if at == p && !done && cure == nil {
								since, cure = s.w.Now(), wd.wedge(s.w, devs[side])
							}
							return nil
						}})
					if err != nil {
						t.Fatal(err)
					}
					err = host.MigrateAll(m)
					if took := s.w.Now() - since; took > 20*wedgeTimeout {
						t.Errorf("the migration took %d cycles", took)
					}
					cure()
					tries := 0
					for done, again := false, error(nil); !done; tries++ {
						_ = s.w.Step() // tells what the driver met
						if done, again = m.Next(); again != nil && tries == 5 {
							t.Fatalf("after %v it goes on with %v", err, again)
						}
					}
					r := m.Result()
					t.Logf("moved %v, rolled back %v, %d more steps: %v", r.Moved, r.RolledBack, tries, err)
					if r.RolledBack && p == host.PhaseActivate && side == "C" && (fenced(s.src) || s.lives() != nil) {
						return // It was wrong to go back: the copy lived, and its partner knows it (R10).
					}
					if r.Moved == r.RolledBack || r.Lost || err == nil && !r.Moved || s.src.Frozen() {
						t.Fatalf("error %v, container %v, %+v", err, s.src.Err(), r)
					}
					if r.RolledBack {
						s.move(s.src, "A", "C", host.Options{})
					}
					s.end()
					if n := len(s.w.Host("A").Driver.Contexts()); n != 0 {
						t.Errorf("%d contexts are left on A", n)
					}
				})
			}
		}
	}
}

// fenced tells whether the partner refused a container that came back.
func fenced(c *host.Container) bool {
	return c.Err() != nil && strings.Contains(c.Err().Error(), "FENCED")
}

// lives lets the stream go on for a while, and tells why it cannot.
func (s *scene) lives() error {
	err := s.w.Run(20_000_000, s.dst.Done)
	if err != nil && !strings.Contains(err.Error(), "MIGRATION_LOST") {
		s.t.Errorf("the source ends with %v", err)
	}
	return err
}

// A driver that meets nonsense is told of once, and the others go on.
func TestSickDriver(t *testing.T) {
	s, devs := wedgeScene(t)
	devs["C"].onRead = func(addr uint32) (uint32, bool, error) { return 0xffff_ffff, addr == abi.RegEvent, nil }
	irq := &loud{Device: devs["C"].Device}
	devs["C"].Device = irq
	told := 0
	for range 20 {
		if err := s.w.Step(); err != nil {
			told++
		}
	}
	irq.quiet, devs["C"].onRead = true, nil
	if told != 1 {
		t.Errorf("told %d times", told)
	}
	s.end()
}

// loud is a NIC that interrupts without end.
type loud struct {
	nic.Device
	quiet bool
}

func (l *loud) IRQ() bool { return !l.quiet }
