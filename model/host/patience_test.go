package host_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/host"
)

// TestExpectedPause holds the pause that was foreseen against the one that came.
func TestExpectedPause(t *testing.T) {
	for _, features := range []abi.Feature{0, abi.FeaturesAll} {
		for _, l := range host.Workloads() {
			if l.Needs&^features != 0 {
				continue
			}
			t.Run(fmt.Sprintf("%s %v", l.Name, features != 0), func(t *testing.T) {
				w := newWorldOf(t, l.Containers+1, fabric.Faults{}, features)
				var cs []*host.Container
				for i := range l.Containers {
					cs = append(cs, newContainer(t, w, fmt.Sprint("c", i), string(rune('A'+i))))
				}
				if err := l.Start(cs, host.WorkloadOpts{}); err != nil {
					t.Fatal(err)
				}
				spare := w.Hosts()[l.Containers]
				r, err := host.Migrate(w, cs[0], cs[0].Host(), spare, host.Options{CopyRate: 20})
				if err != nil {
					t.Fatal(err)
				}
				finish(t, w, 50_000_000)
				if r.ExpectedCycles*5 < r.PauseCycles*4 || r.ExpectedCycles*4 > r.PauseCycles*5 || len(r.Warnings) != 0 {
					t.Errorf("%d cycles, %d were expected; warnings %v", r.PauseCycles, r.ExpectedCycles, r.Warnings)
				}
			})
		}
	}
}

// silence stops a receiver whose partner did not agree for about as long as a migration with such a copy rate takes, rolls
// it back in place, and tells whether the partner's connection survived.
func silence(t *testing.T, o host.ConnectOpts, rate uint64) (r *host.Result, alive bool) {
	t.Helper()
	o.Legacy = true
	w := newWorld(t, 3, fabric.Faults{})
	src, dst := newContainer(t, w, "src", "A"), newContainer(t, w, "dst", "B")
	s, _, err := host.NewStream(src, dst, text(300_000), host.StreamOpts{Connect: o})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Run(50_000_000, func() bool { return s.Sent() > 50_000 }); err != nil {
		t.Fatal(err)
	}
	stop := errors.New("called off")
	m, err := host.NewMigration(w, dst, w.Host("B"), w.Host("C"), host.Options{CopyRate: rate, Fault: func(p host.Phase, done bool) error {
		if p == host.PhaseRestore && done {
			return stop
		}
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	for done := false; !done; {
		if done, err = m.Next(); err != nil && !errors.Is(err, stop) {
			t.Fatal(err)
		}
	}
	err = w.Run(20_000_000, func() bool { return src.Done() && dst.Done() })
	return m.Result(), err == nil
}

// TestPatience: what was not warned of survives, and what lasts longer than the partner's budget does not.
func TestPatience(t *testing.T) {
	late, fine := 0, 0
	for _, timeout := range []uint8{0, 3, 5, 7} {
		for _, retries := range []uint8{0, 2, 7} {
			for _, rate := range []uint64{2, 50} {
				o := host.ConnectOpts{Timeout: timeout, NoTimeout: timeout == 0, FewRetries: true, RetryCnt: retries, RNRRetry: 7}
				r, alive := silence(t, o, rate)
				if len(r.Warnings) != 1 || !r.Warnings[0].Readdressed || r.Warnings[0].Assumed {
					t.Fatalf("warnings %+v", r.Warnings)
				}
				warn := r.Warnings[0]
				if want := (driver.Retry{Timeout: timeout, RetryCnt: retries}); warn.Retry != want {
					t.Errorf("the partner tries %+v, want %+v", warn.Retry, want)
				}
				// Nothing says when, before the stop, the partner asked, and whether for anything at all.
				gone, ends := warn.Retry.GivesUp()
				switch {
				case !warn.Late && !alive && timeout != 0:
					t.Errorf("timeout %d, %d retries, %d cycles expected: no warning, and the connection is lost", timeout, retries, warn.Expected)
				case ends && warn.Expected > gone+gone/4 && alive:
					t.Errorf("timeout %d, %d retries, %d cycles expected: the connection survives %d", timeout, retries, warn.Expected, gone)
				}
				if warn.Late {
					late++
					if text := warn.String(); !strings.Contains(text, "asks for the last time after") {
						t.Error(text)
					}
				} else {
					fine++
				}
			}
		}
	}
	if late < 5 || fine < 5 {
		t.Errorf("%d with a warning, %d without: that tests nothing", late, fine)
	}
}

// TestPatienceRefused: with Refuse the container goes on where it is, without having been stopped.
func TestPatienceRefused(t *testing.T) {
	w := newWorld(t, 3, lossy)
	src, dst := newContainer(t, w, "src", "A"), newContainer(t, w, "dst", "B")
	if _, _, err := host.NewStream(src, dst, text(100_000), host.StreamOpts{Connect: host.ConnectOpts{Legacy: true}}); err != nil {
		t.Fatal(err)
	}
	r, err := host.Migrate(w, dst, w.Host("B"), w.Host("C"), host.Options{Refuse: true})
	if !errors.Is(err, host.ErrPatience) || !r.RolledBack || r.PauseCycles != 0 || r.Cycles(host.PhaseStall) != 0 {
		t.Errorf("%v, %+v", err, r)
	}
	finish(t, w, 50_000_000)
}
