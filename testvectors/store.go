package testvectors

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/go-multierror"

	"github.com/godwit-rdma/godwit/internal/capture"
)

// Places below the folder of the vectors.
const (
	dataDir    = "data"
	schemaFile = "schema/vectors.schema.json"
	coverage   = "COVERAGE.md"
)

// HeaderPath is where the bench's include lies, below the root of the repository.
const HeaderPath = "verilator/tb/vectors/vectors_layout.svh"

// files are all files that follow from the published suites, by slash-separated path below the folder.
func files(published []*File) (map[string][]byte, error) {
	out := map[string][]byte{schemaFile: Schema(), coverage: coveragePage(published)}
	for _, f := range published {
		s, err := Find(f.Suite)
		if err != nil {
			return nil, err
		}
		out[dataDir+"/"+s.Name+".json"] = f.Encode()
		for end, text := range f.memories(s) {
			out[dataDir+"/"+s.Name+end] = text
		}
		pcap, err := f.capture()
		if err != nil {
			return nil, fmt.Errorf("capture of suite %s: %w", s.Name, err)
		}
		if pcap != nil {
			out[dataDir+"/"+s.Name+".pcapng"] = pcap
		}
	}
	return out, nil
}

// capture writes the frames of the vectors, a microsecond apart, each with the id of its vector as comment. The frames
// of a suite's steps are those that are received; of whole devices, those that are sent, too. A
// suite without frames has none.
func (f *File) capture() ([]byte, error) {
	var b bytes.Buffer
	w, err := capture.NewWriter(&b, []string{f.Suite})
	if err != nil {
		return nil, err
	}
	frames := 0
	for i := range f.Vectors {
		v := &f.Vectors[i]
		received, sent := v.frames()
		if received != "" {
			frames++
			if err := w.Write(0, uint64(i)*1000, received.Bytes(), v.ID+" "+v.Verdict); err != nil {
				return nil, err
			}
		}
		if sent != "" {
			frames++
			if err := w.Write(0, uint64(i)*1000+500, sent.Bytes(), v.ID+" sent"); err != nil {
				return nil, err
			}
		}
	}
	if err := w.Flush(); err != nil || frames == 0 {
		return nil, err
	}
	return b.Bytes(), nil
}

// frames are the frame that is received in a vector and, in those of whole devices, the one that is sent.
func (v *Vector) frames() (received, sent Hex) {
	switch {
	case v.Frame != nil:
		return v.Frame.Bytes, ""
	case v.Step != nil:
		return v.Step.Frame, ""
	case v.Device != nil:
		return v.Device.Frame, v.Device.Sent
	}
	return "", ""
}

// Load reads the suites in the folder dir strictly. A suite without a file is nil.
func Load(dir string) ([]*File, error) {
	var out []*File
	for i := range Suites {
		path := filepath.Join(dir, dataDir, Suites[i].Name+".json")
		text, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			out = append(out, nil)
			continue
		}
		if err != nil {
			return nil, err
		}
		f, s, err := Decode(path, text)
		if err != nil {
			return nil, err
		}
		if s.Name != Suites[i].Name {
			return nil, place(path, text, member(text, "suite"), "the suite is not the one the file is named after")
		}
		out = append(out, f)
	}
	return out, nil
}

