package sweep

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/host"
)

// TestSweep cuts every workload at every event: on links that lose, double and delay frames, and with memory copied first.
// `godwit sweep` does it with longer ones.
func TestSweep(t *testing.T) {
	for _, o := range []Options{
		{Seed: 2, Loss: 30, Messages: 3},
		{Seed: 3, Loss: 10, Messages: 2, PreCopy: 2, IPv6: true},
	} {
		r, err := Run(context.Background(), o)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range r.Findings {
			t.Errorf("%+v", f)
		}
		want, events := 0, map[string]int{}
		for _, l := range host.Workloads() {
			want += l.Containers + 1 // each one alone, and two at once
		}
		if len(r.Cases) != want || r.Cuts != r.Total || r.Cuts < 20*want {
			t.Errorf("%d cases of %d, %d cuts of %d: too few for a check", len(r.Cases), want, r.Cuts, r.Total)
		}
		for _, c := range r.Cases {
			if c.Held != c.Cuts || c.Cuts < 8 || c.Cuts > c.Total() || c.LeastPause == 0 {
				t.Errorf("%s, %s: %d of %d cuts held, of %d events, pause %d", c.Workload, c.Moves, c.Held, c.Cuts, c.Total(), c.LeastPause)
			}
			for kind, n := range c.Events {
				events[kind] += n
			}
		}
		for _, kind := range []string{kindStep, kindIn, kindOut, kindDoorbell, kindInterrupt} {
			if events[kind] == 0 {
				t.Errorf("no event of kind %q: %v", kind, events)
			}
		}
	}
}

// TestSweepFinds: what differs from the run without a cut is found.
func TestSweepFinds(t *testing.T) {
	l := host.Workloads()[0]
	o := Options{Seed: 1}
	for _, tc := range []struct {
		name  string
		spoil func(*baseline)
		says  string
	}{
		{"a completion less", func(b *baseline) {
			for q := range b.done[0] {
				b.done[0][q] = append(b.done[0][q], driver.WC{WRID: 99})
			}
		}, "12 completions, want 13"},
		{"another completion", func(b *baseline) {
			for q := range b.done[1] {
				b.done[1][q][3].ByteLen++
			}
		}, "container c1: QP 512 receives: completion 3 is"},
		{"another state", func(b *baseline) { b.states[1][0] = abi.StateRTR }, "the queue pairs are in [RTS], want [RTR]"},
		{"another event", func(b *baseline) { b.instants[20].steps++ }, "BUG: the run differs"},
	} {
		b, err := newBaseline(context.Background(), &l, []int{0}, &o)
		if err != nil {
			t.Fatal(err)
		}
		tc.spoil(b)
		if _, err := cut(context.Background(), &l, []int{0}, 20, b, &o); err == nil || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%s: error %v, want %q", tc.name, err, tc.says)
		}
	}
}

// TestDeterministic: what a sweep says depends on neither the workers nor where it was interrupted.
func TestDeterministic(t *testing.T) {
	run := func(o Options) *Report {
		o.Workloads, o.Seed, o.Loss, o.Messages = []string{"stream"}, 5, 40, 4
		r, err := Run(context.Background(), o)
		if err != nil {
			t.Fatal(err)
		}
		r.Seconds = 0
		return r
	}
	one, four := run(Options{Workers: 1}), run(Options{Workers: 4})
	a, _ := json.Marshal(one)
	b, _ := json.Marshal(four)
	if string(a) != string(b) {
		t.Errorf("one worker: %s\nfour: %s", a, b)
	}
	if rest := run(Options{From: one.Total - 3}); rest.Total != 3 || rest.Cuts != 3 {
		t.Errorf("%+v", rest)
	}
}

// TestInterrupted: a sweep that is interrupted says where to go on.
func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	o := Options{Seed: 1, Workers: 1, From: 5, Progress: func(done, _ int) {
		if done == 10 {
			cancel()
		}
	}}
	r, err := Run(ctx, o)
	if err != nil || !r.Interrupted || r.Next != 15 || r.Cuts != 10 || r.Broken != 0 {
		t.Errorf("error %v, %+v", err, r)
	}
	if r, err = Run(ctx, o); err != nil || !r.Interrupted || r.Next != 5 {
		t.Errorf("error %v, %+v", err, r)
	}
	if s := o.Resume(15); s != "godwit sweep --seed 1 --from 15" {
		t.Errorf("resume with %q", s)
	}
}

func TestOptions(t *testing.T) {
	for _, o := range []Options{
		{Workloads: []string{"send-bw", "nonsense"}}, {From: -1}, {From: 1 << 30}, {Count: -1}, {From: 10, Count: 1 << 30},
	} {
		if _, err := Run(context.Background(), o); !errors.Is(err, ErrOptions) {
			t.Errorf("%+v: error %v", o, err)
		}
	}
	if _, err := Run(context.Background(), Options{Workloads: []string{"rtr"}, Messages: 1 << 20, Loss: 1000}); err == nil || errors.Is(err, ErrOptions) {
		t.Errorf("error %v", err)
	}
}
