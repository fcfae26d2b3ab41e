package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/godwit-rdma/godwit/internal/ui"
	"github.com/godwit-rdma/godwit/testvectors"
)

// newVectorsCommand returns the verb "vectors": write, check and replay the test vectors.
func newVectorsCommand() *cobra.Command {
	return newGroupCommand("vectors", "Write, check and replay test vectors",
		newVectorsGenCommand(), newVectorsCheckCommand(), newVectorsReplayCommand())
}

func newVectorsGenCommand() *cobra.Command {
	var suites, revise []string
	var out, reason string
	cmd := &cobra.Command{
		Use:   "gen",
		Short: "Write the test vectors: new ones are appended, published ones stay as they are",
		Long: `Gen runs the generators and writes JSON, memories for $readmemh, captures, schema, coverage page and the bench's include;
it names the files that changed. A vector that is published already keeps its id and its content: one that the model
now makes differently is an error, unless --revise names it and --reason says why.`,
		Example: "  godwit vectors gen\n  godwit vectors gen --suite wire --out /tmp/vectors\n  godwit vectors gen --revise MIG-0042 --reason 'R7: ...'",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if (len(revise) > 0) != (reason != "") {
				return ui.BadInputf("vectors gen: --revise and --reason go together")
			}
			for _, s := range suites {
				if _, err := testvectors.Find(s); err != nil {
					return ui.BadInput(err)
				}
			}
			dir, root, err := vectorsDir(out)
			if err != nil {
				return err
			}
			changed, err := testvectors.Gen(dir, suites, testvectors.Change{IDs: revise, Reason: reason})
			for _, path := range changed {
				fmt.Fprintln(cmd.OutOrStdout(), filepath.Join(dir, path))
			}
			if err != nil {
				return vectorsError(err)
			}
			if root == "" {
				return nil
			}
			wrote, err := testvectors.WriteHeader(root)
			if wrote {
				fmt.Fprintln(cmd.OutOrStdout(), filepath.Join(root, testvectors.HeaderPath))
			}
			return err
		},
	}
	cmd.Flags().StringArrayVar(&suites, "suite", nil, "only this suite; may be repeated")
	cmd.Flags().StringVar(&out, "out", "", "`folder` to write to (default: testvectors/ of the repository around the working directory)")
	cmd.Flags().StringArrayVar(&revise, "revise", nil, "permit the published vector `ID` to change or go; may be repeated")
	cmd.Flags().StringVar(&reason, "reason", "", "why, kept in the suite's file")
	return cmd
}

// vectorsDir is the folder of the vectors, and the root of the repository unless a folder was named.
func vectorsDir(named string) (dir, root string, err error) {
	if named != "" {
		return named, "", nil
	}
	root, err = repositoryRoot()
	return filepath.Join(root, "testvectors"), root, err
}

// vectorsError gives an error of the vectors its exit code.
func vectorsError(err error) error {
	var at *testvectors.PlaceError
	switch {
	case errors.Is(err, testvectors.ErrStale):
		return ui.Fail(err)
	case errors.As(err, &at), errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission):
		return ui.BadInput(err)
	}
	return ui.Fail(err)
}

func newVectorsCheckCommand() *cobra.Command {
	var asJSON *bool
	cmd := &cobra.Command{
		Use:   "check [DIR]",
		Short: "Check that the test vectors are sound, unchanged and complete",
		Long: `Check reads every suite strictly (schema, canonical form, digest, ids), generates all again and compares in both
directions, and holds memories, captures, schema and coverage page against the suites. Exit code 1 if something is not
what gen writes, 2 if a file cannot be read, with its place.`,
		Example: "  godwit vectors check\n  godwit vectors check /tmp/vectors",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir, _, err := vectorsDir(append(args, "")[0])
			if err != nil {
				return err
			}
			if info, err := os.Stat(dir); err != nil || !info.IsDir() {
				return ui.BadInputf("%s: not a folder", dir)
			}
			counts, err := testvectors.Check(dir)
			if err != nil {
				return vectorsError(err)
			}
			if *asJSON {
				return ui.WriteJSON(cmd.OutOrStdout(), map[string]any{"ok": true, "suites": counts})
			}
			total := 0
			for i := range testvectors.Suites {
				n := counts[testvectors.Suites[i].Name]
				total += n
				fmt.Fprintf(cmd.OutOrStdout(), "%-20s %5d\n", testvectors.Suites[i].Name, n)
			}
			fmt.Fprintf(cmd.OutOrStdout(), "vectors: ok, %d\n", total)
			return nil
		},
	}
	asJSON = ui.JSONFlag(cmd.Flags())
	return cmd
}

