package host_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/host"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
)

// evil is a NIC whose registers a test can spoil.
type evil struct {
	nic.Device
	onRead  func(addr uint32) (v uint32, override bool, err error)
	onWrite func(addr uint32) error
}

func (e *evil) ReadReg(addr uint32) (uint32, error) {
	if e.onRead != nil {
		if v, ok, err := e.onRead(addr); ok || err != nil {
			return v, err
		}
	}
	return e.Device.ReadReg(addr)
}

func (e *evil) WriteReg(addr, v uint32) error {
	if e.onWrite != nil {
		if err := e.onWrite(addr); err != nil {
			return err
		}
	}
	return e.Device.WriteReg(addr, v)
}

// evilScene is a scene whose third host has an evil NIC.
func evilScene(t *testing.T) (*scene, *evil) {
	s := newScene(t, lossy, 300_000, 2)
	ram := mem.NewRAM(4 << 20)
	dev := &evil{Device: nic.New(nic.Config{Params: nic.Params{NumQP: 8, NumMR: 16, NumCQ: 8, Migration: true}}, ram)}
	if err := dev.Run(s.w.Now()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.w.AddHost(host.HostConfig{Name: "C", NIC: dev, RAM: ram, Timeout: 20_000}); err != nil {
		t.Fatal(err)
	}
	return s, dev
}

// A destination whose mailbox is wedged: the container stays, and can go once the device is well again.
func TestMigrateToWedged(t *testing.T) {
	s, dev := evilScene(t)
	dev.onRead = func(addr uint32) (uint32, bool, error) {
		return abi.RegCMDStatusBusyMask, addr == abi.RegCMDStatus, nil
	}
	r, err := host.Migrate(s.w, s.src, s.w.Host("A"), s.w.Host("C"), host.Options{})
	if !errors.Is(err, driver.ErrTimeout) || !r.RolledBack || !strings.Contains(err.Error(), "src from A to C: restore") {
		t.Fatalf("error %v, %+v", err, r)
	}
	if last := r.Log[len(r.Log)-1]; last.Phase != host.PhaseRollback || last.Err != nil {
		t.Errorf("log ends with %+v", last)
	}
	dev.onRead = nil
	s.move(s.src, "A", "C", host.Options{})
	s.end()
}

// A destination that dies before the activation, and comes back with the copy still on it: the copy goes before the
// next one comes.
func TestMigrateToDying(t *testing.T) {
	s, dev := evilScene(t)
	gone := errors.New("gone")
	o := host.Options{Fault: func(p host.Phase, done bool) error {
		if p == host.PhaseActivate && !done {
			dev.onWrite = func(uint32) error { return gone }
			dev.onRead = func(uint32) (uint32, bool, error) { return 0, false, gone }
		}
		return nil
	}}
	r, err := host.Migrate(s.w, s.src, s.w.Host("A"), s.w.Host("C"), o)
	if !errors.Is(err, gone) || !r.RolledBack || s.src.Frozen() {
		t.Fatalf("error %v, %+v", err, r)
	}
	if _, err = host.Migrate(s.w, s.src, s.w.Host("A"), s.w.Host("C"), host.Options{}); !errors.Is(err, gone) {
		t.Fatalf("error %v", err)
	}
	dev.onRead, dev.onWrite = nil, nil
	s.move(s.src, "A", "C", host.Options{})
	s.end()
}

// The activation was done, and only its confirmation failed: there is no way back, so it is gone on with.
func TestMigrateHalfActivated(t *testing.T) {
	s, dev := evilScene(t)
	resumed, once := false, false
	dev.onWrite = func(addr uint32) error {
		resumed = resumed || addr == abi.RegResume
		return nil
	}
	dev.onRead = func(addr uint32) (uint32, bool, error) {
		if addr == abi.RegStallStatus && resumed && !once {
			once = true
			return 0, false, errInjected
		}
		return 0, false, nil
	}
	if r := s.move(s.src, "A", "C", host.Options{}); !r.Moved || !once {
		t.Errorf("%+v", r)
	}
	s.end()
}

// Events are lost at the destination: the end of the announcement is found out by asking.
func TestMigrateOverflow(t *testing.T) {
	s, dev := evilScene(t)
	dev.onRead = func(addr uint32) (uint32, bool, error) {
		return abi.RegEventStatusOverflowMask | 1, addr == abi.RegEventStatus, nil
	}
	s.move(s.src, "A", "C", host.Options{})
	s.end()
}

// A partner that is gone: the announcement ends, in a deadline first, and then with MIGRATION_LOST.
func TestMigratePartnerLost(t *testing.T) {
	s := newScene(t, fabric.Faults{}, 300_000, 3)
	o := host.Options{AwaitLimit: 50_000, Fault: func(p host.Phase, done bool) error {
		if p == host.PhaseStall && !done {
			return s.w.Fabric().SetFaults(fabric.Faults{Loss: 1000})
		}
		return nil
	}}
	m, err := host.NewMigration(s.w, s.src, s.w.Host("A"), s.w.Host("C"), o)
	if err != nil {
		t.Fatal(err)
	}
	if err := host.MigrateAll(m); !errors.Is(err, host.ErrDeadline) || !m.Result().Moved || m.Phase() != host.PhaseAwait {
		t.Fatalf("error %v, %+v", err, m.Result())
	}
	err = s.w.Run(50_000_000, func() bool { return false })
	if err == nil || !strings.Contains(err.Error(), "MIGRATION_LOST") || s.src.Err() == nil {
		t.Errorf("error %v", err)
	}
	if log := s.src.Log; len(log) == 0 || log[len(log)-1].Event.Kind != abi.EventMigrationLost {
		t.Errorf("events %v", log)
	}
	if done, err := m.Next(); done || err != nil {
		t.Errorf("await: %v, %v", done, err)
	}
	if done, err := m.Next(); !done || err != nil {
		t.Errorf("release: %v, %v", done, err)
	}
}

// A container that goes home before its tombstones are released.
func TestMigrateHomeEarly(t *testing.T) {
	s := newScene(t, lossy, 300_000, 3)
	m, err := host.NewMigration(s.w, s.src, s.w.Host("A"), s.w.Host("C"), host.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for m.Phase() != host.PhaseAwait {
		if _, err := m.Next(); err != nil {
			t.Fatal(err)
		}
	}
	s.move(s.src, "C", "A", host.Options{})
	for done := false; !done; {
		if done, err = m.Next(); err != nil {
			t.Fatal(err)
		}
	}
	s.end()
}

func TestMigrateRefused(t *testing.T) {
	s := newScene(t, fabric.Faults{}, 100_000, 3)
	a, b, c := s.w.Host("A"), s.w.Host("B"), s.w.Host("C")
	for _, tc := range []struct {
		name     string
		from, to *host.Host
		says     string
	}{
		{"elsewhere", b, c, "src is on A, not on B"},
		{"same", a, a, "src is on A already"},
	} {
		if _, err := host.Migrate(s.w, s.src, tc.from, tc.to, host.Options{}); err == nil || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%s: error %v", tc.name, err)
		}
	}
	m, err := host.NewMigration(s.w, s.src, a, c, host.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for m.Phase() != host.PhaseDump {
		if _, err := m.Next(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := host.Migrate(s.w, s.src, a, c, host.Options{}); err == nil || !strings.Contains(err.Error(), "frozen") {
		t.Errorf("error %v", err)
	}
	if err := host.MigrateAll(m); err != nil {
		t.Fatal(err)
	}
	s.end()
}

// program is a Program made of a function.
type program func(*host.Env) error

func (p program) Poll(e *host.Env) error { return p(e) }
func (p program) Done() bool             { return false }

func TestProgramFails(t *testing.T) {
	w := newWorld(t, 1, fabric.Faults{})
	c := newContainer(t, w, "c", "A")
	c.Add(program(func(*host.Env) error { return errInjected }))
	if err := w.Step(); !errors.Is(err, errInjected) || !strings.Contains(err.Error(), "container c on A") {
		t.Errorf("error %v", err)
	}
	if err := w.Step(); err != nil || !errors.Is(c.Err(), errInjected) || !c.Frozen() {
		t.Errorf("error %v, then %v", c.Err(), err)
	}
	d := newContainer(t, w, "d", "A")
	d.Add(program(func(e *host.Env) error {
		_, err := e.Context().CreateCQ(4)
		return err
	}))
	if err := w.Step(); err == nil || !strings.Contains(err.Error(), "a program called the control plane") {
		t.Errorf("error %v", err)
	}
	if err := w.Run(1000, func() bool { return false }); !errors.Is(err, host.ErrDeadline) {
		t.Errorf("error %v", err)
	}
}

// Loss on the way is found by the programs, not only by the protocol: a byte changed in memory is an error.
func TestStreamVerifies(t *testing.T) {
	s := newScene(t, fabric.Faults{}, 300_000, 2)
	for i := uint64(0x2000); i < 0x30000; i += 64 {
		if err := s.w.Host("A").RAM.Write(i, []byte{0xee}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.w.Run(10_000_000, func() bool { return s.dst.Done() }); err == nil {
		t.Error("the stream does not notice")
	}
}

// The same world twice does the same, to the cycle.
func TestDeterministic(t *testing.T) {
	run := func() string {
		s := newScene(t, lossy, 300_000, 4)
		log := ""
		s.w.Fabric().Tap(func(e fabric.TapEvent) { log += fmt.Sprint(e.Cycle, e.From.Name, e.Fate, len(e.Frame), "\n") })
		m1, _ := host.NewMigration(s.w, s.src, s.w.Host("A"), s.w.Host("C"), host.Options{PreCopy: 1})
		m2, _ := host.NewMigration(s.w, s.dst, s.w.Host("B"), s.w.Host("D"), host.Options{})
		if err := host.MigrateAll(m1, m2); err != nil {
			t.Fatal(err)
		}
		s.end()
		return log + fmt.Sprintf("%+v %+v %v", m1.Result().Log, m2.Result().Log, s.w.Now())
	}
	if a, b := run(), run(); !reflect.DeepEqual(a, b) {
		t.Error("two runs differ")
	}
}
