package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/hashicorp/go-multierror"
	"github.com/spf13/cobra"

	"github.com/godwit-rdma/godwit/internal/specgen"
	"github.com/godwit-rdma/godwit/internal/ui"
	"github.com/godwit-rdma/godwit/spec"
)

// newSpecCommand returns the verb "spec": check, generate from, and show the specification.
func newSpecCommand() *cobra.Command {
	return newGroupCommand("spec", "Check the specification, and generate from it",
		newSpecCheckCommand(), newSpecGenCommand(), newSpecShowCommand(), newSpecExportCommand())
}

func newSpecCheckCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check [DIR]",
		Short: "Check the YAML files of a specification (default: the one built in)",
		Long: `Check loads the YAML files of a specification strictly and reports every mistake at once, each with file, line and column.
Without DIR it checks the one built into this binary.`,
		Example: "  godwit spec check\n  godwit spec check ./spec",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := loadSpec(args)
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "spec: ok, revision %s\n", s.Revision())
			return nil
		},
	}
}

// loadSpec loads the specification in the folder args[0], or the embedded one.
func loadSpec(args []string) (*spec.Spec, error) {
	if len(args) == 0 {
		return spec.Embedded()
	}
	info, err := os.Stat(args[0])
	if err != nil {
		return nil, ui.BadInput(err)
	}
	if !info.IsDir() {
		return nil, ui.BadInputf("%s: not a folder", args[0])
	}
	s, err := spec.Load(os.DirFS(args[0]))
	if err != nil {
		return nil, ui.BadInput(placed(err, args[0]))
	}
	return s, nil
}

// placed makes the file names in the mistakes of a specification those of the files in folder dir, and says how many
// there are on a line of its own, so that each mistake begins a line with its place.
func placed(err error, dir string) error {
	var m *multierror.Error
	if !errors.As(err, &m) {
		return err
	}
	for _, e := range m.Errors {
		var mistake *spec.Error
		if errors.As(e, &mistake) {
			mistake.File = filepath.Join(dir, mistake.File)
		}
	}
	return fmt.Errorf("mistakes in the specification: %d\n%w", len(m.Errors), err)
}

func newSpecGenCommand() *cobra.Command {
	var out string
	var check bool
	cmd := &cobra.Command{
		Use:   "gen",
		Short: "Write what is generated from the specification: Go, SystemVerilog, C header, exports, reference pages, schemas",
		Long: `Gen writes everything that is generated from the specification and names the files that changed. It takes spec/ of the
repository around the working directory, or of --out, and the specification built into this binary where there is none.`,
		Example: "  godwit spec gen\n  godwit spec gen --check\n  godwit spec gen --out /tmp/generated",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			root := out
			if root == "" {
				var err error
				if root, err = repositoryRoot(); err != nil {
					return err
				}
			}
			s, err := generatorSpec(root)
			if err != nil {
				return err
			}
			files, err := specgen.Generate(s)
			if err != nil {
				return err
			}
			if check {
				if err := specgen.Check(root, files); err != nil {
					return ui.Fail(err)
				}
				return nil
			}
			changed, err := specgen.Write(root, files)
			if err != nil {
				return err
			}
			for _, path := range changed {
				fmt.Fprintln(cmd.OutOrStdout(), path)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "root `folder` to write below (default: the repository around the working directory)")
	cmd.Flags().BoolVar(&check, "check", false, "write nothing; fail when a generated file is not up to date")
	return cmd
}

// generatorSpec loads the specification below root when there is one, so that an edit of the YAML files takes effect
// without building godwit anew; otherwise the embedded one.
func generatorSpec(root string) (*spec.Spec, error) {
	dir := filepath.Join(root, "spec")
	if _, err := os.Stat(filepath.Join(dir, spec.Files[0])); errors.Is(err, fs.ErrNotExist) {
		return spec.Embedded()
	}
	return loadSpec([]string{dir})
}

// repositoryRoot returns the nearest folder above the working directory that has a go.mod.
func repositoryRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", ui.BadInputf("no go.mod in this folder or above it; say --out DIR")
		}
		dir = parent
	}
}
