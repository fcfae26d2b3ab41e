package sweep

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/godwit-rdma/godwit/model/host"
)

// MoveOptions say what containers of one workload to move once.
type MoveOptions struct {
	// Workload, Seed, Messages, Loss, PreCopy and IPv6 are those of Options.
	Workload string
	Seed     uint64
	Messages uint32
	Loss     uint16
	PreCopy  int
	IPv6     bool
	// Moves is sender, receiver, third or both.
	Moves string
	// At is the cycle at which it begins, from the begin of the workload on; 0 means half of its time.
	At uint64
	// Abort is the phase before which it is called off; empty means that it is not.
	Abort string
	// Progress is told of the phases of each container, as host.Options.Progress is; it may be nil.
	Progress func(container string, p host.Phase, done, of int)
}

// Step is a phase as it was executed. Cycles count from the begin of the workload.
type Step struct {
	Phase  string `json:"phase"`
	Begin  uint64 `json:"begin"`
	Cycles uint64 `json:"cycles"`
	Bytes  uint64 `json:"bytes"`
	Error  string `json:"error,omitempty"`
}

// Round is a round of copying while the container runs.
type Round struct {
	Cycles uint64 `json:"cycles"`
	Bytes  uint64 `json:"bytes"`
	Left   uint64 `json:"left"`
}

// Moved is what became of one container.
type Moved struct {
	Container string  `json:"container"`
	From      string  `json:"from"`
	To        string  `json:"to"`
	Outcome   string  `json:"outcome"` // moved, or rolled back
	Steps     []Step  `json:"steps"`
	Rounds    []Round `json:"rounds"`
	// Pause is from the begin of stall to the end of activate, Expected what it was expected to be before, Blackout the time
	// without completions; in cycles.
	Pause    uint64   `json:"pause"`
	Expected uint64   `json:"expected"`
	Blackout uint64   `json:"blackout"`
	QPs      int      `json:"qps"`
	Image    uint64   `json:"image_bytes"`
	Copied   uint64   `json:"copied_bytes"`
	Warnings []string `json:"warnings"`
}

// MoveReport is what came of Move.
type MoveReport struct {
	Workload string  `json:"workload"`
	Moves    []Moved `json:"moves"`
	// Cycles is what the workload took, Without what it takes when nothing moves.
	Cycles  uint64 `json:"cycles"`
	Without uint64 `json:"cycles_without"`
	// Wrong is what does not hold of the end, empty if all does.
	Wrong string `json:"wrong,omitempty"`
}

// Move runs a workload, moves one or two of its containers once, and lets it end. The error is of the options, or of a
// workload that does not even end when nothing moves; what does not hold is in the report.
func Move(ctx context.Context, o MoveOptions) (*MoveReport, error) {
	loads, err := choose([]string{o.Workload})
	if err != nil {
		return nil, err
	}
	if len(loads) != 1 {
		return nil, fmt.Errorf("%w: one workload, not %d", ErrOptions, len(loads))
	}
	l := &loads[0]
	movers, err := moversOf(l, o.Moves)
	if err != nil {
		return nil, err
	}
	abort, err := phaseNamed(o.Abort)
	if err != nil {
		return nil, err
	}
	so := &Options{Seed: o.Seed, Messages: o.Messages, Loss: o.Loss, PreCopy: o.PreCopy, IPv6: o.IPv6}
	b, err := newBaseline(ctx, l, movers, so)
	if err != nil {
		return nil, err
	}
	x, err := newWorld(l, movers, so)
	if err != nil {
		return nil, err
	}
	begin := x.w.Now()
	r := &MoveReport{Workload: l.Name, Without: b.end - begin}
	if o.At == 0 {
		o.At = r.Without / 2
	}
	if o.At >= r.Without {
		return nil, fmt.Errorf("%w: cycle %d of a workload of %d", ErrOptions, o.At, r.Without)
	}
	if err := x.runTo(begin + o.At); err != nil {
		return nil, err
	}
	ms, err := x.migrations(movers, &o, abort)
	if err != nil {
		return nil, err
	}
	failed := host.MigrateAll(ms...)
	if ended := x.finish(ctx); ctx.Err() == nil {
		r.conclude(x, l, b, ms, errors.Join(failed, ended), abort)
	}
	r.Cycles = x.w.Now() - begin
	for _, m := range ms {
		r.Moves = append(r.Moves, moved(m.Result(), begin))
	}
	return r, ctx.Err()
}

