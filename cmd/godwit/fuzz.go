package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/godwit-rdma/godwit/cosim"
	"github.com/godwit-rdma/godwit/cosim/bridge"
	"github.com/godwit-rdma/godwit/cosim/lockstep"
	"github.com/godwit-rdma/godwit/cosim/sim"
	"github.com/godwit-rdma/godwit/internal/fuzz"
	"github.com/godwit-rdma/godwit/internal/repro"
	"github.com/godwit-rdma/godwit/internal/story"
	"github.com/godwit-rdma/godwit/internal/ui"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
)

// newFuzzCommand is `godwit fuzz`.
func newFuzzCommand() *cobra.Command {
	return newGroupCommand("fuzz", "Look for programs that break the protocol, and shrink them",
		newFuzzVerb("qp", "One queue pair against legal and illegal events",
			`Throws arbitrary events at one queue pair: packets in and out of order, timers, doorbells, stops, restores. After
each the invariants of the protocol are checked: numbers, timers, edges of the state graph, who may send what, what
completes, what a pause costs, and that a dump restores.`, 50000, fuzz.QP),
		newFuzzVerb("pair", "Worlds of golden NICs against an exactly-once oracle",
			`Runs random programs on two to four golden NICs: messages both ways, loss, duplication, reordering and
corruption, migrations of both sides, in chains, back home, called off. In the end every message must have arrived
byte for byte, once, in order, with its completion, and every queue pair be in RTS.`, 20000, fuzz.Pair),
		newFuzzVerb("cosim", "The same worlds with the RTL as NIC a, in lockstep",
			`As pair, with the Verilated RTL as NIC a and every step of it compared with the golden model.`, 2000, fuzzCosim),
		newFuzzAttackCommand())
}

// campaign is what fuzz.QP and fuzz.Pair are.
type campaign func(context.Context, fuzz.Options) (*fuzz.Report, error)

func newFuzzVerb(name, short, long string, runs int, run campaign) *cobra.Command {
	o := fuzz.Options{What: name}
	var seed int
	var asJSON *bool
	cmd := &cobra.Command{
		Use: name, Short: short, Args: cobra.NoArgs,
		Long: long + `

Run number i depends on --seed and i alone. The first finding ends the campaign; it is shrunk, and kept in the folder
--out with what is needed to see it again. Exit code 1 then. An interrupted campaign says what it did so far, and with
which run it goes on: --from.`,
		Example: fmt.Sprintf("  godwit fuzz %s\n  godwit fuzz %s --runs 1000 --seed 7 --json", name, name),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := checkRuns(name, o.Runs, o.First, o.Workers); err != nil {
				return err
			}
			if cmd.Flags().Changed("run-seed") {
				o.RunSeed = &seed
			}
			return runFuzz(cmd, o, run, *asJSON)
		},
	}
	f := cmd.Flags()
	f.IntVar(&o.Runs, "runs", runs, "how many programs to run")
	f.IntVar(&o.First, "from", 0, "number of the first run: what an interrupted campaign names")
	f.Uint64Var(&o.Seed, "seed", 1, "which programs")
	f.IntVar(&o.Workers, "workers", 0, "how many at the same time; 0 means one for each processor")
	f.IntVar(&seed, "run-seed", 0, "do one run only, that with this seed of its own, as a finding names it")
	f.StringVar(&o.Out, "out", "out/fuzz", "folder for findings")
	f.DurationVar(&o.ShrinkTime, "shrink-time", 0, "the most time for either stage of shrinking; 0 means 30s")
	asJSON = ui.JSONFlag(f)
	return cmd
}

func runFuzz(cmd *cobra.Command, o fuzz.Options, run campaign, asJSON bool) error {
	return showCampaign(cmd, o.What, o.Runs, asJSON, func(progress func(done int64)) (*campaignEnd, error) {
		o.Progress = progress
		r, err := run(cmd.Context(), o)
		if r == nil {
			return nil, err
		}
		out := &campaignEnd{report: r, print: func() { printFuzz(cmd, r) }, interrupted: r.Interrupted}
		if f := r.Finding; f != nil {
			out.class, out.replay = f.Class, f.Replay
		}
		return out, err
	})
}

// campaignEnd is what a campaign leaves: its report, as data and printed, and what was found, class "" for nothing.
type campaignEnd struct {
	report        any
	print         func()
	class, replay string
	interrupted   bool
}

// checkRuns checks the flags that all campaigns have.
func checkRuns(name string, runs, first, workers int) error {
	if runs < 1 || workers < 0 || first < 0 || first >= runs {
		return ui.BadInputf("fuzz %s: --runs must be at least 1, --workers at least 0, --from less than --runs", name)
	}
	return nil
}

