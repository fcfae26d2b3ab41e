package calibrate

import (
	"context"
	"os/exec"
	"testing"

	"github.com/godwit-rdma/godwit/cosim/sim"
	"github.com/godwit-rdma/godwit/model/abi"
)

// steps are the causes that the story must bring about, those with payload among them.
var steps = map[string]bool{
	"RX": true, "SEND": true, "RETIRE": false, "DB_SQ": false, "DB_RQ": false, "DB_CQ_CI": false, "STALL": false, "ACTIVATE": false,
}

func enough(t *testing.T, rows []Row) {
	t.Helper()
	for name, payload := range steps {
		found := false
		for _, r := range rows {
			if r.Cause == name {
				found = r.Steps >= 2 && (!payload || r.Base > 0 && r.PerBeat > 0)
			}
		}
		if !found {
			t.Errorf("%s is not measured: %+v", name, rows)
		}
	}
}

// TestGolden: of the golden NIC, which lives by spec/timing.yaml, exactly that is measured.
func TestGolden(t *testing.T) {
	rows, err := run(context.Background(), golden)
	if err != nil {
		t.Fatal(err)
	}
	enough(t, rows)
	for _, r := range rows {
		if r.Error() != 0 || r.Empty != -1 && r.Empty != float64(r.SpecBase) ||
			r.Base != -1 && (r.Base != float64(r.SpecBase) || r.PerBeat != float64(r.SpecPerBeat)) {
			t.Errorf("%+v", r)
		}
	}
	if x := Total(rows); x.Steps < 1000 || x.Error() != 0 {
		t.Errorf("%+v", x)
	}
}

// TestFit: a line is found though single steps have idle time in them.
func TestFit(t *testing.T) {
	var s []sample
	for _, n := range []int{0, 16, 160, 1000} {
		for i := range 5 {
			c := 7
			if n != 0 {
				c = 20 + 2*beats(n)
			}
			if i == 4 {
				c += 300
			}
			s = append(s, sample{cause: abi.CauseSend, bytes: n, cycles: c})
		}
	}
	rows := fit(s)
	if r := rows[0]; len(rows) != 1 || r.Empty != 7 || r.Base != 20 || r.PerBeat != 2 || r.Steps != 20 || r.Cycles != 5*(7+22+40+146) {
		t.Errorf("%+v", rows)
	}
}

// TestRTL measures the RTL, whose data path takes a beat a cycle.
func TestRTL(t *testing.T) {
	if testing.Short() {
		t.Skip("it may have to build the simulator")
	}
	if _, err := exec.LookPath("verilator"); err != nil {
		t.Skipf("SKIPPED, the RTL is not measured: %v", err)
	}
	rows, err := RTL(t.Context(), sim.Builder{})
	if err != nil {
		t.Fatal(err)
	}
	enough(t, rows)
	for _, r := range rows {
		if steps[r.Cause] && (r.Base < 10 || r.Base > 40 || r.PerBeat < 0.9 || r.PerBeat > 1.1) {
			t.Errorf("%+v", r)
		}
	}
}
