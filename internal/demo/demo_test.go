package demo

import (
	"bytes"
	"errors"
	"os/exec"
	"testing"
	"time"

	"github.com/godwit-rdma/godwit/cosim/sim"
	"github.com/godwit-rdma/godwit/model/abi"
)

// TestFinishOfAnyRun: the summary of a run is filled in wherever it ended.
func TestFinishOfAnyRun(t *testing.T) {
	r := &run{opts: Options{Data: []byte("x")}}
	r.record(nil)
	r.finish(time.Second)
	if r.sum.SHA256Match || r.sum.WallSeconds != 1 || len(r.results) != 0 {
		t.Errorf("summary of nothing: %+v", r.sum)
	}
}

// TestRunWithoutSimulator: a machine without Verilator is an error of the build, and the summary says what is known.
func TestRunWithoutSimulator(t *testing.T) {
	sum, err := Run(t.Context(), Options{Data: []byte("x"), Builder: sim.Builder{Verilator: "no-such-verilator"}})
	var build *sim.BuildError
	if !errors.As(err, &build) {
		t.Errorf("error %v, want a *sim.BuildError", err)
	}
	if sum == nil || sum.Bytes != 1 || sum.SpecRevision != abi.Revision || sum.SHA256Match {
		t.Errorf("summary %+v", sum)
	}
}

// TestRunWithImpossibleLoss fails after the simulator was started, which must not be left behind, and after the
// world was made.
func TestRunWithImpossibleLoss(t *testing.T) {
	if _, err := exec.LookPath("verilator"); err != nil {
		t.Skip("SKIPPED: verilator is not installed; `make test` installs it")
	}
	sum, err := Run(t.Context(), Options{Data: bytes.Repeat([]byte("x"), 1000), Loss: 1001})
	if err == nil || sum == nil || sum.Migrations != 0 || sum.SHA256Match {
		t.Errorf("summary %+v, error %v", sum, err)
	}
}
