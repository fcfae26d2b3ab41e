// Command godwit is the toolkit's command line: one verb a file.
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"
)

// Exit codes, for scripts.
const (
	exitCheck    = 1 // a check failed
	exitUsage    = 2 // wrong usage or bad input
	exitInternal = 3 // a fault of godwit or of its environment
)

// usageError is an error of whoever called godwit: arguments or input files.
type usageError struct{ error }

// Unwrap returns the error itself.
func (e usageError) Unwrap() error { return e.error }

// checkFailure is the result of a check that did not hold.
type checkFailure struct{ error }

// Unwrap returns the error itself.
func (e checkFailure) Unwrap() error { return e.error }

func main() { os.Exit(run()) }

// run executes the command line and returns the exit code. Results go to stdout, errors to stderr.
func run() int {
	root := newRootCommand()
	started := false
	root.PersistentPreRun = func(*cobra.Command, []string) { started = true }
	err := root.Execute()
	if err == nil {
		return 0
	}
	if !started {
		err = usageError{err} // cobra refused the arguments
	}
	fmt.Fprintf(os.Stderr, "godwit: %v\n", err)
	var check checkFailure
	var usage usageError
	switch {
	case errors.As(err, &check):
		return exitCheck
	case errors.As(err, &usage):
		return exitUsage
	default:
		return exitInternal
	}
}

func newRootCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:           "godwit",
		Short:         "Co-design toolkit for RDMA NICs whose connections survive live migration",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	cmd.AddCommand(newSpecCommand(), newCaptureCommand())
	return cmd
}
