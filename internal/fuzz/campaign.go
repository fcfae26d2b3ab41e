// Package fuzz looks for programs that break the protocol: [QP] one queue pair against arbitrary events, [Pair] whole
// worlds against an exactly-once oracle, on golden NICs or, through a factory, on RTL.
//
// Run number i of a campaign depends on the seed and i alone, so what is found does not depend on the number of
// workers, and every finding is shrunk and kept as a story.
package fuzz

import (
	"context"
	"time"

	"github.com/godwit-rdma/godwit/internal/campaign"
	"github.com/godwit-rdma/godwit/internal/story"
	"github.com/godwit-rdma/godwit/model/fabric"
)

// Options of a campaign.
type Options struct {
	// Runs is how many programs to run; Seed decides which. First is the number of the first: those before it were run.
	Runs, First int
	Seed        uint64
	// Workers run at the same time; 0 means as many as there are processors to Go.
	Workers int
	// What is the name of the campaign: qp, pair, cosim.
	What string
	// Factory gives a worker, counted from 0, what makes its NICs; nil means golden ones.
	Factory func(worker int) story.Factory
	// Fatal tells errors of the environment from findings; nil means that there are none.
	Fatal func(error) bool
	// Classify names the class of a device's failure, "" if it knows none; nil knows none.
	Classify func(error) string
	// Limit is the most cycles a run may take; 0 means no limit.
	Limit uint64
	// ShrinkTime bounds the search for a smaller program; 0 means 30 s.
	ShrinkTime time.Duration
	// RunSeed, if not nil, is what the one run to do is generated from, instead of Runs and Seed.
	RunSeed *int
	// Out is the folder for findings; "" keeps none.
	Out string
	// Brief makes short programs, for NICs whose cycles are dear.
	Brief bool
	// ReplayArgs follows the command that replays a finding: what NICs to run it on.
	ReplayArgs string
	// Progress is told now and then how many runs are over; nil if nobody wants to know. It is called by any worker.
	Progress func(done int64)
}

// Report is what a campaign came to.
type Report struct {
	What    string      `json:"what"`
	Seed    uint64      `json:"seed"`
	Runs    int         `json:"runs"`
	Stats   story.Stats `json:"stats"`
	Seconds float64     `json:"seconds"`
	PerSec  float64     `json:"runs_per_second"`
	Workers int         `json:"workers"`
	// Coverage counts steps by state, cause and verdict.
	Coverage []Covered `json:"coverage"`
	// Finding is the first that broke, nil if none did.
	Finding *Finding `json:"finding,omitempty"`
	// Interrupted: it was ended before all runs were over. Next is the number of the first run that is not in the report.
	Interrupted bool `json:"interrupted,omitempty"`
	Next        int  `json:"next"`
}

// Finding is a program that breaks something.
type Finding struct {
	// Run is the number of the run, RunSeed what it was generated from.
	Run     int    `json:"run"`
	RunSeed int    `json:"run_seed"`
	Class   string `json:"class"`
	Text    string `json:"text"`
	// Program is the shrunk program, one operation or event a line.
	Program []string `json:"program"`
	// Dir is where it is kept, and Replay the command that shows it again.
	Dir    string `json:"dir,omitempty"`
	Replay string `json:"replay,omitempty"`
}

// runSeed is the seed of run number i, not negative.
func runSeed(seed uint64, i int) int {
	s := fabric.SplitMix(seed + uint64(i)*0x9e3779b97f4a7c15)
	return int(s.Uint64() >> 1)
}

// runner is one run of a campaign. The error is of the environment.
type runner func(ctx context.Context, worker, seed int) (verdict, story.Stats, error)

// outcome is what one run came to.
type outcome struct {
	seed    int
	verdict verdict
	stats   story.Stats
}

// runAll makes the runs of a campaign up to the first that fails.
func runAll(ctx context.Context, o *Options, run runner) (*Report, *Finding, error) {
	p := campaign.Plan{First: o.First, End: o.Runs, Workers: o.Workers, Progress: o.Progress}
	if o.RunSeed != nil {
		p.First, p.End = 0, 1
	}
	start := time.Now()
	r := &Report{What: o.What, Seed: o.Seed, Workers: p.Width()}
	var found *Finding
	next, err := campaign.Run(ctx, p, func(ctx context.Context, worker, i int) (outcome, error) {
		seed := runSeed(o.Seed, i)
		if o.RunSeed != nil {
			seed = *o.RunSeed
		}
		v, stats, err := run(ctx, worker, seed)
		return outcome{seed, v, stats}, err
	}, func(i int, x outcome) bool {
		r.Stats.Add(x.stats)
		if x.verdict.class != "" {
			found = &Finding{Run: i, RunSeed: x.seed, Class: x.verdict.class, Text: x.verdict.text}
		}
		return found == nil
	})
	r.Next, r.Runs = next, next-p.First
	r.Seconds = time.Since(start).Seconds()
	r.PerSec = float64(r.Runs) / r.Seconds
	r.Interrupted = err == nil && found == nil && next != p.End
	return r, found, err
}
