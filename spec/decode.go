package spec

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// document names the outermost mapping of a file in messages.
const document = "document"

// decodeFile decodes one YAML document into the struct that into points to and reports every mistake in it.
//
// It walks the node tree itself, because the library's own strict mode keeps no place for the values it accepts,
// and semantic checks have to point at those.
func decodeFile(p *problems, file string, data []byte, into any) {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		p.fail(syntaxPos(file, err), "%s", syntaxMessage(err))
		return
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) != 1 {
		p.fail(Pos{file, 1, 1}, "the file is empty")
		return
	}
	d := &decoder{problems: p, file: file}
	before := len(p.list)
	d.value(doc.Content[0], reflect.ValueOf(into).Elem(), document)
	// Without a whole section, everything that refers to it would be reported, too.
	for _, section := range append(doc.Content[:1:1], doc.Content[0].Content...) {
		for _, e := range p.list[before:] {
			p.fatal = p.fatal || e.Pos == d.pos(section)
		}
	}
}

// syntaxPos returns where the library gave up reading.
func syntaxPos(file string, err error) Pos {
	pos := Pos{file, 1, 1}
	var le *yaml.LoadError
	if errors.As(err, &le) {
		pos.Line, pos.Column = max(le.Mark.Line, 1), max(le.Mark.Column, 1)
	}
	return pos
}

func syntaxMessage(err error) string {
	var le *yaml.LoadError
	if errors.As(err, &le) {
		return "not YAML: " + le.Message
	}
	return "not YAML: " + err.Error()
}

type decoder struct {
	*problems
	file string
}

func (d *decoder) pos(n *yaml.Node) Pos { return Pos{d.file, n.Line, n.Column} }

// value decodes node into v; what names it in messages.
func (d *decoder) value(n *yaml.Node, v reflect.Value, what string) {
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		d.fail(d.pos(n), "%s: anchors and aliases are not used here", what)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		if _, ok := v.Interface().(BitRange); ok {
			d.scalar(n, v, what)
			return
		}
		d.mapping(n, v, what)
	case reflect.Slice:
		if n.Kind != yaml.SequenceNode {
			d.add(d.pos(n), "%s: want a list, got %s", what, describe(n))
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content)))
		for i, c := range n.Content {
			d.value(c, v.Index(i), fmt.Sprintf("%s[%d]", what, i))
		}
	default:
		d.scalar(n, v, what)
	}
}

// mapping decodes a mapping into a struct: every key known, none twice, none without omitempty missing.
func (d *decoder) mapping(n *yaml.Node, v reflect.Value, what string) {
	if n.Kind != yaml.MappingNode {
		d.fail(d.pos(n), "%s: want a mapping, got %s", what, describe(n))
		return
	}
	w := v.Addr().Interface().(interface{ where() *Where }).where()
	w.self, w.keys = d.pos(n), map[string]Pos{}
	fields := jsonFields(v.Type())
	for i := 0; i < len(n.Content); i += 2 {
		key, val := n.Content[i], n.Content[i+1]
		f, known := fields[key.Value]
		switch {
		case !known:
			d.add(d.pos(key), "%s: unknown key %q (known: %s)", what, key.Value, strings.Join(fieldNames(v.Type()), ", "))
			continue
		case w.keys[key.Value] != Pos{}:
			d.add(d.pos(key), "%s: key %q appears twice", what, key.Value)
			continue
		}
		w.keys[key.Value] = d.pos(val)
		if val.Kind == yaml.SequenceNode {
			for j, c := range val.Content {
				w.keys[fmt.Sprintf("%s[%d]", key.Value, j)] = d.pos(c)
			}
		}
		before := len(d.list)
		d.value(val, v.Field(f.index), key.Value)
		// Everything that refers to a thing without a proper name would be reported, too.
		d.fatal = d.fatal || key.Value == "name" && len(d.list) > before
	}
	for _, name := range fieldNames(v.Type()) {
		if !fields[name].optional && (w.keys[name] == Pos{}) {
			d.add(w.self, "%s: key %q is missing", what, name)
			d.fatal = d.fatal || name == "name"
		}
	}
}

// scalar decodes a plain value.
func (d *decoder) scalar(n *yaml.Node, v reflect.Value, what string) {
	if n.Kind != yaml.ScalarNode {
		d.add(d.pos(n), "%s: want %s, got %s", what, wanted(v), describe(n))
		return
	}
	ok := false
	switch v.Kind() {
	case reflect.Bool:
		ok = n.Tag == "!!bool" && (n.Value == "true" || n.Value == "false")
		v.SetBool(ok && n.Value == "true")
	case reflect.Int:
		u, err := strconv.ParseUint(n.Value, 0, 31)
		ok = n.Tag == "!!int" && err == nil
		v.SetInt(int64(u))
	case reflect.Uint64:
		u, err := strconv.ParseUint(n.Value, 0, 64)
		ok = n.Tag == "!!int" && err == nil
		v.SetUint(u)
	case reflect.String:
		ok = d.text(n, v, what)
		if ok || n.Tag == "!!str" {
			return
		}
	default: // BitRange, the only other kind of scalar
		if n.Tag == "!!str" {
			b, err := parseBitRange(n.Value)
			if err != nil {
				d.add(d.pos(n), "%s: %v", what, err)
				return
			}
			v.Set(reflect.ValueOf(b))
			ok = true
		}
	}
	if !ok {
		d.add(d.pos(n), "%s: want %s, got %s", what, wanted(v), describe(n))
	}
}

// text decodes a string, a name or a word of a vocabulary. It reports words it does not know itself.
func (d *decoder) text(n *yaml.Node, v reflect.Value, what string) bool {
	if n.Tag != "!!str" {
		return false
	}
	switch t := v.Interface().(type) {
	case vocabulary:
		if !slices.Contains(t.words(), n.Value) {
			d.add(d.pos(n), "%s: %q is not one of %s", what, n.Value, strings.Join(t.words(), ", "))
			return false
		}
	case Name:
		if !nameRE.MatchString(n.Value) {
			d.add(d.pos(n), "%s: %q is not a name (letters, digits and underscores, a letter first)", what, n.Value)
			return false
		}
	}
	if n.Value == "" {
		d.add(d.pos(n), "%s: is empty", what)
	}
	v.SetString(n.Value)
	return true
}

func wanted(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Uint64:
		return "a whole number from 0"
	default:
		return "text"
	}
}

func describe(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	default:
		return strconv.Quote(n.Value)
	}
}

type jsonField struct {
	index    int
	optional bool
}

// jsonFields maps the keys of a struct type to its fields.
func jsonFields(t reflect.Type) map[string]jsonField {
	m := map[string]jsonField{}
	for i := range t.NumField() {
		name, rest, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if name != "-" {
			m[name] = jsonField{i, rest == "omitempty"}
		}
	}
	return m
}

// fieldNames returns the keys of a struct type in order of declaration.
func fieldNames(t reflect.Type) []string {
	var names []string
	for i := range t.NumField() {
		if name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ","); name != "-" {
			names = append(names, name)
		}
	}
	return names
}
