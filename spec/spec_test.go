package spec

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/hashicorp/go-multierror"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"
)

func TestEmbedded(t *testing.T) {
	s, err := Embedded()
	if err != nil {
		t.Fatalf("the specification does not hold:\n%v", err)
	}
	if len(s.Revision()) != 64 {
		t.Errorf("revision %q is not a SHA-256", s.Revision())
	}
	if got := fmt.Sprintf("%08x", s.Revision32()); got != s.Revision()[:8] {
		t.Errorf("Revision32 is %s of %s", got, s.Revision())
	}
}

// copyOf returns the files of a specification, to be broken. It is an old copy of the real one, so that lines and
// columns in the tests stay what they are.
func copyOf(t testing.TB) fstest.MapFS {
	t.Helper()
	m := fstest.MapFS{}
	for _, name := range Files {
		data, err := os.ReadFile(filepath.Join("testdata", "base", name))
		if err != nil {
			t.Fatal(err)
		}
		m[name] = &fstest.MapFile{Data: data}
	}
	return m
}

// replace changes one place of a file, which has to be there exactly once.
func replace(t *testing.T, m fstest.MapFS, file, old, new string) {
	t.Helper()
	text := string(m[file].Data)
	if n := strings.Count(text, old); n != 1 {
		t.Fatalf("%s: %q is there %d times, want once; the test needs another place", file, old, n)
	}
	m[file] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, new, 1))}
}

func TestRevisionCoversEveryFile(t *testing.T) {
	whole, err := Load(copyOf(t))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{whole.Revision(): "none"}
	for _, name := range Files {
		m := copyOf(t)
		m[name].Data = append(m[name].Data, "# changed\n"...)
		s, err := Load(m)
		if err != nil {
			t.Fatal(err)
		}
		if other, dup := seen[s.Revision()]; dup {
			t.Errorf("a change of %s gives the revision of a change of %s", name, other)
		}
		seen[s.Revision()] = name
	}
}

// TestAllErrorsAtOnce breaks every file in its own way and expects one report.
func TestAllErrorsAtOnce(t *testing.T) {
	m := copyOf(t)
	replace(t, m, "context.yaml", "{name: state,        at: 0x03, bits: 4,", "{name: state,        at: 0x01, bits: 4,")
	replace(t, m, "enums.yaml", "{name: RDMA_WRITE, code: 0, doc: \"RDMA WRITE.\"}", "{name: RDMA_WRITE, code: 2, doc: \"RDMA WRITE.\"}")
	replace(t, m, "layouts.yaml", "{name: num_sge,  at: 0x02, bits: 8, ", "{name: num_sge,  at: 0x02, bits: 8, colour: red,")
	replace(t, m, "packets.yaml", "{state: PAUSED,  request: serve", "{state: PASUED,  request: serve")
	replace(t, m, "registers.yaml", "at: 0x000c, access: rw", "at: 0x0008, access: rw")
	replace(t, m, "states.yaml", "{from: PAUSED,  to: RTS,     by: nic,", "{from: PAUSED,  to: RTX,     by: nic,")
	replace(t, m, "timing.yaml", "  - {name: TTL,           value: 64", "  - {name: HOPS,          value: 64")
	_, err := Load(m)
	want := []string{
		"context.yaml:20:30: field state: bytes 0x01..0x01 overlap field qpn (0x00..0x02)",
		"enums.yaml:7:34: enum WROpcode: code 2 is already used at enums.yaml:6",
		"layouts.yaml:9:45: fields[2]: unknown key \"colour\" (known: name, at, bits, bank, type, enum, or_enum, extended, attr, min, max, reset, doc)",
		"packets.yaml:100:3: legality: state PAUSED has no row",
		"packets.yaml:108:13: legality: state PASUED is not defined in states.yaml",
		"registers.yaml:17:29: register SCRATCH: address 0x0008 belongs to register CAP",
		"states.yaml:48:25: transition: state RTX is not defined in states.yaml",
		"timing.yaml:6:3: parameter TTL is missing",
	}
	if got := lines(t, err); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// lines returns the messages of an error that Load returned.
func lines(t *testing.T, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	var m *multierror.Error
	if !errors.As(err, &m) {
		t.Fatalf("error is a %T, want a *multierror.Error", err)
	}
	var out []string
	for _, e := range m.Errors {
		var place *Error
		if !errors.As(e, &place) || place.Line < 1 || place.Column < 1 {
			t.Errorf("error without a place: %v", e)
		}
		out = append(out, e.Error())
	}
	if joined := strings.Join(out, "\n"); joined != err.Error() {
		t.Errorf("the error's text is not one line for each error:\n%s", err)
	}
	return out
}

// TestSchemas validates the YAML files against the committed schemas with an independent implementation, and shows
// that the schemas refuse what they should.
func TestSchemas(t *testing.T) {
	for _, file := range Files {
		name := strings.TrimSuffix(file, ".yaml") + ".schema.json"
		sch, err := jsonschema.NewCompiler().Compile(filepath.Join("schema", name))
		if err != nil {
			t.Fatal(err)
		}
		data, err := fs.ReadFile(Source(), file)
		if err != nil {
			t.Fatal(err)
		}
		if err := sch.Validate(instance(t, data)); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		broken := append([]byte("colour: red\n"), data...)
		if sch.Validate(instance(t, broken)) == nil {
			t.Errorf("%s: the schema takes an unknown key", name)
		}
		if sch.Validate(map[string]any{}) == nil {
			t.Errorf("%s: the schema takes an empty document", name)
		}
	}
}

// instance turns YAML into what a JSON decoder would give.
func instance(t *testing.T, data []byte) any {
	t.Helper()
	var v any
	if err := yaml.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	inst, err := jsonschema.UnmarshalJSON(strings.NewReader(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	return inst
}

// TestSchemasAreFresh compares the committed schemas with the types, in both directions.
func TestSchemasAreFresh(t *testing.T) {
	want, err := Schemas()
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir("schema")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
		data, err := os.ReadFile(filepath.Join("schema", e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if string(data) != string(want[e.Name()]) {
			t.Errorf("schema/%s is not up to date; run godwit spec gen", e.Name())
		}
	}
	var names []string
	for name := range want {
		names = append(names, name)
	}
	sort.Strings(names)
	if strings.Join(got, " ") != strings.Join(names, " ") {
		t.Errorf("schema/ has %v, want %v; run godwit spec gen", got, names)
	}
}
