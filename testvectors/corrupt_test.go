package testvectors

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCorruptFiles: each kind of corruption has one error, with its place.
func TestCorruptFiles(t *testing.T) {
	good, err := os.ReadFile("data/responder.json")
	if err != nil {
		t.Fatal(err)
	}
	replace := func(old, new string) func([]byte) []byte {
		return func(b []byte) []byte {
			if !bytes.Contains(b, []byte(old)) {
				t.Fatalf("nothing reads %s", old)
			}
			return bytes.Replace(b, []byte(old), []byte(new), 1)
		}
	}
	for _, c := range []struct {
		name   string
		spoil  func([]byte) []byte
		line   int // 0: any
		reason string
	}{
		{"empty", func([]byte) []byte { return nil }, 1, "ends too early"},
		{"truncated", func(b []byte) []byte { return b[:len(b)/2] }, 0, "ends too early"},
		{"truncated by the end", func(b []byte) []byte { return b[:len(b)-3] }, 0, "ends too early"},
		{"trailing text", func(b []byte) []byte { return append(b, "x\n"...) }, 0, "canonical"},
		{"not JSON", replace(`"format":`, `"format"=`), 3, "invalid character"},
		{"digit flipped", replace(`"verdict":"OK"`, `"verdict":"NAKED"`), 2, "digest"},
		{"hex digit flipped", replace(`"after":"0a`, `"after":"0b`), 2, "digest"},
		{"upper case", replace(`"after":"0a`, `"after":"0A`), 0, "pattern"},
		{"odd digits", replace(`"after":"0a`, `"after":"a`), 0, "pattern"},
		{"revision", replace(`"revision":"`+fileRevision(good), `"revision":"`+strings.Repeat("0", 64)), 0, "spec revision 00000000"},
		{"format", replace(`"format":1`, `"format":4`), 3, "format 4, this godwit reads 1 to 3"},
		{"format, and members of it", replace(`"format":1`, `"shape":"round","format":4`), 3, "format 4, this godwit reads 1 to 3"},
		{"format of other suites", replace(`"format":1`, `"format":2`), 3, "suite responder has format 1, not 2"},
		{"features in format 1", replace(`"fetch":"`, `"features":["imm"],"fetch":"`), 0, "format 1 has no features"},
		{"word in format 1", replace(`"write":0}`, `"word":"0x00","write":0}`), 0, "format 1 has no features"},
		{"unknown member", replace(`"count":`, `"color":1,"count":`), 1, `unknown member "color"`},
		{"unknown member in a vector", replace(`{"class":"ok"`, `{"shape":"round","class":"ok"`), 0, `unknown member "shape"`},
		{"member missing", replace(`"flags":[],`, ``), 0, "flags"},
		{"wrong kind", replace(`"write":0`, `"write":"0"`), 0, "write"},
		{"count", replace(`"count":140`, `"count":141`), 1, "count 141"},
		{"suite", replace(`"suite":"responder"`, `"suite":"chess"`), 0, `no suite is called "chess"`},
		{"spaces", replace(`"format":1`, `"format": 1`), 3, "canonical"},
		{"unknown class", replace(`"class":"ok"`, `"class":"fine"`), 0, "class"},
		{"unknown flag", replace(`"flags":[]`, `"flags":["odd"]`), 0, "flags"},
	} {
		_, _, err := Decode("f.json", c.spoil(bytes.Clone(good)))
		if err == nil {
			t.Errorf("%s: taken", c.name)
			continue
		}
		at := placed(t, err)
		if at.File != "f.json" || at.Line < 1 || at.Col < 1 || c.line != 0 && at.Line != c.line || !strings.Contains(at.Why, c.reason) {
			t.Errorf("%s: %v, want line %d and %q", c.name, err, c.line, c.reason)
		}
	}
}

// TestCorruptFeatures: what is wrong with a file of format 2 only.
func TestCorruptFeatures(t *testing.T) {
	good, err := os.ReadFile("data/features-responder.json")
	if err != nil {
		t.Fatal(err)
	}
	const all = `"features":["imm","inv","read","atomic","fence"],`
	for _, c := range []struct{ name, old, new, reason string }{
		{"format", `"format":2`, `"format":1`, "suite features-responder has format 2, not 1"},
		{"no features", all, ``, "format 2 has steps of NICs with features only"},
		{"empty features", all, `"features":[],`, "features"},
		{"unknown feature", all, `"features":["teleport"],`, "features"},
		{"word flipped", `"word":"0x1`, `"word":"0x2`, "digest"},
	} {
		if !bytes.Contains(good, []byte(c.old)) {
			t.Fatalf("nothing reads %s", c.old)
		}
		_, _, err := Decode("f.json", bytes.Replace(good, []byte(c.old), []byte(c.new), 1))
		if err == nil {
			t.Errorf("%s: taken", c.name)
			continue
		}
		if at := placed(t, err); !strings.Contains(at.Why, c.reason) {
			t.Errorf("%s: %v, want %q", c.name, err, c.reason)
		}
	}
}

