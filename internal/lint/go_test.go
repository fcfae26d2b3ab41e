package lint

import (
	"go/ast"
	"go/importer"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"
)

func TestFunctionLength(t *testing.T) {
	const limit = 90
	fset, files := goFiles(t)
	for _, f := range files {
		if f.generated() {
			continue
		}
		for _, decl := range f.ast.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			from, to := fset.Position(fn.Pos()), fset.Position(fn.End())
			if n := to.Line - from.Line + 1; n > limit {
				t.Errorf("%v: %s has %d lines, more than %d: give its steps names", from, fn.Name.Name, n, limit)
			}
		}
	}
}

func TestPackageComments(t *testing.T) {
	_, files := goFiles(t)
	documented := map[string]int{}
	for _, f := range files {
		if f.test {
			continue
		}
		if f.ast.Doc != nil {
			documented[f.pkg]++
		} else {
			documented[f.pkg] += 0
		}
	}
	for pkg, n := range documented {
		if n != 1 {
			t.Errorf("package %s has %d package comments, want 1: what it is for, in the file that is read first", pkg, n)
		}
	}
}

// TestExportedComments: whatever is exported says what it means.
func TestExportedComments(t *testing.T) {
	fset, files := goFiles(t)
	for _, f := range files {
		if f.test || f.generated() {
			continue
		}
		for _, decl := range f.ast.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				if d.Doc == nil && d.Name.IsExported() && receiverExported(d) {
					t.Errorf("%v: %s is exported and has no comment: what it does, its units, ranges and errors", fset.Position(d.Pos()), d.Name.Name)
				}
			case *ast.GenDecl:
				checkSpecs(t, fset, d)
			}
		}
	}
}

func receiverExported(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	typ := d.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	if index, ok := typ.(*ast.IndexExpr); ok {
		typ = index.X
	}
	name, ok := typ.(*ast.Ident)
	return ok && name.IsExported()
}

// checkSpecs wants a comment on each exported type, and on each exported constant or variable one of its own, behind
// it, or on its group.
func checkSpecs(t *testing.T, fset *token.FileSet, d *ast.GenDecl) {
	for _, spec := range d.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() && s.Doc == nil && d.Doc == nil {
				t.Errorf("%v: type %s is exported and has no comment: what it is", fset.Position(s.Pos()), s.Name.Name)
			}
		case *ast.ValueSpec:
			for _, name := range s.Names {
				if name.IsExported() && s.Doc == nil && s.Comment == nil && d.Doc == nil {
					t.Errorf("%v: %s is exported and has no comment: what it means", fset.Position(s.Pos()), name.Name)
				}
			}
		}
	}
}

// TestModelMaps: the order of a map is different in every run, so the model never ranges over one, unless the line
// above says why the order cannot reach an output.
func TestModelMaps(t *testing.T) {
	const excuse = "// Any order:"
	fset, files := goFiles(t)
	packages := map[string][]*ast.File{}
	lines := map[string][]string{}
	for _, f := range files {
		if !f.test && strings.HasPrefix(f.pkg, "model/") {
			packages[f.pkg] = append(packages[f.pkg], f.ast)
			lines[f.path] = f.lines()
		}
	}
	if len(packages) == 0 {
		t.Fatal("no package below model/")
	}
	conf := types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
	for _, pkg := range sortedKeys(packages) {
		info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
		if _, err := conf.Check(module+"/"+pkg, fset, packages[pkg], info); err != nil {
			t.Fatalf("%s: %v", pkg, err)
		}
		for _, f := range packages[pkg] {
			ast.Inspect(f, func(n ast.Node) bool {
				r, ok := n.(*ast.RangeStmt)
				if !ok {
					return true
				}
				if _, isMap := info.TypeOf(r.X).Underlying().(*types.Map); !isMap {
					return true
				}
				at := fset.Position(r.Pos())
				if above := lines[at.Filename][at.Line-2]; !strings.Contains(above, excuse) {
					t.Errorf("%v: range over a map: use a slice or sorted keys; if no output can show the order, say why in the line above (%q)", at, excuse)
				}
				return true
			})
		}
	}
}

func sortedKeys[V any](m map[string]V) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
