package replay_test

import (
	"os"
	"strings"
	"testing"

	"github.com/godwit-rdma/godwit/internal/replay"
)

// shared is where the captures of Linux are that every project of this house can use. They are not part of this repository.
const shared = "../../../shared/captures"

// TestSharedCaptures replays all of them.
func TestSharedCaptures(t *testing.T) {
	if _, err := os.Stat(shared); err != nil {
		t.Skipf("no captures of Linux in %s: nothing to compare with", shared)
	}
	r, err := replay.Run([]string{shared}, replay.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := r.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	t.Log(b.String())
	if !r.OK {
		t.Error(r.Problem)
	}
}
