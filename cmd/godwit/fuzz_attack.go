package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/godwit-rdma/godwit/internal/attack"
	"github.com/godwit-rdma/godwit/internal/ui"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/qp"
)

// newFuzzAttackCommand is `godwit fuzz attack`.
func newFuzzAttackCommand() *cobra.Command {
	var o attack.Options
	var knowledge, strategy []string
	var table bool
	var asJSON *bool
	cmd := &cobra.Command{
		Use: "attack", Short: "Worlds with an attacker, who forges and replays packets", Args: cobra.NoArgs,
		Long: `Runs worlds of three golden NICs in which a connection with a migration key sends both ways and moves, while an
attacker with a port of its own sends what it can forge. What must not be: that migration packets redirect, kill or
corrupt a connection, if the attacker has no key; ACK, NAK and SEND, which RoCEv2 does not authenticate, may do anything
but redirect. The first such run is kept, as simple as it gets, in the folder --out. Exit code 1 then.

Run number i depends on --seed and i alone. With --dialect some check is off; then it should find something. --table
prints the expected number of packets to success, as docs/security.md has it.`,
		Example: "  godwit fuzz attack\n  godwit fuzz attack --runs 200 --knowledge observer --strategy steal,replay --json\n" +
			"  godwit fuzz attack --dialect godwit+untagged\n  godwit fuzz attack --table",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if table {
				fmt.Fprint(cmd.OutOrStdout(), attack.Table())
				return nil
			}
			if err := checkRuns("attack", o.Runs, o.First, o.Workers); err != nil {
				return err
			}
			if _, err := qp.ParseDialect(o.Dialect); err != nil {
				return ui.BadInput(err)
			}
			for _, name := range knowledge {
				i := slices.Index(fabric.KnowledgeNames, name)
				if i < 0 {
					return ui.BadInputf("fuzz attack: --knowledge %q is not one of %s", name, strings.Join(fabric.KnowledgeNames, " "))
				}
				o.Knowledge = append(o.Knowledge, fabric.Knowledge(i))
			}
			for _, name := range strategy {
				i := slices.Index(fabric.StrategyNames, name)
				if i < 0 {
					return ui.BadInputf("fuzz attack: --strategy %q is not one of %s", name, strings.Join(fabric.StrategyNames, " "))
				}
				o.Strategy = append(o.Strategy, fabric.Strategy(i))
			}
			return runFuzzAttack(cmd, o, *asJSON)
		},
	}
	f := cmd.Flags()
	f.IntVar(&o.Runs, "runs", 20000, "how many worlds to run")
	f.IntVar(&o.First, "from", 0, "number of the first run: what an interrupted campaign names")
	f.Uint64Var(&o.Seed, "seed", 1, "which worlds")
	f.IntVar(&o.Workers, "workers", 0, "how many at the same time; 0 means one for each processor")
	f.StringSliceVar(&knowledge, "knowledge", fabric.KnowledgeNames[:fabric.Insider], "what attackers know: "+strings.Join(fabric.KnowledgeNames, ", "))
	f.StringSliceVar(&strategy, "strategy", fabric.StrategyNames, "what attackers do")
	f.StringVar(&o.Dialect, "dialect", "godwit", "dialect of all NICs")
	f.StringVar(&o.Out, "out", "out/fuzz", "folder for findings")
	f.BoolVar(&table, "table", false, "print packets to success, and run nothing")
	asJSON = ui.JSONFlag(f)
	return cmd
}

func runFuzzAttack(cmd *cobra.Command, o attack.Options, asJSON bool) error {
	return showCampaign(cmd, "attack", o.Runs, asJSON, func(progress func(done int64)) (*campaignEnd, error) {
		o.Progress = progress
		r, err := attack.Run(cmd.Context(), o)
		if r == nil {
			return nil, err
		}
		out := &campaignEnd{report: r, print: func() { printFuzzAttack(cmd, r) }, interrupted: r.Interrupted}
		if f := r.Finding; f != nil {
			out.class, out.replay = f.Class, f.Replay
		}
		return out, err
	})
}

func printFuzzAttack(cmd *cobra.Command, r *attack.Report) {
	w := cmd.OutOrStdout()
	fmt.Fprintf(w, "%-10s %-9s %6s %9s %6s %8s %6s %9s %6s %s\n", "knowledge", "strategy", "runs", "packets", "held", "hijacked", "killed", "corrupted", "failed", "paused us")
	for _, x := range r.Rows {
		fmt.Fprintf(w, "%-10s %-9s %6d %9d %6d %8d %6d %9d %6d %.1f\n", x.Knowledge, x.Strategy, x.Runs, x.Packets, x.Held, x.Hijacked, x.Killed, x.Corrupted, x.Failed, x.PausedUS)
	}
	fmt.Fprintf(w, "runs      %d, seed %d, dialect %s, %.1f s\n", r.Runs, r.Seed, r.Dialect, r.Seconds)
	f := r.Finding
	switch {
	case f != nil:
		fmt.Fprintf(w, "FINDING   %s, run %d\n%s\n\n  %s\n\nkept in   %s\nagain     %s\n", f.Class, f.Run, f.Text, strings.Join(f.Program, "\n  "), f.Dir, f.Replay)
	case r.Interrupted:
		fmt.Fprintf(w, "fuzz attack: interrupted, no finding so far; to go on, add --from %d\n", r.Next)
	default:
		fmt.Fprintf(w, "fuzz attack: no finding\n")
	}
}
