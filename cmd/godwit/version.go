package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/godwit-rdma/godwit/internal/ui"
	"github.com/godwit-rdma/godwit/model/abi"
)

// version is what git calls the tree this binary was built from; the Makefile sets it.
var version string

// versionInfo is the result of godwit version.
type versionInfo struct {
	Version      string `json:"version"`
	SpecRevision string `json:"spec_revision"`
	Go           string `json:"go"`
	Platform     string `json:"platform"`
}

func newVersionCommand() *cobra.Command {
	var asJSON *bool
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print the version of godwit, of its specification, and of Go",
		Long: `Version prints what this binary was built from. The revision of the specification is a hash over its files; it is in every
generated file, vector and saved run, and two programs talk over the bridge only if theirs is the same.`,
		Example: "  godwit version\n  godwit version --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			v := versionInfo{
				Version: builtFrom(), SpecRevision: abi.Revision, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH,
			}
			if *asJSON {
				return ui.WriteJSON(cmd.OutOrStdout(), v)
			}
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "godwit %s\nspec   %s\ngo     %s %s\n", v.Version, v.SpecRevision, v.Go, v.Platform)
			return err
		},
	}
	asJSON = ui.JSONFlag(cmd.Flags())
	return cmd
}

// builtFrom returns the version, as well as it is known: from the Makefile, from the module proxy, or not at all.
func builtFrom() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "unknown"
}
