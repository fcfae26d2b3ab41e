// Package runner runs stories on NICs of chosen kinds, golden or RTL, and judges and records the runs: what
// `godwit run` does.
package runner

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/godwit-rdma/godwit/cosim"
	"github.com/godwit-rdma/godwit/cosim/lockstep"
	"github.com/godwit-rdma/godwit/cosim/sim"
	"github.com/godwit-rdma/godwit/internal/story"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/qp"
)

// Kind is what a NIC is made of.
type Kind string

// The kinds.
const (
	Golden Kind = "golden" // the model
	RTL    Kind = "rtl"    // the RTL behind the bridge, each step in lockstep with the model
)

// Kinds are the kinds of NICs that are not golden, by name. Looked up only.
type Kinds map[string]Kind

// ParseKinds reads "a=rtl" and "b=golden".
func ParseKinds(specs []string) (Kinds, error) {
	kinds := Kinds{}
	for _, s := range specs {
		name, kind, ok := strings.Cut(s, "=")
		switch {
		case !ok || name == "":
			return nil, fmt.Errorf("NIC %q is not NAME=KIND", s)
		case Kind(kind) != Golden && Kind(kind) != RTL:
			return nil, fmt.Errorf("NIC %s: there is no kind %q; there are: golden, rtl", name, kind)
		case kinds[name] != "":
			return nil, fmt.Errorf("NIC %s is given twice", name)
		}
		kinds[name] = Kind(kind)
	}
	return kinds, nil
}

// Check finds a name that is a NIC of none of the stories.
func (k Kinds) Check(stories []*story.Story) error {
	var all, unknown []string
	for _, s := range stories {
		all = append(all, story.Hosts(s.Ops)...)
	}
	for name := range k {
		if !slices.Contains(all, name) {
			unknown = append(unknown, name)
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	return fmt.Errorf("no story has a NIC %s", slices.Min(unknown))
}

// Options of a run.
type Options struct {
	Kinds Kinds
	// Builder finds and caches simulators.
	Builder sim.Builder
	// Rules is the dialect to run stories in, instead of those that they name; nil means those. Golden traces of another
	// dialect are not compared.
	Rules *qp.Rules
	// Pcap gets a pcapng capture, Ladder a ladder diagram; nil if nobody wants it.
	Pcap, Ladder io.Writer
}

// Result of a run.
type Result struct {
	Story string `json:"story"`
	OK    bool   `json:"ok"`
	// Failure is the first thing that does not hold, with its place; Divergence is of lockstep.
	Failure    string               `json:"failure,omitempty"`
	Divergence *lockstep.Divergence `json:"divergence,omitempty"`
	// Traced: the golden trace was compared. It is not if a NIC is RTL, which takes other times, or if a dialect was given.
	Traced bool        `json:"traced"`
	Stats  story.Stats `json:"stats"`
	// LockstepSteps is how many steps of RTL NICs were compared.
	LockstepSteps uint64 `json:"lockstep_steps"`
}

// Run runs a story. The error is that of story.Run, or of a record that cannot be written; that the trace is another
// one is a *TraceError.
func Run(ctx context.Context, s *story.Story, o Options) (*Result, error) {
	r := &Result{Story: s.File}
	rec := newRecorder(o, story.Hosts(s.Ops))
	var checkers []*lockstep.Checker
	res, err := story.Run(s.File, s.Ops, story.Options{
		Rules: o.Rules, Trace: true, Context: ctx, Tap: rec.tap,
		Factory: func(name string, p nic.Params, ram *mem.RAM, obs nic.Observer) (nic.Device, error) {
			if o.Kinds[name] != RTL {
				return story.Golden(name, p, ram, obs)
			}
			dev, check, err := rtl(ctx, o.Builder, p, ram, obs)
			if err != nil {
				return nil, err
			}
			checkers = append(checkers, check)
			return dev, nil
		},
	})
	r.Stats = res.Stats
	for _, c := range checkers {
		r.LockstepSteps += c.Stats().Steps
	}
	if werr := rec.finish(); err == nil {
		err = werr
	}
	if err == nil && len(checkers) == 0 && s.Trace != nil && (o.Rules == nil || *o.Rules == s.Rules()) {
		r.Traced = true
		err = compare(s, res.Trace)
	}
	r.OK = err == nil
	if err != nil {
		r.Failure = err.Error()
	}
	return r, err
}

// rtl makes an RTL NIC in lockstep.
func rtl(ctx context.Context, b sim.Builder, p nic.Params, ram *mem.RAM, obs nic.Observer) (nic.Device, *lockstep.Checker, error) {
	sp := sim.Params{NumQP: p.NumQP, NumMR: p.NumMR, NumCQ: p.NumCQ}
	if !p.Migration {
		sp.Migration = sim.Off
	}
	dev, check, err := cosim.RTL{Params: sp, Builder: b, RAM: ram, Watch: obs}.Open(ctx)
	if err != nil {
		return nil, nil, err
	}
	return dev, check, nil
}

// TraceError is the first difference between a trace and the blessed one.
type TraceError struct {
	File string
	// Line counts lines of the trace from 1.
	Line      int
	Got, Want string
}

// Error tells both lines.
func (e *TraceError) Error() string {
	return fmt.Sprintf("%s: line %d of the trace is %q, the golden one has %q", e.File, e.Line, e.Got, e.Want)
}

func compare(s *story.Story, got []string) error {
	line := func(lines []string, i int) string {
		if i < len(lines) {
			return lines[i]
		}
		return "the end"
	}
	for i := range max(len(got), len(s.Trace)) {
		if g, w := line(got, i), line(s.Trace, i); g != w {
			return &TraceError{s.File, i + 1, g, w}
		}
	}
	return nil
}
