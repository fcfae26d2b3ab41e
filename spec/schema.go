package spec

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
)

// Schemas returns the JSON Schema (2020-12) of every YAML file by file name, derived from the types that the files
// are decoded into, so that editors know what the loader takes. It cannot say what the semantic checks say.
func Schemas() (map[string][]byte, error) {
	types := map[string]reflect.Type{
		"context.yaml": reflect.TypeFor[Context](), "enums.yaml": reflect.TypeFor[Enums](),
		"layouts.yaml": reflect.TypeFor[Layouts](), "packets.yaml": reflect.TypeFor[Packets](),
		"registers.yaml": reflect.TypeFor[Registers](), "states.yaml": reflect.TypeFor[States](),
		"timing.yaml": reflect.TypeFor[Timing](),
	}
	opts := &jsonschema.ForOptions{TypeSchemas: wordSchemas()}
	out := map[string][]byte{}
	for file, t := range types {
		sch, err := jsonschema.ForType(t, opts)
		if err != nil {
			return nil, fmt.Errorf("schema of %s: %w", file, err)
		}
		sch.Schema = "https://json-schema.org/draft/2020-12/schema"
		sch.Title = "godwit specification: " + file
		text, err := json.MarshalIndent(sch, "", "  ")
		if err != nil {
			return nil, fmt.Errorf("schema of %s: %w", file, err)
		}
		out[strings.TrimSuffix(file, ".yaml")+".schema.json"] = append(text, '\n')
	}
	return out, nil
}

// wordSchemas returns the schemas of the types whose values are a special kind of text, and of numbers.
func wordSchemas() map[reflect.Type]*jsonschema.Schema {
	zero := 0.0
	m := map[reflect.Type]*jsonschema.Schema{
		reflect.TypeFor[Name]():     {Type: "string", Pattern: nameRE.String()},
		reflect.TypeFor[BitRange](): {Type: "string", Pattern: `^[0-9]+(:[0-9]+)?$`},
		reflect.TypeFor[int]():      {Type: "integer", Minimum: &zero},
		reflect.TypeFor[uint64]():   {Type: "integer", Minimum: &zero},
	}
	for _, v := range []vocabulary{Writer(""), FieldType(""), Kind(""), Operation(""), Position(""), Payload(""),
		Action(""), RegAccess(""), Role(""), Via("")} {
		sch := &jsonschema.Schema{Type: "string"}
		for _, w := range v.words() {
			sch.Enum = append(sch.Enum, w)
		}
		m[reflect.TypeOf(v)] = sch
	}
	return m
}
