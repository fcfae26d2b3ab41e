package specgen

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Other people's tools judge the exports: they have to accept them, and what they read has to be the specification.

// needPython returns the interpreter of the environment with the judges.
func needPython(t *testing.T) string {
	t.Helper()
	python, err := filepath.Abs(filepath.Join(root, "out/venv/bin/python"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(python); err != nil {
		t.Skipf("SKIPPED, nobody else judges this: %v (scripts/ensure-venv.sh makes it)", err)
	}
	return python
}

// walk runs one of the scripts in testdata and returns its lines.
func walk(t *testing.T, script string, args ...string) (lines []string, errs string, err error) {
	t.Helper()
	cmd := exec.Command(needPython(t), append([]string{filepath.Join("testdata", script)}, args...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	return strings.Split(strings.TrimSuffix(string(out), "\n"), "\n"), stderr.String(), err
}

// readsHardware is what a tool can say that knows only whether the device writes a register; readsVolatile, whether it changes.
var (
	readsHardware = map[string]string{"": "-", "constant": "constant", "build": "hardware", "live": "hardware", "take": "take"}
	readsVolatile = map[string]string{"": "-", "constant": "fixed", "build": "fixed", "live": "live", "take": "take"}
	readsUnknown  = map[string]string{"": ".", "constant": ".", "build": ".", "live": ".", "take": "."}
)

// elements are the lines that a walk over the export has to give, from the map in JSON, as others read it: path, address, field,
// access, reads, first bit, bits, reset of each field of each register, arrays unrolled.
func elements(t *testing.T, reads map[string]string) []string {
	t.Helper()
	var m RegisterMap
	dec := json.NewDecoder(bytes.NewReader(generate(t)["export/godwit.json"]))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&m); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range m.Registers {
		for i := range max(r.Count, 1) {
			name := r.Name
			if r.Count > 0 {
				name += fmt.Sprintf("[%d]", i)
			}
			for _, f := range r.Fields {
				reset := "-"
				if f.Reset != nil {
					reset = fmt.Sprintf("%x", *f.Reset)
				}
				out = append(out, fmt.Sprintf("%s %04x %s %s %s %d %d %s", name, r.Address+i*r.Stride, f.Name, r.Access, reads[r.Reads], f.LSB, f.Bits, reset))
			}
		}
	}
	if len(out) < 1000 {
		t.Fatalf("only %d fields", len(out))
	}
	return out
}

var inFile = regexp.MustCompile(`^AT_[0-9a-f]{4}\[(\d+)\]\.(\w+)`)

// differences compares lines as sets, for arrays that interleave come in another order, and returns those of one side only.
func differences(got, want []string) []string {
	seen := map[string]bool{}
	for _, line := range want {
		seen[line] = true
	}
	var out []string
	for _, line := range got {
		line = inFile.ReplaceAllString(line, "$2[$1]")
		if !seen[line] {
			out = append(out, "too many: "+line)
		}
		delete(seen, line)
	}
	for _, line := range want {
		if seen[line] {
			out = append(out, "not there: "+line)
		}
	}
	return out
}

func TestOthersReadTheMap(t *testing.T) {
	export := filepath.Join(root, "export")
	for _, c := range []struct {
		name, script string
		reads        map[string]string
		args         []string
	}{
		{"systemrdl-compiler", "rdl_walk.py", readsHardware, []string{export + "/godwit.rdl"}},
		{"IEEE 1685 schema", "ipxact_walk.py", readsVolatile, []string{export + "/godwit.ipxact.xml"}},
		{"peakrdl-ipxact", "rdl_walk.py", readsUnknown, []string{export + "/godwit.ipxact.xml"}},
		{"slang", "ral_walk.py", readsVolatile, []string{"-Wno-missing-top", "-Itestdata/uvm", "testdata/uvm/uvm_pkg.sv", export + "/godwit_ral_pkg.sv"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			lines, errs, err := walk(t, c.script, c.args...)
			if err != nil || errs != "" {
				t.Fatalf("%v\n%s", err, errs)
			}
			if d := differences(lines, elements(t, c.reads)); d != nil {
				t.Errorf("%d differences, the first of them:\n%s", len(d), strings.Join(d[:min(len(d), 6)], "\n"))
			}
		})
	}
}

// TestOthersAreLooking: each judge finds a mistake in its export: one in the form, or one in what it says.
func TestOthersAreLooking(t *testing.T) {
	files := generate(t)
	for _, c := range []struct {
		name, script, file, old, new string
		reads                        map[string]string
		args                         []string
		// refused: the tool does not take it; otherwise it reads something else.
		refused bool
	}{
		{"overlap", "rdl_walk.py", "godwit.rdl", "} CAP @ 0x0008;", "} CAP @ 0x0004;", readsHardware, nil, true},
		{"access", "rdl_walk.py", "godwit.rdl", "{ sw = rw; hw = r; desc = \"Free", "{ sw = r; hw = r; desc = \"Free", readsHardware, nil, false},
		{"unknown element", "ipxact_walk.py", "godwit.ipxact.xml", "<ipxact:usage>register</ipxact:usage>", "<ipxact:use>register</ipxact:use>", readsVolatile, nil, true},
		{"reset", "ipxact_walk.py", "godwit.ipxact.xml", "'h474f4457", "'h474f4458", readsVolatile, nil, false},
		{"too few arguments", "ral_walk.py", "godwit_ral_pkg.sv", `(this, 32, 0, "RO", 0, `, `(this, 32, 0, "RO", `, readsVolatile, []string{"-Itestdata/uvm", "testdata/uvm/uvm_pkg.sv"}, true},
		{"address", "ral_walk.py", "godwit_ral_pkg.sv", "add_reg(scratch, 'hc, ", "add_reg(scratch, 'h8, ", readsVolatile, []string{"-Itestdata/uvm", "testdata/uvm/uvm_pkg.sv"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := string(files["export/"+c.file])
			if !strings.Contains(text, c.old) {
				t.Fatalf("%s has no %q", c.file, c.old)
			}
			path := filepath.Join(t.TempDir(), c.file)
			if err := os.WriteFile(path, []byte(strings.Replace(text, c.old, c.new, 1)), 0o644); err != nil {
				t.Fatal(err)
			}
			lines, errs, err := walk(t, c.script, append(c.args, path)...)
			if (err != nil) != c.refused {
				t.Fatalf("%v\n%s", err, errs)
			}
			if d := differences(lines, elements(t, c.reads)); !c.refused && len(d) != 2 {
				t.Errorf("%d differences, want the line and what it should be: %q", len(d), d)
			}
		})
	}
}
