package testvectors

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/godwit-rdma/godwit/internal/capture"
)

// stored reads the published suites.
func stored(tb testing.TB) []*File {
	tb.Helper()
	all, err := Load(".")
	if err != nil {
		tb.Fatal(err)
	}
	if slices.Contains(all, nil) {
		tb.Fatal("a suite has no file: godwit vectors gen")
	}
	return all
}

// TestFresh: the files are what is generated now, and nothing else lies beside them.
func TestFresh(t *testing.T) {
	counts, err := Check(".")
	if err != nil {
		t.Fatalf("godwit vectors gen, and read the difference before committing it:\n%v", err)
	}
	for _, s := range Suites {
		if counts[s.Name] < 100 {
			t.Errorf("suite %s has %d vectors", s.Name, counts[s.Name])
		}
	}
	header, err := os.ReadFile(filepath.Join("..", HeaderPath))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(header, Header()) {
		t.Errorf("%s is not what godwit vectors gen writes", HeaderPath)
	}
}

// TestSize: everything together stays small enough for a repository.
func TestSize(t *testing.T) {
	var sum int64
	entries, err := os.ReadDir(dataDir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		sum += info.Size()
	}
	if sum > 16<<20 {
		t.Errorf("the data has %d bytes: more than 16 MiB", sum)
	}
}

// elsewhere says of which suite a target has nothing: the model has no mailbox, and attribute masks are the driver's.
var elsewhere = map[string]Target{"device-commands": OnModel, "modify-attributes": OnCore}

func TestReplay(t *testing.T) {
	for _, f := range stored(t) {
		for _, on := range []Target{OnModel, OnCore} {
			results, err := Replay(f, on)
			if err != nil {
				t.Fatal(err)
			}
			ok := 0
			for _, r := range results {
				if !r.OK && !r.Skipped {
					t.Errorf("%s on the %s: %s (%s)", r.ID, on, r.Why, r.Key)
				}
				if r.OK {
					ok++
				}
			}
			if none := elsewhere[f.Suite] == on; (ok == 0) != none {
				t.Errorf("suite %s on the %s: %d vectors were compared", f.Suite, on, ok)
			}
		}
	}
}

