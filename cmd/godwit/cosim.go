package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/godwit-rdma/godwit/cosim/bridge"
	"github.com/godwit-rdma/godwit/cosim/lockstep"
	"github.com/godwit-rdma/godwit/cosim/sim"
	"github.com/godwit-rdma/godwit/internal/mutant"
	"github.com/godwit-rdma/godwit/internal/op"
	"github.com/godwit-rdma/godwit/internal/repro"
	"github.com/godwit-rdma/godwit/internal/story"
	"github.com/godwit-rdma/godwit/internal/ui"
)

// newCosimCommand is `godwit cosim`.
func newCosimCommand() *cobra.Command {
	var name string
	var asJSON *bool
	var measure bool
	cmd := &cobra.Command{
		Use:   "cosim [STORY...]",
		Short: "Run stories with every NIC on the RTL in lockstep, look for a mutant, or measure steps",
		Long: `Without --mutant: run stories (all of the built-in ones if none is named) with every NIC on the Verilated RTL,
each step compared with the golden model. With --mutant: build the RTL with a deliberate bug, or one after the
other with all of them, find the first wrong step, and shrink the story to the operations it needs. With both:
run the stories on the RTL with that bug. What diverges is kept in out/cosim with packets and waveforms.

With --calibrate: measure how many cycles each kind of step takes on the RTL, and compare spec/timing.yaml, which
the golden NIC lives by.`,
		Example: `  godwit cosim golden/rollback.story
  godwit cosim --mutant STALE_ADDRESS
  godwit cosim --mutant all --json
  godwit cosim --calibrate`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if measure {
				if name != "" || len(args) != 0 {
					return ui.BadInputf("cosim: --calibrate takes neither stories nor --mutant")
				}
				return runCalibration(cmd, *asJSON)
			}
			if name != "" && len(args) == 0 {
				return runMutants(cmd, name, *asJSON)
			}
			return runCosim(cmd, args, name, *asJSON)
		},
	}
	cmd.Flags().StringVar(&name, "mutant", "", "deliberate bug to look for, or all")
	cmd.Flags().BoolVar(&measure, "calibrate", false, "measure the steps of the RTL")
	asJSON = ui.JSONFlag(cmd.Flags())
	return cmd
}

// announce tells on stderr what is being built, which takes most of a minute.
func announce(what string) { fmt.Fprintln(os.Stderr, "building", what) }

// cosimResult is one story on the RTL.
type cosimResult struct {
	Story      string               `json:"story"`
	OK         bool                 `json:"ok"`
	Error      string               `json:"error,omitempty"`
	Divergence *lockstep.Divergence `json:"divergence,omitempty"`
	// Repro is the folder with story, capture and waveforms of the failure.
	Repro string      `json:"repro,omitempty"`
	Stats story.Stats `json:"stats"`
}

func runCosim(cmd *cobra.Command, files []string, bug string, asJSON bool) error {
	stories, err := cosimStories(files)
	if err != nil {
		return err
	}
	h := &mutant.Hunter{Builder: sim.Builder{Progress: announce}}
	if bug != "" {
		list, err := mutant.Find(bug)
		if err != nil || len(list) != 1 {
			return ui.BadInputf("--mutant %s with stories: name one mutant", bug)
		}
		h.Params.Mutant = bug
	}
	var results []cosimResult
	failed := 0
	for _, s := range stories {
		res, err := story.Run(s.File, s.Ops, story.Options{
			Factory: h.Factory(cmd.Context(), h.Params, bridge.Backpressure{}), Context: cmd.Context(),
		})
		r := cosimResult{Story: s.File, OK: err == nil, Stats: res.Stats}
		if err != nil {
			if err := environment(cmd.Context(), err); err != nil {
				return err
			}
			failed++
			r.Error = err.Error()
			if errors.As(err, &r.Divergence) {
				if r.Repro, err = keep(cmd.Context(), h, s, r.Divergence); err != nil {
					return err
				}
			}
		}
		results = append(results, r)
		if !asJSON {
			printCosim(cmd, &r)
		}
	}
	if asJSON {
		if err := ui.WriteJSON(cmd.OutOrStdout(), results); err != nil {
			return err
		}
	}
	if failed != 0 {
		return ui.Failf("%d of %d stories do not hold on the RTL", failed, len(results))
	}
	return nil
}

