package psn

import (
	"testing"

	"pgregory.net/rapid"
)

// The oracle is dumber: it walks the number space, or reasons in plain integers about one lap of it.

const (
	lap      = 1 << 24
	epochLap = 1 << 16
)

// ahead returns how many steps up it takes from q to p in a space of n numbers.
func ahead(p, q, n int64) int64 {
	d := p - q
	for d < 0 {
		d += n
	}
	return d % n
}

// signed folds a distance of one lap into the two halves.
func signed(d, n int64) int64 {
	if d >= n/2 {
		return d - n
	}
	return d
}

// near draws numbers that are often close to each other and to the wrap.
func near(t *rapid.T, n int64, label string) int64 {
	base := rapid.SampledFrom([]int64{0, 1, n/2 - 1, n / 2, n/2 + 1, n - 1}).Draw(t, label+" base")
	if rapid.Bool().Draw(t, label+" far") {
		base = rapid.Int64Range(0, n-1).Draw(t, label)
	}
	return ahead(base+rapid.Int64Range(-3, 3).Draw(t, label+" offset"), 0, n)
}

func TestPSNAgainstPlainIntegers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, q, r := near(t, lap, "p"), near(t, lap, "q"), near(t, lap, "r")
		n := rapid.Int32().Draw(t, "n")
		a, b, c := PSN(p), PSN(q), PSN(r)
		check(t, "Diff", int64(a.Diff(b)), signed(ahead(p, q, lap), lap))
		check(t, "Less", a.Less(b), signed(ahead(p, q, lap), lap) < 0)
		check(t, "LessEq", a.LessEq(b), p == q || signed(ahead(p, q, lap), lap) < 0)
		check(t, "Add", int64(a.Add(n)), ahead(p+int64(n), 0, lap))
		check(t, "Next.Prev", a.Next().Prev(), a)
		check(t, "Add(Diff)", b.Add(a.Diff(b)), a)
		check(t, "InWindow", a.InWindow(b, c), ahead(p, q, lap) < ahead(r, q, lap))
	})
}

func TestEpochAgainstPlainIntegers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, q, r := near(t, epochLap, "p"), near(t, epochLap, "q"), near(t, epochLap, "r")
		n := rapid.Int16().Draw(t, "n")
		a, b, c := Epoch(p), Epoch(q), Epoch(r)
		check(t, "Diff", int64(a.Diff(b)), signed(ahead(p, q, epochLap), epochLap))
		newer := ahead(q, p, epochLap)
		check(t, "Less", a.Less(b), newer >= 1 && newer <= 1<<15-1)
		check(t, "Add", int64(a.Add(n)), ahead(p+int64(n), 0, epochLap))
		check(t, "InWindow", a.InWindow(b, c), ahead(p, q, epochLap) < ahead(r, q, epochLap))
	})
}

// TestWindowByWalking compares windows with a walk from lo to hi, across the wrap.
func TestWindowByWalking(t *testing.T) {
	lo := PSN(lap - 5)
	for size := range int32(12) {
		hi := lo.Add(size)
		inside := map[PSN]bool{}
		for p := lo; p != hi; p = p.Next() {
			inside[p] = true
		}
		for i := int32(-3); i < 15; i++ {
			p := lo.Add(i)
			if got := p.InWindow(lo, hi); got != inside[p] {
				t.Errorf("%v.InWindow(%v, %v) = %v, a walk says %v", p, lo, hi, got, inside[p])
			}
		}
	}
}

// TestOppositeNumbers pins down the one distance at which order has no meaning.
func TestOppositeNumbers(t *testing.T) {
	if !PSN(0).Less(1<<23) || !PSN(1<<23).Less(0) {
		t.Error("PSNs half the space apart are each before the other")
	}
	if Epoch(0).Less(1<<15) || Epoch(1<<15).Less(0) {
		t.Error("epochs half the space apart are neither older nor newer")
	}
}

func TestText(t *testing.T) {
	if got := PSN(0xfffe).String(); got != "0x00fffe" {
		t.Errorf("PSN: got %s", got)
	}
	if got := Epoch(65535).String(); got != "65535" {
		t.Errorf("Epoch: got %s", got)
	}
	if got := New(0xff000001); got != 1 {
		t.Errorf("New keeps 24 bits: got %v", got)
	}
}

func check[T comparable](t *rapid.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Fatalf("%s: got %v, want %v", what, got, want)
	}
}
