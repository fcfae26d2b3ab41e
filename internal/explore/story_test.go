package explore

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/godwit-rdma/godwit/internal/story"
)

var rewrite = flag.Bool("rewrite", false, "write the stories of the catalogue anew, without traces")

const golden = "../../golden/"

// kept holds a story against the one that golden/ keeps.
func kept(t *testing.T, s *story.Story) {
	t.Helper()
	file := golden + s.File
	if *rewrite {
		if err := os.WriteFile(file, []byte(s.Text(nil)), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	old, err := story.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(old.Text(nil), s.Text(nil)); d != "" {
		t.Errorf("golden/%s is another story (-golden +now); if that is right: go test ./internal/explore ./golden -rewrite, then read the diff\n%s", s.File, d)
	}
}

// TestKept: golden/ keeps nothing that is not in the catalogue.
func TestKept(t *testing.T) {
	names := map[string]bool{}
	for _, n := range Catalogue() {
		names[n.ID+".story"] = true
	}
	for _, dir := range []string{"migros-poc", "rules-off"} {
		files, err := filepath.Glob(golden + dir + "/*")
		if err != nil || len(files) == 0 {
			t.Fatalf("no stories in golden/%s (error %v)", dir, err)
		}
		for _, f := range files {
			if !names[filepath.Base(f)] {
				t.Errorf("%s is not in the catalogue", f)
			}
		}
	}
}

// TestStories: whatever a search finds, in any world and dialect, its story fails, and not because of the story.
func TestStories(t *testing.T) {
	n := 0
	names := []string{
		"migros-poc+R5", "migros-poc+R4+R5+R6+R10", "migros-poc", "migros-poc+R5+R10a", "godwit-R2-R5", "godwit-R7-R8", "godwit-R9-R10a", "godwit",
	}
	if testing.Short() {
		names = names[:2]
	}
	for _, name := range names {
		rules := dialect(t, name)
		for _, w := range Worlds() {
			if w.Deep {
				continue
			}
			r := Run(w, Options{Rules: rules, First: true, MaxStates: 4000})
			for _, f := range r.Findings {
				n++
				s := f.Story(&w, rules, w.Name+" "+name, "A finding.")
				_, err := story.Run(s.File, s.Ops, story.Options{})
				var failure *story.Failure
				if !errors.As(err, &failure) {
					t.Errorf("world %s in %s: %s, %s: %v\n%s\n%s", w.Name, name, f.Property, f.Text, err, strings.Join(f.Path, "\n"), s.Text(nil))
				}
			}
		}
	}
	t.Logf("%d stories", n)
	if n < 10*len(names)/2 {
		t.Errorf("%d findings only", n)
	}
}

// TestWrap: no line is too long, and no word is lost.
func TestWrap(t *testing.T) {
	text := strings.Repeat("one two-three ", 40)
	lines := strings.Split(wrap(text), "\n")
	for _, line := range lines {
		if len(line) > 118 {
			t.Errorf("%q", line)
		}
	}
	if strings.Join(strings.Fields(text), " ") != strings.Join(lines, " ") || len(lines) < 3 {
		t.Errorf("%q", lines)
	}
}