// TestReplayFindsFaults: a vector whose expectation is off by one digit fails on both targets.
func TestReplayFindsFaults(t *testing.T) {
	flip := func(h Hex, at int) Hex {
		b := h.Bytes()
		b[at] ^= 1
		return toHex(b)
	}
	all := stored(t)
	for _, c := range []struct {
		name  string
		suite string
		of    func(*Vector) bool
		spoil func(*Vector)
	}{
		{"context", "migration-handshake", func(v *Vector) bool { return v.Class == "ok" }, func(v *Vector) { v.Step.After = flip(v.Step.After, 0x60) }},
		{"context untouched", "qp-transitions", func(v *Vector) bool { return v.Class == "drop" && v.Step.Frame != "" }, func(v *Vector) { v.Step.After = flip(v.Step.After, 0x63) }},
		{"verdict", "wire", func(v *Vector) bool { return v.Frame.Rule == 7 }, func(v *Vector) { v.Verdict = "DROP_OPCODE" }},
		{"packet", "responder", func(v *Vector) bool { return v.Step.Effects.Packet != nil }, func(v *Vector) { v.Step.Effects.Packet.Ext = flip(v.Step.Effects.Packet.Ext, 3) }},
		{"completion", "requester", func(v *Vector) bool { return v.Step.Effects.CQE != nil }, func(v *Vector) { v.Step.Effects.CQE.Element = flip(v.Step.Effects.CQE.Element, 4) }},
		{"ticks", "migration-handshake", func(v *Vector) bool { return v.Step.Effects.Ticks != "" }, func(v *Vector) { v.Step.Effects.Ticks = num(v.Step.Effects.Ticks.Uint()^1, 32) }},
		{"event", "migration-handshake", func(v *Vector) bool { return v.Step.Effects.Event == "PEER_MOVED" }, func(v *Vector) { v.Step.Effects.Event = "RESUMED" }},
		{"payload", "responder", func(v *Vector) bool { return v.Step.Effects.Write != 0 }, func(v *Vector) { v.Step.Effects.Write = 0 }},
		{"word of an atomic", "features-responder", func(v *Vector) bool { return v.Step.Effects.Word != "" }, func(v *Vector) { v.Step.Effects.Word = num(v.Step.Effects.Word.Uint()^1, 64) }},
		{"what an atomic finds", "features-responder", func(v *Vector) bool { return v.Step.Effects.Word != "" }, func(v *Vector) { v.Step.Old = num(v.Step.Old.Uint()^1, 64) }},
		{"key invalidated", "features-responder", func(v *Vector) bool { return v.Step.Effects.Invalidate != "" }, func(v *Vector) { v.Step.Effects.Invalidate = num(v.Step.Effects.Invalidate.Uint()^1, 32) }},
		{"key not invalidated", "features-responder", func(v *Vector) bool {
			return v.Step.Cause == "RX" && v.Step.Effects.CQE != nil && v.Step.Effects.Invalidate == ""
		}, func(v *Vector) { v.Step.Effects.Invalidate = "0x00001234" }},
		{"features", "features-responder", func(v *Vector) bool { return v.Step.Effects.Word != "" }, func(v *Vector) { v.Step.Features = []string{"imm"} }},
		{"payload of a response", "features-requester", func(v *Vector) bool { return v.Step.Cause == "RX" && v.Step.Effects.Write != 0 }, func(v *Vector) { v.Step.Effects.Write = 0 }},
		{"length of a response", "features-responder", func(v *Vector) bool {
			return v.Step.Cause == "RESPOND" && v.Step.Effects.Packet != nil && v.Step.Effects.Packet.Len.Uint() != 0
		}, func(v *Vector) { v.Step.Effects.Packet.Len = num(v.Step.Effects.Packet.Len.Uint()-1, 16) }},
		{"slot of an outstanding READ", "features-requester", func(v *Vector) bool { return v.Step.Cause == "SEND" && len(v.Step.After) > 2*0x1b0 }, func(v *Vector) { v.Step.After = flip(v.Step.After, 0x140+14*8+5) }},
		{"READ to be answered", "features-responder", func(v *Vector) bool { return v.Step.Cause == "RX" && v.Class == "ok" && len(v.Step.After) > 2*0x300 }, func(v *Vector) { v.Step.After = flip(v.Step.After, 0x113) }},
		{"header of a datagram", "features-unreliable", func(v *Vector) bool { return v.Step.Effects.WithHeader }, func(v *Vector) { v.Step.Effects.WithHeader = false }},
		{"Q_Key", "features-unreliable", func(v *Vector) bool {
			return v.Step.Cause == "SEND" && v.Step.Effects.Packet != nil && v.Step.Effects.Packet.Opcode == "UD_SEND_ONLY"
		}, func(v *Vector) { v.Step.Effects.Packet.Ext = flip(v.Step.Effects.Packet.Ext, 3) }},
		{"destination", "features-unreliable", func(v *Vector) bool { return v.Step.Effects.Packet != nil && v.Step.Effects.Packet.DestQPN != "" }, func(v *Vector) { v.Step.Effects.Packet.DestQPN = "0x000001" }},
		{"traffic class of a CNP", "features-unreliable", func(v *Vector) bool { return v.Step.Effects.Packet != nil && v.Step.Effects.Packet.Opcode == "CNP" }, func(v *Vector) { v.Step.Effects.Packet.TClass = "0xbb" }},
		{"restored context", "features-responder", func(v *Vector) bool { return v.Step.Command == "LOAD_QP" && v.Class == "ok" }, func(v *Vector) { v.Step.After = flip(v.Step.After, 0x1c0+14*24) }},
		{"command", "qp-transitions", func(v *Vector) bool { return v.Step.Command == "LOAD_QP" && v.Class == "ok" }, func(v *Vector) { v.Step.After = flip(v.Step.After, 0x94) }},
	} {
		for _, on := range []Target{OnModel, OnCore} {
			f := fileOf(all, c.suite)
			i := slices.IndexFunc(f.Vectors, func(v Vector) bool { return c.of(&v) })
			if i < 0 {
				t.Fatalf("%s: no vector to spoil", c.name)
			}
			var spoiled Vector
			if err := json.Unmarshal(encodeVector(&f.Vectors[i]), &spoiled); err != nil {
				t.Fatal(err)
			}
			c.spoil(&spoiled)
			results, err := Replay(&File{Vectors: []Vector{spoiled}}, on)
			if err != nil {
				t.Fatal(err)
			}
			if results[0].OK || results[0].Skipped {
				t.Errorf("%s on the %s: the fault in %s was not found", c.name, on, results[0].ID)
			}
		}
	}
	if _, err := Replay(&File{}, "paper"); err == nil {
		t.Error("a target that there is not was taken")
	}
}

func fileOf(all []*File, suite string) *File {
	return all[slices.IndexFunc(all, func(f *File) bool { return f.Suite == suite })]
}

// TestMasked: fields that do not enter the ICRC leave it as it is, those that do change it.
func TestMasked(t *testing.T) {
	f := fileOf(stored(t), "icrc")
	base := map[string]Num{}
	for i := range f.Vectors {
		if v := &f.Vectors[i]; strings.HasSuffix(v.Key, ",base") {
			base[v.Key[len("masked/"):len("masked/v4")]] = v.Frame.ICRC
		}
	}
	for i := range f.Vectors {
		v := &f.Vectors[i]
		group, name, _ := strings.Cut(v.Key, "/")
		same := v.Frame.ICRC == base[name[:2]]
		if group == "masked" && !same || group == "covered" && same {
			t.Errorf("%s (%s): ICRC %s, base %s", v.ID, v.Key, v.Frame.ICRC, base[name[:2]])
		}
	}
}

