package fuzz

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/godwit-rdma/godwit/internal/op"
	"github.com/godwit-rdma/godwit/internal/story"
)

// verdict is what a run came to.
type verdict struct {
	// class is the class of failure in a few words without numbers, "" for a run that holds; text all that is known.
	class, text string
}

// judge runs operations. A fault of the environment is an error: an interruption, or what Options.Fatal says is one.
func (o *Options) judge(ops []op.Op, so story.Options) (v verdict, stats story.Stats, err error) {
	defer func() {
		if r := recover(); r != nil {
			v = verdict{"panic", fmt.Sprintf("panic: %v\n%s", r, debug.Stack())}
		}
	}()
	res, err := story.Run(storyName, ops, so)
	stats = res.Stats
	var failure *story.Failure
	var mistake *op.Error
	switch {
	case err == nil:
		return verdict{}, stats, nil
	case errors.Is(err, context.Canceled), o.Fatal != nil && o.Fatal(err):
		return verdict{}, stats, err
	case errors.As(err, &failure):
		return verdict{failure.Class, err.Error()}, stats, nil
	case errors.As(err, &mistake):
		return verdict{"refused", err.Error()}, stats, nil
	}
	class := "device"
	if o.Classify != nil {
		if c := o.Classify(err); c != "" {
			class = c
		}
	}
	return verdict{class, err.Error()}, stats, nil
}

// storyName is what errors call a program that is in no file yet.
const storyName = "repro.story"

// Pair fuzzes worlds of two to four NICs: random messages both ways, loss, duplication, reordering, corruption, and
// migrations of both sides, in chains, back home, called off. When the faults are over and enough time has passed
// every message must have arrived byte for byte, once, in order, with its completion, and every queue pair be in RTS.
//
// With Options.Factory some of the NICs are others than golden ones: then it is what `godwit fuzz cosim` does.
func Pair(ctx context.Context, o Options) (*Report, error) {
	gen := programs()
	cover := newCoverages(&o)
	run := func(ctx context.Context, worker, seed int) (verdict, story.Stats, error) {
		p := gen.Example(seed)
		return o.judge(p.operations(o.Brief), o.run(ctx, worker, cover[worker]))
	}
	r, found, err := runAll(ctx, &o, run)
	r.Coverage = merge(cover)
	if err != nil || found == nil {
		return r, err
	}
	return r, keepProgram(ctx, &o, r, found)
}

// run are the options of one run.
func (o *Options) run(ctx context.Context, worker int, c *Coverage) story.Options {
	so := story.Options{Context: ctx, Limit: o.Limit}
	if c != nil {
		so.Cover = c.add
	}
	if o.Factory != nil {
		so.Factory = o.Factory(worker)
	}
	return so
}
