package attack

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/godwit-rdma/godwit/internal/story"
	"github.com/godwit-rdma/godwit/model/fabric"
)

func levels(k ...fabric.Knowledge) []fabric.Knowledge { return k }

var all = []fabric.Strategy{
	fabric.Stop, fabric.Steal, fabric.Redirect, fabric.Kill, fabric.Pretend, fabric.Replay, fabric.Ack, fabric.Nak, fabric.Inject, fabric.Answer,
}

// TestRun: with all checks on, nobody who lacks the key redirects or kills a connection by migration packets.
func TestRun(t *testing.T) {
	runs := 400
	if testing.Short() {
		runs = 40
	}
	r, err := Run(t.Context(), Options{
		Runs: runs, Seed: 1, Dialect: "godwit", Strategy: all,
		Knowledge: levels(fabric.Blind, fabric.Addresses, fabric.Observer),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range r.Rows {
		t.Logf("%+v", row)
	}
	if f := r.Finding; f != nil {
		t.Fatalf("run %d: %s: %s\n%q", f.Run, f.Class, f.Text, f.Program)
	}
}

// TestControls: the same campaign finds what it looks for when a check is off, or the key is known. A campaign that
// finds nothing then would prove nothing.
func TestControls(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes 300 runs, and shrinks what they find")
	}
	for _, c := range []struct {
		dialect  string
		strategy fabric.Strategy
		want     string
	}{
		{"godwit+untagged", fabric.Steal, "hijacked"},
		{"godwit+untagged", fabric.Redirect, "hijacked"},
		{"godwit+untagged", fabric.Kill, "killed"},
		{"godwit+any-epoch+any-progress", fabric.Replay, "hijacked"},
	} {
		r, err := Run(t.Context(), Options{
			Runs: 60, Seed: 2, Dialect: c.dialect, Strategy: []fabric.Strategy{c.strategy}, Knowledge: levels(fabric.Observer),
			Out: t.TempDir(),
		})
		if err != nil {
			t.Fatal(err)
		}
		if r.Finding == nil || r.Finding.Class != c.want {
			t.Errorf("%v under %s: finding %+v, want %s", c.strategy, c.dialect, r.Finding, c.want)
			continue
		}
		s, err := story.Read(filepath.Join(r.Finding.Dir, "repro.story"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := story.Run(s.File, s.Ops, story.Options{}); err == nil {
			t.Errorf("%v under %s: the kept story holds", c.strategy, c.dialect)
		}
		if _, err := os.Stat(filepath.Join(r.Finding.Dir, "repro.pcapng")); err != nil {
			t.Error(err)
		}
	}
	r, err := Run(t.Context(), Options{
		Runs: 60, Seed: 2, Dialect: "godwit", Strategy: []fabric.Strategy{fabric.Steal}, Knowledge: levels(fabric.Insider),
	})
	if err != nil {
		t.Fatal(err)
	}
	if r.Finding != nil || r.Rows[0].Hijacked < 10 {
		t.Errorf("one who has the key: %+v", r.Rows)
	}
}

// TestDeterminism: the same seed does the same, with one worker and with four.
func TestDeterminism(t *testing.T) {
	var first *Report
	for _, workers := range []int{1, 4} {
		r, err := Run(t.Context(), Options{
			Runs: 30, Seed: 3, Workers: workers, Dialect: "godwit+untagged", Strategy: all, Knowledge: levels(fabric.Blind, fabric.Insider),
		})
		if err != nil {
			t.Fatal(err)
		}
		r.Seconds = 0
		if first == nil {
			first = r
		}
		if !reflect.DeepEqual(first, r) {
			t.Errorf("%d workers: %+v, want %+v", workers, r.Rows, first.Rows)
		}
	}
}
