package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/godwit-rdma/godwit/internal/figures"
	"github.com/godwit-rdma/godwit/internal/ui"
)

// newFiguresCommand is `godwit figures`.
func newFiguresCommand() *cobra.Command {
	var out string
	var only []string
	cmd := &cobra.Command{
		Use:   "figures",
		Short: "Measure what a migration costs, and draw it",
		Long: `Moves a container that writes over all its queue pairs, again and again: with more queue pairs, more loss, more memory,
memory that changes faster. Blackout, pause, goodput and bytes go to NAME.csv, a figure to NAME.svg; NAME is qps, loss,
memory or dirty. All is counted in cycles of the model: the files are the same on every machine.`,
		Example: "  godwit figures\n  godwit figures --only qps --out /tmp/figures",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			sweeps, err := chosen(only)
			if err != nil {
				return err
			}
			return runFigures(cmd, sweeps, out)
		},
	}
	cmd.Flags().StringVar(&out, "out", "docs/figures", "`folder` to write to")
	cmd.Flags().StringSliceVar(&only, "only", nil, "only the sweep `NAME`; may be repeated")
	return cmd
}

// chosen are the sweeps with these names; all of them if there is none.
func chosen(names []string) ([]figures.Sweep, error) {
	all := figures.Sweeps()
	for _, n := range names {
		if !slices.ContainsFunc(all, func(s figures.Sweep) bool { return s.Name == n }) {
			return nil, ui.BadInputf("figures: --only %s: there are qps, loss, memory, dirty", n)
		}
	}
	if len(names) == 0 {
		return all, nil
	}
	return slices.DeleteFunc(all, func(s figures.Sweep) bool { return !slices.Contains(names, s.Name) }), nil
}

func runFigures(cmd *cobra.Command, sweeps []figures.Sweep, out string) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return ui.BadInput(err)
	}
	progress := ui.NewProgress(os.Stderr)
	defer progress.Close()
	for _, s := range sweeps {
		total, n := int64(len(s.Points)), int64(0)
		bar := progress.Bar("figures "+s.Name, total, ui.Count)
		results, err := s.Run(func() { n++; bar.Set(n, total) })
		bar.Done()
		if err != nil {
			return err
		}
		svg, err := s.SVG(results)
		if err != nil {
			return err
		}
		for _, f := range []struct {
			ext  string
			data []byte
		}{{".csv", figures.CSV(results)}, {".svg", svg}} {
			path := filepath.Join(out, s.Name+f.ext)
			if err := os.WriteFile(path, f.data, 0o644); err != nil {
				return ui.BadInput(err)
			}
			fmt.Fprintln(cmd.OutOrStdout(), path)
		}
	}
	return nil
}
