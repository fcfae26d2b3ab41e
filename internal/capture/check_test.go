package capture_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/godwit-rdma/godwit/internal/capture"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

func opcodeCount() (n int) {
	for i := range abi.Opcodes {
		if abi.Opcodes[i].Known {
			n++
		}
	}
	return n
}

func TestCheckOwn(t *testing.T) {
	var done, total int64
	r, err := capture.Check([]string{"testdata/own"}, capture.Options{Progress: func(d, all int64) { done, total = d, all }})
	if err != nil {
		t.Fatal(err)
	}
	if !r.OK || r.Files != 2 || r.Failed != 0 || len(r.Opcodes) != opcodeCount() || r.Other["arp"] != 2 || r.RoCE+2 != r.Frames {
		t.Errorf("report %+v", r)
	}
	if done != total || total == 0 {
		t.Errorf("progress ended at %d of %d", done, total)
	}
	var text strings.Builder
	if err := r.WriteText(&text); err != nil || !strings.HasSuffix(text.String(), "capture: ok\n") {
		t.Errorf("%v: report is\n%s", err, text.String())
	}
}

// TestCheckLinux holds the codec against traffic of the Linux kernel's SoftRoCE, which nobody here wrote.
func TestCheckLinux(t *testing.T) {
	const dir = "../../../shared/captures"
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("SKIPPED, the Linux captures are not here: %v", err)
	}
	r, err := capture.Check([]string{dir}, capture.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !r.OK || r.RoCE == 0 {
		var text strings.Builder
		_ = r.WriteText(&text)
		t.Errorf("%s\n%s", r.Problem, text.String())
	}
	t.Logf("%d files, %d frames, %d RoCEv2, %d opcodes", r.Files, r.Frames, r.RoCE, len(r.Opcodes))
}

// save writes a capture into a new folder.
func save(t *testing.T, name string, data []byte) string {
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// tagged puts a VLAN tag into a frame.
func tagged(frame []byte) []byte {
	return append(append(append([]byte{}, frame[:12]...), 0x81, 0, 0, 5), frame[12:]...)
}

// TestCheckFails: each way in which a frame can fail is found at that frame, and the other frames still count.
func TestCheckFails(t *testing.T) {
	edit := func(f func(frame []byte) []byte) []shot {
		shots := everyOpcode(false)[:10]
		shots[6].frame = f(shots[6].frame)
		return shots
	}
	for _, c := range []struct {
		name   string
		shots  []shot
		failed capture.Failed
		reason string
	}{
		{"payload", edit(func(f []byte) []byte { f[60] ^= 4; return f }), capture.FailedICRC, "DROP_ICRC (rule 4) at byte 134: ICRC 0x"},
		{"ICRC", edit(func(f []byte) []byte { f[len(f)-1] ^= 0x80; return f }), capture.FailedICRC, "DROP_ICRC (rule 4)"},
		{"IP checksum", edit(func(f []byte) []byte { f[24]++; return f }), capture.FailedParse, "DROP_MALFORMED (rule 2) at byte 24: IPv4 header sums to"},
		{"VLAN", edit(tagged), capture.FailedParse, "DROP_MALFORMED (rule 2) at byte 12: EtherType 0x8100"},
		{"UDP length", edit(func(f []byte) []byte { f[39] -= 4; return f }), capture.FailedParse, "DROP_MALFORMED (rule 2) at byte 38: UDP length"},
		{"UDP length beyond the frame", edit(func(f []byte) []byte { f[38] = 0xff; return f }), capture.FailedParse, "DROP_MALFORMED (rule 2) at byte 38"},
		{"UDP length 0", edit(func(f []byte) []byte { f[38], f[39] = 0, 0; return f }), capture.FailedParse, "DROP_MALFORMED (rule 2) at byte 38"},
		{"cut after the ports", edit(func(f []byte) []byte { return f[:38] }), capture.FailedParse, "DROP_MALFORMED (rule 2) at byte 38: frame of 38 bytes"},
		{"opcode", edit(func(f []byte) []byte {
			f[42] = 0x15
			if err := wire.PutICRC(f); err != nil {
				t.Fatal(err)
			}
			return f
		}), capture.FailedParse, "DROP_OPCODE (rule 6)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := save(t, "x.pcapng", encode(t, c.shots))
			r, err := capture.Check([]string{path}, capture.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if r.OK || r.Failed != 1 || len(r.Failures) != 1 || r.RoCE != 10 || r.Frames != 10 {
				t.Fatalf("report %+v", r)
			}
			f := r.Failures[0]
			if f.File != path || f.Frame != 7 || f.Failed != c.failed || !strings.HasPrefix(f.Reason, c.reason) || !strings.Contains(f.Dump, "eth.dst") {
				t.Errorf("failure %+v", f)
			}
		})
	}
}

func TestCheckManyFailures(t *testing.T) {
	shots := everyOpcode(true)[:12]
	for _, s := range shots {
		s.frame[len(s.frame)-1] ^= 1
	}
	r, err := capture.Check([]string{save(t, "x.pcapng", encode(t, shots))}, capture.Options{MaxFailures: 3})
	if err != nil || r.Failed != 12 || len(r.Failures) != 3 {
		t.Fatalf("report %+v, %v", r, err)
	}
	var text strings.Builder
	if err := r.WriteText(&text); err != nil || !strings.Contains(text.String(), "... and 9 more\n") {
		t.Errorf("report is\n%s", text.String())
	}
}

func TestCheckNoRoCE(t *testing.T) {
	r, err := capture.Check([]string{"testdata/corrupt/no_roce.pcapng"}, capture.Options{})
	if err != nil || r.OK || r.Problem != "no RoCEv2 frame among 1 frames" {
		t.Errorf("report %+v, %v", r, err)
	}
}

// TestCheckUnreadable: all input that cannot be read is named, and the rest is checked all the same.
func TestCheckUnreadable(t *testing.T) {
	empty := t.TempDir()
	r, err := capture.Check([]string{"testdata/corrupt/truncated.pcapng", "nowhere.pcap", empty, "testdata/own", "testdata/own/v4.pcapng"}, capture.Options{})
	if err == nil || r.OK || r.Files != 2 || r.Failed != 0 {
		t.Fatalf("report %+v, %v", r, err)
	}
	for _, want := range []string{
		"nowhere.pcap: no such file or directory",
		empty + ": no .pcap or .pcapng file in this folder or below",
		"testdata/corrupt/truncated.pcapng: frame 4: the file ends inside a block of type 6",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error does not say %q:\n%v", want, err)
		}
	}
	var e *capture.Error
	if !errors.As(err, &e) {
		t.Errorf("no *capture.Error in %v", err)
	}
}
