package story

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/godwit-rdma/godwit/internal/op"
)

const head = `# A mistake.
nic a
nic b
nic c
qp 1 a b mem=4096
`

// TestMistakes: what an operation cannot do is said with its place.
func TestMistakes(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"no purpose", "nic a\n", `x.story:1:1: a story begins with a paragraph of comment lines that says what it proves`},
		{"nothing", "# Nothing.\n", `x.story:2:1: a story without operations`},
		{"syntax", head + "  stall qp=1\n", `x.story:6:3: stall: at is missing: the name of a NIC: a letter, then letters and digits, at most 8`},
		{"unknown QP", head + "stall qp=2 at=a\n", `x.story:6:1: stall: there is no QP 2`},
		{"unknown NIC", head + "stall qp=1 at=d\n", `x.story:6:1: stall: there is no NIC d`},
		{"NIC twice", head + "nic a\n", `x.story:6:1: nic: there is a NIC a already`},
		{"QP twice", head + "qp 1 a c\n", `x.story:6:1: qp: there is a QP 1 already`},
		{"QP to itself", head + "qp 2 a a\n", `x.story:6:1: qp: both ends are at NIC a`},
		{"share with nobody", head + "qp 2 a b with=7\n", `x.story:6:1: qp: there is no QP 7 to share containers with`},
		{"share elsewhere", head + "qp 2 b a with=1\n", `x.story:6:1: qp: QP 1 is between other NICs, so its containers cannot be shared`},
		{"late seed", head + "seed 4\n", `x.story:6:1: seed: once, before the first nic`},
		{"send beyond the region", head + "post-send qp=1 at=a len=5000\n", `x.story:6:1: post-send: 5000 bytes is beyond the region of QP 1, which has 4096 bytes`},
		{"sends beyond the region", head + "post-send qp=1 at=a len=3000 count=2\n", `x.story:6:1: post-send: 2 x 3000 bytes is beyond the region of QP 1 at a: 3000 of its 4096 bytes are used`},
		{"write beyond the region", head + "post-send qp=1 at=a op=write len=97 off=4000\n", `x.story:6:1: post-send: 97 bytes at offset 4000 is beyond the region of QP 1, which has 4096 bytes`},
		{"receive beyond the region", head + "post-recv qp=1 at=b len=4097\n", `x.story:6:1: post-recv: 4097 bytes is beyond the region of QP 1, which has 4096 bytes`},
		{"not here", head + "post-send qp=1 at=c\n", `x.story:6:1: post-send: QP 1 has no end at c`},
		{"stopped", head + "stall qp=1 at=a\npost-send qp=1 at=a len=1\n", `x.story:7:1: post send on QP 256: stopped for migration (ESHUTDOWN)`},
		{"destroyed", head + "destroy qp=1 at=a\npost-send qp=1 at=a len=1\n", `x.story:7:1: post-send: QP 1 at a: destroyed (EBADF)`},
		{"not stopped", head + "move qp=1 from=a to=c\n", `x.story:6:1: dump: the context is running, not stopped: wrong state (EBADFD)`},
		{"not moved", head + "resume qp=1 at=a\n", `x.story:6:1: resume: the context is running, not restored: wrong state (EBADFD)`},
		{"no edge", head + "modify qp=1 at=a state=INIT\n", `x.story:6:1: modify QP 256: there is no transition RTS -> INIT for the driver: wrong state (EBADFD)`},
		{"crashed", head + "crash b\npost-recv qp=1 at=b\n", `x.story:7:1: post-recv: NIC b has crashed`},
		{"cannot fail", head + "expect wc qp=1 at=a\n", `x.story:6:1: expect wc: count or min is missing, so this cannot fail`},
		{"ring full", "# A mistake.\nnic a\nnic b\nqp 1 a b depth=1\npost-recv qp=1 at=b len=1 count=2\n", `x.story:5:1: post recv on QP 512: all 1 elements of the ring are posted: no memory (ENOMEM)`},
		{"table full", "# A mistake.\nnic a qps=1\nnic b\nqp 1 a b\nqp 2 a b with=1\n", `x.story:5:1: create QP: CREATE_QP: the device says NO_SPACE: no memory (ENOMEM)`},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := Parse("x.story", c.text)
			if err == nil {
				_, err = Run(s.File, s.Ops, Options{})
			}
			var mistake *op.Error
			if !errors.As(err, &mistake) || err.Error() != c.want {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
}

