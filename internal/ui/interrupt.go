package ui

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// Interruptible returns a context that the first ^C or SIGTERM cancels, so that a verb can keep what it has and end.
// From then on the signals have their usual effect: a second ^C ends a verb that does not listen. Call stop in the end.
func Interruptible(parent context.Context) (ctx context.Context, stop func()) {
	ctx, stop = signal.NotifyContext(parent, os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}
