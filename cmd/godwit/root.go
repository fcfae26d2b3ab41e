package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/godwit-rdma/godwit/internal/ui"
)

// newRootCommand returns the command line: every verb is in this list.
func newRootCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "godwit",
		Short: "Co-design toolkit for RDMA NICs whose connections survive live migration",
		Long: `godwit is a co-design toolkit for RDMA NICs whose connections survive live migration: an executable
specification, a golden model, reference RTL, and the tools that hold them together.

Exit codes: 0 what was asked holds, 1 a check failed, 2 wrong usage or bad input, 3 a fault of godwit or its environment.`,
		Example:       "  godwit spec check\n  godwit help capture check",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	cmd.AddCommand(newSpecCommand(), newVectorsCommand(), newCaptureCommand(), newCosimCommand(), newDemoCommand(), newRunCommand(), newExploreCommand(), newFuzzCommand(), newMigrateCommand(), newSweepCommand(), newInteropCommand(),
		newFiguresCommand(), newServeCommand(), newNICCommand(), newVersionCommand())
	return cmd
}

// newGroupCommand returns a verb that only has others below it, and says so when it is called without one.
func newGroupCommand(use, short string, verbs ...*cobra.Command) *cobra.Command {
	var names, examples []string
	for _, v := range verbs {
		names = append(names, v.Name())
		examples = append(examples, v.Example)
	}
	say := names[len(names)-1]
	if len(names) > 1 {
		say = strings.Join(names[:len(names)-1], ", ") + " or " + say
	}
	cmd := &cobra.Command{
		Use:     use,
		Short:   short,
		Example: strings.Join(examples, "\n"),
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return ui.BadInputf("%s: say %s", use, say)
		},
	}
	cmd.AddCommand(verbs...)
	return cmd
}

// execute runs the command line. An error that comes before the verb is one of the arguments. One that comes after an
// interruption is the interruption's, whatever the verb made of it: a check that was cut short has not failed.
func execute(ctx context.Context, root *cobra.Command) error {
	started := false
	root.PersistentPreRun = func(*cobra.Command, []string) { started = true }
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return nil
	case !started:
		return ui.BadInput(err)
	case err == context.Canceled:
		return &ui.ExitError{Code: ui.Internal, Err: errors.New("interrupted")}
	case ctx.Err() != nil:
		return &ui.ExitError{Code: ui.Internal, Err: fmt.Errorf("interrupted: %w", err)}
	}
	return err
}
