package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"

	"github.com/spf13/cobra"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"

	"github.com/godwit-rdma/godwit/internal/capture"
)

// newCaptureCommand returns the verb "capture": judge packet captures.
func newCaptureCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "capture",
		Short: "Check packet captures",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return usageError{errors.New("capture: say check")}
		},
	}
	cmd.AddCommand(newCaptureCheckCommand())
	return cmd
}

func newCaptureCheckCommand() *cobra.Command {
	var asJSON bool
	var failures int
	cmd := &cobra.Command{
		Use:   "check PATH...",
		Short: "Check that every RoCEv2 frame in captures parses, has the right ICRC, and encodes to the same bytes",
		Long: `Check reads pcap and pcapng files, and folders of them (*.pcap, *.pcapng, at any depth). Every RoCEv2 frame in them
must parse, have the right ICRC, and give the same bytes when it is encoded again. Other frames are counted by name.
The report goes to stdout. Exit code 1 if a frame fails or no frame is RoCEv2, 2 if some input cannot be read.`,
		Example: "  godwit capture check run.pcapng\n  godwit capture check --json ../shared/captures",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if failures < 1 {
				return usageError{errors.New("capture check: --failures must be at least 1")}
			}
			progress, finish := progressBar(os.Stderr)
			report, fault := capture.Check(args, capture.Options{MaxFailures: failures, Progress: progress})
			finish()
			if err := writeReport(cmd.OutOrStdout(), &report, asJSON); err != nil {
				return err
			}
			switch {
			case fault != nil:
				return usageError{fault}
			case !report.OK:
				return checkFailure{errors.New(report.Problem)}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the report as JSON")
	cmd.Flags().IntVar(&failures, "failures", 10, "describe at most `N` failures; all are counted")
	return cmd
}

func writeReport(w io.Writer, r *capture.Report, asJSON bool) error {
	if !asJSON {
		return r.WriteText(w)
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(r)
}

// progressBar returns a function that shows how much of a known total is done, and one that takes the bar away. Both do
// nothing when out is not a terminal.
func progressBar(out *os.File) (progress func(done, total int64), finish func()) {
	if !term.IsTerminal(int(out.Fd())) {
		return nil, func() {}
	}
	bars := mpb.New(mpb.WithOutput(out))
	bar := bars.AddBar(0, mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(decor.Counters(decor.SizeB1024(0), "% .1f of % .1f")),
		mpb.AppendDecorators(decor.Percentage()))
	return func(done, total int64) {
			bar.SetTotal(total, false)
			bar.SetCurrent(done)
		}, func() {
			bar.Abort(true)
			bars.Wait()
		}
}
