package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/godwit-rdma/godwit/cosim/sim"
	"github.com/godwit-rdma/godwit/internal/calibrate"
	"github.com/godwit-rdma/godwit/internal/ui"
)

// runCalibration measures the steps of the RTL.
func runCalibration(cmd *cobra.Command, asJSON bool) error {
	rows, err := calibrate.RTL(cmd.Context(), sim.Builder{Progress: announce})
	if err != nil {
		if err := environment(cmd.Context(), err); err != nil {
			return err
		}
		return ui.Fail(fmt.Errorf("cosim: %w", err))
	}
	if asJSON {
		return ui.WriteJSON(cmd.OutOrStdout(), rows)
	}
	printCalibration(cmd.OutOrStdout(), rows)
	return nil
}

func printCalibration(w io.Writer, rows []calibrate.Row) {
	total := calibrate.Total(rows)
	fmt.Fprintf(w, "%-10s %-11s%7s%12s%10s%16s%9s\n", "step", "", "times", "spec", "RTL empty", "with payload", "error")
	for _, r := range append(rows, total) {
		spec, empty, line := fmt.Sprintf("%d + %d/beat", r.SpecBase, r.SpecPerBeat), "", ""
		if r.Cause == total.Cause {
			spec = ""
		}
		if r.Empty > 0 {
			empty = fmt.Sprintf("%.0f", r.Empty)
		}
		if r.Base > 0 {
			line = fmt.Sprintf("%.1f + %.2f/beat", r.Base, r.PerBeat)
		}
		fmt.Fprintf(w, "%-10s %-11s%7d%12s%10s%16s%+8.0f%%\n", r.Cause, r.About, r.Steps, spec, empty, line, r.Error())
	}
	fmt.Fprintf(w, "cosim: %d cycles by spec/timing.yaml, %d on the RTL\n", total.SpecCycles, total.Cycles)
}
