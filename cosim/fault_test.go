package cosim

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/godwit-rdma/godwit/cosim/bridge"
	"github.com/godwit-rdma/godwit/cosim/lockstep"
	"github.com/godwit-rdma/godwit/cosim/sim"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
)

// impatient is the silence that the faults here are given: long enough for a loaded machine, short enough for a test.
const impatient = 2 * time.Second

// faultLimit bounds the time from a fault to its error: the silence, the wait for the process' own reason, and some.
const faultLimit = impatient + 8*time.Second

func needVerilator(t testing.TB) {
	t.Helper()
	if _, err := exec.LookPath("verilator"); err != nil {
		t.Skip("SKIPPED: verilator is not installed; `make test` installs it")
	}
}

// alarm is a nic.Observer that acts once, at the n-th step.
type alarm struct {
	nth, seen int
	act       func()
	at        time.Time
}

func (a *alarm) DMARead(uint64, uint64, []byte)  {}
func (a *alarm) DMAWrite(uint64, uint64, []byte) {}
func (a *alarm) Transmit(uint64, []byte)         {}
func (a *alarm) IRQ(uint64, bool)                {}

func (a *alarm) Retire(uint64, *abi.Retire) {
	if a.seen++; a.seen == a.nth {
		a.at = time.Now()
		a.act()
	}
}

var _ nic.Observer = (*alarm)(nil)

// checkFault holds the error of a run against what is to be known about every fault: it is one *bridge.Error of the
// class, said once, soon, with these words; what came before it is kept; and lockstep does not blame the device.
func checkFault(t *testing.T, r *rig, err error, since time.Time, class bridge.Class, words ...string) {
	t.Helper()
	if d := time.Since(since); d > faultLimit {
		t.Errorf("the error came after %v", d)
	}
	var e *bridge.Error
	if !errors.As(err, &e) || e.Class != class {
		t.Fatalf("error %v, want a *bridge.Error of class %v", err, class)
	}
	text := err.Error()
	if n := strings.Count(text, "bridge: "); n != 1 {
		t.Errorf("the fault is told %d times: %v", n, err)
	}
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("error lacks %q: %v", w, err)
		}
	}
	if d := r.check.Divergence(); d != nil {
		t.Errorf("lockstep blames the device: %v", d)
	}
	if r.check.Stats().Steps == 0 || r.receiver.Received() == 0 || r.receiver.Done() {
		t.Errorf("not in mid-stream: %d steps, %d bytes received", r.check.Stats().Steps, r.receiver.Received())
	}
}

// TestSimulatorFaultsInMidStream does to the process of the simulator what happens to processes.
func TestSimulatorFaultsInMidStream(t *testing.T) {
	for _, tt := range []struct {
		name   string
		signal syscall.Signal
		class  bridge.Class
		words  []string
	}{
		{"killed", syscall.SIGKILL, bridge.PeerDead, []string{"peer closed the connection (simulator: ended by signal killed)", "in flight: "}},
		{"out of memory", syscall.SIGABRT, bridge.PeerDead, []string{"(simulator: ended by signal aborted)"}},
		{"stops answering", syscall.SIGSTOP, bridge.Timeout, []string{"peer does not answer for 2s; in flight: "}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			needVerilator(t)
			var dev *Device
			tr := &bridge.Transcript{Keep: true}
			a := &alarm{nth: 150}
			a.act = func() { syscall.Kill(dev.Conn().Pid(), tt.signal) }
			r := newRig(t, func(ram *mem.RAM) (*Device, *lockstep.Checker) {
				d, check, err := RTL{RAM: ram, Watch: a, Bridge: bridge.Options{Timeout: impatient, Transcript: tr}}.Open(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { d.Close() })
				dev = d
				return d, check
			}, 0, 100000)
			pid := dev.Conn().Pid()
			err := r.stream(false)
			checkFault(t, r, err, a.at, tt.class, tt.words...)
			if err := syscall.Kill(pid, 0); err != syscall.ESRCH {
				t.Errorf("the simulator is still there: %v", err)
			}
			obs, err := bridge.ParseTranscript(tr.Bytes())
			if err != nil || len(obs) < 150 || len(obs) != tr.Items() {
				t.Errorf("transcript of %d observations, %v", len(obs), err)
			}
		})
	}
}

// TestSimulatorsThatDoNotStart: each reason is named, before anything ran.
func TestSimulatorsThatDoNotStart(t *testing.T) {
	needVerilator(t)
	open := func(r RTL) error {
		r.RAM = mem.NewRAM(1 << 20)
		d, _, err := r.Open(t.Context())
		if err == nil {
			d.Close()
		}
		return err
	}
	busy, err := bridge.Listen("127.0.0.1:0")
	must(t, err)
	defer busy.Close()
	broken := filepath.Join(t.TempDir(), "rdma_core.sv")
	must(t, os.WriteFile(broken, []byte("module rdma_core;\n  assign nothing = 1;\n  oops\nendmodule\n"), 0o666))
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	var build *sim.BuildError
	var fault *bridge.Error
	for _, tt := range []struct {
		name  string
		open  func() error
		as    any
		words []string
	}{
		{"port in use", func() error { return open(RTL{Listen: strings.TrimPrefix(busy.Address(), "tcp:")}) },
			&fault, []string{"bridge: cannot listen: ", strings.TrimPrefix(busy.Address(), "tcp:"), "address already in use"}},
		{"wrong revision", func() error {
			return open(RTL{Bridge: bridge.Options{Hello: bridge.Hello{Revision: strings.Repeat("0", 64)}}})
		}, &fault, []string{"spec revision mismatch: peer was built from spec revision " + abi.Revision[:16] + ", this side from 0000000000000000", "rebuild"}},
		{"sources that do not compile", func() error { return open(RTL{Params: sim.Params{Sources: []string{broken}}}) },
			&build, []string{"cannot build the simulator (rdma_core DataW=128", "%Error: " + broken + ":4", "syntax error"}},
		{"sources that are missing", func() error { return open(RTL{Params: sim.Params{Sources: []string{broken + ".none"}}}) },
			&build, []string{"cannot build the simulator", broken + ".none", "no such file"}},
		{"interrupted", func() error {
			_, _, err := RTL{RAM: mem.NewRAM(1 << 20), Params: sim.Params{Sources: []string{broken}}}.Open(cancelled)
			return err
		}, &build, []string{"context canceled"}},
		// Last, for it leaves no program to be found.
		{"no verilator", func() error { t.Setenv("PATH", t.TempDir()); return open(RTL{}) },
			&build, []string{"cannot build the simulator", "verilator is missing or does not run", "`make test` installs it"}},
	} {
		start := time.Now()
		err := tt.open()
		if err == nil || !errors.As(err, tt.as) {
			t.Errorf("%s: error %v, want a %T", tt.name, err, tt.as)
			continue
		}
		for _, w := range tt.words {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%s: error lacks %q: %v", tt.name, w, err)
			}
		}
		if d := time.Since(start); d > 20*time.Second {
			t.Errorf("%s: the error came after %v", tt.name, d)
		}
	}
}
