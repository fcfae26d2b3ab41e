package main

import (
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/godwit-rdma/godwit/internal/explore"
	"github.com/godwit-rdma/godwit/internal/ui"
	"github.com/godwit-rdma/godwit/model/qp"
)

// exploreFlags are the flags of `godwit explore`.
type exploreFlags struct {
	world, dialect     string
	checkpoint, resume string
	story, ladder      string
	maxStates          int
	list, whole        bool
	json               *bool
}

// newExploreCommand is `godwit explore`.
func newExploreCommand() *cobra.Command {
	var f exploreFlags
	cmd := &cobra.Command{
		Use:   "explore",
		Short: "Search small worlds exhaustively for what the migration protocol must not do",
		Long: `Searches small worlds exhaustively, breadth first: two or three containers that move, a network that loses, repeats and
reorders packets, timers. Every step is that of the golden model. Prints a shortest way to each property (P1..P10, docs/protocol.md)
that does not hold. Places of one end are a, b, c, those of its partners x, y, z and u, v, w. Without --world all worlds that take seconds are
searched. A finding is also a story, in which network and NICs are led by hand: godwit run fails where the property does.`,
		Example: `  godwit explore --list
  godwit explore --world both --dialect godwit-R9
  godwit explore --world idle --dialect migros-poc --json
  godwit explore --world both --dialect godwit-R9 --story R9.story --ladder -
  godwit explore --world move-deep --max-states 2000000 --checkpoint move.ckpt`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runExplore(cmd, &f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.world, "world", "", "the world to search")
	flags.StringVar(&f.dialect, "dialect", "godwit", "dialect of the migration protocol, as migros-poc or godwit-R3")
	flags.IntVar(&f.maxStates, "max-states", 0, "states to end the search at; 0 = no limit")
	flags.StringVar(&f.checkpoint, "checkpoint", "", "file to write if the search of --world does not come to its end")
	flags.StringVar(&f.resume, "resume", "", "checkpoint to go on with")
	flags.StringVar(&f.story, "story", "", "file to write the first finding to, as a story that fails, of one --world")
	flags.StringVar(&f.ladder, "ladder", "", "file to draw that finding in as a ladder diagram; - = to standard output")
	flags.BoolVar(&f.whole, "whole", false, "do not take ends that are alike for one another, which makes the search of such a world nearly twice as large")
	flags.BoolVar(&f.list, "list", false, "list the worlds")
	f.json = ui.JSONFlag(flags)
	return cmd
}

func runExplore(cmd *cobra.Command, f *exploreFlags) error {
	if f.list {
		for _, w := range explore.Worlds() {
			fmt.Fprintf(cmd.OutOrStdout(), "%-14s %s\n", w.Name, w.Doc)
		}
		return nil
	}
	rules, err := qp.ParseDialect(f.dialect)
	if err != nil {
		return ui.BadInput(err)
	}
	if f.maxStates < 0 {
		return ui.BadInputf("explore: --max-states is a number from 0")
	}
	var worlds []explore.World
	for _, w := range explore.Worlds() {
		if w.Name == f.world || f.world == "" && !w.Deep {
			worlds = append(worlds, w)
		}
	}
	if len(worlds) == 0 {
		return ui.BadInputf("explore: there is no world %q; godwit explore --list has them", f.world)
	}
	if f.world == "" && f.checkpoint+f.resume+f.story+f.ladder != "" {
		return ui.BadInputf("explore: --checkpoint, --resume, --story and --ladder are for one --world")
	}
	ctx, stop := ui.Interruptible(cmd.Context())
	defer stop()
	o := explore.Options{Rules: rules, MaxStates: f.maxStates, Whole: f.whole, Context: ctx}
	if o.From, err = readCheckpoint(f.resume, f.world, rules.String()); err != nil {
		return ui.BadInput(err)
	}
	// Nearly all memory of a search is in few large pieces without pointers, so that collecting often costs little.
	debug.SetGCPercent(25)
	progress := ui.NewProgress(os.Stderr)
	var results []*explore.Result
	for _, w := range worlds {
		bar := progress.Bar(w.Name, 0, ui.Count)
		o.Progress = func(states, done int) { bar.Set(int64(done), int64(states)) }
		results = append(results, explore.Run(w, o))
		bar.Done()
		if ctx.Err() != nil {
			break
		}
	}
	progress.Close()
	if err := printExplored(cmd.OutOrStdout(), results, *f.json); err != nil {
		return err
	}
	if c := results[0].Checkpoint; f.checkpoint != "" && c != nil {
		if err := writeCheckpoint(f.checkpoint, c); err != nil {
			return ui.BadInput(err)
		}
	}
	if f.story+f.ladder != "" {
		if err := tellFinding(cmd, f, &worlds[0], rules, results[0]); err != nil {
			return err
		}
	}
	if err := verdictOfSearch(results); err != nil {
		return err
	}
	return ctx.Err()
}

func readCheckpoint(file, world, dialect string) (*explore.Checkpoint, error) {
	if file == "" {
		return nil, nil
	}
	r, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return explore.ReadCheckpoint(r, world, dialect)
}

func writeCheckpoint(file string, c *explore.Checkpoint) error {
	w, err := os.Create(file)
	if err != nil {
		return err
	}
	if err := c.Write(w); err != nil {
		_ = w.Close() // the first error is the one to tell
		return err
	}
	return w.Close()
}

// verdictOfSearch is the error for findings that are not known.
func verdictOfSearch(results []*explore.Result) error {
	n := 0
	for _, r := range results {
		n += len(r.Findings)
	}
	if n != 0 {
		return ui.Failf("explore: %d findings", n)
	}
	return nil
}

func printExplored(w io.Writer, results []*explore.Result, asJSON bool) error {
	if asJSON {
		return ui.WriteJSON(w, results)
	}
	for _, r := range results {
		end := "exhausted"
		if !r.Complete {
			end = "not exhausted"
		}
		fmt.Fprintf(w, "%s in %s: %d states, %d edges, depth %d, %s\n", r.World, r.Dialect, r.States, r.Edges, r.Depth, end)
		for _, f := range r.Findings {
			name := f.Property
			for _, id := range f.IDs {
				name += " " + id
			}
			fmt.Fprintf(w, "  %s: %s\n", name, f.Text)
			for i, line := range f.Path {
				fmt.Fprintf(w, "    %2d  %s\n", i+1, line)
			}
		}
	}
	return nil
}