// TestEveryOutcome: there is a vector for each verdict that a frame or a step can have, and for each kind of class.
func TestEveryOutcome(t *testing.T) {
	verdicts, classes := map[string]int{}, map[string]int{}
	for _, f := range stored(t) {
		for i := range f.Vectors {
			verdicts[f.Vectors[i].Verdict]++
			class, _, _ := strings.Cut(f.Vectors[i].Class, ":")
			classes[class]++
		}
	}
	for _, want := range []string{
		"OK", "DUPLICATE", "NAKED", "DROP_MALFORMED", "DROP_NOT_MINE", "DROP_ICRC", "DROP_OPCODE", "DROP_TOO_LONG", "DROP_STATE", "DROP_PKEY",
		"DROP_SOURCE", "DROP_GAP", "DROP_GHOST", "DROP_SYNDROME", "DROP_STOPPED", "DROP_CAPABLE", "DROP_VERSION", "DROP_TAG", "DROP_KIND",
		"DROP_EPOCH", "DROP_PROGRESS", "DROP_ADDRESS", "DROP_UNASKED", "DROP_MESSAGE", "DROP_RECEIVE", "DROP_QKEY", "IGNORED", "BAD_STATE", "BAD_ATTR", "EXISTS",
	} {
		if verdicts[want] == 0 {
			t.Errorf("no vector has verdict %s; those there are: %v", want, verdicts)
		}
	}
	for _, want := range []string{"ok", "drop", "nak", "cqe", "qp_error"} {
		if classes[want] == 0 {
			t.Errorf("no vector has class %s", want)
		}
	}
}

// TestDeterministic: generating twice gives the same bytes.
func TestDeterministic(t *testing.T) {
	for i := range Suites {
		a, err := Suites[i].Generate(nil, Change{})
		if err != nil {
			t.Fatal(err)
		}
		b, err := Suites[i].Generate(nil, Change{})
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a.Encode(), b.Encode()) {
			t.Errorf("suite %s differs from one run to the next", Suites[i].Name)
		}
	}
}

// TestAppendOnly: published vectors keep their ids and content, whatever else is generated.
func TestAppendOnly(t *testing.T) {
	s, err := Find("responder")
	if err != nil {
		t.Fatal(err)
	}
	whole, err := s.Generate(nil, Change{})
	if err != nil {
		t.Fatal(err)
	}
	old := *whole
	old.Vectors = slices.Clone(whole.Vectors)
	first := old.Vectors[0]
	old.Vectors = old.Vectors[1:]
	again, err := s.Generate(&old, Change{})
	if err != nil {
		t.Fatal(err)
	}
	if last := again.Vectors[len(again.Vectors)-1]; last.Key != first.Key || last.ID != s.id(whole.Count+1) {
		t.Errorf("the new vector is %s %s, want %s as %s", last.ID, last.Key, first.Key, s.id(whole.Count+1))
	}
	changed := *whole
	changed.Vectors = slices.Clone(whole.Vectors)
	changed.Vectors[3].Verdict = "DUPLICATE"
	changed.Vectors[4].Key = "in order/gone"
	_, err = s.Generate(&changed, Change{})
	if err == nil || !strings.Contains(err.Error(), "RSP-0004") || !strings.Contains(err.Error(), `at "verdict"`) ||
		!strings.Contains(err.Error(), "RSP-0005 (in order/gone) is not generated any more") {
		t.Fatalf("changed vectors: %v", err)
	}
	revised, err := s.Generate(&changed, Change{IDs: []string{"RSP-0004", "RSP-0005"}, Reason: "a test"})
	if err != nil {
		t.Fatal(err)
	}
	if len(revised.Revisions) != 2 || !revised.Revisions[1].Withdrawn || revised.checkIDs(s) != nil {
		t.Errorf("revisions %+v, ids %v", revised.Revisions, revised.checkIDs(s))
	}
	if _, err := s.Generate(whole, Change{IDs: []string{"RSP-0001"}, Reason: "none"}); err == nil {
		t.Error("a revision of what did not change was taken")
	}
}

// TestCaptures: the captures read back.
func TestCaptures(t *testing.T) {
	f := fileOf(stored(t), "migration-handshake")
	text, err := f.capture()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "mig.pcapng")
	if err := os.WriteFile(path, text, 0o666); err != nil {
		t.Fatal(err)
	}
	report, fault := capture.Check([]string{path}, capture.Options{MaxFailures: 1})
	if fault != nil || !report.OK {
		t.Errorf("%v %+v", fault, report)
	}
}

// placed tells where an error is.
func placed(t *testing.T, err error) *PlaceError {
	t.Helper()
	var at *PlaceError
	if !errors.As(err, &at) {
		t.Fatalf("error without a place: %v", err)
	}
	return at
}
