package main

import (
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/godwit-rdma/godwit/internal/capture"
	"github.com/godwit-rdma/godwit/internal/ui"
)

// newCaptureCommand returns the verb "capture": judge packet captures.
func newCaptureCommand() *cobra.Command {
	return newGroupCommand("capture", "Check packet captures, record them, replay them against the golden model", newCaptureCheckCommand(), newCaptureRecordCommand(), newCaptureReplayCommand())
}

func newCaptureCheckCommand() *cobra.Command {
	var asJSON *bool
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
				return ui.BadInputf("capture check: --failures must be at least 1")
			}
			progress := ui.NewProgress(os.Stderr)
			report, fault := capture.Check(args, capture.Options{MaxFailures: failures, Progress: progress.Bar("read", 0, ui.Bytes).Set})
			progress.Close()
			if err := writeReport(cmd.OutOrStdout(), &report, *asJSON); err != nil {
				return err
			}
			switch {
			case fault != nil:
				return ui.BadInput(fault)
			case !report.OK:
				return ui.Failf("%s", report.Problem)
			}
			return nil
		},
	}
	asJSON = ui.JSONFlag(cmd.Flags())
	cmd.Flags().IntVar(&failures, "failures", 10, "describe at most `N` failures; all are counted")
	return cmd
}

func writeReport(w io.Writer, r *capture.Report, asJSON bool) error {
	if asJSON {
		return ui.WriteJSON(w, r)
	}
	return r.WriteText(w)
}
