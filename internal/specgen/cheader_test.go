package specgen

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
)

// TestCHeader compiles the header as C and as C++, with values of package abi that have to be the same.
func TestCHeader(t *testing.T) {
	needTool(t, "c++")
	src := "#include \"godwit.h\"\n#include \"godwit.h\"\n"
	for name, want := range map[string]uint32{
		"GODWIT_QPC_SIZE": abi.QPCSize, "GODWIT_STATE_PAUSED": uint32(abi.StatePaused), "GODWIT_REG_DB_RQ": uint32(abi.RegDBRQ),
		"GODWIT_OP_MIGRATION": uint32(abi.OpMigration), "GODWIT_RETIRE_CTX_AT": 0x40, "GODWIT_METH_TAG_AT": 224,
		"GODWIT_ATTR_CREATE": uint32(abi.AttrCreate), "GODWIT_REG_CAP_NUM_QP_MASK": uint32(abi.RegCapNumQPMask),
		"GODWIT_COUNTER_IGNORED": abi.CounterIgnored, "GODWIT_REVISION32": abi.Revision32, "GODWIT_SEND_WINDOW": abi.SendWindow,
	} {
		src += fmt.Sprintf("typedef char check_%s[(%s) == %du ? 1 : -1];\n", name, name, want)
	}
	file := filepath.Join(t.TempDir(), "check.c")
	if err := os.WriteFile(file, []byte(src), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"c", "c++"} {
		out, err := exec.Command("c++", "-x", lang, "-Wall", "-Werror", "-fsyntax-only",
			"-I"+filepath.Join(root, "verilator/include"), file).CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v\n%s", lang, err, out)
		}
	}
}
