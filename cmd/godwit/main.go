// Command godwit is the toolkit's command line: one verb a file.
package main

import (
	"context"
	"fmt"
	"os"
	"runtime/debug"

	"github.com/godwit-rdma/godwit/internal/ui"
)

func main() { os.Exit(run()) }

// run executes the command line and returns the exit code. Results go to stdout, errors to stderr.
func run() (code int) {
	defer func() {
		if r := recover(); r != nil {
			// The runtime would exit with 2, which is the code of bad input.
			fmt.Fprintf(os.Stderr, "godwit: %v\n\n%s", r, debug.Stack())
			code = int(ui.Internal)
		}
	}()
	ctx, stop := ui.Interruptible(context.Background())
	defer stop()
	err := execute(ctx, newRootCommand())
	if err != nil {
		fmt.Fprintf(os.Stderr, "godwit: %v\n", err)
	}
	return int(ui.ExitCode(err))
}
