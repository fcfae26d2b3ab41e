package host_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/host"
)

// Rounds of pre-copy end when little is left, and when they do not help; what the NIC writes counts as change.
func TestPreCopyRounds(t *testing.T) {
	for _, tc := range []struct {
		name  string
		c     string // of the container that moves
		op    abi.WROpcode
		rate  uint64
		left  uint64
		least int
		most  int
	}{
		{"idle target of SENDs", "a", abi.WROpcodeSend, 50, 64 << 10, 1, 1},
		{"target of WRITEs, fast copy", "b", abi.WROpcodeRDMAWrite, 200, 0, 2, 10},
		{"target of WRITEs, slow copy", "b", abi.WROpcodeRDMAWrite, 1, 0, 2, 3},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t, 3, fabric.Faults{})
			a, b := newContainer(t, w, "a", "A"), newContainer(t, w, "b", "B")
			_, _, err := host.NewPerf(a, b, host.PerfOpts{Op: tc.op, Size: 3000, Count: 3000, Depth: 8})
			if err != nil {
				t.Fatal(err)
			}
			c := a
			if tc.c == "b" {
				c = b
			}
			r, err := host.Migrate(w, c, c.Host(), w.Host("C"), host.Options{
				PreCopy: 10, PreCopyLeft: tc.left, CopyRate: tc.rate, Verify: true,
			})
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range r.Rounds {
				t.Logf("%d bytes in %d cycles, %d left", x.Bytes, x.End-x.Begin, x.Left)
			}
			t.Logf("copy when stopped: %d cycles, pause %d cycles", r.Cycles(host.PhaseCopy), r.PauseCycles)
			n := len(r.Rounds)
			if n < tc.least || n > tc.most || r.Rounds[0].Bytes != 256<<10 {
				t.Fatalf("%d rounds", n)
			}
			if tc.op == abi.WROpcodeRDMAWrite && r.Rounds[0].Left < 3000 {
				t.Error("what the NIC wrote does not count")
			}
			if last := r.Rounds[n-1]; tc.least > 1 && n < 10 && last.Left < last.Bytes {
				t.Errorf("the rounds end after %+v, which helped", last)
			}
			if stopped := r.Cycles(host.PhaseCopy); stopped >= r.Rounds[0].End-r.Rounds[0].Begin {
				t.Errorf("%d cycles of copying when stopped, no less than for all memory", stopped)
			}
			finish(t, w, 100_000_000)
		})
	}
}

// Every phase is timed and told of, in order.
func TestMigrateTells(t *testing.T) {
	s := newScene(t, lossy, 300_000, 3)
	var told []string
	r := s.move(s.src, "A", "C", host.Options{PreCopy: 2, Progress: func(p host.Phase, done, of int) {
		told = append(told, fmt.Sprintf("%v %d/%d", p, done, of))
	}})
	var want []string
	for p := range host.NumPhases {
		want = append(want, fmt.Sprintf("%v 0/1", p))
		if p == host.PhasePreCopy {
			want = append(want, "precopy 1/2", "precopy 2/2")
		}
		want = append(want, fmt.Sprintf("%v 1/1", p))
	}
	if !slices.Equal(told, want) {
		t.Errorf("told\n%v, want\n%v", told, want)
	}
	var sum uint64
	for i, rec := range r.Log {
		if i != 0 && rec.Begin != r.Log[i-1].End || rec.Phase != host.Phase(i) {
			t.Errorf("phase %d: %+v", i, rec)
		}
		sum += r.Cycles(rec.Phase)
	}
	if sum != r.Log[len(r.Log)-1].End-r.Log[0].Begin || r.Cycles(host.PhaseRollback) != 0 {
		t.Errorf("%d cycles in all", sum)
	}
	pause := r.Cycles(host.PhaseStall) + r.Cycles(host.PhaseDump) + r.Cycles(host.PhaseCopy) + r.Cycles(host.PhaseRestore) + r.Cycles(host.PhaseActivate)
	if pause != r.PauseCycles {
		t.Errorf("a pause of %d cycles, its phases are %d", r.PauseCycles, pause)
	}
	s.end()
}