// conclude says what does not hold: that a migration was called off is no fault if that was asked for.
func (r *MoveReport) conclude(x *world, l *host.Workload, b *baseline, ms []*host.Migration, err error, abort host.Phase) {
	for _, m := range ms {
		back := abort <= host.PhaseActivate
		if res := m.Result(); res.Moved == back || res.RolledBack != back {
			r.Wrong = fmt.Sprintf("container %s: moved %v, rolled back %v: %v", res.Container, res.Moved, res.RolledBack, err)
			return
		}
	}
	if abort > host.PhaseActivate && err == nil || abort <= host.PhaseActivate && errors.Is(err, host.ErrAborted) {
		err = x.compare(l, b)
	}
	if err != nil {
		r.Wrong = err.Error()
	}
}

// moversOf are the containers of a workload that move.
func moversOf(l *host.Workload, moves string) ([]int, error) {
	var names []string
	for _, m := range moving {
		if m.movers[len(m.movers)-1] >= l.Containers {
			continue
		}
		if m.name == moves {
			return m.movers, nil
		}
		names = append(names, m.name)
	}
	return nil, fmt.Errorf("%w: %q moves; in workload %s that is %s", ErrOptions, moves, l.Name, strings.Join(names, ", "))
}

// phaseNamed is the phase with a name; NumPhases for none.
func phaseNamed(name string) (host.Phase, error) {
	if name == "" {
		return host.NumPhases, nil
	}
	var names []string
	for p := range host.PhaseForward {
		if p.String() == name {
			return p, nil
		}
		names = append(names, p.String())
	}
	return 0, fmt.Errorf("%w: phase %q; it can be called off before %s", ErrOptions, name, strings.Join(names, ", "))
}

// migrations prepares those that are asked for.
func (x *world) migrations(movers []int, o *MoveOptions, abort host.Phase) (ms []*host.Migration, err error) {
	for i, n := range movers {
		c := x.cs[n]
		var m *host.Migration
		ho := host.Options{PreCopy: o.PreCopy, Verify: true, Progress: func(p host.Phase, done, of int) {
			if p == abort && done == 0 {
				_ = m.Abort() // the report tells
			}
			if o.Progress != nil {
				o.Progress(c.Name, p, done, of)
			}
		}}
		if m, err = host.NewMigration(x.w, c, c.Host(), x.spares[i], ho); err != nil {
			return nil, err
		}
		ms = append(ms, m)
	}
	return ms, nil
}

// moved is the result of a migration, with cycles counted from begin on.
func moved(r *host.Result, begin uint64) Moved {
	m := Moved{
		Container: r.Container, From: r.From, To: r.To, Outcome: "moved", Steps: []Step{}, Rounds: []Round{}, Warnings: []string{}, Pause: r.PauseCycles,
		Expected: r.ExpectedCycles, Blackout: r.Blackout.Cycles(), QPs: r.QPs, Image: r.ImageBytes, Copied: r.CopiedBytes,
	}
	switch {
	case r.Lost:
		m.Outcome = "lost"
	case r.RolledBack:
		m.Outcome = "rolled back"
	}
	for _, rec := range r.Log {
		s := Step{Phase: rec.Phase.String(), Begin: rec.Begin - begin, Cycles: rec.End - rec.Begin, Bytes: rec.Bytes}
		if rec.Err != nil {
			s.Error = rec.Err.Error()
		}
		m.Steps = append(m.Steps, s)
	}
	for _, x := range r.Rounds {
		m.Rounds = append(m.Rounds, Round{x.End - x.Begin, x.Bytes, x.Left})
	}
	for _, w := range r.Warnings {
		m.Warnings = append(m.Warnings, w.String())
	}
	return m
}
