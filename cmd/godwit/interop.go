package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/godwit-rdma/godwit/internal/interop"
	"github.com/godwit-rdma/godwit/internal/interop/guest"
	"github.com/godwit-rdma/godwit/internal/ui"
)

// newInteropCommand is `godwit interop`.
func newInteropCommand() *cobra.Command {
	var o interop.Options
	var pcap string
	var list bool
	var asJSON *bool
	cmd := &cobra.Command{
		Use: "interop", Short: "Try the golden NIC against a Linux kernel", Args: cobra.NoArgs,
		Long: `Boots an unmodified Debian kernel with rdma_rxe (SoftRoCE) in QEMU, without hardware acceleration, joins it to golden NICs
that run in real time, and runs scenarios between both: every operation, faults of the link, errors, the programs of
rdma-core and perftest, migrations that the kernel knows nothing of. Then scapy judges the ICRCs of what was exchanged, and
tshark the headers. Exit code 1 if a scenario does not hold.

The kernel package that the distribution would install is downloaded and unpacked, not installed; the rest of the guest is
made of programs of this machine. 'make interop' installs what is missing. What was made is kept in the folder of --cache.`,
		Example: "  godwit interop\n  godwit interop --list\n  godwit interop --scenario migrate-silent --scenario ib-send-bw --pcap /tmp/frames\n  godwit interop --kernel linux-image-6.1.0-50-amd64.deb --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if list {
				return listInterop(cmd.OutOrStdout(), *asJSON)
			}
			return runInterop(cmd, o, pcap, *asJSON)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&list, "list", false, "list the scenarios and do nothing else")
	f.StringArrayVar(&o.Names, "scenario", nil, "scenario to run; several times for several; none means all")
	f.BoolVar(&o.Short, "short", false, "only the scenarios of the short form")
	f.BoolVar(&o.RTL, "rtl", false, "also the scenarios with the Verilated RTL, which is built if need be")
	f.StringVar(&o.Guest.Kernel, "kernel", "", "name or .deb file of the kernel package; empty means that of the distribution")
	f.StringVar(&o.Guest.Cache, "cache", "", "folder of what is made for the guest; empty means godwit/interop in the user's cache")
	f.StringVar(&pcap, "pcap", "", "folder for the frames that were exchanged, interop.pcapng")
	asJSON = ui.JSONFlag(f)
	return cmd
}

// listInterop prints the scenarios.
func listInterop(w io.Writer, asJSON bool) error {
	if !asJSON {
		for _, s := range interop.Scenarios() {
			fmt.Fprintf(w, "%-24s%s\n", s.Name, s.About)
		}
		return nil
	}
	type line struct {
		Name  string `json:"name"`
		About string `json:"about"`
		Short bool   `json:"short"`
		RTL   bool   `json:"rtl"`
	}
	var all []line
	for _, s := range interop.Scenarios() {
		all = append(all, line{s.Name, s.About, s.Short, s.RTL})
	}
	return ui.WriteJSON(w, all)
}

// folders makes the folders of a run, and returns what removes those that do not stay.
func folders(o *interop.Options, pcap string) (func(), error) {
	var err error
	if o.Guest.Cache, err = guestCache("interop", o.Guest.Cache); err != nil {
		return nil, err
	}
	done := func() {}
	if pcap == "" {
		temp, err := os.MkdirTemp("", "godwit-interop-")
		if err != nil {
			return nil, err
		}
		pcap, done = temp, func() { os.RemoveAll(temp) }
	} else if err := os.MkdirAll(pcap, 0o755); err != nil {
		return nil, ui.BadInput(fmt.Errorf("interop: --pcap: %w", err))
	}
	o.Capture = filepath.Join(pcap, "interop.pcapng")
	return done, nil
}

func runInterop(cmd *cobra.Command, o interop.Options, pcap string, asJSON bool) error {
	cleanup, err := folders(&o, pcap)
	if err != nil {
		return err
	}
	defer cleanup()
	step, end := stages("interop")
	o.Progress = step
	r, err := interop.Run(cmd.Context(), o)
	end()
	if r != nil {
		if e := printInterop(cmd.OutOrStdout(), r, asJSON); e != nil {
			return e
		}
	}
	switch {
	case errors.Is(err, interop.ErrOptions), o.Guest.Kernel != "" && errors.Is(err, guest.ErrKernel):
		return ui.BadInput(fmt.Errorf("interop: %w", err))
	case err != nil:
		return fmt.Errorf("interop: %w", err)
	case r.Failed != 0:
		return ui.Failf("interop: %d of %d scenarios do not hold", r.Failed, len(r.Results))
	case r.Interrupted:
		return context.Canceled
	}
	return nil
}

func printInterop(w io.Writer, r *interop.Report, asJSON bool) error {
	if asJSON {
		return ui.WriteJSON(w, r)
	}
	held, skipped := 0, 0
	for _, s := range r.Results {
		verdict, why := "ok", s.About
		switch {
		case s.Held:
			held++
		case s.Skipped != "":
			verdict, why = "SKIPPED", s.Skipped
			skipped++
		default:
			verdict, why = "FAILED", s.Error
		}
		fmt.Fprintf(w, "%-8s%-24s%7.2f s  %s\n", verdict, s.Name, s.Seconds, why)
	}
	fmt.Fprintf(w, "kernel    %s, booted in %.1f s; guest made in %.1f s; all in %.1f s\n", r.Kernel, r.Boot, r.Build, r.Total)
	switch {
	case r.Failed != 0:
		fmt.Fprintf(w, "interop: %d of %d do not hold\n", r.Failed, len(r.Results))
	case r.Interrupted:
		fmt.Fprintf(w, "interop: interrupted, %d held so far\n", held)
	case held+skipped == len(r.Results):
		fmt.Fprintf(w, "interop: ok, %d held, %d skipped\n", held, skipped)
	}
	return nil
}
