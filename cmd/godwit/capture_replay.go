package main

import (
	"os"

	"github.com/spf13/cobra"

	"github.com/godwit-rdma/godwit/internal/replay"
	"github.com/godwit-rdma/godwit/internal/ui"
)

func newCaptureReplayCommand() *cobra.Command {
	var asJSON *bool
	cmd := &cobra.Command{
		Use:   "replay PATH...",
		Short: "Put the golden model in the place of each endpoint of captured scenarios, and compare",
		Long: `Replay reads scenarios: NAME.json (endpoints, attributes, the verbs that were called and what they returned) with
NAME.a.pcap and NAME.b.pcap (or .pcapng) beside it, and folders of them. The golden model takes the place of endpoint a, then b:
it is given the verbs and the delivered packets, and must send the same packets, complete the same work requests, end in the
same state and have the same memory. What the standard leaves open is counted by name (docs/interop.md). The report goes to
stdout. Exit code 1 if there is any other difference, 2 if some input cannot be read.`,
		Example: "  godwit capture replay ../shared/captures\n  godwit capture replay --json ../shared/captures/v4/stream_loss.json",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			progress := ui.NewProgress(os.Stderr)
			report, err := replay.Run(args, replay.Options{Progress: progress.Bar("replay", 0, ui.Count).Set})
			progress.Close()
			if err != nil {
				return ui.BadInput(err)
			}
			if *asJSON {
				err = ui.WriteJSON(cmd.OutOrStdout(), &report)
			} else {
				err = report.WriteText(cmd.OutOrStdout())
			}
			if err == nil && !report.OK {
				err = ui.Failf("%s", report.Problem)
			}
			return err
		},
	}
	asJSON = ui.JSONFlag(cmd.Flags())
	return cmd
}
