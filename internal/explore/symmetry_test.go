package explore

import (
	"bytes"
	"testing"
)

// TestTwin: of a world whose ends are alike, the twin of a twin is the state itself, and a twin has twins for successors.
func TestTwin(t *testing.T) {
	for _, name := range []string{"twins", "both-deep", "three"} {
		t.Run(name, func(t *testing.T) { twinsOf(t, name) })
	}
}

func twinsOf(t *testing.T, world string) {
	w, _ := Find(world)
	k, x := newCodec(&w), stepper{w: &w}
	if !w.alike() {
		t.Fatal("its ends are not alike")
	}
	s := k.initial()
	for step := range 60 {
		twin := k.twin(&s)
		again := k.twin(&twin)
		if !bytes.Equal(k.append(nil, &s), k.append(nil, &again)) {
			t.Fatalf("step %d: the twin of the twin is another state", step)
		}
		acts := x.enabled(&s, nil)
		there := map[string]bool{}
		for _, a := range x.enabled(&twin, nil) {
			next := twin.clone()
			x.apply(&next, a)
			there[string(k.append(nil, &next))] = true
		}
		for _, a := range acts {
			next := s.clone()
			x.apply(&next, a)
			other := k.twin(&next)
			if !there[string(k.append(nil, &other))] {
				t.Fatalf("step %d: the twin cannot do what is: %s", step, x.tell(&s, a))
			}
		}
		if len(acts) == 0 {
			break
		}
		x.apply(&s, acts[(step*5+2)%len(acts)])
	}
}

// TestReduced: with and without symmetry a search finds the same, as deep, and the one is nearly half as large.
func TestReduced(t *testing.T) {
	found := 0
	for _, x := range [][2]string{{"twins", "godwit-R9"}, {"twins", "migros-poc"}, {"twins", "migros-poc+R5"}, {"three", "godwit"}, {"three", "godwit-R10a"}, {"three", "migros-poc+R5"}} {
		w, _ := Find(x[0])
		name := x[1]
		rules := dialect(t, name)
		reduced, whole := Run(w, Options{Rules: rules}), Run(w, Options{Rules: rules, Whole: true})
		t.Logf("%s: %d states of %d", name, reduced.States, whole.States)
		if !reduced.Complete || reduced.States*2 < whole.States || reduced.States*10 > whole.States*7 || reduced.Depth != whole.Depth {
			t.Errorf("%s: %d states of %d, depth %d of %d", name, reduced.States, whole.States, reduced.Depth, whole.Depth)
		}
		depths := map[string]int{}
		for _, f := range whole.Findings {
			depths[f.Property] = f.Depth
		}
		for _, f := range reduced.Findings {
			found++
			if d, ok := depths[f.Property]; !ok || d != f.Depth {
				t.Errorf("%s: %s at depth %d, without symmetry %d", name, f.Property, f.Depth, d)
			}
		}
		if len(reduced.Findings) != len(whole.Findings) {
			t.Errorf("%s: %d findings, without symmetry %d", name, len(reduced.Findings), len(whole.Findings))
		}
	}
	if found < 4 {
		t.Errorf("%d findings only", found)
	}
}
