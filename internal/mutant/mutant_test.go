package mutant

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/godwit-rdma/godwit/cosim/lockstep"
	"github.com/godwit-rdma/godwit/internal/story"
)

// TestListed holds the list against the defines in the RTL, in both directions.
func TestListed(t *testing.T) {
	sources, err := filepath.Glob("../../verilator/rtl/*.sv")
	if err != nil || len(sources) == 0 {
		t.Fatal("no RTL: ", err)
	}
	define := regexp.MustCompile("`ifn?def GODWIT_MUTANT_([A-Z_]+)")
	got := map[string]string{}
	for _, file := range sources {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range define.FindAllStringSubmatch(string(text), -1) {
			got[m[1]] = filepath.Base(file)
		}
	}
	want := map[string]string{}
	for _, m := range All {
		want[m.Name] = m.File
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("mutant.All and the defines in verilator/rtl differ (-list +rtl): add what is missing to the list\n%s", d)
	}
}

// TestProgramsHold runs the programs on golden NICs: what they expect is right.
func TestProgramsHold(t *testing.T) {
	programs, err := Programs("move")
	if err != nil {
		t.Fatal(err)
	}
	if len(programs) < 5 || programs[0].File != "move.story" {
		t.Fatalf("%d programs, the first is %s", len(programs), programs[0].File)
	}
	for _, s := range programs {
		if _, err := story.Run(s.File, s.Ops, story.Options{}); err != nil {
			t.Error(err)
		}
	}
}

// TestHunt finds three mutants, and nothing in the RTL without one.
func TestHunt(t *testing.T) {
	if _, err := exec.LookPath("verilator"); err != nil {
		t.Skip("verilator is not installed: `make test` installs it")
	}
	h := &Hunter{}
	for name, kinds := range map[string][]lockstep.Kind{
		"":                {},
		"PSN_STUCK":       {lockstep.KindContext},
		"STALE_ADDRESS":   {lockstep.KindContext},
		"EARLY_STALL_ACK": {lockstep.KindRegister},
	} {
		m := Mutant{Name: name, story: "move"}
		if name != "" {
			found, err := Find(name)
			if err != nil {
				t.Fatal(err)
			}
			m = found[0]
		}
		v, err := h.Hunt(context.Background(), m)
		if err != nil {
			t.Fatal(err)
		}
		if v.Found != (name != "") {
			t.Fatalf("mutant %q: found is %v, %v", name, v.Found, v.Divergence)
		}
		if !v.Found {
			continue
		}
		if !slices.Contains(kinds, v.Divergence.Kind) {
			t.Errorf("mutant %s: divergence is %v", name, v.Divergence)
		}
		if len(v.Program) >= v.Ops {
			t.Errorf("mutant %s: nothing could be removed from %d operations", name, v.Ops)
		}
	}
}
