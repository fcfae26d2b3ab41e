package specgen

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
)

// languages are what the header is for; each with all warnings, which are errors.
var languages = [][]string{
	{"gcc", "-x", "c", "-std=c11"},
	{"g++", "-x", "c++", "-std=c++17"},
	{"g++", "-x", "c++", "-std=c++11"},
}

// compile compiles a file against the committed header.
func compile(t *testing.T, lang []string, args ...string) (string, error) {
	t.Helper()
	needTool(t, lang[0])
	all := append(append([]string(nil), lang[1:]...), "-Wall", "-Wextra", "-pedantic", "-Werror", "-I"+filepath.Join(root, "verilator/include"))
	out, err := exec.Command(lang[0], append(all, args...)...).CombinedOutput()
	return string(out), err
}

// TestCHeader compiles the header in each language, with values of package abi that have to be the same.
func TestCHeader(t *testing.T) {
	src := "#include \"godwit.h\"\n#include \"godwit.h\"\n"
	for name, want := range map[string]uint32{
		"GODWIT_QPC_SIZE": abi.QPCSize, "GODWIT_STATE_PAUSED": uint32(abi.StatePaused), "GODWIT_REG_DB_RQ": uint32(abi.RegDBRQ),
		"GODWIT_OP_MIGRATION": uint32(abi.OpMigration), "GODWIT_RETIRE_CTX_AT": 0x40, "GODWIT_METH_TAG_AT": 224,
		"GODWIT_ATTR_CREATE": uint32(abi.AttrCreate), "GODWIT_REG_CAP_NUM_QP_MASK": uint32(abi.RegCapNumQPMask),
		"GODWIT_COUNTER_IGNORED": abi.CounterIgnored, "GODWIT_REVISION32": abi.Revision32, "GODWIT_SEND_WINDOW": abi.SendWindow,
		"sizeof(struct godwit_qpc_full)": abi.QPCFullSize, "sizeof(struct godwit_wqe)": abi.WQESize,
	} {
		label := strings.NewReplacer("(", "_", ")", "", " ", "_").Replace(name)
		src += fmt.Sprintf("typedef char check_%s[(%s) == %du ? 1 : -1];\n", label, name, want)
	}
	file := filepath.Join(t.TempDir(), "check.c")
	if err := os.WriteFile(file, []byte(src), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, lang := range languages {
		if out, err := compile(t, lang, "-fsyntax-only", file); err != nil {
			t.Errorf("%s: %v\n%s", lang, err, out)
		}
	}
}

// TestCHeaderAsserts: a structure that is laid out in another way does not compile.
func TestCHeaderAsserts(t *testing.T) {
	text := string(generate(t)["verilator/include/godwit.h"])
	place := "  uint8_t state;\n"
	if n := strings.Count(text, place); n != 2 {
		t.Fatalf("state is a member %d times, want twice: the context, and the whole context", n)
	}
	file := filepath.Join(t.TempDir(), "bad.h")
	if err := os.WriteFile(file, []byte(strings.Replace(text, place, "  uint16_t state;\n", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, lang := range languages {
		out, err := compile(t, lang, "-fsyntax-only", file)
		if err == nil || !strings.Contains(out, "offsetof(struct godwit_qpc, ") {
			t.Errorf("%s: %v\n%s", lang, err, out)
		}
	}
}

// TestCStructs writes an image through the structures and reads it with package abi.
func TestCStructs(t *testing.T) {
	src := `#include <stdio.h>
#include <string.h>
#include "godwit.h"
int main(void) {
  struct godwit_qpc c;
  memset(&c, 0, sizeof c);
  c.qpn[0] = 0x56; c.qpn[1] = 0x34; c.qpn[2] = 0x12;
  c.state = GODWIT_STATE_PAUSED;
  c.pd = 0xbeef;
  c.sq_pi = 0x1234;
  return fwrite(&c, 1, sizeof c, stdout) == sizeof c ? 0 : 1;
}
`
	dir := t.TempDir()
	file, program := filepath.Join(dir, "image.c"), filepath.Join(dir, "image")
	if err := os.WriteFile(file, []byte(src), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := compile(t, languages[0], "-o", program, file); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	image, err := exec.Command(program).Output()
	if err != nil || len(image) != abi.QPCSize {
		t.Fatalf("%v, %d bytes", err, len(image))
	}
	var c abi.QPC
	c.Decode(image)
	if want := (abi.QPC{QPN: 0x123456, State: abi.StatePaused, PD: 0xbeef, SQPI: 0x1234}); c != want {
		t.Errorf("the image reads as\n%+v, want\n%+v", c, want)
	}
}