func fileRevision(text []byte) string {
	at := member(text, "revision") + int64(len(`"revision":"`))
	return string(text[at : at+64])
}

// TestIDs: an id that is missing, doubled, foreign or used again is found, even under a right digest.
func TestIDs(t *testing.T) {
	s, err := Find("responder")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		spoil func(*File)
	}{
		{"missing", func(f *File) { f.Vectors = append(f.Vectors[:5:5], f.Vectors[6:]...) }},
		{"doubled", func(f *File) { f.Vectors[5].ID = f.Vectors[4].ID }},
		{"out of order", func(f *File) { f.Vectors[4], f.Vectors[5] = f.Vectors[5], f.Vectors[4] }},
		{"foreign", func(f *File) { f.Vectors[5].ID = "MIG-0006" }},
		{"used after withdrawal", func(f *File) { f.Revisions = []Revision{{ID: "RSP-0006", Reason: "x", Withdrawn: true}} }},
		{"revision without reason", func(f *File) { f.Revisions = []Revision{{ID: "RSP-0006"}} }},
		{"no vector", func(f *File) { f.Vectors = nil }},
	} {
		f, err := s.Generate(nil, Change{})
		if err != nil {
			t.Fatal(err)
		}
		c.spoil(f)
		f.Count, f.Digest = len(f.Vectors), digest(f.Vectors)
		if f.checkIDs(s) == nil {
			t.Errorf("%s: not found", c.name)
		}
	}
}

// TestCheckFindsFaults: a folder that is not what is generated fails, in both directions.
func TestCheckFindsFaults(t *testing.T) {
	good := t.TempDir()
	if _, err := Gen(good, nil, Change{}); err != nil {
		t.Fatal(err)
	}
	if _, err := Check(good); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, reason string
		spoil        func(dir string) error
	}{
		{"memory changed", "differs from the vectors", func(dir string) error { return flipByte(filepath.Join(dir, "data/icrc.mem"), 700) }},
		{"memory truncated", "differs from the vectors", func(dir string) error { return os.Truncate(filepath.Join(dir, "data/wire.mem"), 3000) }},
		{"memory without end marker", "differs from the vectors", func(dir string) error {
			info, err := os.Stat(filepath.Join(dir, "data/wire.beats.mem"))
			if err != nil {
				return err
			}
			return os.Truncate(filepath.Join(dir, "data/wire.beats.mem"), info.Size()-34)
		}},
		{"memory missing", "no such file", func(dir string) error { return os.Remove(filepath.Join(dir, "data/responder.mask.mem")) }},
		{"capture changed", "differs from the vectors", func(dir string) error { return flipByte(filepath.Join(dir, "data/icrc.pcapng"), 400) }},
		{"suite missing", "wire.json is missing", func(dir string) error { return os.Remove(filepath.Join(dir, "data/wire.json")) }},
		{"coverage page", "COVERAGE.md", func(dir string) error { return flipByte(filepath.Join(dir, "COVERAGE.md"), 10) }},
		{"file of no suite", "belongs to no suite", func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "data/more.mem"), []byte("0\n"), 0o666)
		}},
	} {
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS(good)); err != nil {
			t.Fatal(err)
		}
		if err := c.spoil(dir); err != nil {
			t.Fatal(err)
		}
		_, err := Check(dir)
		if !errors.Is(err, ErrStale) || !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func flipByte(path string, at int) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	b[at] ^= 1
	return os.WriteFile(path, b, 0o666)
}

// FuzzDecode: no text makes the reader panic, and what it takes it writes again as it was.
func FuzzDecode(f *testing.F) {
	s, err := Find("responder")
	if err != nil {
		f.Fatal(err)
	}
	whole, err := s.Generate(nil, Change{})
	if err != nil {
		f.Fatal(err)
	}
	whole.Vectors = whole.Vectors[:2]
	whole.Count, whole.Digest = 2, digest(whole.Vectors)
	f.Add(whole.Encode())
	f.Fuzz(func(t *testing.T, text []byte) {
		file, _, err := Decode("f", text)
		if err != nil {
			placed(t, err)
			return
		}
		if !bytes.Equal(file.Encode(), text) {
			t.Error("what was taken is not what is written")
		}
	})
}

// BenchmarkReplay measures vectors per second.
func BenchmarkReplay(b *testing.B) {
	all := stored(b)
	for _, on := range []Target{OnModel, OnCore} {
		b.Run(string(on), func(b *testing.B) {
			n := 0
			for b.Loop() {
				for _, f := range all {
					if _, err := Replay(f, on); err != nil {
						b.Fatal(err)
					}
					n += f.Count
				}
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "vectors/s")
		})
	}
}
