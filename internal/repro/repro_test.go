package repro

import (
	"path/filepath"
	"testing"

	"github.com/godwit-rdma/godwit/internal/capture"
	"github.com/godwit-rdma/godwit/internal/story"
)

func TestSave(t *testing.T) {
	s, err := story.Parse("x.story", "# A check that fails.\nnic a\nnic b\nqp 1 a b\npost-recv qp=1 at=b\npost-send qp=1 at=a len=5000\nidle\nexpect state qp=1 at=b is=ERR\n")
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "a", "b")
	if err := Save(dir, "Kept because it fails.", s.Ops, story.Options{}); err != nil {
		t.Fatal(err)
	}
	again, err := story.Read(filepath.Join(dir, StoryFile))
	if err != nil {
		t.Fatal(err)
	}
	if len(again.Ops) != len(s.Ops) || again.Purpose != "Kept because it fails." {
		t.Errorf("the story is %q with %d operations, want %d", again.Purpose, len(again.Ops), len(s.Ops))
	}
	rep, err := capture.Check([]string{filepath.Join(dir, CaptureFile)}, capture.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if rep.RoCE < 5 || len(rep.Failures) != 0 {
		t.Errorf("the capture has %d packets, %v", rep.RoCE, rep.Failures)
	}
}
