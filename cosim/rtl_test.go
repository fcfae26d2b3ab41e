package cosim

import (
	"context"
	"os/exec"
	"testing"

	"github.com/godwit-rdma/godwit/cosim/lockstep"
	"github.com/godwit-rdma/godwit/cosim/sim"
	"github.com/godwit-rdma/godwit/model/mem"
)

// openRTL is the RTL NIC in the simulator, in lockstep.
func openRTL(t *testing.T, p sim.Params) func(*mem.RAM) (*Device, *lockstep.Checker) {
	t.Helper()
	if _, err := exec.LookPath("verilator"); err != nil {
		t.Skip("verilator is not installed: `make test` installs it")
	}
	return func(ram *mem.RAM) (*Device, *lockstep.Checker) {
		dev, check, err := RTL{RAM: ram, Params: p}.Open(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { dev.Close() })
		return dev, check
	}
}

// TestStreamOverRTL moves a container from the RTL to a golden NIC and back while it streams over lossy links.
func TestStreamOverRTL(t *testing.T) {
	r := newRig(t, openRTL(t, sim.Params{}), 10, 300000)
	if err := r.stream(true); err != nil {
		t.Fatal(err)
	}
	if s := r.check.Stats(); s.Steps < 300 || s.Frames < 100 || s.DMAWrites < 30 {
		t.Errorf("lockstep compared too little: %+v", s)
	}
}
