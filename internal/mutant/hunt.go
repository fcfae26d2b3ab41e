package mutant

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/godwit-rdma/godwit/cosim"
	"github.com/godwit-rdma/godwit/cosim/bridge"
	"github.com/godwit-rdma/godwit/cosim/lockstep"
	"github.com/godwit-rdma/godwit/cosim/sim"
	"github.com/godwit-rdma/godwit/internal/op"
	"github.com/godwit-rdma/godwit/internal/repro"
	"github.com/godwit-rdma/godwit/internal/story"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
)

// Verdict is what a hunt came to.
type Verdict struct {
	Mutant
	Found bool `json:"found"`
	// Divergence is the first wrong step of the shrunk program, Program its operations.
	Divergence *lockstep.Divergence `json:"divergence,omitempty"`
	Program    []string             `json:"program,omitempty"`
	// Story is the program it was found with, which had Ops operations; Runs is how often anything was run.
	Story string `json:"story,omitempty"`
	Ops   int    `json:"ops,omitempty"`
	Runs  int    `json:"runs"`
	// BuildSeconds and HuntSeconds are wall time.
	BuildSeconds float64 `json:"build_seconds"`
	HuntSeconds  float64 `json:"hunt_seconds"`
}

// Hunter runs programs on RTL.
type Hunter struct {
	Builder sim.Builder
	// Params of the RTL, without a mutant.
	Params sim.Params
}

// runLimit is the cycles a program may take.
const runLimit = 3_000_000

// target is what is hunted: a build, how its ports are delayed, and what is known so far.
type target struct {
	params   sim.Params
	pressure bridge.Backpressure
	verdict  *Verdict
}

// patience is the cycles a shrunk program may take, given where the whole one went wrong: what is left of a
// program may have no end.
func patience(d *lockstep.Divergence) uint64 { return 2*d.Cycle + 50_000 }

// pressures are how the device's ports are delayed: first not at all, then so that packets are slow to leave.
var pressures = []bridge.Backpressure{{}, {Seed: 1, TXStall: 95, ReadStall: 20, WriteStall: 20, ReadLatency: 8}}

// Hunt looks for a mutant.
func (h *Hunter) Hunt(ctx context.Context, m Mutant) (*Verdict, error) {
	v := &Verdict{Mutant: m}
	t := &target{params: h.Params, verdict: v}
	t.params.Mutant = m.Name
	start := time.Now()
	if _, err := h.Builder.Build(ctx, t.params); err != nil {
		return v, err
	}
	v.BuildSeconds = time.Since(start).Seconds()
	start = time.Now()
	defer func() { v.HuntSeconds = time.Since(start).Seconds() }()
	programs, err := Programs(m.story)
	if err != nil {
		return v, err
	}
	for _, s := range programs {
		for _, t.pressure = range pressures {
			d, err := h.run(ctx, t, s.Ops, runLimit)
			if err != nil {
				return v, err
			}
			if d != nil {
				v.Found, v.Story, v.Ops = true, s.File, len(s.Ops)
				return v, h.shrink(ctx, t, s.Ops, d)
			}
		}
	}
	return v, nil
}

// run runs a program with every NIC on the RTL. It returns what lockstep objects to, nil if the RTL is right, or
// if the program makes no sense. The error is of the environment.
func (h *Hunter) run(ctx context.Context, t *target, ops []op.Op, limit uint64) (*lockstep.Divergence, error) {
	t.verdict.Runs++
	_, err := story.Run("program", ops, story.Options{Factory: h.Factory(ctx, t.params, t.pressure), Context: ctx, Limit: limit})
	var d *lockstep.Divergence
	var fatal *bridge.Error
	var build *sim.BuildError
	switch {
	case errors.As(err, &d):
		return d, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.As(err, &fatal), errors.As(err, &build):
		return nil, err
	}
	return nil, nil
}

// Factory makes RTL NICs in lockstep.
func (h *Hunter) Factory(ctx context.Context, p sim.Params, b bridge.Backpressure) story.Factory {
	return h.waving(ctx, p, b, func(string) cosim.Wave { return cosim.Wave{} })
}

// Waving makes RTL NICs in lockstep that write the waveform of what led to a divergence into a folder.
func (h *Hunter) Waving(ctx context.Context, p sim.Params, b bridge.Backpressure, d *lockstep.Divergence, dir string) story.Factory {
	const before = 2000 // cycles: several steps
	return h.waving(ctx, p, b, func(name string) cosim.Wave {
		return cosim.Wave{Path: filepath.Join(dir, fmt.Sprintf(repro.WaveFile, name)), From: max(d.Cycle, before) - before}
	})
}

func (h *Hunter) waving(ctx context.Context, p sim.Params, b bridge.Backpressure, wave func(name string) cosim.Wave) story.Factory {
	return func(name string, n nic.Params, ram *mem.RAM, obs nic.Observer) (nic.Device, error) {
		p.NumQP, p.NumMR, p.NumCQ, p.Migration = n.NumQP, n.NumMR, n.NumCQ, sim.On
		if !n.Migration {
			p.Migration = sim.Off
		}
		dev, _, err := cosim.RTL{Params: p, Builder: h.Builder, RAM: ram, Backpressure: b, Watch: obs, Wave: wave(name)}.Open(ctx)
		if err != nil {
			return nil, err
		}
		return dev, nil
	}
}

// shrink removes operations as long as the same step goes wrong in the same way: first halves, then quarters,
// down to single ones (delta debugging), until nothing can go.
func (h *Hunter) shrink(ctx context.Context, t *target, ops []op.Op, d *lockstep.Divergence) error {
	want := d.Signature()
	for chunk := len(ops) / 2; chunk > 0; {
		removed := false
		for at := 0; at+chunk <= len(ops); {
			fewer := append(append([]op.Op(nil), ops[:at]...), ops[at+chunk:]...)
			got, err := h.run(ctx, t, fewer, patience(d))
			if err != nil {
				return err
			}
			if got != nil && got.Signature() == want {
				ops, d, removed = fewer, got, true
				continue
			}
			at += chunk
		}
		if !removed || chunk > 1 {
			chunk /= 2
		}
	}
	return h.simplify(ctx, t, ops, d)
}

// simplify makes counts and lengths smaller, one operation at a time, under the same condition, and writes the
// result into the verdict.
func (h *Hunter) simplify(ctx context.Context, t *target, ops []op.Op, d *lockstep.Divergence) error {
	want := d.Signature()
	for i := range ops {
		for _, smaller := range []func(w *op.Work){
			func(w *op.Work) { w.Count = 1 },
			func(w *op.Work) { w.Count = (w.Count + 1) / 2 },
			func(w *op.Work) { w.Len = min(w.Len, 256) },
		} {
			tried := append([]op.Op(nil), ops...)
			smaller(&tried[i].Work)
			if tried[i].Work == ops[i].Work || ops[i].Verb != op.PostSend && ops[i].Verb != op.PostRecv {
				continue
			}
			got, err := h.run(ctx, t, tried, patience(d))
			if err != nil {
				return err
			}
			if got != nil && got.Signature() == want {
				ops, d = tried, got
			}
		}
	}
	t.verdict.Divergence = d
	for i := range ops {
		t.verdict.Program = append(t.verdict.Program, ops[i].String())
	}
	return nil
}
