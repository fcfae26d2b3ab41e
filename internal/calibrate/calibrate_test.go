package calibrate

import (
	"math"
	"os/exec"
	"testing"

	"github.com/godwit-rdma/godwit/cosim/sim"
	"github.com/godwit-rdma/godwit/model/abi"
)

// enough checks that the story has brought about what is to be measured.
func enough(t *testing.T, rows []Row, want [][2]string) {
	t.Helper()
	for _, w := range want {
		found := false
		for _, r := range rows {
			found = found || r.Cause == w[0] && r.Work == w[1] && r.Steps >= 2
		}
		if !found {
			t.Errorf("%s %q is not measured: %+v", w[0], w[1], rows)
		}
	}
}

var (
	data = [][2]string{
		{"RX", ""}, {"RX", "payload packet"}, {"RX", "payload completion packet"}, {"SEND", "element payload packet"},
		{"RETIRE", "element completion"}, {"DB_SQ", ""}, {"DB_RQ", ""}, {"DB_CQ_CI", ""}, {"CMD", "image"},
	}
	moves = [][2]string{{"SEND", "element packet"}, {"STALL", ""}, {"ACTIVATE", "packet"}, {"CMD", ""}}
)

// TestGolden: of the golden NIC, which lives by spec/timing.yaml, exactly that is measured.
func TestGolden(t *testing.T) {
	for _, w := range []workload{busy, second} {
		rows, err := run(t.Context(), w, 0, golden)
		if err != nil {
			t.Fatal(err)
		}
		enough(t, rows, data)
		for _, r := range rows {
			if r.Error() != 0 {
				t.Errorf("%s: %+v", w.name, r)
			}
		}
		if x := Total(rows); x.Steps < 500 {
			t.Errorf("%s: %+v", w.name, x)
		}
	}
}

// TestTabulate: single steps that wait do not count, and what differs stands apart.
func TestTabulate(t *testing.T) {
	var s []sample
	for _, n := range []int{0, 16, 160} {
		for i := range 5 {
			c := sample{kind: kind{cause: abi.CauseSend, bytes: n}, cycles: 20 + n, spec: 20}
			if n != 0 {
				c.work = payload
			}
			if i == 4 {
				c.cycles += 300
			}
			s = append(s, c)
		}
	}
	rows := tabulate(s)
	want := []Row{{Cause: "SEND", Steps: 5, Cycles: 100, SpecCycles: 100}, {Cause: "SEND", Work: "payload", Steps: 10, Cycles: 1080, SpecCycles: 200}}
	if len(rows) != 2 || rows[0] != want[0] || rows[1] != want[1] {
		t.Errorf("%+v", rows)
	}
	if sums := Causes(rows); len(sums) != 1 || sums[0].Steps != 15 || sums[0].Cycles != 1180 {
		t.Errorf("%+v", sums)
	}
}

// TestRTL: spec/timing.yaml is within 2 % of the RTL in all, and within 5 % at each cause, at the workload that it was read
// off and at another one.
func TestRTL(t *testing.T) {
	if testing.Short() {
		t.Skip("it may have to build the simulator")
	}
	if _, err := exec.LookPath("verilator"); err != nil {
		t.Skipf("SKIPPED, the RTL is not measured: %v", err)
	}
	for _, w := range []workload{busy, second} {
		rows, err := rtl(t.Context(), w, sim.Builder{})
		if err != nil {
			t.Fatal(err)
		}
		enough(t, rows, data)
		if w == busy {
			enough(t, rows, moves)
		}
		for _, r := range Causes(rows) {
			if math.Abs(r.Error()) > 5 {
				t.Errorf("%s: %+v: %+.1f %%", w.name, r, r.Error())
			}
		}
		if x := Total(rows); math.Abs(x.Error()) > 2 {
			t.Errorf("%s: %+v: %+.1f %%", w.name, x, x.Error())
		}
		for _, r := range rows {
			t.Logf("%s: %+v %+.1f %%", w.name, r, r.Error())
		}
	}
}
