package host_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/host"
)

// scene is a stream from a container on A to one on B, half of which is through, and a third host.
type scene struct {
	t        *testing.T
	w        *host.World
	data     []byte
	src, dst *host.Container
	send     *host.Sender
	recv     *host.Receiver
}

func newScene(t *testing.T, faults fabric.Faults, bytes int, hosts int) *scene {
	t.Helper()
	s := &scene{t: t, w: newWorld(t, hosts, faults), data: text(bytes)}
	s.src, s.dst = newContainer(t, s.w, "src", "A"), newContainer(t, s.w, "dst", "B")
	var err error
	s.send, s.recv, err = host.NewStream(s.src, s.dst, s.data, host.StreamOpts{})
	if err != nil {
		t.Fatal(err)
	}
	s.until(len(s.data) / 4)
	return s
}

// until runs until n bytes were received.
func (s *scene) until(n int) {
	s.t.Helper()
	if err := s.w.Run(50_000_000, func() bool { return s.recv.Received() >= uint64(n) }); err != nil {
		s.t.Fatal(err)
	}
}

// end lets the stream end and verifies it, and that no NIC used memory that is not there.
func (s *scene) end() {
	s.t.Helper()
	finish(s.t, s.w, 100_000_000)
	if s.recv.Received() != uint64(len(s.data)) || s.recv.Sum() != sha256.Sum256(s.data) {
		s.t.Errorf("received %d bytes of %d, or others", s.recv.Received(), len(s.data))
	}
	for _, h := range s.w.Hosts() {
		if n := h.RAM.Faults(); n != 0 {
			s.t.Errorf("host %s: %d DMA accesses outside of memory", h.Name, n)
		}
	}
}

func (s *scene) move(c *host.Container, from, to string, o host.Options) *host.Result {
	s.t.Helper()
	r, err := host.Migrate(s.w, c, s.w.Host(from), s.w.Host(to), o)
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

func TestMigrateThereAndBack(t *testing.T) {
	for _, tc := range []struct {
		name   string
		faults fabric.Faults
		o      host.Options
	}{
		{"clean", fabric.Faults{}, host.Options{}},
		{"lossy", lossy, host.Options{}},
		{"precopy", lossy, host.Options{PreCopy: 2}},
	} {
		for _, moves := range []string{"src", "dst"} {
			t.Run(tc.name+" "+moves, func(t *testing.T) {
				s := newScene(t, tc.faults, 400_000, 3)
				c, home := s.src, "A"
				if moves == "dst" {
					c, home = s.dst, "B"
				}
				there := s.move(c, home, "C", tc.o)
				s.until(len(s.data) / 2)
				if c.Host() != s.w.Host("C") || s.src.Done() {
					t.Fatal("the container is not where it was sent, or the stream is already over")
				}
				back := s.move(c, "C", home, tc.o)
				s.end()
				for _, r := range []*host.Result{there, back} {
					t.Logf("%s -> %s: pause %d, blackout %d cycles, image %d bytes, copied %d bytes",
						r.From, r.To, r.PauseCycles, r.Blackout.Cycles(), r.ImageBytes, r.CopiedBytes)
					if r.PauseCycles == 0 || r.Blackout.Cycles() < r.PauseCycles || r.ImageBytes > 1024 || !r.Moved {
						t.Errorf("%+v", r)
					}
				}
				if n := len(s.w.Host("C").Driver.Contexts()); n != 0 {
					t.Errorf("%d contexts are left on C", n)
				}
			})
		}
	}
}

func TestMigratePingPong(t *testing.T) {
	w := newWorld(t, 4, lossy)
	a, b := newContainer(t, w, "a", "A"), newContainer(t, w, "b", "B")
	ping, pong, err := host.NewPingPong(a, b, 200, 100, host.ConnectOpts{})
	if err != nil {
		t.Fatal(err)
	}
	for i, hop := range []struct {
		c  *host.Container
		to string
	}{{a, "C"}, {b, "D"}, {a, "B"}, {b, "A"}, {a, "D"}} {
		if err := w.Run(10_000_000, func() bool { return ping.Rounds() >= uint32(20*(i+1)) }); err != nil {
			t.Fatal(err)
		}
		if _, err := host.Migrate(w, hop.c, hop.c.Host(), w.Host(hop.to), host.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	if ping.Done() {
		t.Fatal("over too soon")
	}
	finish(t, w, 50_000_000)
	if pong.Rounds() != 200 {
		t.Errorf("%d rounds", pong.Rounds())
	}
}

func TestMigrateBothSides(t *testing.T) {
	for _, tc := range []struct {
		name     string
		faults   fabric.Faults
		toA, toB string
	}{
		{"apart", lossy, "C", "D"},
		{"together", lossy, "C", "C"},
		{"exchange", lossy, "B", "A"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := newScene(t, tc.faults, 400_000, 4)
			m1, err := host.NewMigration(s.w, s.src, s.w.Host("A"), s.w.Host(tc.toA), host.Options{})
			if err != nil {
				t.Fatal(err)
			}
			m2, err := host.NewMigration(s.w, s.dst, s.w.Host("B"), s.w.Host(tc.toB), host.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if err := host.MigrateAll(m1, m2); err != nil {
				t.Fatal(err)
			}
			if s.src.Done() {
				t.Fatal("over too soon")
			}
			s.end()
			t.Logf("pauses %d, %d; blackouts %d, %d cycles", m1.Result().PauseCycles, m2.Result().PauseCycles,
				m1.Result().Blackout.Cycles(), m2.Result().Blackout.Cycles())
		})
	}
}

var errInjected = errors.New("injected")

// Every phase fails, before and after its work is done. What can be rolled back is; what cannot goes on.
func TestMigrateFails(t *testing.T) {
	for p := range host.NumPhases {
		for _, after := range []bool{false, true} {
			t.Run(fmt.Sprintf("%v after=%v", p, after), func(t *testing.T) {
				s := newScene(t, lossy, 300_000, 3)
				failed := false
				o := host.Options{Fault: func(at host.Phase, done bool) error {
					if at == p && done == after && !failed {
						failed = true
						return errInjected
					}
					return nil
				}}
				m, err := host.NewMigration(s.w, s.src, s.w.Host("A"), s.w.Host("C"), o)
				if err != nil {
					t.Fatal(err)
				}
				if err = host.MigrateAll(m); !errors.Is(err, errInjected) || !strings.Contains(err.Error(), p.String()) {
					t.Fatalf("error %v", err)
				}
				r := m.Result()
				back := p < host.PhaseActivate || p == host.PhaseActivate && !after
				if r.RolledBack != back || r.Moved == back || s.src.Frozen() {
					t.Fatalf("rolled back %v, moved %v, frozen %v", r.RolledBack, r.Moved, s.src.Frozen())
				}
				for done := back; !done; {
					if done, err = m.Next(); err != nil {
						t.Fatal(err)
					}
				}
				if back {
					if n := len(s.w.Host("C").Driver.Contexts()); n != 0 {
						t.Errorf("%d contexts are left on C", n)
					}
					s.move(s.src, "A", "C", host.Options{})
				}
				s.move(s.src, "C", "A", host.Options{})
				s.end()
			})
		}
	}
}
