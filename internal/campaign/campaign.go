// Package campaign makes many runs, each of which depends on its number alone, on several workers.
//
// Results are taken in the order of the runs' numbers, whatever order they come in. So what is summed up, and which run
// ends a campaign, does not depend on the number of workers, and what an interrupted campaign has taken is a whole
// beginning of it: one that begins with the run after that goes on as if nothing had been.
package campaign

import (
	"context"
	"runtime"
	"sync"
)

// Plan is which runs to make, and how.
type Plan struct {
	// First is the number of the first run, End that of the first not to be made.
	First, End int
	// Workers make runs at the same time; 0 means as many as there are processors to Go.
	Workers int
	// Progress is told now and then how many runs are over, First included; nil if nobody wants to know. It is called by
	// any worker, one at a time.
	Progress func(done int64)
}

// Width is the number of workers.
func (p *Plan) Width() int {
	if p.Workers == 0 {
		return runtime.GOMAXPROCS(0)
	}
	return p.Workers
}

// Run makes the runs of a plan. do makes run number i on a worker, counted from 0; its context ends when the result can
// be of no use any more. take is given the results in the order of their numbers, one at a time, and says whether to go
// on. next is the number of the first run that was not taken; ended by ctx, the campaign goes on there.
//
// The error is that of the lowest run that has one. A run that fails is not taken, and ends the campaign.
func Run[R any](ctx context.Context, p Plan, do func(ctx context.Context, worker, i int) (R, error), take func(i int, r R) bool) (next int, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	t := &table[R]{plan: p, begun: p.First, next: p.First, results: map[int]result[R]{}, take: take, end: cancel}
	var wg sync.WaitGroup
	for w := range p.Width() {
		wg.Go(func() {
			for i, ok := t.begin(ctx); ok; i, ok = t.begin(ctx) {
				r, err := do(ctx, w, i)
				if ctx.Err() == nil {
					t.put(i, result[R]{r, err})
				}
			}
		})
	}
	wg.Wait()
	return t.next, t.err
}

type result[R any] struct {
	value R
	err   error
}

// table is what the workers share.
type table[R any] struct {
	sync.Mutex
	plan              Plan
	begun, done, next int
	results           map[int]result[R] // that are not taken yet, by number; looked up only
	take              func(int, R) bool
	over              bool
	end               func()
	err               error
}

// begin is the number of a run that nobody has begun.
func (t *table[R]) begin(ctx context.Context) (i int, ok bool) {
	t.Lock()
	defer t.Unlock()
	if t.over || t.begun >= t.plan.End || ctx.Err() != nil {
		return 0, false
	}
	t.begun++
	return t.begun - 1, true
}

// put keeps the result of run i, and takes all whose turn it is.
func (t *table[R]) put(i int, r result[R]) {
	t.Lock()
	defer t.Unlock()
	t.results[i] = r
	for !t.over {
		r, ok := t.results[t.next]
		if !ok {
			break
		}
		delete(t.results, t.next)
		if t.err = r.err; r.err == nil {
			t.next++
		}
		if r.err != nil || !t.take(t.next-1, r.value) {
			t.over = true
			t.end()
		}
	}
	t.done++
	if t.plan.Progress != nil {
		t.plan.Progress(int64(t.plan.First + t.done))
	}
}
