package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/godwit-rdma/godwit/internal/sweep"
	"github.com/godwit-rdma/godwit/internal/ui"
	"github.com/godwit-rdma/godwit/model/host"
)

// newMigrateCommand is `godwit migrate`.
func newMigrateCommand() *cobra.Command {
	var o sweep.MoveOptions
	var asJSON *bool
	var names []string
	for _, l := range host.Workloads() {
		names = append(names, l.Name)
	}
	cmd := &cobra.Command{
		Use: "migrate", Short: "Move a container once, and show what each phase takes", Args: cobra.NoArgs,
		Long: `Runs a workload, moves a container in the midst of it to another host, and lets the workload end: that of the sender, of
the receiver, of a third, or sender and receiver at once. Each phase is shown with its cycles and bytes, and each round
of copying memory. With --abort the migration is called off before a phase, and all is rolled back. Exit code 1 if the
workload's data or completions are not right afterwards.

Workloads: ` + strings.Join(names, ", ") + `; godwit help sweep says what they do.`,
		Example: "  godwit migrate\n  godwit migrate --workload write-bw --moves receiver --precopy 5\n  godwit migrate --workload kv --moves both --abort restore --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.PreCopy < 0 || o.Loss > 500 {
				return ui.BadInputf("migrate: --precopy must be at least 0, --loss at most 500")
			}
			return runMigrate(cmd, o, *asJSON)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.Workload, "workload", "stream", "what the containers do")
	f.StringVar(&o.Moves, "moves", "sender", "sender, receiver, third or both")
	f.Uint64Var(&o.At, "at", 0, "cycle of the workload at which the migration begins; 0 means half of its time")
	f.StringVar(&o.Abort, "abort", "", "phase before which the migration is called off")
	f.IntVar(&o.PreCopy, "precopy", 0, "most rounds of copying memory while the container runs")
	f.Uint64Var(&o.Seed, "seed", 1, "data, and faults of links")
	f.Uint32Var(&o.Messages, "messages", 200, "messages or rounds of the workload; 0 means as many as a sweep has")
	f.Uint16Var(&o.Loss, "loss", 0, "chance in 1000 that a frame is lost, that it is doubled, and that it is late")
	f.BoolVar(&o.IPv6, "ipv6", false, "hosts with IPv6 addresses")
	asJSON = ui.JSONFlag(f)
	return cmd
}

func runMigrate(cmd *cobra.Command, o sweep.MoveOptions, asJSON bool) error {
	progress := ui.NewProgress(os.Stderr)
	bars := map[string]*ui.Bar{}
	o.Progress = func(c string, p host.Phase, done, of int) {
		name := c + " " + p.String()
		if bars[name] == nil {
			bars[name] = progress.Bar(name, int64(of), ui.Count)
		}
		bars[name].Set(int64(done), int64(of))
		if done == of {
			bars[name].Done()
		}
	}
	r, err := sweep.Move(cmd.Context(), o)
	progress.Close()
	switch {
	case errors.Is(err, sweep.ErrOptions):
		return ui.BadInput(fmt.Errorf("migrate: %w", err))
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case err != nil:
		return ui.Fail(fmt.Errorf("migrate: %w", err))
	}
	if asJSON {
		if err := ui.WriteJSON(cmd.OutOrStdout(), r); err != nil {
			return err
		}
	} else {
		printMigrate(cmd.OutOrStdout(), r)
	}
	if r.Wrong != "" {
		return ui.Failf("migrate: %s", r.Wrong)
	}
	return nil
}

func printMigrate(w io.Writer, r *sweep.MoveReport) {
	for _, m := range r.Moves {
		fmt.Fprintf(w, "%s from %s to %s: %s\n", m.Container, m.From, m.To, m.Outcome)
		fmt.Fprintf(w, "  %-10s%12s%12s%12s\n", "phase", "begin", "cycles", "bytes")
		for _, s := range m.Steps {
			fmt.Fprintf(w, "  %-10s%12d%12d%12d", s.Phase, s.Begin, s.Cycles, s.Bytes)
			if s.Error != "" {
				fmt.Fprintf(w, "  %s", s.Error)
			}
			fmt.Fprintln(w)
			if s.Phase != host.PhasePreCopy.String() {
				continue
			}
			for i, x := range m.Rounds {
				fmt.Fprintf(w, "    round %-2d%24d%12d  %d bytes changed meanwhile\n", i+1, x.Cycles, x.Bytes, x.Left)
			}
		}
		fmt.Fprintf(w, "  pause %d cycles (%d expected), no completion for %d; image of %d bytes, %d queue pairs; %d bytes of memory copied\n",
			m.Pause, m.Expected, m.Blackout, m.Image, m.QPs, m.Copied)
		for _, s := range m.Warnings {
			fmt.Fprintf(w, "  warning: %s\n", s)
		}
	}
	fmt.Fprintf(w, "%s took %d cycles of 4 ns, %d when nothing moves\n", r.Workload, r.Cycles, r.Without)
	if r.Wrong == "" {
		fmt.Fprintln(w, "migrate: data and completions are right")
	}
}