// keep saves a story that diverges, with the waveform of what led to it, by one more run.
func keep(ctx context.Context, h *mutant.Hunter, s *story.Story, d *lockstep.Divergence) (string, error) {
	dir := filepath.Join("out", "cosim", strings.TrimSuffix(filepath.Base(s.File), ".story"))
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	purpose := "Diverges from the golden model: " + d.Signature() + "."
	return dir, repro.Save(dir, purpose, s.Ops, story.Options{
		Factory: h.Waving(ctx, h.Params, bridge.Backpressure{}, d, abs), Context: ctx,
	})
}

// cosimStories reads the stories named, or takes the built-in ones.
func cosimStories(files []string) ([]*story.Story, error) {
	if len(files) == 0 {
		return mutant.Programs("transfer")
	}
	var out []*story.Story
	for _, f := range files {
		s, err := story.Read(f)
		if err != nil {
			return nil, ui.BadInput(err)
		}
		out = append(out, s)
	}
	return out, nil
}

// environment is an error that is no verdict on the device: a mistake in a story, a simulator that died or cannot
// be built, an interruption. It is nil for the others.
func environment(ctx context.Context, err error) error {
	var mistake *op.Error
	var failure *story.Failure
	var dead *bridge.Error
	var build *sim.BuildError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &dead), errors.As(err, &build):
		return err
	case errors.As(err, &failure):
		return nil
	case errors.As(err, &mistake):
		return ui.BadInput(err)
	}
	return nil
}

func printCosim(cmd *cobra.Command, r *cosimResult) {
	w := cmd.OutOrStdout()
	if r.OK {
		fmt.Fprintf(w, "ok    %s: %d steps, %d packets, %d cycles\n", r.Story, r.Stats.Steps, r.Stats.Packets, r.Stats.Cycles)
		return
	}
	fmt.Fprintf(w, "FAIL  %s: %s\n", r.Story, r.Error)
	if r.Repro != "" {
		fmt.Fprintf(w, "      kept in %s: story, packets, waveforms; again with: godwit cosim %s\n",
			r.Repro, filepath.Join(r.Repro, repro.StoryFile))
	}
}

func runMutants(cmd *cobra.Command, name string, asJSON bool) error {
	list, err := mutant.Find(name)
	if err != nil {
		return ui.BadInput(err)
	}
	progress := ui.NewProgress(os.Stderr)
	defer progress.Close()
	bar := progress.Bar("mutants", int64(len(list)), ui.Count)
	h := &mutant.Hunter{}
	if !progress.Visible() {
		h.Builder.Progress = announce
	}
	var verdicts []*mutant.Verdict
	missed := 0
	for i, m := range list {
		v, err := h.Hunt(cmd.Context(), m)
		if err != nil {
			return err
		}
		bar.Set(int64(i+1), int64(len(list)))
		verdicts = append(verdicts, v)
		if !v.Found {
			missed++
		}
		if !asJSON {
			printMutant(cmd, v)
		}
	}
	bar.Done()
	if asJSON {
		if err := ui.WriteJSON(cmd.OutOrStdout(), verdicts); err != nil {
			return err
		}
	}
	if missed != 0 {
		return ui.Failf("%d of %d mutants were not found", missed, len(list))
	}
	return nil
}

func printMutant(cmd *cobra.Command, v *mutant.Verdict) {
	w := cmd.OutOrStdout()
	if !v.Found {
		fmt.Fprintf(w, "MISSED %s (%s): %s; %d runs\n", v.Name, v.File, v.Breaks, v.Runs)
		return
	}
	d := v.Divergence
	fmt.Fprintf(w, "found  %s (%s): %s\n", v.Name, v.File, v.Breaks)
	fmt.Fprintf(w, "       step %d (cycle %d), %s: %s", d.Step, d.Cycle, d.Cause, d.Kind)
	for _, x := range d.Diffs {
		fmt.Fprintf(w, "; %s expected %s, got %s", x.Field, x.Expected, x.Got)
	}
	fmt.Fprintf(w, "\n       %s, %d operations shrunk to %d in %d runs, %.1f s:\n         %s\n",
		v.Story, v.Ops, len(v.Program), v.Runs, v.HuntSeconds, strings.Join(v.Program, "\n         "))
}
