package host_test

import (
	"errors"
	"testing"

	"github.com/godwit-rdma/godwit/model/host"
)

// A container leaves A, comes back before its tombstone there is released, and the return is called off: what stays on A
// is a tombstone again, and names where the container goes on (R10a). Then it does come back.
func TestMigrateHomeCalledOff(t *testing.T) {
	s := newScene(t, lossy, 300_000, 3)
	failAt := func(p host.Phase) host.Options {
		return host.Options{Fault: func(at host.Phase, done bool) error {
			if at == p && !done {
				return errInjected
			}
			return nil
		}}
	}
	if r, err := host.Migrate(s.w, s.src, s.w.Host("A"), s.w.Host("C"), failAt(host.PhaseRelease)); !errors.Is(err, errInjected) || !r.Moved {
		t.Fatalf("error %v", err)
	}
	if r, err := host.Migrate(s.w, s.src, s.w.Host("C"), s.w.Host("A"), failAt(host.PhaseActivate)); !errors.Is(err, errInjected) || !r.RolledBack {
		t.Fatalf("error %v", err)
	}
	left := s.w.Host("A").Driver.Contexts()
	if len(left) != 1 || left[0].State() != "departed" {
		t.Fatalf("left on A are %d contexts, the first %v", len(left), left)
	}
	s.move(s.src, "C", "A", host.Options{})
	s.end()
	if n := len(s.w.Host("A").Driver.Contexts()); n != 1 {
		t.Errorf("on A are %d contexts, want the container's", n)
	}
}
