package sim

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestHarnessIsCleanCPlusPlus compiles what does not depend on the device with every warning an error, and checks the
// format of all of it. A release build has no -Werror: a newer compiler must not keep a user from building.
func TestHarnessIsCleanCPlusPlus(t *testing.T) {
	root, err := (&Builder{}).root()
	if err != nil {
		t.Fatal(err)
	}
	tb := filepath.Join(root, "verilator", "tb")
	work := t.TempDir()
	if err := os.WriteFile(filepath.Join(work, "build_manifest.h"), []byte(echo().withDefaults().manifest("none")), 0o666); err != nil {
		t.Fatal(err)
	}
	t.Run("warnings", func(t *testing.T) {
		if _, err := exec.LookPath("g++"); err != nil {
			t.Skip("SKIPPED: g++ is not installed")
		}
		for _, f := range []string{"item.cpp", "link.cpp", "hello.cpp", "memory.cpp", "stdout_capture.cpp"} {
			out, err := exec.Command("g++", "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Wshadow", "-Werror", "-DVM_TRACE=0", "-I"+work, "-I"+tb,
				"-I"+filepath.Join(root, "verilator", "include"), filepath.Join(tb, f)).CombinedOutput()
			if err != nil {
				t.Errorf("%s: %v\n%s", f, err, out)
			}
		}
	})
	t.Run("format", func(t *testing.T) {
		if _, err := exec.LookPath("clang-format"); err != nil {
			t.Skip("SKIPPED: clang-format is not installed")
		}
		var files []string
		for _, pattern := range []string{"*.h", "*.cpp"} {
			found, _ := filepath.Glob(filepath.Join(tb, pattern))
			files = append(files, found...)
		}
		if len(files) < 10 {
			t.Fatalf("found only %q", files)
		}
		out, err := exec.Command("clang-format", append([]string{"--dry-run", "-Werror"}, files...)...).CombinedOutput()
		if err != nil {
			t.Errorf("run clang-format -i on the files named here\n%s", strings.TrimSpace(string(out)))
		}
	})
}
