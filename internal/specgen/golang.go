package specgen

import (
	"fmt"
	"go/format"
	"regexp"
	"strings"

	"github.com/godwit-rdma/godwit/spec"
)

// goFiles are the generated files of package abi and what fills them.
var goFiles = map[string]func(*text, *spec.Spec){
	"spec_gen.go":      goSpec,
	"enums_gen.go":     goEnums,
	"states_gen.go":    goStates,
	"modify_gen.go":    goModify,
	"packets_gen.go":   goPackets,
	"headers_gen.go":   goHeaders,
	"registers_gen.go": goRegisters,
	"counters_gen.go":  goCounters,
	"timing_gen.go":    goTiming,
	"qpc_gen.go":       goContext,
	"layouts_gen.go":   goLayouts,
}

// goImports are the packages a generated file may need, and what shows that it does.
var goImports = []struct {
	path string
	use  *regexp.Regexp
}{
	{"encoding/binary", regexp.MustCompile(`\bbinary\.[A-Z]`)},
	{"github.com/godwit-rdma/godwit/model/psn", regexp.MustCompile(`\bpsn\.[A-Z]`)},
}

// formatGo runs one emitter and returns the finished source file.
func formatGo(s *spec.Spec, emit func(*text, *spec.Spec)) ([]byte, error) {
	var body, t text
	emit(&body, s)
	t.f("// %s\n// Revision %s\n\npackage abi\n\n", header, s.Revision())
	for _, imp := range goImports {
		if imp.use.Match(body.Bytes()) {
			t.f("import %q\n", imp.path)
		}
	}
	t.f("\n")
	t.Write(body.Bytes())
	src, err := format.Source(t.Bytes())
	if err != nil {
		return nil, fmt.Errorf("BUG: generated code does not parse: %w\n%s", err, t.Bytes())
	}
	return src, nil
}

// goDoc writes a doc comment, wrapped, that begins with the identifier.
func goDoc(t *text, indent, format string, args ...any) {
	for _, line := range wrap(fmt.Sprintf(format, args...), 110) {
		t.f("%s// %s\n", indent, line)
	}
}

// wrap breaks text into lines of at most width characters.
func wrap(s string, width int) []string {
	var lines []string
	line := ""
	for _, w := range strings.Fields(s) {
		if line != "" && len(line)+1+len(w) > width {
			lines = append(lines, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += w
	}
	return append(lines, line)
}

func goSpec(t *text, s *spec.Spec) {
	t.f("// Revision is the SHA-256 over the files of the specification this package was generated from.\n")
	t.f("const Revision = %q\n\n", s.Revision())
	t.f("// Revision32 is the first 32 bits of Revision: register REVISION.\n")
	t.f("const Revision32 uint32 = 0x%08x\n", s.Revision32())
}

func goEnums(t *text, s *spec.Spec) {
	for _, e := range s.AllEnums() {
		goEnum(t, &e)
	}
}

// goEnum writes a type, its constants, and its text in both directions.
func goEnum(t *text, e *spec.Enum) {
	name := goName(e.Name)
	goDoc(t, "", "%s: %s", name, e.Doc)
	t.f("type %s uint8\n\n", name)
	t.f("// Values of %s.\nconst (\n", name)
	for _, v := range e.Values {
		goDoc(t, "\t", "%s%s: %s", name, goName(v.Name), v.Doc)
		t.f("\t%s%s %s = 0x%02x\n", name, goName(v.Name), name, v.Code)
	}
	t.f(")\n\n")
	recv := strings.ToLower(name[:1])
	table := "names" + name
	t.f("var %s = []codeName{\n", table)
	for _, v := range e.Values {
		t.f("\t{0x%02x, %q},\n", v.Code, v.Name)
	}
	t.f("}\n\n")
	if e.Flags {
		t.f("// String returns the set flags joined by \"|\", \"0\" for none; unknown bits follow in hexadecimal.\n")
		t.f("func (%s %s) String() string { return flagString(%s, uint8(%s)) }\n\n", recv, name, table, recv)
		mask := 0
		for _, v := range e.Values {
			mask |= v.Code
		}
		t.f("// Valid reports whether only defined flags are set.\n")
		t.f("func (%s %s) Valid() bool { return %s&^0x%02x == 0 }\n\n", recv, name, recv, mask)
		return
	}
	t.f("// String returns the name the specification gives, or \"%s(code)\" when it gives none.\n", name)
	t.f("func (%s %s) String() string {\n\tswitch %s {\n", recv, name, recv)
	for _, v := range e.Values {
		t.f("\tcase 0x%02x:\n\t\treturn %q\n", v.Code, v.Name)
	}
	t.f("\t}\n\treturn unknownCode(%q, uint8(%s))\n}\n\n", name, recv)
	t.f("// Valid reports whether the specification defines this code.\n")
	t.f("func (%s %s) Valid() bool {\n\tswitch %s {\n\tcase ", recv, name, recv)
	for i, v := range e.Values {
		if i > 0 {
			t.f(", ")
		}
		t.f("0x%02x", v.Code)
	}
	t.f(":\n\t\treturn true\n\t}\n\treturn false\n}\n\n")
	t.f("// Parse%s returns the value of that name.\n", name)
	t.f("func Parse%s(s string) (%s, bool) {\n\tc, ok := codeOf(%s, s)\n\treturn %s(c), ok\n}\n\n", name, name, table, name)
}

// goWordsType writes the type of one of the specification's closed vocabularies; codes follow the word order.
func goWordsType(t *text, name, doc string, words []string) {
	goDoc(t, "", "%s %s", name, doc)
	t.f("type %s uint8\n\n// Values of %s.\nconst (\n", name, name)
	for i, w := range words {
		t.f("\t%s%s %s = %d // %s\n", name, goName(spec.Name(w)), name, i, w)
	}
	t.f(")\n\n")
	recv := strings.ToLower(name[:1])
	t.f("// String returns the word of the specification.\n")
	t.f("func (%s %s) String() string {\n\tswitch %s {\n", recv, name, recv)
	for i, w := range words {
		t.f("\tcase %d:\n\t\treturn %q\n", i, w)
	}
	t.f("\t}\n\treturn unknownCode(%q, uint8(%s))\n}\n\n", name, recv)
}