// replayReport is what replay prints with --json.
type replayReport struct {
	OK      bool                            `json:"ok"`
	On      testvectors.Target              `json:"on"`
	Suites  map[string][]testvectors.Result `json:"suites"`
	Passed  int                             `json:"passed"`
	Failed  int                             `json:"failed"`
	Skipped int                             `json:"skipped"`
}

func newVectorsReplayCommand() *cobra.Command {
	var asJSON *bool
	var suites []string
	var on string
	var verbose bool
	cmd := &cobra.Command{
		Use:   "replay FILE...",
		Short: "Replay test vectors on the golden model",
		Long: `Replay runs the vectors of the files named (or with --suite of the repository's) on the protocol functions (--on model) or
on a whole golden NIC without time (--on core), and reports each that fails, with every field that differs. Exit code 1 if one does.`,
		Example: "  godwit vectors replay testvectors/data/wire.json\n  godwit vectors replay --on core --suite migration-handshake",
		RunE: func(cmd *cobra.Command, args []string) error {
			if t := testvectors.Target(on); t != testvectors.OnModel && t != testvectors.OnCore {
				return ui.BadInputf("vectors replay: --on is %s or %s, not %q", testvectors.OnModel, testvectors.OnCore, on)
			}
			for _, name := range suites {
				s, err := testvectors.Find(name)
				if err != nil {
					return ui.BadInput(err)
				}
				dir, _, err := vectorsDir("")
				if err != nil {
					return err
				}
				args = append(args, filepath.Join(dir, "data", s.Name+".json"))
			}
			if len(args) == 0 {
				return ui.BadInputf("vectors replay: name files, or --suite")
			}
			report, err := replayFiles(args, testvectors.Target(on))
			if err != nil {
				return vectorsError(err)
			}
			if *asJSON {
				err = ui.WriteJSON(cmd.OutOrStdout(), report)
			} else {
				err = report.write(cmd.OutOrStdout(), verbose)
			}
			if err == nil && !report.OK {
				err = ui.Failf("vectors that failed: %d", report.Failed)
			}
			return err
		},
	}
	asJSON = ui.JSONFlag(cmd.Flags())
	cmd.Flags().StringArrayVar(&suites, "suite", nil, "replay this suite of the repository; may be repeated")
	cmd.Flags().StringVar(&on, "on", string(testvectors.OnModel), "what to replay on: model or core")
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "also report the vectors that pass")
	return cmd
}

func replayFiles(paths []string, on testvectors.Target) (*replayReport, error) {
	r := &replayReport{OK: true, On: on, Suites: map[string][]testvectors.Result{}}
	for _, path := range paths {
		f, s, err := testvectors.ReadFile(path)
		if err != nil {
			return nil, err
		}
		results, err := testvectors.Replay(f, on)
		if err != nil {
			return nil, err
		}
		r.Suites[s.Name] = results
		for i := range results {
			switch {
			case results[i].OK:
				r.Passed++
			case results[i].Skipped:
				r.Skipped++
			default:
				r.Failed++
				r.OK = false
			}
		}
	}
	return r, nil
}

func (r *replayReport) write(w io.Writer, verbose bool) error {
	for i := range testvectors.Suites {
		for _, v := range r.Suites[testvectors.Suites[i].Name] {
			switch {
			case v.OK && verbose:
				fmt.Fprintf(w, "ok   %s %s\n", v.ID, v.Key)
			case v.Skipped:
				fmt.Fprintf(w, "skip %s %s: %s\n", v.ID, v.Key, v.Why)
			case !v.OK:
				fmt.Fprintf(w, "FAIL %s %s: %s\n", v.ID, v.Key, v.Why)
				for _, d := range v.Diffs[min(1, len(v.Diffs)):] {
					fmt.Fprintf(w, "     %s\n", d.String())
				}
			}
		}
	}
	_, err := fmt.Fprintf(w, "%d passed, %d failed, %d skipped on the %s\n", r.Passed, r.Failed, r.Skipped, r.On)
	return err
}