// loadPublished reads the suites for Gen: as Load, but another spec revision is what it is called for to put right.
func loadPublished(dir string) ([]*File, error) {
	var out []*File
	for i := range Suites {
		path := filepath.Join(dir, dataDir, Suites[i].Name+".json")
		text, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			out = append(out, nil)
			continue
		}
		if err != nil {
			return nil, err
		}
		f, _, err := Decode(path, ofThisRevision(text))
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

// Gen writes the suites named, all if none is, and everything that follows from them, below dir; it returns the
// files that changed. change is for the suite whose ids it names.
func Gen(dir string, names []string, change Change) (changed []string, err error) {
	for _, n := range names {
		if _, err := Find(n); err != nil {
			return nil, err
		}
	}
	old, err := loadPublished(dir)
	if err != nil {
		return nil, err
	}
	var published []*File
	for i := range Suites {
		s := &Suites[i]
		if len(names) > 0 && !slices.Contains(names, s.Name) {
			if old[i] != nil {
				published = append(published, old[i])
			}
			continue
		}
		mine := Change{Reason: change.Reason}
		for _, id := range change.IDs {
			if strings.HasPrefix(id, s.Prefix+"-") {
				mine.IDs = append(mine.IDs, id)
			}
		}
		f, err := s.Generate(old[i], mine)
		if err != nil {
			return nil, err
		}
		published = append(published, f)
	}
	all, err := files(published)
	if err != nil {
		return nil, err
	}
	return write(dir, all)
}

func write(dir string, all map[string][]byte) (changed []string, err error) {
	paths := make([]string, 0, len(all))
	for p := range all {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	for _, p := range paths {
		full := filepath.Join(dir, filepath.FromSlash(p))
		if was, err := os.ReadFile(full); err == nil && bytes.Equal(was, all[p]) {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
			return changed, err
		}
		if err := os.WriteFile(full, all[p], 0o666); err != nil {
			return changed, err
		}
		changed = append(changed, p)
	}
	return changed, nil
}

// ErrStale is in the error of Check when the files are sound but are not what is generated now.
var ErrStale = errors.New("not what godwit vectors gen writes")

// Check holds the folder dir: each suite loads, generating it again changes and adds nothing, everything that follows
// from the suites is there and fresh, and nothing else lies in data/. Faults of the files' form are *PlaceError.
func Check(dir string) (counts map[string]int, err error) {
	stored, err := Load(dir)
	if err != nil {
		return nil, err
	}
	counts = map[string]int{}
	var stale *multierror.Error
	for i, f := range stored {
		s := &Suites[i]
		if f == nil {
			stale = multierror.Append(stale, fmt.Errorf("%s/%s.json is missing: %w", dataDir, s.Name, ErrStale))
			continue
		}
		counts[s.Name] = f.Count
		again, err := s.Generate(f, Change{})
		switch {
		case err != nil:
			stale = multierror.Append(stale, fmt.Errorf("%w: %w", err, ErrStale))
		case again.Count != f.Count:
			stale = multierror.Append(stale, fmt.Errorf("suite %s has %d vectors, generated are %d: %w", s.Name, f.Count, again.Count, ErrStale))
		case !bytes.Equal(again.Encode(), f.Encode()):
			stale = multierror.Append(stale, fmt.Errorf("suite %s: the head of its file: %w", s.Name, ErrStale))
		}
	}
	stored = slices.DeleteFunc(stored, func(f *File) bool { return f == nil })
	want, err := files(stored)
	if err != nil {
		return counts, err
	}
	stale = multierror.Append(stale, compare(dir, want)...)
	return counts, stale.ErrorOrNil()
}

// compare holds the files below dir against what they should be, in both directions.
func compare(dir string, want map[string][]byte) (faults []error) {
	paths := make([]string, 0, len(want))
	for p := range want {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	for _, p := range paths {
		got, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(p)))
		switch {
		case err != nil:
			faults = append(faults, fmt.Errorf("%w: %w", err, ErrStale))
		case !bytes.Equal(got, want[p]):
			at := 0
			for at < len(got) && at < len(want[p]) && got[at] == want[p][at] {
				at++
			}
			faults = append(faults, fmt.Errorf("%w: %w", place(filepath.Join(dir, p), got, int64(at), "differs from the vectors"), ErrStale))
		}
	}
	entries, err := os.ReadDir(filepath.Join(dir, dataDir))
	if err != nil {
		return append(faults, err)
	}
	for _, e := range entries {
		if _, ok := want[dataDir+"/"+e.Name()]; !ok {
			faults = append(faults, fmt.Errorf("%s/%s belongs to no suite: %w", dataDir, e.Name(), ErrStale))
		}
	}
	return faults
}

// ReadFile reads one suite's file strictly, for a replay.
func ReadFile(path string) (*File, *Suite, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, err
	}
	return Decode(path, text)
}

// WriteHeader writes the bench's include below the root of the repository; wrote tells that it changed.
func WriteHeader(root string) (wrote bool, err error) {
	changed, err := write(root, map[string][]byte{HeaderPath: Header()})
	return len(changed) > 0, err
}
