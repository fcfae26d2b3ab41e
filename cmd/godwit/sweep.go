package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/godwit-rdma/godwit/internal/sweep"
	"github.com/godwit-rdma/godwit/internal/ui"
	"github.com/godwit-rdma/godwit/model/host"
)

// newSweepCommand is `godwit sweep`.
func newSweepCommand() *cobra.Command {
	var o sweep.Options
	var asJSON *bool
	var list []string
	for _, l := range host.Workloads() {
		list = append(list, fmt.Sprintf("  %-11s %s", l.Name, l.About))
	}
	cmd := &cobra.Command{
		Use: "sweep", Short: "Cut workloads by a migration at every event", Args: cobra.NoArgs,
		Long: `Runs each workload once for every event, and moves a container right behind it: that of the sender, then that of the
receiver, that of a third if there is one, then sender and receiver at once. An event is a step of the NIC under the
container that moves, a frame that has come to it or gone from it, a doorbell, or its interrupt; events of the same cycle
have one cut. Afterwards the data must be right, the completions of every queue must be those of a run without a cut, the
restored image must be the dumped one (epoch aside), and nothing may be left behind. Exit code 1 if a cut does not hold.

Workloads:
` + strings.Join(list, "\n") + `

What a cut does depends on the flags and its number alone. An interrupted sweep says how to go on with it.`,
		Example: "  godwit sweep\n  godwit sweep --workload send-bw --workload rtr --loss 10 --seed 7\n  godwit sweep --from 100 --count 1 --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.Workers < 0 || o.PreCopy < 0 || o.Loss > 500 {
				return ui.BadInputf("sweep: --workers and --precopy must be at least 0, --loss at most 500")
			}
			return runSweep(cmd, o, *asJSON)
		},
	}
	f := cmd.Flags()
	f.StringArrayVar(&o.Workloads, "workload", nil, "workload to cut, or all; several times for several")
	f.Uint64Var(&o.Seed, "seed", 1, "data, and faults of links")
	f.Uint32Var(&o.Messages, "messages", 0, "messages or rounds of a workload; 0 means its own number")
	f.BoolVar(&o.IPv6, "ipv6", false, "hosts with IPv6 addresses")
	f.Uint16Var(&o.Loss, "loss", 0, "chance in 1000 that a frame is lost, that it is doubled, and that it is late")
	f.IntVar(&o.PreCopy, "precopy", 0, "rounds of copying memory between the event and the stop")
	f.IntVar(&o.From, "from", 0, "number of the first cut to do")
	f.IntVar(&o.Count, "count", 0, "how many cuts to do; 0 means all from --from on")
	f.IntVar(&o.Workers, "workers", 0, "how many cuts at the same time; 0 means one for each processor")
	asJSON = ui.JSONFlag(f)
	return cmd
}

func runSweep(cmd *cobra.Command, o sweep.Options, asJSON bool) error {
	progress := ui.NewProgress(os.Stderr)
	bar := progress.Bar("sweep", 0, ui.Count)
	o.Progress = func(done, total int) { bar.Set(int64(done), int64(total)) }
	r, err := sweep.Run(cmd.Context(), o)
	bar.Done()
	progress.Close()
	if errors.Is(err, sweep.ErrOptions) {
		return ui.BadInput(fmt.Errorf("sweep: %w", err))
	}
	if err != nil {
		return ui.Fail(fmt.Errorf("sweep: %w", err))
	}
	if asJSON {
		if err := ui.WriteJSON(cmd.OutOrStdout(), r); err != nil {
			return err
		}
	} else {
		printSweep(cmd.OutOrStdout(), r, &o)
	}
	switch {
	case r.Broken != 0:
		return ui.Failf("sweep: %d of %d cuts do not hold; again: %s", r.Broken, r.Cuts, r.Findings[0].Replay)
	case r.Interrupted:
		return context.Canceled
	}
	return nil
}

func printSweep(w io.Writer, r *sweep.Report, o *sweep.Options) {
	fmt.Fprintf(w, "%-12s%-10s%8s%8s%8s%8s%14s%14s%14s%14s%10s\n", "workload", "moves", "first", "events", "cuts", "held",
		"least pause", "most pause", "most expected", "most blackout", "warnings")
	events := map[string]int{}
	for _, c := range r.Cases {
		fmt.Fprintf(w, "%-12s%-10s%8d%8d%8d%8d%14d%14d%14d%14d%10d\n", c.Workload, c.Moves, c.First, c.Total(), c.Cuts, c.Held,
			c.LeastPause, c.MostPause, c.MostExpected, c.MostBlackout, c.Warnings)
		for kind, n := range c.Events {
			events[kind] += n
		}
	}
	var kinds []string
	for kind, n := range events {
		kinds = append(kinds, fmt.Sprintf("%s %d", kind, n))
	}
	slices.Sort(kinds)
	fmt.Fprintf(w, "events      %s\n", strings.Join(kinds, ", "))
	fmt.Fprintf(w, "cuts        %d of %d, seed %d, %.1f s; pauses and blackouts in cycles of 4 ns\n", r.Cuts, r.Total, r.Seed, r.Seconds)
	for _, f := range r.Findings {
		fmt.Fprintf(w, "FINDING     cut %d: %s, what moves: %s, behind instant %d (%s)\n  %s\n  again: %s\n",
			f.Cut, f.Workload, f.Moves, f.Index, f.About, strings.ReplaceAll(f.Text, "\n", "\n  "), f.Replay)
	}
	switch {
	case r.Broken != 0:
		fmt.Fprintf(w, "sweep: %d cuts do not hold\n", r.Broken)
	case r.Interrupted:
		fmt.Fprintf(w, "sweep: interrupted, no finding so far; go on: %s\n", o.Resume(r.Next))
	default:
		fmt.Fprintln(w, "sweep: ok")
	}
}
