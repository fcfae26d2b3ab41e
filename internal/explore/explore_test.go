package explore

import (
	"bytes"
	"errors"
	"reflect"
	"runtime"
	"slices"
	"testing"

	"github.com/godwit-rdma/godwit/internal/story"
	"github.com/godwit-rdma/godwit/model/qp"
)

func dialect(t *testing.T, name string) qp.Rules {
	t.Helper()
	r, err := qp.ParseDialect(name)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestGodwit: every world is exhausted, and has no finding.
func TestGodwit(t *testing.T) {
	for _, w := range Worlds() {
		if w.Deep {
			continue
		}
		t.Run(w.Name, func(t *testing.T) {
			r := Run(w, Options{MaxStates: 400_000})
			t.Logf("%d states, %d edges, depth %d", r.States, r.Edges, r.Depth)
			if !r.Complete || r.States < 10 {
				t.Errorf("it is not exhausted: %d states", r.States)
			}
			for _, f := range r.Findings {
				t.Errorf("%s: %s\n%v", f.Property, f.Text, f.Path)
			}
		})
	}
}

// TestCatalogue: each named finding is there, and its path leads to it.
func TestCatalogue(t *testing.T) {
	seen := map[string]bool{}
	for _, n := range Catalogue() {
		t.Run(n.ID, func(t *testing.T) {
			if seen[n.ID] {
				t.Fatal("the name is given twice")
			}
			seen[n.ID] = true
			w, ok := Find(n.World)
			if !ok {
				t.Fatalf("there is no world %s", n.World)
			}
			w.Checks = n.Property
			rules := dialect(t, n.Dialect)
			r := Run(w, Options{Rules: rules, First: true, MaxStates: 300_000})
			if len(r.Findings) == 0 {
				t.Fatalf("not found in %d states, complete: %v", r.States, r.Complete)
			}
			f := r.Findings[0]
			t.Logf("%d states: %s: %s: %v", r.States, f.Property, f.Text, f.Path)
			if !slices.Contains(f.IDs, n.ID) {
				t.Errorf("it is %v", f.IDs)
			}
			if len(Tell(&w, rules, f.actions)) != f.Depth {
				t.Error("the path is not as long as it is deep")
			}
			kept(t, n.Story(&w, rules, &f))
		})
	}
	for _, name := range qp.Dialects()[2:] {
		if id := name[len("godwit-"):]; !seen[id] {
			t.Errorf("nothing shows what rule %s is for", id)
		}
	}
}

// TestThree: what a rule is for shows in worlds of three containers, too, and as a story.
func TestThree(t *testing.T) {
	for _, x := range []struct {
		world, dialect string
		property       Property
	}{{"three", "godwit-R6", P4}, {"three", "godwit-R10a", P8}, {"three-move", "godwit-R9", P4}} {
		w, _ := Find(x.world)
		w.Checks = x.property
		rules := dialect(t, x.dialect)
		r := Run(w, Options{Rules: rules, First: true, MaxStates: 300_000})
		if len(r.Findings) == 0 {
			t.Errorf("%s in %s: nothing in %d states", x.world, x.dialect, r.States)
			continue
		}
		f := &r.Findings[0]
		t.Logf("%s in %s: %s: %v", x.world, x.dialect, f.Text, f.Path)
		s := f.Story(&w, rules, x.world, "A finding.")
		var failure *story.Failure
		if _, err := story.Run(s.File, s.Ops, story.Options{}); !errors.As(err, &failure) {
			t.Errorf("%s in %s: the story: %v\n%s", x.world, x.dialect, err, s.Text(nil))
		}
		if _, err := story.Run(s.File, s.Ops, story.Options{Rules: new(qp.Rules)}); err != nil {
			t.Errorf("%s in %s: in dialect godwit: %v", x.world, x.dialect, err)
		}
	}
}

// TestDeterminism: the number of processors makes no difference.
func TestDeterminism(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	w, _ := Find("home")
	runtime.GOMAXPROCS(1)
	one := Run(w, Options{Rules: qp.MigrosPoC})
	runtime.GOMAXPROCS(7)
	if seven := Run(w, Options{Rules: qp.MigrosPoC}); !reflect.DeepEqual(one, seven) {
		t.Errorf("%+v\nis not\n%+v", one, seven)
	}
}

// TestResume: a search that was stopped again and again ends as one that was not.
func TestResume(t *testing.T) {
	w, _ := Find("zombie")
	whole := Run(w, Options{MaxStates: 400_000})
	part := Run(w, Options{MaxStates: 100})
	for limit := 2000; !part.Complete; limit += 3000 {
		b := checkpointBytes(t, part.Checkpoint)
		if _, err := ReadCheckpoint(bytes.NewReader(b), "zombie", "godwit-R3"); err == nil {
			t.Error("a checkpoint of another dialect is taken")
		}
		c, err := readBytes(b)
		if err != nil {
			t.Fatal(err)
		}
		part = Run(w, Options{MaxStates: limit, From: c})
	}
	if !reflect.DeepEqual(whole, part) {
		t.Errorf("%+v\nis not\n%+v", whole, part)
	}
	if _, err := readBytes([]byte("nonsense")); err == nil {
		t.Error("nonsense is taken for a checkpoint")
	}
}

func checkpointBytes(t *testing.T, c *Checkpoint) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := c.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func readBytes(b []byte) (*Checkpoint, error) {
	return ReadCheckpoint(bytes.NewReader(b), "zombie", "godwit")
}

// TestCodec: a state comes back from its encoding, along a path through it all.
func TestCodec(t *testing.T) {
	for _, w := range Worlds() {
		k, x := newCodec(&w), stepper{w: &w, rules: qp.NoR5}
		s := k.initial()
		for step := range 200 {
			b := k.append(nil, &s)
			back := k.decode(b)
			if again := k.append(nil, &back); !bytes.Equal(b, again) {
				t.Fatalf("world %s, step %d: another state comes back", w.Name, step)
			}
			acts := x.enabled(&s, nil)
			if len(acts) == 0 {
				break
			}
			x.apply(&s, acts[(step*7+3)%len(acts)])
		}
	}
}
