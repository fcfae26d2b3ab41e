package fuzz

import "testing"

func TestQP(t *testing.T) {
	runs := 5000
	if testing.Short() {
		runs = 500
	}
	r, err := QP(t.Context(), Options{What: "qp", Runs: runs, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%.0f runs/s; %+v", r.PerSec, r.Stats)
	if f := r.Finding; f != nil {
		for _, line := range f.Program {
			t.Log(line)
		}
		t.Fatalf("run %d (%s): %s", f.Run, f.Class, f.Text)
	}
	for _, c := range r.Coverage {
		t.Log(c)
	}
}
