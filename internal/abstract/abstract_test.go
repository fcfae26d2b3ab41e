package abstract

import (
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
)

// small are the worlds of every `go test`, with the number of their states. Spin found as many; where it is not at hand
// this is what tells that the protocol changed.
var small = []struct {
	Bounds
	states int
}{
	{Bounds{MsgA: 1, MsgB: 1, Cap: 1, Loss: true}, 79_505},
	{Bounds{Cap: 1, Loss: true, Both: true}, 14_743},
}

func TestSearch(t *testing.T) {
	for _, s := range small {
		r, err := Search(s.Bounds)
		if err != nil {
			t.Fatalf("%s: %v", name(s.Bounds), err)
		}
		if len(r.Seen) != s.states {
			t.Errorf("%s: %d states, not %d: if the protocol was meant to change, change spec/promela/handshake.pml until "+
				"'make promela' agrees, then the number here", name(s.Bounds), len(r.Seen), s.states)
		}
	}
}

// TestDeadFields searches a world with the contexts as Step leaves them, nothing forgotten: if a step depended on a field
// that forget clears, it would reach other states.
func TestDeadFields(t *testing.T) {
	for _, b := range []Bounds{{MsgA: 1, MsgB: 0, Cap: 1, Loss: true}, {MsgA: 0, MsgB: 1, Cap: 1, Loss: true}} {
		want, err := Search(b)
		if err != nil {
			t.Fatal(err)
		}
		got := map[Tuple]struct{}{}
		seen := map[world]struct{}{*b.initial(): {}}
		queue := []world{*b.initial()}
		for ; len(queue) > 0; queue = queue[1:] {
			w := queue[0]
			for _, f := range b.moves(&w) {
				next := w
				if err := f(&next); err != nil {
					t.Fatal(err)
				}
				if _, ok := seen[next]; !ok {
					seen[next] = struct{}{}
					queue = append(queue, next)
				}
			}
			for place := range w.q {
				forget(&w.q[place].ctx)
			}
			got[Tuple(b.pack(nil, &w))] = struct{}{}
		}
		if len(seen) <= len(got) {
			t.Errorf("%s: nothing was forgotten", name(b))
		}
		if only, missing := difference(got, want.Seen); len(only)+len(missing) != 0 {
			t.Errorf("%s: a field that forget clears matters: states only without it %x, only with it %x", name(b), only, missing)
		}
	}
}

// TestBrokenPropertyIsFound takes rules away by hand and wants the search to say what breaks.
func TestBrokenPropertyIsFound(t *testing.T) {
	b := Bounds{MsgA: 1, MsgB: 1, Cap: 1, Loss: true}
	w := b.initial()
	w.q[2] = w.q[1]
	if !b.twoLive(w) {
		t.Error("two live copies are not seen")
	}
	w = b.initial()
	w.q[0].ctx.MaxPSN, w.q[0].ctx.UnaPSN, w.q[0].ctx.CplDue = 1, 1, true // acknowledged, and never executed
	moves, broken := b.moves(w), false
	for _, f := range moves {
		next := *w
		broken = broken || f(&next) != nil
	}
	if !broken {
		t.Error("a false completion is not seen")
	}
	w = b.initial()
	w.q[0].ctx.State = abi.StatePaused
	w.q[0].ok, w.q[1].ok = 1, 1
	if b.ended(w, false) || !b.ended(w, true) {
		t.Error("a queue pair that is paused for ever is not told from one that has ended")
	}
}

// difference gives the least few states of each set that the other lacks.
func difference(a, b map[Tuple]struct{}) (onlyA, onlyB []Tuple) {
	return minus(a, b), minus(b, a)
}
