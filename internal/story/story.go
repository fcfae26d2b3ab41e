// Package story runs scenarios: operations of package op on a world of hosts, each with a NIC from a factory, a
// driver, and the same simple program in every container, which polls.
//
// A story is a text file: first a paragraph of comment lines that says what the story proves, then operations, one a
// line, with comments and empty lines between them, then, after a line "-- trace --", what happened when it was run
// on golden NICs: the golden trace.
package story

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/qp"

	"github.com/godwit-rdma/godwit/internal/op"
)

// traceLine begins the golden trace.
const traceLine = "-- trace --"

// Story is a file.
type Story struct {
	// File is its name, for errors.
	File string
	// Purpose is the first paragraph, without comment marks.
	Purpose string
	Ops     []op.Op
	// Trace is the golden trace; nil if the file has none.
	Trace []string
	// head is the text before the trace, as it was read.
	head string
}

// Read reads a story. Errors: of the file, and *op.Error.
func Read(file string) (*Story, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return Parse(file, string(b))
}

// Parse parses the text of a story. Errors are *op.Error, with file in them.
func Parse(file, text string) (*Story, error) {
	s := &Story{File: file}
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	purpose := true
	for i, line := range lines {
		if line == traceLine {
			s.Trace = append([]string{}, lines[i+1:]...)
			lines = lines[:i]
			break
		}
		t := strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(t, "#"):
			if purpose {
				s.Purpose = strings.TrimSpace(s.Purpose + " " + strings.TrimSpace(t[1:]))
			}
			continue
		case t == "":
			purpose = purpose && s.Purpose == ""
			continue
		}
		if s.Purpose == "" {
			return nil, &op.Error{File: file, Line: i + 1, Col: 1, Reason: "a story begins with a paragraph of comment lines that says what it proves"}
		}
		purpose = false
		o, err := op.Parse(file, i+1, line)
		if err != nil {
			return nil, err
		}
		s.Ops = append(s.Ops, o)
	}
	if len(s.Ops) == 0 {
		return nil, &op.Error{File: file, Line: len(lines) + 1, Col: 1, Reason: "a story without operations"}
	}
	s.head = strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
	return s, nil
}

// Text is the story with the given golden trace.
func (s *Story) Text(trace []string) string {
	return s.head + "\n" + traceLine + "\n" + strings.Join(trace, "\n") + "\n"
}

// Rules is the dialect that the story names, or godwit.
func (s *Story) Rules() qp.Rules {
	for i := range s.Ops {
		if s.Ops[i].Verb == op.Dialect {
			r, _ := qp.ParseDialect(s.Ops[i].Dialect) // package op saw to it that it is one
			return r
		}
	}
	return 0
}

// New makes a story of operations.
func New(file, purpose string, ops []op.Op) *Story {
	s := &Story{File: file, Purpose: purpose, Ops: ops}
	var b strings.Builder
	for _, line := range strings.Split(purpose, "\n") {
		fmt.Fprintf(&b, "# %s\n", line)
	}
	b.WriteString("\n")
	for i := range ops {
		b.WriteString(ops[i].String() + "\n")
	}
	s.head = b.String()
	return s
}

// Write writes the story to its file, without a golden trace.
func (s *Story) Write() error { return os.WriteFile(s.File, []byte(s.head), 0o666) }

// Options of a run; the zero value is golden NICs and no records.
type Options struct {
	// Factory makes NICs; nil means Golden.
	Factory Factory
	// Rules is the dialect to run it in, instead of the one that it names; nil means that one. What a story that was
	// written for another dialect says of single packets and timers that are not there is passed over.
	Rules *qp.Rules
	// Trace asks for Result.Trace.
	Trace bool
	// Tap is told of every frame; nil if nobody wants to know. Hosts have the indices of their order in the story.
	Tap func(fabric.TapEvent)
	// Cover is told of every step: the state before it, its cause and its verdict.
	Cover func(before abi.State, cause abi.Cause, verdict abi.Verdict)
	// Retire is told of every step of the NIC with this name, and when it ended; the record is valid during the call.
	Retire func(nic string, cycle uint64, r *abi.Retire)
	// Context ends the run; nil means never.
	Context context.Context
	// Limit is the most cycles the run may take; 0 means no limit. A run that takes longer fails with ErrLimit.
	Limit uint64
}

// ErrLimit is that a run took more cycles than Options.Limit.
var ErrLimit = errors.New("the run takes too many cycles")

// Stats are what a run did.
type Stats struct {
	Cycles      uint64 `json:"cycles"`
	Windows     uint64 `json:"windows"`
	Steps       uint64 `json:"steps"`
	Packets     uint64 `json:"packets"`
	Completions uint64 `json:"completions"`
	Moves       uint64 `json:"moves"`
	Ops         uint64 `json:"ops"`
}

// Result of a run.
type Result struct {
	Trace []string
	Stats Stats
}

// Run runs operations. file names them in errors. The result is what there is, even after an error: *op.Error for a
// mistake in the operations, *Failure for a check that does not hold, another for a NIC or a driver that failed.
func Run(file string, ops []op.Op, opt Options) (*Result, error) {
	p, err := newPlan(file, ops, opt.Rules)
	if err != nil {
		return &Result{}, err
	}
	w := newWorld(file, p, opt)
	defer w.close()
	err = w.runAll(ops)
	w.trace.flushBefore(1<<64 - 1)
	w.stats.Cycles = w.net.Now()
	return &Result{Trace: w.trace.lines, Stats: w.stats}, err
}

func (w *world) runAll(ops []op.Op) error {
	for i := range ops {
		if c := w.opt.Context; c != nil && c.Err() != nil {
			return c.Err()
		}
		w.rest = ops[i+1:]
		if err := w.run(&ops[i]); err != nil {
			return err
		}
		w.stats.Ops++
		if ops[i].Verb == op.Move {
			w.stats.Moves++
		}
	}
	for _, name := range w.net.Unused() {
		i := slices.IndexFunc(ops, func(o op.Op) bool { return o.String() == name })
		if i >= 0 && ops[i].Verb != op.Crash { // a crashed host may have nothing to say or hear
			return fail(&ops[i], w.file, "unused", "%s: it did not act as often as it was to", name)
		}
	}
	if held := w.net.Held(); len(held) != 0 {
		o := &ops[len(ops)-1]
		return fail(o, w.file, "held", "%d packets from %s to %s and others are held for ever", len(held), held[0].From.Name, held[0].To.Name)
	}
	return nil
}

// Hosts are the names of the NICs and attackers of a program, in the order of their ports.
func Hosts(ops []op.Op) []string {
	var out []string
	for i := range ops {
		if ops[i].Verb == op.NIC || ops[i].Verb == op.Attack {
			out = append(out, ops[i].At)
		}
	}
	return out
}

// Add adds what another run did.
func (s *Stats) Add(o Stats) {
	s.Cycles += o.Cycles
	s.Windows += o.Windows
	s.Steps += o.Steps
	s.Packets += o.Packets
	s.Completions += o.Completions
	s.Moves += o.Moves
	s.Ops += o.Ops
}
