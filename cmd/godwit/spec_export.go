package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/godwit-rdma/godwit/internal/specgen"
	"github.com/godwit-rdma/godwit/internal/ui"
	"github.com/godwit-rdma/godwit/spec"
)

func newSpecExportCommand() *cobra.Command {
	var dir string
	var asJSON *bool
	cmd := &cobra.Command{
		Use:   "export [FORMAT]",
		Short: "Print what other people's tools read: SystemRDL, IP-XACT, UVM, a Wireshark dissector; or the list of them",
		Long: `Export prints one of the files of export/, from the specification built into this binary or that in the folder --spec. Without
FORMAT it lists them. --json prints the register map as JSON.`,
		Example: "  godwit spec export\n  godwit spec export systemrdl > godwit.rdl\n  godwit spec export --json",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var from []string
			if dir != "" {
				from = []string{dir}
			}
			s, err := loadSpec(from)
			if err != nil {
				return err
			}
			switch {
			case *asJSON && len(args) > 0:
				return ui.BadInputf("export: --json is a format of its own; say %s or --json", args[0])
			case *asJSON:
				args = []string{"json"}
			case len(args) == 0:
				return listExports(cmd)
			}
			return writeExport(cmd, s, args[0])
		},
	}
	cmd.Flags().StringVar(&dir, "spec", "", "`folder` of another specification")
	asJSON = ui.JSONFlag(cmd.Flags())
	return cmd
}

func listExports(cmd *cobra.Command) error {
	w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 8, 2, ' ', 0)
	for _, e := range specgen.Exports {
		fmt.Fprintf(w, "%s\texport/%s\t%s\n", e.Name, e.File, e.Doc)
	}
	return w.Flush()
}

func writeExport(cmd *cobra.Command, s *spec.Spec, name string) error {
	var names []string
	for _, e := range specgen.Exports {
		if e.Name == name {
			_, err := cmd.OutOrStdout().Write(e.Emit(s))
			return err
		}
		names = append(names, e.Name)
	}
	return ui.BadInputf("no export %q; exports: %s", name, strings.Join(names, ", "))
}
