package attack

import (
	"math"
	"testing"

	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/qp"
)

// checks are the switches of single checks.
var checks = []qp.Rules{0, qp.Untagged, qp.AnyEpoch, qp.AnyProgress, qp.AnyAddress, qp.Unasked}

// TestOdds: the formula agrees with what packets by lot come to, on windows small enough to hit. Chances 0 and 1 are
// exact.
func TestOdds(t *testing.T) {
	const n = 4000
	rng := fabric.SplitMix(1)
	cases, between := 0, 0
	for _, s := range forging {
		for _, off := range checks {
			for _, u := range []fabric.Unknown{{}, {PSN: 6}, {QPN: 3}, {Tag: 4}, {QPN: 2, PSN: 5, Tag: 2}} {
				for flags := range 4 {
					c := Case{Strategy: s, Unknown: u, Window: 16, Pending: flags&1 != 0, Pinned: flags&2 != 0, Off: off}
					p := Odds(&c)
					got := float64(Try(&c, &rng, n))
					sigma := math.Sqrt(n * p * (1 - p))
					if math.Abs(got-n*p) > 5*sigma {
						t.Errorf("%v unknown %+v off %v pending %v pinned %v: %.0f of %d, want %.0f within %.0f", s, u, off, c.Pending, c.Pinned, got, n, n*p, 5*sigma)
					}
					cases++
					if p > 0 && p < 1 {
						between++
					}
				}
			}
		}
	}
	t.Logf("%d cases, %d by lot", cases, between)
}

// TestTagLaw: each unknown bit of the tag doubles the packets it takes.
func TestTagLaw(t *testing.T) {
	rng := fabric.SplitMix(2)
	for bits := uint8(2); bits <= 12; bits += 2 {
		c := Case{Strategy: fabric.Steal, Unknown: fabric.Unknown{Tag: bits}, Window: 16}
		n := 200 << bits
		if hits := Try(&c, &rng, n); hits < 130 || hits > 270 {
			t.Errorf("%d bits: %d hits of %d, want about 200", bits, hits, n)
		}
	}
}

// TestReplay: an old announcement is refused for its epoch and, unless nothing was sent since, for its PSNs.
func TestReplay(t *testing.T) {
	for _, c := range []struct {
		idle bool
		off  qp.Rules
		want bool
	}{
		{true, 0, false}, {false, 0, false},
		{true, qp.AnyEpoch, true}, {false, qp.AnyEpoch, false},
		{true, qp.AnyProgress, false}, {false, qp.AnyEpoch | qp.AnyProgress, true},
		{true, qp.Untagged | qp.AnyProgress | qp.AnyAddress | qp.Unasked, false},
	} {
		if got := replayed(c.idle, c.off); got != c.want {
			t.Errorf("idle %v, off %v: %v, want %v", c.idle, c.off, got, c.want)
		}
	}
}

// TestReflection: docs/security.md, "Reflection": the tag covers where a packet goes. Without it, what both ends have
// alike is enough, so this test can fail.
func TestReflection(t *testing.T) {
	for _, sameQPN := range []bool{false, true} {
		if reflected(sameQPN, 0) {
			t.Errorf("a reflected announcement is taken; same QPN: %v", sameQPN)
		}
		if !reflected(sameQPN, qp.Untagged) {
			t.Errorf("a reflected announcement is refused without the tag; same QPN: %v", sameQPN)
		}
	}
}
