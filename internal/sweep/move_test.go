package sweep

import (
	"context"
	"errors"
	"testing"

	"github.com/godwit-rdma/godwit/model/host"
)

// TestMove: a container moves once, or is called off before any phase up to the activation; the workload ends as it should.
func TestMove(t *testing.T) {
	for p := range host.PhaseForward {
		r, err := Move(context.Background(), MoveOptions{Workload: "stream", Seed: 1, Moves: "both", PreCopy: 2, Abort: p.String()})
		if err != nil || r.Wrong != "" || len(r.Moves) != 2 {
			t.Fatalf("called off before %v: error %v, %+v", p, err, r)
		}
		for _, m := range r.Moves {
			if last := m.Steps[len(m.Steps)-1]; m.Outcome != "rolled back" || last.Phase != "rollback" || m.Steps[len(m.Steps)-2].Phase != p.String() {
				t.Errorf("called off before %v: %+v", p, m)
			}
		}
	}
	told := 0
	r, err := Move(context.Background(), MoveOptions{Workload: "kv", Seed: 1, Moves: "third", PreCopy: 2, Loss: 10, Progress: func(string, host.Phase, int, int) { told++ }})
	if err != nil || r.Wrong != "" || r.Moves[0].Outcome != "moved" || len(r.Moves[0].Steps) != int(host.NumPhases) || told < 2*int(host.NumPhases) {
		t.Errorf("error %v, told %d times, %+v", err, told, r)
	}
	if m := r.Moves[0]; m.Pause == 0 || m.Blackout == 0 || m.Image == 0 || len(m.Rounds) == 0 || m.Copied < m.Rounds[0].Bytes {
		t.Errorf("%+v", r)
	}
	for _, o := range []MoveOptions{
		{Workload: "nonsense", Moves: "sender"}, {Workload: "all", Moves: "sender"}, {Workload: "stream", Moves: "third"},
		{Workload: "stream", Moves: "sender", Abort: "await"}, {Workload: "stream", Moves: "sender", At: 1 << 40},
	} {
		if _, err := Move(context.Background(), o); !errors.Is(err, ErrOptions) {
			t.Errorf("%+v: error %v", o, err)
		}
	}
}

// TestMoveFinds: what does not hold of the end is told.
func TestMoveFinds(t *testing.T) {
	l := host.Workloads()[0]
	so := &Options{Seed: 1}
	b, err := newBaseline(context.Background(), &l, []int{0}, so)
	if err != nil {
		t.Fatal(err)
	}
	x, err := newWorld(&l, []int{0}, so)
	if err != nil {
		t.Fatal(err)
	}
	ms, err := x.migrations([]int{0}, &MoveOptions{}, host.NumPhases)
	if err != nil {
		t.Fatal(err)
	}
	r := &MoveReport{}
	if r.conclude(x, &l, b, ms, nil, host.NumPhases); r.Wrong == "" {
		t.Error("a container that did not move is taken for one that did")
	}
}
