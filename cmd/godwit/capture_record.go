package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/godwit-rdma/godwit/internal/interop/guest"
	"github.com/godwit-rdma/godwit/internal/record"
	"github.com/godwit-rdma/godwit/internal/ui"
)

func newCaptureRecordCommand() *cobra.Command {
	var o record.Options
	var v6, linkLocal, list bool
	var asJSON *bool
	cmd := &cobra.Command{
		Use:   "record DIR",
		Short: "Record scenarios of two Linux kernels for replay",
		Long: `Record boots two unmodified Debian kernels with rdma_rxe (SoftRoCE) in QEMU, without hardware acceleration, joins them by an
Ethernet that loses, doubles, reorders and damages frames, and lets them run programs that are drawn from the seed: every verb, in both directions,
and every error. Of each it writes NAME.a.pcap, NAME.b.pcap (what either side sent and was given) and NAME.json, which
'godwit capture replay' reads. The same seed gives the same programs and faults; the guests' own time decides what comes of them.
DIR is made, and must have no scenarios. 'make interop' installs what the guests need (docs/interop.md).`,
		Example: "  godwit capture record run --seed 7 --mtu 512 --ipv6\n  godwit capture record run --scenario mixed_loss --rounds 20\n  godwit capture record --list",
		Args: func(cmd *cobra.Command, args []string) error {
			if list {
				return cobra.NoArgs(cmd, args)
			}
			return cobra.ExactArgs(1)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if list {
				return listKinds(cmd.OutOrStdout(), *asJSON)
			}
			o.Dir, o.Network = args[0], record.IPv4
			switch {
			case linkLocal:
				o.Network = record.LinkLocal
			case v6:
				o.Network = record.IPv6
			}
			return runRecord(cmd, o, *asJSON)
		},
	}
	f := cmd.Flags()
	f.Uint64Var(&o.Seed, "seed", 1, "draw the programs and faults from seed `N`")
	f.IntVar(&o.MTU, "mtu", 1024, "path MTU in bytes: 256, 512, 1024, 2048 or 4096")
	f.BoolVar(&v6, "ipv6", false, "IPv6 addresses")
	f.BoolVar(&linkLocal, "link-local", false, "IPv6 addresses of the link")
	f.StringArrayVar(&o.Names, "scenario", nil, "scenario to record; several times for several; none means all")
	f.IntVar(&o.Rounds, "rounds", 1, "record each scenario `N` times, each time another program")
	f.BoolVar(&list, "list", false, "list the scenarios and do nothing else")
	f.StringVar(&o.Guest.Kernel, "kernel", "", "name or .deb file of the kernel package; empty means that of the distribution")
	f.StringVar(&o.Guest.Cache, "cache", "", "folder of what is made for the guests; empty means godwit/interop in the user's cache")
	asJSON = ui.JSONFlag(f)
	return cmd
}

// listKinds prints the scenarios.
func listKinds(w io.Writer, asJSON bool) error {
	type line struct {
		Name  string `json:"name"`
		About string `json:"about"`
	}
	var all []line
	for _, k := range record.Kinds() {
		all = append(all, line{k.Name, k.About})
	}
	if asJSON {
		return ui.WriteJSON(w, all)
	}
	for _, k := range all {
		fmt.Fprintf(w, "%-20s%s\n", k.Name, k.About)
	}
	return nil
}

func runRecord(cmd *cobra.Command, o record.Options, asJSON bool) error {
	var err error
	if o.Guest.Cache, err = guestCache("capture record", o.Guest.Cache); err != nil {
		return err
	}
	step, end := stages("record")
	o.Progress = step
	r, err := record.Run(cmd.Context(), o)
	end()
	if r != nil {
		if e := printRecord(cmd.OutOrStdout(), r, asJSON); e != nil {
			return e
		}
	}
	switch {
	case cmd.Context().Err() != nil:
		return cmd.Context().Err()
	case errors.Is(err, record.ErrOptions), o.Guest.Kernel != "" && errors.Is(err, guest.ErrKernel):
		return ui.BadInput(fmt.Errorf("capture record: %w", err))
	case err != nil:
		return fmt.Errorf("capture record: %w", err)
	}
	return nil
}

func printRecord(w io.Writer, r *record.Report, asJSON bool) error {
	if asJSON {
		return ui.WriteJSON(w, r)
	}
	var sum [2]int
	for _, s := range r.Scenarios {
		fmt.Fprintf(w, "%-24s%6d frames at a, %6d at b  %6.2f s\n", s.Scenario, s.Frames[0], s.Frames[1], s.Seconds)
		sum[0] += s.Frames[0]
		sum[1] += s.Frames[1]
	}
	_, err := fmt.Fprintf(w, "scenarios %d, frames %d at a, %d at b, kernel %s\n", len(r.Scenarios), sum[0], sum[1], r.Kernel)
	return err
}
