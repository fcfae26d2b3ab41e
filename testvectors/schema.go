package testvectors

import (
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/godwit-rdma/godwit/model/abi"
)

// schemaOf derives the closed schema of a type: no struct takes members it does not name.
func schemaOf[T any]() *jsonschema.Schema {
	s, err := jsonschema.For[T](&jsonschema.ForOptions{TypeSchemas: map[reflect.Type]*jsonschema.Schema{
		reflect.TypeFor[Hex](): {Type: "string", Pattern: `^([0-9a-f]{2})*$`},
		reflect.TypeFor[Num](): {Type: "string", Pattern: `^0x[0-9a-f]{1,16}$`},
	}})
	if err != nil {
		panic("BUG: schema of vectors: " + err.Error())
	}
	return s
}

func vectorSchema() *jsonschema.Schema {
	s := schemaOf[Vector]()
	restrict(s)
	return s
}

// restrict adds what the Go types do not say.
func restrict(s *jsonschema.Schema) {
	p := s.Properties
	p["class"].Pattern = `^(ok|drop|qp_error|nak:0x[0-9a-f]{2}|cqe:[A-Z_]+)$`
	p["id"].Pattern = `^[A-Z]+-[0-9]{4,}$`
	p["key"].Pattern = `^[a-z0-9_ ]+/.+$`
	p["flags"].Types, p["flags"].Type = nil, "array"
	for _, f := range flagDocs {
		p["flags"].Items.Enum = append(p["flags"].Items.Enum, f[0])
	}
	if step := p["step"]; step != nil {
		restrictFeatures(step.Properties["features"])
	}
	if device := p["device"]; device != nil {
		restrictDevice(device)
	}
	if modify := p["modify"]; modify != nil {
		attrs := modify.Properties["attrs"]
		attrs.Types, attrs.Type = nil, "array"
		for bit := range 32 {
			if attr := uint32(1) << bit; attr&abi.AttrsDriver&^abi.AttrState != 0 {
				attrs.Items.Enum = append(attrs.Items.Enum, abi.AttrNames(attr))
			}
		}
		restrictCodes(modify.Properties["type"], abi.ParseQPType)
		restrictCodes(modify.Properties["from"], abi.ParseState)
		restrictCodes(modify.Properties["to"], abi.ParseState)
	}
	one := func(name string) *jsonschema.Schema { return &jsonschema.Schema{Required: []string{name}} }
	s.OneOf = []*jsonschema.Schema{one("frame"), one("step"), one("device"), one("modify")}
}

func restrictFeatures(names *jsonschema.Schema) {
	names.Types, names.Type, names.MinItems = nil, "array", jsonschema.Ptr(1)
	for _, f := range abi.FeatureNames {
		names.Items.Enum = append(names.Items.Enum, f.Name)
	}
}

// restrictCodes closes a string to the names that parse knows.
func restrictCodes[T ~uint8](s *jsonschema.Schema, parse func(string) (T, bool)) {
	for code := range 256 {
		name := fmt.Sprint(T(code))
		if c, ok := parse(name); ok && c == T(code) {
			s.Enum = append(s.Enum, name)
		}
	}
}

// restrictDevice adds what the Go types of whole devices do not say.
func restrictDevice(s *jsonschema.Schema) {
	p := s.Properties
	for _, names := range []string{"features", "lacks", "needs"} {
		restrictFeatures(p[names])
	}
	restrictCodes(p["cause"], abi.ParseCause)
	restrictCodes(p["command"], abi.ParseCMD)
	p["ip"].Pattern = `^[0-9a-f]{32}$`
	p["slot"].Minimum, p["slot"].Maximum = jsonschema.Ptr(0.0), jsonschema.Ptr(7.0)
	for _, list := range []string{"changes", "counters", "events", "reads", "wants", "writes"} {
		p[list].Types, p[list].Type = nil, "array"
	}
	restrictCodes(p["events"].Items.Properties["kind"], abi.ParseEvent)
	counter, add := p["counters"].Items.Properties["name"], p["counters"].Items.Properties["add"]
	for _, name := range abi.CounterNames {
		counter.Enum = append(counter.Enum, name)
	}
	add.Minimum = jsonschema.Ptr(1.0)
	for _, list := range []string{"reads", "writes"} {
		n := p[list].Items.Properties["len"]
		n.Minimum, n.Maximum = jsonschema.Ptr(1.0), jsonschema.Ptr(4096.0)
	}
	for _, tables := range []string{"before", "after"} {
		for _, table := range p[tables].Properties {
			table.Types, table.Type = nil, "array"
			table.Items.Properties["number"].Minimum, table.Items.Properties["number"].Maximum = jsonschema.Ptr(0.0), jsonschema.Ptr(maxEntries-1.0)
		}
	}
}

func fileSchema() *jsonschema.Schema {
	s := schemaOf[File]()
	restrict(s.Properties["vectors"].Items)
	for _, list := range []string{"vectors", "groups", "revisions"} {
		s.Properties[list].Types, s.Properties[list].Type = nil, "array"
	}
	s.Properties["format"].Enum = []any{FormatBase, FormatWhole, FormatDevice}
	s.Schema = "https://json-schema.org/draft/2020-12/schema"
	s.Title = "godwit test vectors, formats 1 to 3"
	return s
}

// Schema is the JSON Schema (2020-12) of a suite's file, as stored in schema/.
func Schema() []byte {
	text, err := json.MarshalIndent(fileSchema(), "", "  ")
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return append(text, '\n')
}
