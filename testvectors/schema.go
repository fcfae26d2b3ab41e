package testvectors

import (
	"encoding/json"
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
	p["key"].Pattern = `^[a-z_ ]+/.+$`
	p["flags"].Types, p["flags"].Type = nil, "array"
	for _, f := range flagDocs {
		p["flags"].Items.Enum = append(p["flags"].Items.Enum, f[0])
	}
	if step := p["step"]; step != nil {
		names := step.Properties["features"]
		names.Types, names.Type, names.MinItems = nil, "array", jsonschema.Ptr(1)
		for _, f := range abi.FeatureNames {
			names.Items.Enum = append(names.Items.Enum, f.Name)
		}
	}
	one := func(name string) *jsonschema.Schema { return &jsonschema.Schema{Required: []string{name}} }
	s.OneOf = []*jsonschema.Schema{one("frame"), one("step")}
}

func fileSchema() *jsonschema.Schema {
	s := schemaOf[File]()
	restrict(s.Properties["vectors"].Items)
	for _, list := range []string{"vectors", "groups", "revisions"} {
		s.Properties[list].Types, s.Properties[list].Type = nil, "array"
	}
	s.Properties["format"].Enum = []any{FormatBase, FormatWhole}
	s.Schema = "https://json-schema.org/draft/2020-12/schema"
	s.Title = "godwit test vectors, formats 1 and 2"
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
