package capture_test

import (
	"bytes"
	"encoding/hex"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/godwit-rdma/godwit/internal/capture"
	"github.com/godwit-rdma/godwit/internal/runner"
	"github.com/godwit-rdma/godwit/internal/story"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/wire"
)

// corpus writes one capture of everything that all golden stories send, but for what a link damages, and returns its path.
func corpus(t *testing.T) string {
	t.Helper()
	stories, err := filepath.Glob("../../golden/*.story")
	if err != nil || len(stories) == 0 {
		t.Fatalf("%d stories, %v", len(stories), err)
	}
	var shots []shot
	for _, name := range stories {
		s, err := story.Read(name)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if _, err := runner.Run(t.Context(), s, runner.Options{Pcap: &out}); err != nil {
			t.Fatal(err)
		}
		r, err := capture.NewReader(&out)
		if err != nil {
			t.Fatal(err)
		}
		for {
			f, err := r.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if f.Comment != "fate: "+fabric.Damaged.String() {
				shots = append(shots, shot{0, bytes.Clone(f.Data), filepath.Base(name)})
			}
		}
	}
	path := filepath.Join(t.TempDir(), "golden.pcapng")
	if err := os.WriteFile(path, encode(t, shots), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// scapyICRCs returns what scapy computes for each frame, and what is in it; "" for those that are not RoCEv2 to it.
func scapyICRCs(t *testing.T, paths []string) (computed, carried []string) {
	t.Helper()
	python, err := filepath.Abs("../../out/venv/bin/python")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(python); err != nil {
		t.Skipf("SKIPPED, no second opinion on our ICRCs: %v (scripts/ensure-venv.sh makes it)", err)
	}
	cmd := exec.Command(python, append([]string{"testdata/icrc.py"}, paths...)...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil || errs.Len() > 0 {
		t.Fatalf("%v\n%s", err, &errs)
	}
	for _, line := range strings.Split(strings.TrimSuffix(string(out), "\n"), "\n") {
		a, b, _ := strings.Cut(line, " ")
		if b == "" {
			a = ""
		}
		computed, carried = append(computed, a), append(carried, b)
	}
	return computed, carried
}

// TestScapyAgreesOnICRCs: scapy computes the ICRCs of everything that the golden stories send, and of every opcode over both IP
// versions, as we do.
func TestScapyAgreesOnICRCs(t *testing.T) {
	paths := []string{corpus(t), "testdata/own/v4.pcapng", "testdata/own/v6.pcapng"}
	computed, carried := scapyICRCs(t, paths)
	n, compared := 0, 0
	for _, path := range paths {
		err := capture.ReadFile(path, func(f *capture.Frame) error {
			var p wire.Packet
			if wire.Parse(f.Data, &p) == nil {
				want := hex.EncodeToString(f.Data[len(f.Data)-4:])
				if computed[n] != want || carried[n] != want {
					t.Errorf("%s, frame %d, %s: scapy computes %s and reads %s, we have %s", filepath.Base(path), f.Number, f.Comment, computed[n], carried[n], want)
				}
				compared++
			} else if computed[n] != "" && computed[n] == carried[n] {
				t.Errorf("%s, frame %d, %s: scapy takes it, we do not", filepath.Base(path), f.Number, f.Comment)
			}
			n++
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if n != len(computed) || compared < 3000 {
		t.Errorf("%d frames, scapy has %d; %d compared", n, len(computed), compared)
	}
}

// TestScapyIsLooking: a bit that flips in any of the protected places is seen, and in a masked one is not.
func TestScapyIsLooking(t *testing.T) {
	whole := between(false, 4)
	whole.SetPayload([]byte("a payload of some bytes."))
	good := whole.Append(nil)
	var shots []shot
	var want []bool
	for _, c := range []struct {
		at   int
		same bool
	}{{14 + 8, true}, {14 + 1, true}, {14 + 15, false}, {34 + 1, false}, {34 + 6, true}, {42 + 4, true}, {42 + 7, false}, {42 + 12, false}, {len(good) - 5, false}} {
		frame := bytes.Clone(good)
		frame[c.at] ^= 1
		shots, want = append(shots, shot{0, frame, ""}), append(want, c.same)
	}
	path := filepath.Join(t.TempDir(), "flipped.pcapng")
	if err := os.WriteFile(path, encode(t, shots), 0o644); err != nil {
		t.Fatal(err)
	}
	computed, carried := scapyICRCs(t, []string{path})
	for i := range shots {
		if same := computed[i] == carried[i]; same != want[i] {
			t.Errorf("flip %d: the ICRC is right: %v, want %v", i, same, want[i])
		}
	}
}
