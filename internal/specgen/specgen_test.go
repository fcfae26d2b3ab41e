package specgen

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godwit-rdma/godwit/spec"
)

const root = "../.."

func generate(t *testing.T) map[string][]byte {
	t.Helper()
	s, err := spec.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	files, err := Generate(s)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestFresh regenerates everything and compares it with what is committed, in both directions.
func TestFresh(t *testing.T) {
	if err := Check(root, generate(t)); err != nil {
		t.Error(err)
	}
}

func TestDeterministic(t *testing.T) {
	a, b := generate(t), generate(t)
	for path := range a {
		if !bytes.Equal(a[path], b[path]) {
			t.Errorf("%s: two runs give different bytes", path)
		}
	}
}

func TestHeaders(t *testing.T) {
	s, err := spec.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for path, data := range generate(t) {
		if strings.HasSuffix(path, ".json") {
			continue // JSON has no comments
		}
		top := string(data[:min(len(data), 600)])
		if !strings.Contains(top, header) || !strings.Contains(top, s.Revision()[:16]) {
			t.Errorf("%s: the top does not name its source and revision", path)
		}
	}
}

// TestWrite writes into an empty folder, then shows that a second run touches nothing, that a stale and a left-over
// file are found, and that the next run repairs both.
func TestWrite(t *testing.T) {
	dir, files := t.TempDir(), generate(t)
	changed, err := Write(dir, files)
	if err != nil || len(changed) != len(files) {
		t.Fatalf("%d of %d files written, %v", len(changed), len(files), err)
	}
	past := time.Unix(1e9, 0)
	for path := range files {
		if err := os.Chtimes(filepath.Join(dir, path), past, past); err != nil {
			t.Fatal(err)
		}
	}
	stale, extra, own := "verilator/include/godwit.h", "model/abi/old_gen.go", "model/abi/own.go"
	for _, path := range []string{stale, extra, own} {
		if err := os.WriteFile(filepath.Join(dir, path), []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want := stale + ": not up to date; run godwit spec gen\n" + extra +
		": nothing generates this file; run godwit spec gen"
	if err := Check(dir, files); err == nil || err.Error() != want {
		t.Errorf("Check: got %v, want %s", err, want)
	}
	changed, err = Write(dir, files)
	if err != nil || strings.Join(changed, " ") != extra+" "+stale {
		t.Errorf("the second run changed %v, %v", changed, err)
	}
	for path := range files {
		info, err := os.Stat(filepath.Join(dir, path))
		if err != nil {
			t.Fatal(err)
		}
		if path != stale && !info.ModTime().Equal(past) {
			t.Errorf("%s was right and is touched", path)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, own)); err != nil {
		t.Errorf("a hand-written file is gone: %v", err)
	}
	if err := Check(dir, files); err != nil {
		t.Error(err)
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct {
		in                   spec.Name
		goWant, camel, snake string
	}{
		{"DROP_NO_QP", "DropNoQP", "DropNoQp", "drop_no_qp"},
		{"METHKind", "METHKind", "MethKind", "meth_kind"},
		{"WCStatus", "WCStatus", "WcStatus", "wc_status"},
		{"AtomicAckETH", "AtomicAckETH", "AtomicAckEth", "atomic_ack_eth"},
		{"sq_pi", "SQPI", "SqPi", "sq_pi"},
		{"pkey", "PKey", "Pkey", "pkey"},
		{"ROCE_PORT", "RoCEPort", "RocePort", "roce_port"},
		{"RDMA_WRITE_ONLY", "RDMAWriteOnly", "RdmaWriteOnly", "rdma_write_only"},
		{"ImmDt", "ImmDt", "ImmDt", "imm_dt"},
	} {
		if g, m, s := goName(c.in), camel(c.in), snake(c.in); g != c.goWant || m != c.camel || s != c.snake {
			t.Errorf("%s: %s %s %s, want %s %s %s", c.in, g, m, s, c.goWant, c.camel, c.snake)
		}
	}
}