// All containers of an all-to-all exchange move at once, each to the next one's host, several times.
func TestMigrateAllAtOnce(t *testing.T) {
	for _, faults := range []fabric.Faults{{}, lossy} {
		w := newWorld(t, 4, faults)
		var cs []*host.Container
		for i := range 4 {
			cs = append(cs, newContainer(t, w, fmt.Sprintf("c%d", i), string(rune('A'+i))))
		}
		ranks, err := host.NewAllToAll(cs, host.WorkloadOpts{Size: 1500, Count: 60})
		if err != nil {
			t.Fatal(err)
		}
		for hop := range uint32(4) {
			if err := w.Run(50_000_000, func() bool { return ranks[0].Rounds() >= 10*(hop+1) }); err != nil {
				t.Fatal(err)
			}
			var ms []*host.Migration
			for i, c := range cs {
				m, err := host.NewMigration(w, c, c.Host(), w.Hosts()[(i+1+int(hop))%4], host.Options{PreCopy: 1, Verify: true})
				if err != nil {
					t.Fatal(err)
				}
				ms = append(ms, m)
			}
			if err := host.MigrateAll(ms...); err != nil {
				t.Fatal(err)
			}
			for _, m := range ms {
				if !m.Result().Moved {
					t.Errorf("%+v", m.Result())
				}
			}
		}
		if ranks[0].Done() {
			t.Error("over too soon")
		}
		finish(t, w, 100_000_000)
		for _, h := range w.Hosts() {
			if n := len(h.Driver.Contexts()); n != 1 {
				t.Errorf("%d contexts are on %s", n, h.Name)
			}
		}
	}
}

// A chain A->C->D->A in which no hop waits for the one before to be over, while the partner moves, too: the tombstones lead
// on, and the one at home is replaced.
func TestMigrateChain(t *testing.T) {
	for _, partner := range []bool{false, true} {
		for _, faults := range []fabric.Faults{{}, lossy} {
			s := newScene(t, faults, 400_000, 5)
			var all []*host.Migration
			begin := func(c *host.Container, to string, upTo host.Phase) {
				t.Helper()
				m, err := host.NewMigration(s.w, c, c.Host(), s.w.Host(to), host.Options{Verify: true})
				if err != nil {
					t.Fatal(err)
				}
				for m.Phase() != upTo {
					if _, err := m.Next(); err != nil {
						t.Fatal(err)
					}
				}
				all = append(all, m)
			}
			begin(s.src, "C", host.PhaseAwait)
			if partner {
				begin(s.dst, "E", host.PhaseForward)
			}
			begin(s.src, "D", host.PhaseAwait)
			begin(s.src, "A", host.PhaseAwait)
			if err := host.MigrateAll(all...); err != nil {
				t.Fatal(err)
			}
			if s.src.Host() != s.w.Host("A") || s.src.Done() {
				t.Fatalf("the container is on %s", s.src.Host().Name)
			}
			s.end()
			for _, name := range []string{"C", "D"} {
				if n := len(s.w.Host(name).Driver.Contexts()); n != 0 {
					t.Errorf("%d contexts are left on %s", n, name)
				}
			}
		}
	}
}

// A migration is called off at any moment at which it tells of itself: before the activation the container runs where it was,
// and can go later; afterwards it is told that it is too late, and goes on.
func TestAbort(t *testing.T) {
	for at, late := 0, 0; ; at++ {
		s := newScene(t, lossy, 300_000, 3)
		var m *host.Migration
		told, when := 0, ""
		var refused error
		m, err := host.NewMigration(s.w, s.src, s.w.Host("A"), s.w.Host("C"), host.Options{PreCopy: 3, Progress: func(p host.Phase, done, of int) {
			if told == at {
				when = fmt.Sprintf("%v %d/%d", p, done, of)
				refused = m.Abort()
			}
			told++
		}})
		if err != nil {
			t.Fatal(err)
		}
		err = host.MigrateAll(m)
		if told <= at {
			if at < 20 || late != 7 {
				t.Errorf("%d moments, %d of them too late", at, late)
			}
			return
		}
		r := m.Result()
		switch {
		case refused != nil:
			late++
			if err != nil || !r.Moved {
				t.Errorf("%s: too late, and yet: %v, %+v", when, err, r)
			}
		case !errors.Is(err, host.ErrAborted) || !r.RolledBack || r.Moved || s.src.Host() != s.w.Host("A") || s.src.Frozen():
			t.Fatalf("%s: error %v, %+v", when, err, r)
		default:
			if n := len(s.w.Host("C").Driver.Contexts()); n != 0 {
				t.Errorf("%s: %d contexts are left on C", when, n)
			}
			s.move(s.src, "A", "C", host.Options{})
		}
		if m.Abort() == nil {
			t.Errorf("%s: a migration that is over is called off", when)
		}
		s.end()
	}
}
