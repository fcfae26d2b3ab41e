package fuzz

import (
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/godwit-rdma/godwit/internal/repro"
)

// silent is what rapid reports to when nobody is to be told.
type silent struct{ failed bool }

func (*silent) Helper()                 {}
func (*silent) Name() string            { return "fuzz" }
func (*silent) Logf(string, ...any)     {}
func (*silent) Log(...any)              {}
func (*silent) Skipf(string, ...any)    { runtime.Goexit() }
func (*silent) Skip(...any)             { runtime.Goexit() }
func (*silent) SkipNow()                { runtime.Goexit() }
func (s *silent) Errorf(string, ...any) { s.failed = true }
func (s *silent) Error(...any)          { s.failed = true }
func (s *silent) Fatalf(string, ...any) { s.FailNow() }
func (s *silent) Fatal(...any)          { s.FailNow() }
func (s *silent) FailNow()              { s.failed = true; runtime.Goexit() }
func (s *silent) Fail()                 { s.failed = true }
func (s *silent) Failed() bool          { return s.failed }

// flags makes the flags of rapid known to a binary that is no test. rapid knows no other way.
var flags = sync.OnceFunc(func() {
	if flag.Lookup("test.short") == nil {
		testing.Init()
	}
	if !flag.Parsed() {
		// There are no arguments in what is parsed here, so that nothing can be wrong with them.
		_ = flag.CommandLine.Parse(nil)
	}
})

// setting is a flag of rapid for as long as a shrink takes.
type setting struct{ name, value string }

func set(settings []setting) (restore func()) {
	var was []setting
	for _, s := range settings {
		was = append(was, setting{s.name, flag.Lookup(s.name).Value.String()})
		if err := flag.Set(s.name, s.value); err != nil {
			panic("BUG: " + err.Error())
		}
	}
	return func() {
		for _, s := range was {
			_ = flag.Set(s.name, s.value)
		}
	}
}

// shrinkTime is how long to look for a smaller program.
func (o *Options) shrinkTime() time.Duration {
	if o.ShrinkTime == 0 {
		return 30 * time.Second
	}
	return o.ShrinkTime
}

// shrink lets rapid search for the simplest value from a generator that fails as the one from seed does. It returns
// the last that failed; rapid calls the property with the simplest one last.
func shrink[V any](o *Options, gen *rapid.Generator[V], seed int, fails func(V) bool) V {
	flags()
	restore := set([]setting{
		{"rapid.checks", "5"}, {"rapid.nofailfile", "true"}, {"rapid.seed", strconv.Itoa(seed)},
		{"rapid.shrinktime", o.shrinkTime().String()},
	})
	defer restore()
	var best V
	done := make(chan struct{})
	go func() {
		defer close(done)
		rapid.Check(&silent{}, func(t *rapid.T) {
			v := gen.Draw(t, "program")
			if fails(v) {
				best = v
				// One place and one text for all, so that rapid takes every such failure for the same.
				t.Fatalf("it fails")
			}
		})
	}()
	<-done
	return best
}

// keepProgram shrinks a program that failed and keeps it as a story.
func keepProgram(ctx context.Context, o *Options, r *Report, f *Finding) error {
	fails := func(p program) bool {
		if ctx.Err() != nil {
			return false
		}
		v, _, err := o.judge(p.operations(o.Brief), o.run(ctx, 0, nil))
		if err != nil || v.class != f.Class {
			return false
		}
		f.Text = v.text
		return true
	}
	gen := programs()
	p := shrink(o, gen, f.RunSeed, fails)
	if len(p.Conns) == 0 {
		p = gen.Example(f.RunSeed) // rapid did not see it fail
	}
	p = simpler(p, time.Now().Add(o.shrinkTime()), fails)
	p = fewer(p, time.Now().Add(o.shrinkTime()), fails)
	fails(p) // for its text
	ops := p.operations(o.Brief)
	for i := range ops {
		f.Program = append(f.Program, ops[i].String())
	}
	r.Finding = f
	if o.Out == "" {
		return nil
	}
	f.Dir = filepath.Join(o.Out, fmt.Sprintf("%s-%d-%d", o.What, o.Seed, f.Run))
	f.Replay = "godwit run " + filepath.Join(f.Dir, repro.StoryFile) + o.ReplayArgs
	return repro.Save(f.Dir, purpose(o.What, f.Class, f.Text), ops, o.run(ctx, 0, nil))
}

// fewer leaves out commands as long as what is left fails: first halves, then quarters, down to single ones. Operations
// cannot be left out one by one: the checks at the end of a program hold for what its commands say.
func fewer(p program, deadline time.Time, fails func(program) bool) program {
	for chunk := (len(p.Commands) + 1) / 2; chunk > 0; {
		removed := false
		for at := 0; at+chunk <= len(p.Commands) && time.Now().Before(deadline); {
			less := p
			less.Commands = append(append([]command(nil), p.Commands[:at]...), p.Commands[at+chunk:]...)
			if fails(less) {
				p, removed = less, true
				continue
			}
			at += chunk
		}
		if !removed || chunk > len(p.Commands) || !time.Now().Before(deadline) {
			chunk /= 2
		}
	}
	return p
}
