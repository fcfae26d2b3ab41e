package host_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/host"
)

// bothMove prepares to move src from A to C and dst from B to D at the same time; fault is of the first.
func bothMove(t *testing.T, o host.ConnectOpts, faults fabric.Faults, fault func(*scene, host.Phase, bool) error) (*scene, [2]*host.Migration) {
	t.Helper()
	s := &scene{t: t, w: newWorld(t, 4, faults), data: text(200_000)}
	s.src, s.dst = newContainer(t, s.w, "src", "A"), newContainer(t, s.w, "dst", "B")
	var err error
	if s.send, s.recv, err = host.NewStream(s.src, s.dst, s.data, host.StreamOpts{Connect: o}); err != nil {
		t.Fatal(err)
	}
	s.until(len(s.data) / 4)
	var ms [2]*host.Migration
	for i, c := range []*host.Container{s.src, s.dst} {
		mo := host.Options{PreCopy: 1, Verify: true}
		if i == 0 {
			mo.Fault = func(p host.Phase, done bool) error { return fault(s, p, done) }
		}
		if ms[i], err = host.NewMigration(s.w, c, c.Host(), s.w.Hosts()[i+2], mo); err != nil {
			t.Fatal(err)
		}
	}
	return s, ms
}

// Both ends move at once and one of them fails, before or after any phase: it is rolled back or goes on, the other one moves,
// and nothing is lost.
func TestBothMoveOneFails(t *testing.T) {
	for p := range host.NumPhases {
		for _, after := range []bool{false, true} {
			t.Run(fmt.Sprintf("%v after=%v", p, after), func(t *testing.T) {
				failed := false
				s, ms := bothMove(t, host.ConnectOpts{}, lossy, func(_ *scene, at host.Phase, done bool) error {
					if at == p && done == after && !failed {
						failed = true
						return errInjected
					}
					return nil
				})
				if err := host.MigrateAll(ms[0], ms[1]); !errors.Is(err, errInjected) {
					t.Fatalf("error %v", err)
				}
				back := p < host.PhaseActivate || p == host.PhaseActivate && !after
				if r := ms[0].Result(); r.RolledBack != back || r.Moved == back {
					t.Fatalf("%+v", r)
				}
				if r := ms[1].Result(); !r.Moved {
					t.Fatalf("the other one: %+v", r)
				}
				if err := host.MigrateAll(ms[0], ms[1]); err != nil { // what is left of it
					t.Fatal(err)
				}
				if back {
					s.move(s.src, "A", "C", host.Options{})
				}
				s.move(s.dst, "D", "B", host.Options{})
				s.end()
			})
		}
	}
}

// Both ends move at once and one of the four hosts crashes, before or after any phase: every pause ends, and a stream both of
// whose ends live comes through.
func TestBothMoveOneCrashes(t *testing.T) {
	for _, victim := range []string{"A", "B", "C", "D"} {
		outcomes := map[string]int{}
		for p := range host.NumPhases {
			for _, after := range []bool{false, true} {
				s, ms := bothMove(t, patience, fabric.Faults{}, func(s *scene, at host.Phase, done bool) error {
					if at == p && done == after {
						s.w.Crash(s.w.Host(victim))
					}
					return nil
				})
				_ = host.MigrateAll(ms[0], ms[1]) // what came of it is in the results
				x := &crashScene{scene: s}
				told := x.settle()
				for _, m := range ms {
					if r := m.Result(); !r.Lost && r.Moved == r.RolledBack {
						t.Errorf("%s crashes, %v after=%v: %+v", victim, p, after, r)
					}
				}
				switch lost := s.src.Err() != nil || s.dst.Err() != nil; {
				case !lost && told == nil:
					s.end()
					outcomes["through"]++
				case errors.Is(s.src.Err(), host.ErrCrashed) || errors.Is(s.dst.Err(), host.ErrCrashed):
					outcomes["lost"]++
				default:
					t.Errorf("%s crashes, %v after=%v: src %v, dst %v, told %v", victim, p, after, s.src.Err(), s.dst.Err(), told)
				}
			}
		}
		t.Logf("%s crashes: %v", victim, outcomes)
		if outcomes["lost"] == 0 || outcomes["through"] == 0 {
			t.Errorf("%s crashes: %v", victim, outcomes)
		}
	}
}

// A chain A->C->D fails in its second hop, before or after any phase, while the first still waits to be heard: what was left
// behind still leads to where the container is.
func TestChainFails(t *testing.T) {
	for p := range host.NumPhases {
		for _, after := range []bool{false, true} {
			s := newScene(t, lossy, 200_000, 4)
			first, err := host.NewMigration(s.w, s.src, s.w.Host("A"), s.w.Host("C"), host.Options{Verify: true})
			if err != nil {
				t.Fatal(err)
			}
			for first.Phase() != host.PhaseAwait {
				if _, err := first.Next(); err != nil {
					t.Fatal(err)
				}
			}
			failed := false
			second, err := host.NewMigration(s.w, s.src, s.w.Host("C"), s.w.Host("D"), host.Options{Verify: true, Fault: func(at host.Phase, done bool) error {
				if at == p && done == after && !failed {
					failed = true
					return errInjected
				}
				return nil
			}})
			if err != nil {
				t.Fatal(err)
			}
			if err := host.MigrateAll(second); !errors.Is(err, errInjected) {
				t.Fatalf("%v after=%v: error %v", p, after, err)
			}
			if err := host.MigrateAll(second, first); err != nil {
				t.Fatalf("%v after=%v: %v", p, after, err)
			}
			s.end()
			for _, h := range s.w.Hosts() {
				if n := len(h.Driver.Contexts()); (n != 0) != (h == s.src.Host() || h == s.dst.Host()) {
					t.Errorf("%v after=%v: %d contexts on %s", p, after, n, h.Name)
				}
			}
		}
	}
}
