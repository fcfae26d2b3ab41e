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
	line := func(r *calibrate.Row) {
		n := float64(r.Steps)
		fmt.Fprintf(w, "%-11s %-11s %-27s%7d%9.1f%9.1f%+8.1f%%\n", r.Cause, r.About, r.Work, r.Steps, float64(r.SpecCycles)/n, float64(r.Cycles)/n, r.Error())
	}
	fmt.Fprintf(w, "%-11s %-11s %-27s%7s%9s%9s%9s\n", "step", "", "with", "times", "spec", "RTL", "error")
	for i := range rows {
		line(&rows[i])
	}
	fmt.Fprintln(w)
	for _, r := range calibrate.Causes(rows) {
		line(&r)
	}
	total := calibrate.Total(rows)
	line(&total)
	fmt.Fprintf(w, "cosim: %d cycles by spec/timing.yaml, %d on the RTL\n", total.SpecCycles, total.Cycles)
}
