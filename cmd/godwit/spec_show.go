package main

import (
	"fmt"
	"sort"
	"strings"

	"github.com/spf13/cobra"

	"github.com/godwit-rdma/godwit/internal/specgen"
	"github.com/godwit-rdma/godwit/internal/ui"
	"github.com/godwit-rdma/godwit/spec"
)

func newSpecShowCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "show [PAGE]",
		Short:   "Print a reference page of the built-in specification, or the list of pages",
		Long:    `Show prints, as Markdown, what the specification built into this binary says: the same pages as in docs/reference.`,
		Example: "  godwit spec show\n  godwit spec show states",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := spec.Embedded()
			if err != nil {
				return err
			}
			pages := specgen.ReferencePages(s)
			var names []string
			for name := range pages {
				names = append(names, strings.TrimSuffix(name, ".md"))
			}
			sort.Strings(names)
			if len(args) == 0 {
				fmt.Fprintln(cmd.OutOrStdout(), strings.Join(names, "\n"))
				return nil
			}
			page, ok := pages[args[0]+".md"]
			if !ok {
				return ui.BadInputf("no page %q; pages: %s", args[0], strings.Join(names, ", "))
			}
			_, err = cmd.OutOrStdout().Write(page)
			return err
		},
	}
}
