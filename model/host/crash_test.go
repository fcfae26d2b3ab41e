package host_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/host"
)

// patience is a connection whose pauses and announcements end within a million cycles.
var patience = host.ConnectOpts{Mig: driver.MigAttr{ProbeLimit: 5, ResumeLimit: 20}}

// crashScene is a stream from src on A to dst on B, and C, where one of them goes. Partner is the other's host.
type crashScene struct {
	*scene
	c                   *host.Container
	from, to, at, other *host.Host // at is the one that crashes
}

func newCrashScene(t *testing.T, mover, victim string) *crashScene {
	s := &scene{t: t, w: newWorld(t, 3, fabric.Faults{}), data: text(200_000)}
	s.src, s.dst = newContainer(t, s.w, "src", "A"), newContainer(t, s.w, "dst", "B")
	var err error
	s.send, s.recv, err = host.NewStream(s.src, s.dst, s.data, host.StreamOpts{Connect: patience})
	if err != nil {
		t.Fatal(err)
	}
	s.until(len(s.data) / 4)
	x := &crashScene{scene: s, c: s.src, from: s.w.Host("A"), other: s.w.Host("B"), to: s.w.Host("C")}
	if mover == "dst" {
		x.c, x.from, x.other = s.dst, s.w.Host("B"), s.w.Host("A")
	}
	x.at = map[string]*host.Host{"source": x.from, "destination": x.to, "partner": x.other}[victim]
	return x
}

// settle runs until nobody waits for a NIC that is no more (P4): no queue pair that lives is paused or announces itself, and
// a sender that lives has sent all, or was told that it cannot. What it returns is what the programs were told.
func (x *crashScene) settle() error {
	x.t.Helper()
	var told error
	for end := x.w.Now() + 60_000_000; ; {
		if err := x.w.Step(); err != nil {
			told = errors.Join(told, err)
		}
		if x.quiet() {
			break
		}
		if x.w.Now() >= end {
			x.t.Fatalf("somebody still waits at cycle %d: %v", x.w.Now(), told)
		}
	}
	for _, h := range x.w.Hosts() {
		if n := h.RAM.Faults(); n != 0 {
			x.t.Errorf("host %s: %d DMA accesses outside of memory", h.Name, n)
		}
	}
	return told
}

func (x *crashScene) quiet() bool {
	for _, c := range x.w.Containers() {
		if c.Host().Crashed() || c.Err() != nil {
			continue
		}
		if c.Frozen() || c == x.src && !c.Done() || c.Context().Announcing() != 0 {
			return false
		}
		for _, q := range c.Context().QPs() {
			if s := q.State(); s == abi.StatePaused || s == abi.StateStopped {
				return false
			}
		}
	}
	return true
}

// instant is a moment of a migration: before or after a phase.
func instant(p host.Phase, done bool) int {
	if done {
		return 2*int(p) + 1
	}
	return 2 * int(p)
}

// check holds what came of a crash at an instant against what must.
func (x *crashScene) check(r *host.Result, err error, victim string, at int) {
	x.t.Helper()
	told := x.settle()
	copied, activated, over := instant(host.PhaseCopy, true), instant(host.PhaseActivate, true), instant(host.PhaseRelease, true)
	switch {
	case victim == "destination" && at == over:
		if err != nil || !r.Moved || !errors.Is(x.c.Err(), host.ErrCrashed) || x.src.Err() == nil {
			x.t.Errorf("error %v, %+v", err, r)
		}
	case victim == "source" && at < copied, victim == "destination" && at >= activated:
		if !errors.Is(err, host.ErrCrashed) || !r.Lost || r.RolledBack || !errors.Is(x.c.Err(), host.ErrCrashed) || x.src.Err() == nil {
			x.t.Errorf("error %v, sender %v, %+v", err, x.src.Err(), r)
		}
	case victim == "destination":
		if !errors.Is(err, host.ErrCrashed) || !r.RolledBack || r.Lost || told != nil {
			x.t.Errorf("error %v, told %v, %+v", err, told, r)
		}
		x.end()
	case victim == "source":
		if err != nil || !r.Moved || r.Lost || told != nil {
			x.t.Errorf("error %v, told %v, %+v", err, told, r)
		}
		x.end()
	default: // the partner
		if err != nil || !r.Moved || r.Lost || x.src.Err() == nil {
			x.t.Errorf("error %v, sender %v, %+v", err, x.src.Err(), r)
		}
	}
}

// A host crashes before or after a phase: every pause ends, and what can live does.
func TestCrashAtPhase(t *testing.T) {
	for _, mover := range []string{"src", "dst"} {
		for _, victim := range []string{"source", "destination", "partner"} {
			for p := range host.NumPhases {
				for _, done := range []bool{false, true} {
					t.Run(fmt.Sprintf("%s moves, %s crashes, %v after=%v", mover, victim, p, done), func(t *testing.T) {
						x := newCrashScene(t, mover, victim)
						r, err := host.Migrate(x.w, x.c, x.from, x.to, host.Options{Fault: func(at host.Phase, after bool) error {
							if at == p && after == done {
								x.w.Crash(x.at)
							}
							return nil
						}})
						x.check(r, err, victim, instant(p, done))
					})
				}
			}
		}
	}
}

// A host crashes at any window of a migration, whatever the driver is waiting for.
func TestCrashAtCycle(t *testing.T) {
	every := uint64(1)
	if testing.Short() {
		every = 2
	}
	for _, mover := range []string{"src", "dst"} {
		for _, victim := range []string{"source", "destination", "partner"} {
			outcomes := map[string]int{}
			for window := uint64(0); window < 45; window += every {
				x := newCrashScene(t, mover, victim)
				at := x.w.Now() + window*256
				// Something that runs wherever the crash leaves anybody, and goes on.
				bystander := newContainer(t, x.w, "bystander", "C")
				if victim == "destination" {
					bystander = newContainer(t, x.w, "witness", "A")
				}
				bystander.Add(program(func(e *host.Env) error {
					if e.Now >= at {
						x.w.Crash(x.at)
					}
					return nil
				}))
				r, err := host.Migrate(x.w, x.c, x.from, x.to, host.Options{PreCopy: 1})
				told := x.settle()
				switch {
				case r.Lost != (x.c.Err() != nil) && victim != "partner":
					// The crash came after the migration, or another's did the stream in.
					if err == nil {
						outcomes["after"]++
						break
					}
					t.Fatalf("window %d: error %v, container %v, %+v", window, err, x.c.Err(), r)
				case r.Lost:
					outcomes["lost"]++
				case r.RolledBack:
					outcomes["rolled back"]++
				case r.Moved:
					outcomes["moved"]++
				default:
					t.Fatalf("window %d: error %v, told %v, %+v", window, err, told, r)
				}
			}
			t.Logf("%s moves, %s crashes: %v", mover, victim, outcomes)
			want := map[string][]string{
				"source": {"lost", "moved"}, "destination": {"rolled back", "lost"}, "partner": {"moved"},
			}[victim]
			for _, o := range want {
				if outcomes[o] == 0 {
					t.Errorf("%s moves, %s crashes: never %s: %v", mover, victim, o, outcomes)
				}
			}
		}
	}
}
