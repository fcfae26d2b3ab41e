package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/godwit-rdma/godwit/internal/control"
	"github.com/godwit-rdma/godwit/internal/ui"
)

// newNICCallCommand is `godwit nic call`.
func newNICCallCommand() *cobra.Command {
	var path string
	cmd := &cobra.Command{
		Use:   "call --control PATH REQUEST...",
		Short: "Send requests to a NIC's control socket and print the answers",
		Long: `Sends each argument as a request to the NIC whose control socket is at PATH, in order, and prints each answer on a
line. docs/nic.md has the requests. The exit code is 1 when a request was not carried out; those behind it are not sent.`,
		Example: `  godwit nic call --control /tmp/nic '{"do":"info"}' '{"do":"stats"}'`,
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if path == "" {
				return ui.BadInputf("nic call: say --control PATH")
			}
			c, err := control.Dial(path)
			if err != nil {
				return fmt.Errorf("nic call: %w", err)
			}
			defer c.Close()
			defer context.AfterFunc(cmd.Context(), func() { c.Close() })()
			for _, request := range args {
				if err := call(cmd.OutOrStdout(), c, request); err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&path, "control", "", "path of the control socket")
	return cmd
}

// call sends one request and prints its answer.
func call(w io.Writer, c *control.Client, request string) error {
	var one bytes.Buffer // a request is one line, however it was written
	if err := json.Compact(&one, []byte(request)); err != nil {
		return ui.BadInputf("nic call: %s: %v", strings.TrimSpace(request), err)
	}
	answer, err := c.Send(one.Bytes())
	if err != nil {
		return fmt.Errorf("nic call: %w", err)
	}
	fmt.Fprintf(w, "%s\n", answer)
	var a control.Answer
	if err := json.Unmarshal(answer, &a); err != nil {
		return fmt.Errorf("nic call: answer %.80q: %w", answer, err)
	}
	if !a.OK {
		return ui.Failf("nic call: %s", a.Error)
	}
	return nil
}
