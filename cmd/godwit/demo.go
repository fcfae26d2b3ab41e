package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/godwit-rdma/godwit/cosim/bridge"
	"github.com/godwit-rdma/godwit/cosim/lockstep"
	"github.com/godwit-rdma/godwit/cosim/sim"
	"github.com/godwit-rdma/godwit/internal/demo"
	"github.com/godwit-rdma/godwit/internal/ui"
)

// newDemoCommand is `godwit demo`.
func newDemoCommand() *cobra.Command {
	var out, file string
	var size, seed int64
	var loss uint16
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Move a container between RTL and golden NICs in mid-stream",
		Long: `Host a has the Verilated RTL NIC, hosts b and c have golden NICs, all under the same driver. A container
on a streams a file to b with SEND and RDMA WRITE over links that lose frames; it moves a -> c, then c -> a.
Lockstep checks every step of the RTL. The report is left in the output folder: summary.json, trace.pcapng,
ladder.txt. The trace is best read with: tshark --disable-protocol rpcordma --disable-heuristic eth_over_ib --disable-heuristic mellanox_eoib`,
		Example: `  godwit demo
  godwit demo --file /bin/ls --loss 20 --out /tmp/report`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if loss > 1000 {
				return ui.BadInputf("demo: --loss is %d, want 0 to 1000", loss)
			}
			data, err := demoData(file, size)
			if err != nil {
				return err
			}
			o := demo.Options{Data: data, Loss: loss, Seed: uint64(seed)}
			return runDemo(cmd, o, out)
		},
	}
	f := cmd.Flags()
	f.StringVar(&out, "out", "out/demo", "folder of the report")
	f.StringVar(&file, "file", "", "file to stream; default the go command, or godwit itself")
	f.Int64Var(&size, "bytes", 8<<20, "how much of the file to stream")
	f.Int64Var(&seed, "seed", 1, "seed of the losses")
	f.Uint16Var(&loss, "loss", 10, "frames in 1000 that a link loses")
	return cmd
}

// demoData reads what to stream.
func demoData(file string, size int64) ([]byte, error) {
	if file == "" {
		file = goCommand()
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, ui.BadInput(err)
	}
	if size < 1 || len(data) == 0 {
		return nil, ui.BadInputf("nothing to stream: %d bytes of %s", size, file)
	}
	return data[:min(int64(len(data)), size)], nil
}

// goCommand is the toolchain's go binary, a real file of some size; godwit itself where there is none.
func goCommand() string {
	if root, err := exec.Command("go", "env", "GOROOT").Output(); err == nil {
		path := filepath.Join(strings.TrimSpace(string(root)), "bin", "go")
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	self, err := os.Executable()
	if err != nil {
		return os.Args[0]
	}
	return self
}

// hosts of the demo, in the order of the columns of the ladder.
var demoHosts = []string{"a", "b", "c"}

// runDemo runs the demo and leaves the report, complete or not.
func runDemo(cmd *cobra.Command, o demo.Options, out string) error {
	if err := os.MkdirAll(out, 0o777); err != nil {
		return ui.BadInput(err)
	}
	trace, err := os.Create(filepath.Join(out, "trace.pcapng"))
	if err != nil {
		return ui.BadInput(err)
	}
	defer trace.Close()
	tape, err := demo.NewTape(trace, demoHosts...)
	if err != nil {
		return err
	}
	o.Recorder = tape
	progress := ui.NewProgress(os.Stderr)
	defer progress.Close()
	bar := progress.Bar("stream", int64(len(o.Data)), ui.Bytes)
	o.Progress = bar.Set
	o.Builder = sim.Builder{Progress: func(what string) { fmt.Fprintln(cmd.OutOrStdout(), "building", what) }}
	sum, runErr := demo.Run(cmd.Context(), o)
	bar.Done()
	if err := errors.Join(leaveReport(out, tape, sum), trace.Close()); err != nil && runErr == nil {
		runErr = err
	}
	printSummary(cmd, sum, out)
	if err := demoVerdict(sum, runErr); err != nil {
		return err
	}
	fmt.Fprintln(cmd.OutOrStdout(), "demo: ok")
	return nil
}

// leaveReport writes ladder.txt and summary.json.
func leaveReport(out string, tape *demo.Tape, sum *demo.Summary) error {
	ladder, err := os.Create(filepath.Join(out, "ladder.txt"))
	if err != nil {
		return err
	}
	if err := errors.Join(tape.Close(ladder, demoHosts...), ladder.Close()); err != nil {
		return err
	}
	text, err := json.MarshalIndent(sum, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, "summary.json"), append(text, '\n'), 0o666)
}

func printSummary(cmd *cobra.Command, s *demo.Summary, out string) {
	w := cmd.OutOrStdout()
	fmt.Fprintf(w, "streamed   %d bytes, SHA-256 match: %v\n", s.Bytes, s.SHA256Match)
	fmt.Fprintf(w, "network    %d packets, %d lost, %d retransmissions\n", s.Packets, s.LostPackets, s.Retransmits)
	fmt.Fprintf(w, "migrations %d, paused %v cycles (%v expected), no completion for %v cycles\n", s.Migrations, s.PauseCycles, s.ExpectedCycles, s.BlackoutCycles)
	for _, text := range s.Warnings {
		fmt.Fprintf(w, "warning    %s\n", text)
	}
	fmt.Fprintf(w, "lockstep   %d steps of the RTL, %d mismatches\n", s.LockstepSteps, s.Mismatches)
	fmt.Fprintf(w, "time       %d cycles in %.1f s, of which %.1f s building\n", s.Cycles, s.WallSeconds, s.BuildSeconds)
	fmt.Fprintf(w, "report     %s; tshark takes random payload for other protocols, so read the trace with\n", out)
	fmt.Fprintf(w, "           tshark -r %s --disable-protocol rpcordma --disable-heuristic eth_over_ib --disable-heuristic mellanox_eoib\n", filepath.Join(out, "trace.pcapng"))
}

// demoVerdict turns the outcome into the exit code.
func demoVerdict(s *demo.Summary, err error) error {
	var diverged *lockstep.Divergence
	var build *sim.BuildError
	var dead *bridge.Error
	switch {
	case errors.Is(err, context.Canceled), errors.As(err, &build), errors.As(err, &dead):
		return err
	case errors.As(err, &diverged), err != nil:
		return ui.Fail(err)
	case !s.SHA256Match || s.Mismatches != 0 || s.Migrations != 2:
		return ui.Failf("the demo did not hold: see the summary")
	}
	return nil
}
