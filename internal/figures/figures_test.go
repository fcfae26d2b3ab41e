package figures

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"testing"
)

// small is a sweep that is quick.
var small = Sweep{
	Name: "small", Title: "A sweep", Axis: "lost frames in 1000", X: func(p Point) float64 { return float64(p.Loss) },
	Points: []Point{
		{QPs: 2, Memory: 64 << 10, Dirty: 2000, PreCopy: 1, Seed: 1},
		{QPs: 2, Memory: 64 << 10, Dirty: 2000, PreCopy: 1, Loss: 20, Seed: 1},
		{QPs: 2, Memory: 64 << 10, Dirty: 2000, PreCopy: 1, Loss: 20, Seed: 2},
	},
}

// TestSweep: two runs give the same bytes, and what they say makes sense.
func TestSweep(t *testing.T) {
	var first []byte
	for range 2 {
		points := 0
		results, err := small.Run(func() { points++ })
		if err != nil {
			t.Fatal(err)
		}
		if points != len(small.Points) {
			t.Errorf("told of %d points of %d", points, len(small.Points))
		}
		for _, r := range results {
			if r.Pause == 0 || r.Blackout <= r.Pause || r.Image == 0 || r.Copied < r.Memory || r.Goodput == 0 || r.Still == 0 {
				t.Errorf("result %+v", r)
			}
		}
		if results[1].Still >= results[0].Still || results[1].Still == results[2].Still {
			t.Errorf("loss and its seed make no difference: %+v", results)
		}
		svg, err := small.SVG(results)
		if err != nil {
			t.Fatal(err)
		}
		wellFormed(t, svg)
		all := append(CSV(results), svg...)
		if first != nil && !bytes.Equal(all, first) {
			t.Error("the second run gave other bytes")
		}
		first = all
	}
}

func wellFormed(t *testing.T, svg []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

func TestMedians(t *testing.T) {
	var results []Result
	for i, p := range small.Points {
		results = append(results, Result{Point: p, Pause: uint64(10 - i)})
	}
	got := small.medians(results, func(r *Result) float64 { return float64(r.Pause) })
	if len(got) != 2 || got[0].X != 0 || got[0].Y != 10 || got[1].X != 20 || got[1].Y != 9 {
		t.Errorf("medians %v", got)
	}
}

func TestOutOfRange(t *testing.T) {
	for _, p := range []Point{{}, {QPs: mostQPs + 1}, {QPs: 1, Loss: 1001}, {QPs: 1, Memory: ramSize}} {
		if _, err := Measure(p); err == nil {
			t.Errorf("%+v was measured", p)
		}
	}
}

// TestSweeps: names are those of files, and points go along the axis.
func TestSweeps(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range Sweeps() {
		if seen[s.Name] || len(s.Points) == 0 {
			t.Errorf("sweep %q: again, or without points", s.Name)
		}
		seen[s.Name] = true
		for i := 1; i < len(s.Points); i++ {
			if s.X(s.Points[i]) < s.X(s.Points[i-1]) {
				t.Errorf("%s: point %d goes back", s.Name, i)
			}
		}
	}
}
