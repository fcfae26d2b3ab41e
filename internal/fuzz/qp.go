package fuzz

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"github.com/godwit-rdma/godwit/internal/story"
)

// QP fuzzes one queue pair: arbitrary legal and illegal events straight into qp.Step, with the invariants of the
// protocol checked after each.
func QP(ctx context.Context, o Options) (*Report, error) {
	gen := lives()
	cover := newCoverages(&o)
	run := func(_ context.Context, worker, seed int) (verdict, story.Stats, error) {
		l := gen.Example(seed)
		v, steps := l.judge(cover[worker])
		return v, story.Stats{Steps: uint64(steps), Ops: uint64(len(l.Moves))}, nil
	}
	r, found, err := runAll(ctx, &o, run)
	r.Coverage = merge(cover)
	if err != nil || found == nil {
		return r, err
	}
	return r, keepLife(ctx, &o, r, found)
}

// judge lives a life. It returns the first invariant that does not hold, and the number of steps.
func (l *life) judge(c *Coverage) (v verdict, steps int) {
	p := newPatient(l, c)
	defer func() {
		if r := recover(); r != nil {
			v = verdict{"panic", fmt.Sprintf("panic: %v\n%s", r, debug.Stack())}
		}
		steps = p.steps
	}()
	for i := range l.Moves {
		if wrong := p.live(&l.Moves[i]); wrong != "" {
			class, _, _ := strings.Cut(wrong, ":")
			return verdict{class, fmt.Sprintf("event %d: %s", i, wrong)}, p.steps
		}
	}
	return verdict{}, p.steps
}

// keepLife shrinks a life that failed and keeps it as text.
func keepLife(ctx context.Context, o *Options, r *Report, f *Finding) error {
	fails := func(l life) bool {
		if ctx.Err() != nil {
			return false
		}
		v, _ := l.judge(nil)
		if v.class != f.Class {
			return false
		}
		f.Text = v.text
		return true
	}
	gen := lives()
	l := shrink(o, gen, f.RunSeed, fails)
	if len(l.Moves) == 0 {
		l = gen.Example(f.RunSeed)
	}
	l = fewerMoves(l, time.Now().Add(o.shrinkTime()), fails)
	fails(l) // for its text
	f.Program = l.text()
	f.Replay = fmt.Sprintf("godwit fuzz %s --run-seed %d", o.What, f.RunSeed)
	r.Finding = f
	if o.Out == "" {
		return nil
	}
	f.Dir = filepath.Join(o.Out, fmt.Sprintf("%s-%d-%d", o.What, o.Seed, f.Run))
	if err := os.MkdirAll(f.Dir, 0o777); err != nil {
		return err
	}
	text := fmt.Sprintf("# %s\n# %s\n# again: %s\n%s\n", f.Class, strings.ReplaceAll(f.Text, "\n", "\n# "), f.Replay, strings.Join(f.Program, "\n"))
	return os.WriteFile(filepath.Join(f.Dir, "repro.txt"), []byte(text), 0o666)
}

func fewerMoves(l life, deadline time.Time, fails func(life) bool) life {
	for i := len(l.Moves) - 1; i >= 0 && time.Now().Before(deadline); i-- {
		less := l
		less.Moves = append(append([]move(nil), l.Moves[:i]...), l.Moves[i+1:]...)
		if fails(less) {
			l = less
		}
	}
	return l
}
