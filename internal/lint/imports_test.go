package lint

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/godwit-rdma/godwit"

// layers is the import graph of docs/architecture.md: a package may import those of the layers before its own, and
// nothing else of this module. The last entry that matches a package is its layer.
var layers = []string{
	`^(spec|model/psn)$`,
	`^model/abi$`,
	`^model/wire$`,
	`^model/qp$`,
	`^model/(mem|cq|srq)$`,
	`^model/nic$`,
	`^model/(fabric|driver)$`,
	`^model/host$`,
	`^cosim(/.*)?$`,
	`^(internal|golden|testvectors|explore|fuzz)(/.*)?$`,
	`^cmd/`,
}

// within are the layers whose packages may import each other; Go itself refuses circles.
var within = []string{`^cosim(/.*)?$`, `^(internal|golden|testvectors|explore|fuzz)(/.*)?$`}

// standalone are packages that may import nothing else of this module but what is listed: they are for everyone.
var standalone = map[string][]string{
	"internal/ui":      nil,
	"internal/lint":    nil,
	"internal/specgen": {"spec"},
	"model/psn":        nil,
	"model/abi":        {"model/psn"},
	"cosim/bridge":     nil,
}

// modelMayImport is what the model may import of the standard library: nothing that reads a clock, a file, a socket, an
// environment, or that runs two things at once.
var modelMayImport = []string{
	"bytes", "cmp", "crypto/sha256", "encoding/binary", "encoding/hex", "errors", "fmt", "hash", "hash/crc32", "math",
	"math/bits", "slices", "sort", "strconv", "strings",
}

// goFile is a parsed Go file.
type goFile struct {
	file
	pkg  string // folder, from the root
	test bool
	ast  *ast.File
}

func goFiles(t *testing.T) (*token.FileSet, []goFile) {
	t.Helper()
	fset := token.NewFileSet()
	var files []goFile
	for _, f := range tree(t, ".go") {
		if strings.Contains(f.path, "/testdata/") {
			continue
		}
		parsed, err := parser.ParseFile(fset, f.path, f.text, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, goFile{f, path.Dir(f.path), strings.HasSuffix(f.path, "_test.go"), parsed})
	}
	return fset, files
}

func (f goFile) imports() []string {
	var all []string
	for _, spec := range f.ast.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			panic("BUG: the parser let through an import path that is no string: " + spec.Path.Value)
		}
		all = append(all, p)
	}
	return all
}

func layer(pkg string) int {
	for i, pattern := range layers {
		if regexp.MustCompile(pattern).MatchString(pkg) {
			return i
		}
	}
	return -1
}

// mayImport tells why package from must not import package to; "" if it may.
func mayImport(from, to string) string {
	if allowed, ok := standalone[from]; ok {
		if !slices.Contains(allowed, to) {
			return "it is for everyone and depends on next to nothing (standalone, in this test)"
		}
		return ""
	}
	lf, lt := layer(from), layer(to)
	if lf > lt || lf == lt && slices.Contains(within, layers[lf]) {
		return ""
	}
	return "imports go downwards only (docs/architecture.md): move what both need into the lower one, or hand it in as a value or an interface"
}

func TestImportGraph(t *testing.T) {
	_, files := goFiles(t)
	for _, f := range files {
		if layer(f.pkg) < 0 {
			t.Errorf("package %s has no layer: add it to layers in this test and to docs/architecture.md", f.pkg)
			continue
		}
		if f.test {
			continue // tests may look down on their package from above
		}
		for _, imp := range f.imports() {
			to, ours := strings.CutPrefix(imp, module+"/")
			if !ours {
				continue
			}
			if why := mayImport(f.pkg, to); why != "" {
				t.Errorf("%s imports %s: %s", f.path, to, why)
			}
		}
	}
}

func TestModelIsPure(t *testing.T) {
	fset, files := goFiles(t)
	for _, f := range files {
		if f.test || !strings.HasPrefix(f.pkg, "model/") {
			continue
		}
		for _, imp := range f.imports() {
			if !strings.HasPrefix(imp, module+"/") && !slices.Contains(modelMayImport, imp) {
				t.Errorf("%s imports %s: the model is a function of what it is given; let the caller read clocks, files and dice, and pass in what they say", f.path, imp)
			}
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			switch n.(type) {
			case *ast.GoStmt, *ast.SelectStmt, *ast.ChanType, *ast.SendStmt:
				t.Errorf("%v: the model runs one step after the other; goroutines and channels belong to its callers", fset.Position(n.Pos()))
			}
			return true
		})
	}
}

// TestProductLibraries: heavy modules stay out of what others import as a library.
func TestProductLibraries(t *testing.T) {
	_, files := goFiles(t)
	for _, f := range files {
		if f.test || !strings.HasPrefix(f.pkg, "cosim") {
			continue
		}
		for _, imp := range f.imports() {
			if strings.Contains(strings.Split(imp, "/")[0], ".") && !strings.HasPrefix(imp, module+"/") {
				t.Errorf("%s imports %s: model and cosim are libraries, and link the standard library only; put it into internal/", f.path, imp)
			}
		}
	}
}

func TestNoLumberRooms(t *testing.T) {
	lumber := regexp.MustCompile(`(^|/)(utils?|common|helpers?|misc|shared|lib)$`)
	_, files := goFiles(t)
	seen := map[string]bool{}
	for _, f := range files {
		if lumber.MatchString(f.pkg) && !seen[f.pkg] {
			seen[f.pkg] = true
			t.Errorf("package %s: the name says nothing about what is inside; name it after its one concept", f.pkg)
		}
	}
}

// TestGoMod: the module builds with any Go 1.26, and says no more than that.
func TestGoMod(t *testing.T) {
	for _, f := range tree(t, "go.mod") {
		if f.path != "go.mod" {
			t.Errorf("%s: one module only", f.path)
			continue
		}
		lines := f.lines()
		if !slices.Contains(lines, "go 1.26") {
			t.Error("go.mod must say `go 1.26`; `go get` of a module that wants more changes it: take an older version of that module")
		}
		for _, line := range lines {
			if strings.HasPrefix(line, "toolchain") || strings.HasPrefix(line, "tool ") || strings.HasPrefix(line, "replace ") {
				t.Errorf("go.mod: %q: no toolchain line and no replacement; tools are in tools.mod", line)
			}
		}
	}
}
