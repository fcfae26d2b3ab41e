package replay

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestBadInput wants one error with its place for each kind of bad input.
func TestBadInput(t *testing.T) {
	good, err := os.ReadFile(filepath.Join(own, "err_rkey/err_rkey.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, old, new, want string }{
		{"syntax", `"about":`, `"about"`, "line 3: "},
		{"type", `"timeout": 18`, `"timeout": "18"`, "line 6: "},
		{"missing field", `"timeout"`, `"timeuot"`, "no timeout"},
		{"missing field of an endpoint", `"rkey"`, `"key"`, "no endpoints.a.rkey"},
		{"missing field of the log", `"out"`, `"output"`, "no log[0].out"},
		{"something behind", `"scenario"`, `"scenario"`, "something follows the scenario"},
		{"range", `"path_mtu_enum": 3`, `"path_mtu_enum": 6`, "path_mtu_enum is 6, not in 1..5"},
		{"access", `REMOTE_READ|`, `REMOTE_RED|`, `access: "REMOTE_RED" is no access right`},
		{"address", `::ffff:10.0.0.2`, `10.0.0`, `endpoints.b: gid "10.0.0": `},
		{"region", `"len": 1048576`, `"len": 0`, "endpoints.a: a region of 0 bytes"},
		{"side", `"side": "a"`, `"side": "c"`, `log[0]: side "c" is neither a nor b`},
		{"command", `post write`, `pst write`, `log[0]: cmd "pst write`},
		{"operation", `post write`, `post wrote`, `no such operation "wrote"`},
		{"arguments", `post write 0 100`, `post write 0`, "5 numbers, not 6"},
		{"number", `post write 0 100`, `post write 0 1x0`, `"1x0" is no number`},
		{"output", `STATE 6`, `STAT 6`, "neither OK, VAL, STATE nor WC"},
		{"output of another verb", `STATE 6`, `VAL 6`, "does not fit the command"},
		{"field of a completion", `WC id=333`, `WC jd=333`, `unknown field "jd"`},
		{"missing field of a completion", `WC id=333 `, `WC `, "no id"},
		{"return code", `OK post rc=0`, `OK post rc=x`, `"rc=x" is no number`},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(string(good), c.old, c.new, 1)
			if c.old == c.new {
				text += "{}"
			}
			err := new(scenario).decode([]byte(text))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "x.json")
	if err := os.WriteFile(path, good, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, paths := range [][]string{{filepath.Join(dir, "nowhere")}, {t.TempDir()}, {path}, {dir}, {os.DevNull}} {
		if _, err := Run(paths, Options{}); err == nil || !strings.Contains(err.Error(), strings.TrimSuffix(paths[0], ".json")) {
			t.Errorf("%v: error %v", paths, err)
		}
	}
}

// FuzzDecode holds that no text makes the loader panic, and that what it takes can be replayed against captures that do not fit.
func FuzzDecode(f *testing.F) {
	files, err := filepath.Glob(filepath.Join(own, "*", "*.json"))
	if err != nil || len(files) == 0 {
		f.Fatal(err, "no seeds")
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	base, err := load(files[0])
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		s := new(scenario)
		if s.decode(text) != nil || len(s.Log) > 100 {
			return
		}
		s.Endpoints.A.Len, s.Endpoints.B.Len = min(s.Endpoints.A.Len, 1<<16), min(s.Endpoints.B.Len, 1<<16)
		s.trace = base.trace
		for _, side := range []Side{A, B} {
			play(s, side, nil)
		}
	})
}