// showCampaign runs a campaign behind a progress bar, shows its outcome, and makes a finding an error. A campaign that
// fails may have an outcome all the same.
func showCampaign(cmd *cobra.Command, what string, runs int, asJSON bool,
	run func(progress func(done int64)) (*campaignEnd, error)) error {
	progress := ui.NewProgress(os.Stderr)
	total := int64(runs)
	bar := progress.Bar("fuzz "+what, total, ui.Count)
	out, err := run(func(done int64) { bar.Set(done, total) })
	bar.Done()
	progress.Close()
	if out != nil {
		var werr error
		if asJSON {
			werr = ui.WriteJSON(cmd.OutOrStdout(), out.report)
		} else {
			out.print()
		}
		err = errors.Join(err, werr)
	}
	switch {
	case err != nil:
		return err
	case out.class != "":
		return ui.Failf("fuzz %s: %s; again: %s", what, out.class, out.replay)
	case out.interrupted:
		return context.Canceled
	}
	return nil
}

func printFuzz(cmd *cobra.Command, r *fuzz.Report) {
	w := cmd.OutOrStdout()
	fmt.Fprintf(w, "coverage: state before, cause, verdict, steps\n")
	for _, c := range r.Coverage {
		fmt.Fprintf(w, "  %v\n", c)
	}
	fmt.Fprintf(w, "runs      %d, seed %d, %.1f s, %.0f runs/s on %d workers\n", r.Runs, r.Seed, r.Seconds, r.PerSec, r.Workers)
	fmt.Fprintf(w, "steps     %d, %d packets, %d completions, %d moves\n", r.Stats.Steps, r.Stats.Packets, r.Stats.Completions, r.Stats.Moves)
	f := r.Finding
	switch {
	case f != nil:
		fmt.Fprintf(w, "FINDING   %s, run %d, run seed %d\n%s\n\n  %s\n\n", f.Class, f.Run, f.RunSeed, f.Text, strings.Join(f.Program, "\n  "))
		if f.Dir != "" {
			fmt.Fprintf(w, "kept in   %s\n", f.Dir)
		}
		fmt.Fprintf(w, "again     %s\n", f.Replay)
	case r.Interrupted:
		fmt.Fprintf(w, "fuzz %s: interrupted, no finding so far; to go on, add --from %d\n", r.What, r.Next)
	default:
		fmt.Fprintf(w, "fuzz %s: no finding\n", r.What)
	}
}

// fuzzCosim is fuzz.Pair with NIC a on the RTL.
func fuzzCosim(ctx context.Context, o fuzz.Options) (*fuzz.Report, error) {
	b := sim.Builder{Progress: announce}
	o.Limit, o.Brief = 20_000_000, true
	o.ReplayArgs = " --nic a=rtl"
	o.Classify = func(err error) string {
		var d *lockstep.Divergence
		if errors.As(err, &d) {
			return d.Signature()
		}
		return ""
	}
	o.Fatal = func(err error) bool {
		var dead *bridge.Error
		var build *sim.BuildError
		return errors.As(err, &dead) || errors.As(err, &build)
	}
	o.Factory = func(int) story.Factory { return rtlNICA(ctx, b, cosim.Wave{}) }
	r, err := fuzz.Pair(ctx, o)
	if err == nil && r.Finding != nil && r.Finding.Dir != "" {
		err = keepWave(ctx, b, r.Finding.Dir)
	}
	return r, err
}

// rtlNICA makes NIC a the RTL in lockstep and the others golden.
func rtlNICA(ctx context.Context, b sim.Builder, wave cosim.Wave) story.Factory {
	return func(name string, p nic.Params, ram *mem.RAM, obs nic.Observer) (nic.Device, error) {
		if name != "a" {
			return story.Golden(name, p, ram, obs)
		}
		sp := sim.Params{NumQP: p.NumQP, NumMR: p.NumMR, NumCQ: p.NumCQ}
		dev, _, err := cosim.RTL{Params: sp, Builder: b, RAM: ram, Watch: obs, Wave: wave}.Open(ctx)
		if err != nil {
			return nil, err
		}
		return dev, nil
	}
}

// keepWave writes the waveform of a finding beside its story, by one more run, which fails as the finding does.
func keepWave(ctx context.Context, b sim.Builder, dir string) error {
	s, err := story.Read(filepath.Join(dir, repro.StoryFile))
	if err != nil {
		return err
	}
	path, err := filepath.Abs(filepath.Join(dir, fmt.Sprintf(repro.WaveFile, "a")))
	if err != nil {
		return err
	}
	_, _ = story.Run(s.File, s.Ops, story.Options{Factory: rtlNICA(ctx, b, cosim.Wave{Path: path}), Context: ctx})
	return nil
}
