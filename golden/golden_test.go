package golden

import (
	"context"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/godwit-rdma/godwit/internal/runner"
	"github.com/godwit-rdma/godwit/internal/story"
	"github.com/godwit-rdma/godwit/model/qp"
)

var rewrite = flag.Bool("rewrite", false, "write the golden traces anew")

// stories reads all stories; none is a failure.
func stories(t *testing.T) []*story.Story {
	t.Helper()
	files, err := filepath.Glob("*.story")
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories in this folder (error %v)", err)
	}
	var out []*story.Story
	for _, f := range files {
		s, err := story.Read(f)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	return out
}

// run returns the trace of a story whose checks all hold.
func run(t *testing.T, s *story.Story) []string {
	t.Helper()
	res, err := story.Run(s.File, s.Ops, story.Options{Trace: true})
	if err != nil {
		t.Fatalf("%v\nthe end of the trace:\n%s", err, tail(res.Trace))
	}
	return res.Trace
}

func tail(lines []string) (out string) {
	for _, line := range lines[max(0, len(lines)-60):] {
		out += line + "\n"
	}
	return out
}

func TestStories(t *testing.T) {
	for _, s := range stories(t) {
		t.Run(s.File, func(t *testing.T) {
			got := run(t, s)
			if *rewrite {
				if err := os.WriteFile(s.File, []byte(s.Text(got)), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if s.Trace == nil {
				t.Fatal("it has no golden trace: go test ./golden -rewrite, then read it")
			}
			if d := cmp.Diff(s.Trace, got); d != "" {
				t.Errorf("the trace differs (-golden +now); if that is right: go test ./golden -rewrite, then read the diff\n%s", d)
			}
		})
	}
}

// TestCounterexamples: each defect of the prototype, and each rule that is off, fails as it always did in the dialect that
// the story names, and holds in dialect godwit. Package explore finds these stories; it sees to it that they are the
// shortest.
func TestCounterexamples(t *testing.T) {
	for _, dir := range []string{"migros-poc", "rules-off"} {
		files, err := filepath.Glob(dir + "/*.story")
		if err != nil || len(files) < 8 {
			t.Fatalf("%d stories in %s (error %v)", len(files), dir, err)
		}
		for _, f := range files {
			t.Run(f, func(t *testing.T) { counterexample(t, f) })
		}
	}
}

func counterexample(t *testing.T, file string) {
	s, err := story.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	res, err := story.Run(s.File, s.Ops, story.Options{Trace: true})
	var failure *story.Failure
	if !errors.As(err, &failure) {
		t.Fatalf("in its own dialect no check fails: %v\nthe end of the trace:\n%s", err, tail(res.Trace))
	}
	got := append(res.Trace, "fails: "+failure.Place.Reason)
	if *rewrite {
		if err := os.WriteFile(file, []byte(s.Text(got)), 0o666); err != nil {
			t.Fatal(err)
		}
	} else if d := cmp.Diff(s.Trace, got); d != "" {
		t.Errorf("it fails in another way (-golden +now); if that is right: go test ./golden -rewrite, then read the diff\n%s", d)
	}
	godwit := qp.Rules(0)
	if res, err = story.Run(s.File, s.Ops, story.Options{Trace: true, Rules: &godwit}); err != nil {
		t.Errorf("in dialect godwit: %v\nthe end of the trace:\n%s", err, tail(res.Trace))
	}
}

// TestDeterminism: the same story twice, on one processor and on eight, gives the same bytes.
func TestDeterminism(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, s := range stories(t) {
		runtime.GOMAXPROCS(1)
		one, again := run(t, s), run(t, s)
		runtime.GOMAXPROCS(8)
		eight := run(t, s)
		if !slices.Equal(one, again) || !slices.Equal(one, eight) {
			t.Errorf("%s: the trace depends on the run", s.File)
		}
	}
}

// TestRTL runs stories with NIC a on the RTL: expectations and lockstep hold. `godwit run golden/*.story --nic a=rtl`
// runs them all.
func TestRTL(t *testing.T) {
	if _, err := exec.LookPath("verilator"); err != nil {
		t.Skip("SKIPPED: verilator is not installed, so no story ran on the RTL: `make test` installs it")
	}
	for _, file := range []string{
		"transfer.story", "random.story", "access.story", "both-move.story", "zombie.story", "stall-answers.story", "tag-good.story",
	} {
		s, err := story.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		res, err := runner.Run(context.Background(), s, runner.Options{Kinds: runner.Kinds{"a": runner.RTL}})
		switch {
		case err != nil:
			t.Errorf("%s: %v", file, err)
		case res.LockstepSteps == 0 || res.Traced:
			t.Errorf("%s: %d steps in lockstep, trace compared: %v", file, res.LockstepSteps, res.Traced)
		}
	}
}

// TestPurpose: the paragraph says enough to be of use.
func TestPurpose(t *testing.T) {
	for _, s := range stories(t) {
		if len(s.Purpose) < 60 {
			t.Errorf("%s opens with %q; say what it proves", s.File, s.Purpose)
		}
	}
}
