package lint

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#{1,6} (.+)$`)
	fenced  = regexp.MustCompile("(?s)\n```.*?\n```")
	inCode  = regexp.MustCompile("`[^`\n]*`")
)

// anchors returns the anchors that the headings of a page give.
func anchors(page string) map[string]bool {
	drop := regexp.MustCompile(`[^\p{L}\p{N}_ -]`)
	all := map[string]bool{}
	for _, h := range heading.FindAllStringSubmatch(fenced.ReplaceAllString(page, ""), -1) {
		all[strings.ReplaceAll(drop.ReplaceAllString(strings.ToLower(h[1]), ""), " ", "-")] = true
	}
	return all
}

// TestLinks: every link of a page leads somewhere, inside the repository. Links to the web are not followed.
func TestLinks(t *testing.T) {
	for _, f := range tree(t, ".md") {
		text := inCode.ReplaceAllString(fenced.ReplaceAllString(f.text, ""), "")
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			target, fragment, _ := strings.Cut(m[1], "#")
			if strings.Contains(target, "://") {
				continue
			}
			to := f.path
			if target != "" {
				to = path.Join(path.Dir(f.path), target)
			}
			info, err := os.Stat(filepath.Join(root, to))
			if err != nil {
				t.Errorf("%s: the link to %s leads nowhere", f.path, m[1])
				continue
			}
			if fragment == "" || info.IsDir() {
				continue
			}
			page, err := os.ReadFile(filepath.Join(root, to))
			if err != nil {
				t.Fatal(err)
			}
			if !anchors(string(page))[fragment] {
				t.Errorf("%s: %s has no heading for #%s", f.path, to, fragment)
			}
		}
	}
}

// TestPathsInDocs: a path that the pages name in code type exists. What is built or written at run time does not count.
func TestPathsInDocs(t *testing.T) {
	name := regexp.MustCompile("`((?:spec|model|export|cosim|internal|cmd|verilator|docs|golden|testvectors|scripts)/[\\w./-]*)`")
	for _, f := range tree(t, ".md") {
		for _, m := range name.FindAllStringSubmatch(f.text, -1) {
			if _, err := os.Stat(filepath.Join(root, m[1])); err != nil {
				t.Errorf("%s: names %s, which does not exist", f.path, m[1])
			}
		}
	}
}

// TestIndex: each page of docs/ is reachable from the index.
func TestIndex(t *testing.T) {
	index, err := os.ReadFile(filepath.Join(root, "docs/README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range tree(t, ".md") {
		page, ok := strings.CutPrefix(f.path, "docs/")
		if ok && page != "README.md" && !strings.Contains(string(index), "("+page+")") {
			t.Errorf("docs/README.md has no link to %s", page)
		}
	}
}

// TestChangelog: what a release will bring is written down when it is done.
func TestChangelog(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "CHANGELOG.md"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), "\n## [Unreleased]\n") {
		t.Error("CHANGELOG.md has no section `## [Unreleased]`: put what users will notice there")
	}
}

// TestVerbsInDocs: `godwit VERB` and `make VERB` in a page exist.
func TestVerbsInDocs(t *testing.T) {
	makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	goal := regexp.MustCompile("`make ([a-z]+)`")
	for _, f := range tree(t, ".md") {
		for _, m := range goal.FindAllStringSubmatch(f.text, -1) {
			if !strings.Contains(string(makefile), "\n"+m[1]+":") {
				t.Errorf("%s: says `make %s`, which the Makefile does not have", f.path, m[1])
			}
		}
	}
}
