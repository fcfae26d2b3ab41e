package fuzz

import (
	"reflect"
	"runtime"
	"testing"
)

func TestPair(t *testing.T) {
	runs := 300
	if testing.Short() {
		runs = 40
	}
	r, err := Pair(t.Context(), Options{What: "pair", Runs: runs, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if r.Finding != nil {
		t.Fatalf("run %d (%s): %s\n%q", r.Finding.Run, r.Finding.Class, r.Finding.Text, r.Finding.Program)
	}
	t.Logf("%.0f runs/s; %+v", r.PerSec, r.Stats)
}

// TestPairDeterminism: the same seed does the same, with one worker and with eight.
func TestPairDeterminism(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	var first *Report
	for _, procs := range []int{1, 1, 8} {
		runtime.GOMAXPROCS(procs)
		r, err := Pair(t.Context(), Options{What: "pair", Runs: 40, Seed: 2})
		if err != nil {
			t.Fatal(err)
		}
		r.Seconds, r.PerSec, r.Workers = 0, 0, 0
		if first == nil {
			first = r
		}
		if !reflect.DeepEqual(first, r) {
			t.Errorf("with GOMAXPROCS %d: %+v, want %+v", procs, r.Stats, first.Stats)
		}
	}
}
