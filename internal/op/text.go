package op

import (
	"fmt"
	"slices"
	"strings"
)

// Default is an operation of the given verb with every value at its default. It panics if there is no such verb.
func Default(v Verb) Op {
	d := find(v)
	if d == nil {
		panic("BUG: no operation " + string(v))
	}
	o := Op{Verb: v}
	for _, list := range [][]param{d.places, d.keys} {
		for _, p := range list {
			if !p.required && !p.set(&o, p.def) {
				panic("BUG: bad default of " + p.name)
			}
		}
	}
	return o
}

// String is the canonical text of the operation.
func (o *Op) String() string {
	d := find(o.Verb)
	if d == nil {
		return "unknown operation " + string(o.Verb)
	}
	var b strings.Builder
	b.WriteString(string(o.Verb))
	for _, p := range d.places {
		b.WriteString(" " + p.get(o))
	}
	for _, p := range d.keys {
		if v := p.get(o); p.required || v != p.def {
			b.WriteString(" " + p.name + "=" + v)
		}
	}
	return b.String()
}

// token is a word of a line and its column, from 1.
type token struct {
	text string
	col  int
}

func split(line string) []token {
	var out []token
	begin := -1
	for i := 0; i <= len(line); i++ {
		space := i == len(line) || line[i] == ' ' || line[i] == '\t'
		switch {
		case space && begin >= 0:
			out = append(out, token{line[begin:i], begin + 1})
			begin = -1
		case !space && begin < 0:
			begin = i
		}
	}
	return out
}

// Parse reads the operation on one line, which is not empty and no comment. file and number say where it is from, for
// errors, which are of type *Error.
func Parse(file string, number int, line string) (Op, error) {
	tokens := split(line)
	fail := func(col int, format string, args ...any) (Op, error) {
		return Op{}, &Error{file, number, col, fmt.Sprintf(format, args...)}
	}
	if len(tokens) == 0 {
		return fail(1, "an empty line is no operation")
	}
	verb, rest := tokens[0], tokens[1:]
	if verb.text == "expect" && len(rest) != 0 {
		verb.text, rest = "expect "+rest[0].text, rest[1:]
	}
	d := find(Verb(verb.text))
	if d == nil {
		return fail(verb.col, "unknown operation %q; there are: %s", verb.text, strings.Join(verbNames(), ", "))
	}
	o := Default(d.verb)
	o.Line, o.Col = number, verb.col
	for _, p := range d.places {
		if len(rest) == 0 || strings.Contains(rest[0].text, "=") {
			return fail(len(strings.TrimRight(line, " \t"))+1, "%s: %s is missing: %s", d.verb, p.name, p.want)
		}
		if !p.set(&o, rest[0].text) {
			return fail(rest[0].col, "%s: %s %q is not %s", d.verb, p.name, rest[0].text, p.want)
		}
		rest = rest[1:]
	}
	return parseKeys(o, d, rest, fail)
}

func parseKeys(o Op, d *verb, rest []token, fail func(int, string, ...any) (Op, error)) (Op, error) {
	seen := map[string]bool{}
	for _, t := range rest {
		key, value, ok := strings.Cut(t.text, "=")
		if !ok {
			return fail(t.col, "%s: %q is not key=value", d.verb, t.text)
		}
		i := slices.IndexFunc(d.keys, func(p param) bool { return p.name == key })
		if i < 0 {
			return fail(t.col, "%s: unknown key %q; there are: %s", d.verb, key, keyNames(d))
		}
		if seen[key] {
			return fail(t.col, "%s: %s is given twice", d.verb, key)
		}
		seen[key] = true
		if p := d.keys[i]; !p.set(&o, value) {
			return fail(t.col+len(key)+1, "%s: %s %q is not %s", d.verb, key, value, p.want)
		}
	}
	for _, p := range d.keys {
		if p.required && !seen[p.name] {
			return fail(o.Col, "%s: %s is missing: %s", d.verb, p.name, p.want)
		}
	}
	return o, nil
}

func verbNames() []string {
	var out []string
	for i := range verbs {
		out = append(out, string(verbs[i].verb))
	}
	slices.Sort(out)
	return out
}

func keyNames(d *verb) string {
	if len(d.keys) == 0 {
		return "none"
	}
	var out []string
	for _, p := range d.keys {
		out = append(out, p.name)
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

// Help describes every operation, for people.
func Help() string {
	var b strings.Builder
	for i := range verbs {
		d := &verbs[i]
		fmt.Fprintf(&b, "%s: %s\n", d.verb, d.doc)
		for _, p := range d.places {
			fmt.Fprintf(&b, "    %-10s %s; %s\n", strings.ToUpper(p.name), p.doc, p.want)
		}
		for _, p := range d.keys {
			if len(p.want) > 120 {
				p.want = "a name of the specification"
			}
			fmt.Fprintf(&b, "    %-10s %s; %s", p.name+"=", p.doc, p.want)
			if !p.required {
				fmt.Fprintf(&b, "; default %s", p.def)
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}