// TestFailures: a check that does not hold says what is, and what should be.
func TestFailures(t *testing.T) {
	for _, c := range []struct{ name, text, class, want string }{
		{"state", head + "expect state qp=1 at=a is=ERR\n", "state RTS", `x.story:6:1: expect state: QP 1 at a is in RTS, want ERR`},
		{"completions", head + "expect wc qp=1 at=a count=1\n", "expect wc", `x.story:6:1: expect wc: 0 completions of QP 1 at a with SUCCESS NONE, want 1`},
		{"events", head + "expect event qp=1 at=a name=PEER_STOPPED min=1\n", "expect event", `x.story:6:1: expect event: 0 PEER_STOPPED events of QP 1 at a, want at least 1`},
		{"packets", head + "expect packets from=a to=b packet=RESUME count=1\n", "expect packets", `x.story:6:1: expect packets: 0 RESUME packets from a to b, want 1`},
		{"counter", head + "expect counter at=a name=RX_FRAMES count=1\n", "expect counter", `x.story:6:1: expect counter: 0 RX_FRAMES at a, want 1`},
		{"never sent", head + "drop from=a to=b packet=RESUME\nidle\n", "unused", `x.story:6:1: drop from=a to=b packet=RESUME: it did not act as often as it was to`},
		{"not received", head + "post-send qp=1 at=a len=1\nrun 1us\nexpect data qp=1\n", "send-incomplete", `x.story:8:1: expect data: QP 1 end A: send #0 of 1 did not complete`},
		{"never quiet", head + "post-send qp=1 at=a len=1\nidle limit=3ms\n", "idle", `x.story:7:1: idle: it is not quiet after 3000us`},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := Parse("x.story", c.text)
			if err != nil {
				t.Fatal(err)
			}
			_, err = Run(s.File, s.Ops, Options{})
			var failure *Failure
			if !errors.As(err, &failure) || failure.Class != c.class || err.Error() != c.want {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
}

// TestOracle: the exactly-once oracle sees a message that is damaged, missing, doubled, or where it should not be.
func TestOracle(t *testing.T) {
	text := head + "post-recv qp=1 at=b len=1000 count=2\npost-send qp=1 at=a len=700\npost-send qp=1 at=a op=write len=300 off=50\nidle\n"
	s, err := Parse("x.story", text+"expect data qp=1\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		class  string
		damage func(w *world, in *instance, e *end)
	}{
		{"", func(*world, *instance, *end) {}},
		{"data", func(w *world, in *instance, e *end) { w.poke(t, in, e.recvVA+699) }},
		{"data", func(w *world, in *instance, e *end) { w.poke(t, in, e.recvVA+700) }},
		{"data", func(w *world, in *instance, e *end) { w.poke(t, in, e.writeVA+49) }},
		{"written-twice", func(_ *world, _ *instance, e *end) { e.written[1][50]++ }},
		{"recv-missing", func(_ *world, in *instance, e *end) { in.apps[0].wcs = nil }},
		{"recv-completion-order", func(_ *world, in *instance, e *end) { in.apps[0].wcs[0].index++ }},
		{"recv-completion-order", func(_ *world, in *instance, e *end) { in.apps[0].wcs = append(in.apps[0].wcs, in.apps[0].wcs[0]) }},
		{"recv-length", func(_ *world, in *instance, e *end) { in.apps[0].wcs[0].wc.ByteLen++ }},
	} {
		p, err := newPlan(s.File, s.Ops, nil)
		if err != nil {
			t.Fatal(err)
		}
		w := newWorld(s.File, p, Options{})
		last := len(s.Ops) - 1
		for i := range s.Ops[:last] {
			if err := w.run(&s.Ops[i]); err != nil {
				t.Fatal(err)
			}
		}
		e := w.conns[0].ends[1]
		c.damage(w, e.box.current, e)
		err = w.run(&s.Ops[last])
		var failure *Failure
		if got := errors.As(err, &failure); got != (c.class != "") || got && failure.Class != c.class {
			t.Errorf("class %q: %v", c.class, err)
		}
	}
}

// poke changes a byte of an instance's memory.
func (w *world) poke(t *testing.T, in *instance, va uint64) {
	t.Helper()
	p := []byte{0}
	at := in.window.Base + va - in.box.va()
	if err := in.host.ram.Read(at, p); err != nil {
		t.Fatal(err)
	}
	p[0] ^= 0x10
	if err := in.host.ram.Write(at, p); err != nil {
		t.Fatal(err)
	}
}

// TestNew: a story made of operations reads back as these.
func TestNew(t *testing.T) {
	s, err := Parse("x.story", head+"stall qp=1 at=a\n")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "y.story")
	if err := New(file, "One line.\nAnother.", s.Ops).Write(); err != nil {
		t.Fatal(err)
	}
	got, err := Read(file)
	if err != nil {
		t.Fatal(err)
	}
	for i := range got.Ops {
		if got.Ops[i].String() != s.Ops[i].String() {
			t.Errorf("operation %d is %v, want %v", i, got.Ops[i].String(), s.Ops[i].String())
		}
	}
	if got.Purpose != "One line. Another." || len(got.Ops) != len(s.Ops) || got.Trace != nil {
		t.Errorf("it reads as %+v", got)
	}
}

// FuzzStory: any text is a story or a mistake, and any short story runs to an end without a panic.
func FuzzStory(f *testing.F) {
	files, err := filepath.Glob("../../golden/*.story")
	if err != nil || len(files) == 0 {
		f.Fatal("no golden stories to begin with")
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		text, _, _ := strings.Cut(string(b), traceLine)
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Parse("x.story", text)
		if err != nil || len(s.Ops) > 60 {
			return
		}
		for i := range s.Ops {
			if s.Ops[i].Conn.Mem > 1<<20 || s.Ops[i].Work.Count > 100 {
				return
			}
		}
		// Any outcome is right, as long as there is one.
		_, _ = Run(s.File, s.Ops, Options{Limit: 2_000_000})
	})
}
