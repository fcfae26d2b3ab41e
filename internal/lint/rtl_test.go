package lint

import (
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var moduleLine = regexp.MustCompile(`(?m)^(?:module|package)\s+(\w+)`)

// TestModules: tools find a module by the name of its file, and a file that does not say `default_nettype none` has
// typing errors become wires.
func TestModules(t *testing.T) {
	for _, f := range tree(t, ".sv") {
		if !strings.Contains(f.text, "\n`default_nettype none\n") {
			t.Errorf("%s: say `default_nettype none before the module", f.path)
		}
		if !strings.HasPrefix(f.path, "verilator/rtl/") {
			continue
		}
		name := strings.TrimSuffix(path.Base(f.path), ".sv")
		found := moduleLine.FindAllStringSubmatch(f.text, -1)
		if len(found) != 1 || found[0][1] != name {
			t.Errorf("%s: has the modules %q, want one, named as the file", f.path, found)
		}
	}
}

// TestWaiversInOnePlace: a waiver is for one file and one rule, and stands in lint.vlt with its reason. The assertion
// macros, which expand all over the tree, are the one exception.
func TestWaiversInOnePlace(t *testing.T) {
	for _, f := range tree(t, ".sv", ".svh") {
		if f.path != "verilator/rtl/rdma_assert.svh" && strings.Contains(f.text, "lint_off") {
			t.Errorf("%s: move the waiver to verilator/rtl/lint.vlt, for this file and with its reason, or mend what it hides", f.path)
		}
	}
	above := ""
	for i, line := range tree(t, "rtl/lint.vlt")[0].lines() {
		if strings.HasPrefix(line, "lint_off") {
			if !strings.HasPrefix(above, "//") {
				t.Errorf("verilator/rtl/lint.vlt:%d: say in the line above why this is waived", i+1)
			}
			if !strings.Contains(line, "-rule") || !strings.Contains(line, "-file") {
				t.Errorf("verilator/rtl/lint.vlt:%d: name the rule and the file", i+1)
			}
		}
		above = line
	}
}

// TestNoStaleWaiver takes the waivers away one by one; without each of them the lint of some build must fail.
func TestNoStaleWaiver(t *testing.T) {
	if _, err := exec.LookPath("verilator"); err != nil {
		t.Skip("SKIPPED: verilator is not installed; `make test` installs it")
	}
	tree(t, ".sv", ".svh") // what Verilator reads; the test cache has to know
	vlt := tree(t, "rtl/lint.vlt")[0]
	if !lintsClean(t, vlt.text) {
		t.Fatal("the lint fails with all waivers in place: run `make lint`")
	}
	lines := vlt.lines()
	for i, line := range lines {
		if !strings.HasPrefix(line, "lint_off") {
			continue
		}
		without := append(append([]string{}, lines[:i]...), lines[i+1:]...)
		if lintsClean(t, strings.Join(without, "\n")+"\n") {
			t.Errorf("%s:%d: nothing fails without %q: remove it", vlt.path, i+1, line)
		}
	}
}

// lintsClean tells whether the lint of every build passes with these waivers.
func lintsClean(t *testing.T, waivers string) bool {
	t.Helper()
	file := filepath.Join(t.TempDir(), "lint.vlt")
	if err := os.WriteFile(file, []byte(waivers), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, migration := range []int{0, 1} {
		for _, width := range []int{128, 512} {
			cmd := exec.Command("verilator", "--lint-only", "-Wall", fmt.Sprintf("-GMigration=1'b%d", migration),
				fmt.Sprintf("-GDataW=%d", width), "--top-module", "rdma_core", "-Iverilator/rtl", "-y", "verilator/rtl",
				file, "verilator/rtl/rdma_pkg.sv", "verilator/rtl/rdma_core.sv")
			cmd.Dir = root
			if err := cmd.Run(); err != nil {
				return false
			}
		}
	}
	return true
}
