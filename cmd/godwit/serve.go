package main

import (
	"context"
	"fmt"
	"net"
	"strings"

	"github.com/spf13/cobra"

	"github.com/godwit-rdma/godwit/cosim"
	"github.com/godwit-rdma/godwit/internal/ui"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/nic"
)

// newServeCommand is `godwit serve`.
func newServeCommand() *cobra.Command {
	var connect string
	dut := &cosim.GoldenDUT{Params: nic.DefaultParams()}
	cmd := &cobra.Command{
		Use:   "serve --connect ADDRESS",
		Short: "Be the golden NIC behind the bridge, for a host of your own",
		Long: `Connect to a host that listens, as a simulator does, and be its device: the golden NIC, which answers stimulus as
the RTL in the simulator would. For those who write a host, and for those who write a simulator and want to see
what it should have answered. docs/bridge.md has the protocol.

ADDRESS is unix:PATH or tcp:HOST:PORT. The exit code is 0 when the host left in good order, 2 for an address or a
parameter that cannot be, 3 when nobody listens or the host broke the protocol.`,
		Example: `  godwit serve --connect unix:/tmp/bridge
  godwit serve --connect tcp:127.0.0.1:4791 --migration=false --qps 2`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := checkDUT(dut); err != nil {
				return err
			}
			return serve(cmd.Context(), connect, dut)
		},
	}
	f := cmd.Flags()
	f.StringVar(&connect, "connect", "", "where the host listens: unix:PATH or tcp:HOST:PORT")
	f.BoolVar(&dut.Params.Migration, "migration", dut.Params.Migration, "the migration unit is there")
	f.IntVar(&dut.Params.NumQP, "qps", dut.Params.NumQP, "queue pairs, 1 to 255")
	f.IntVar(&dut.Params.NumMR, "mrs", dut.Params.NumMR, "memory regions, 1 to 255")
	f.IntVar(&dut.Params.NumCQ, "cqs", dut.Params.NumCQ, "completion queues, 1 to 255")
	f.Uint64Var(&dut.TickCycles, "tick", abi.TickCycles, "cycles of a timer tick, more than queue pairs")
	return cmd
}

// checkDUT refuses parameters of which no NIC can be built.
func checkDUT(d *cosim.GoldenDUT) error {
	for _, p := range []struct {
		flag string
		n    int
	}{{"qps", d.Params.NumQP}, {"mrs", d.Params.NumMR}, {"cqs", d.Params.NumCQ}} {
		if p.n < 1 || p.n > 255 {
			return ui.BadInputf("serve: --%s is %d, want 1 to 255", p.flag, p.n)
		}
	}
	if d.TickCycles <= uint64(d.Params.NumQP) || d.TickCycles > maxTick {
		return ui.BadInputf("serve: --tick is %d, want %d to %d", d.TickCycles, d.Params.NumQP+1, maxTick)
	}
	return nil
}

// maxTick is the longest tick that the RTL can be built with.
const maxTick = 1 << 20

// serve is the device of the host that listens at address, until that host leaves or ctx ends.
func serve(ctx context.Context, address string, dut *cosim.GoldenDUT) error {
	network, where, _ := strings.Cut(address, ":")
	if network != "unix" && network != "tcp" || where == "" {
		return ui.BadInputf("serve: --connect is %q, want unix:PATH or tcp:HOST:PORT", address)
	}
	if _, _, err := net.SplitHostPort(where); network == "tcp" && err != nil {
		return ui.BadInputf("serve: --connect %s: %v", address, err)
	}
	nc, err := (&net.Dialer{}).DialContext(ctx, network, where)
	if err != nil {
		return fmt.Errorf("serve: no host at %s: %w", address, err)
	}
	defer context.AfterFunc(ctx, func() { nc.Close() })()
	err = dut.Serve(nc)
	if ctx.Err() != nil {
		return ctx.Err() // a connection that is cut here looks to Serve like a host that leaves
	}
	return err
}
