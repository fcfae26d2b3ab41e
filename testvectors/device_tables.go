package testvectors

import (
	"fmt"
	"slices"

	"github.com/godwit-rdma/godwit/model/abi"
)

// field is one field of an image, as text.
type field struct{ name, text string }

func fieldsCQ(h Hex) []field {
	var c abi.CQC
	c.Decode(h.whole()[:])
	return []field{
		{"base", fmt.Sprintf("%#x", c.Base)}, {"log", fmt.Sprint(c.Log)}, {"armed", fmt.Sprint(c.Armed)}, {"overrun", fmt.Sprint(c.Overrun)},
		{"solicited", fmt.Sprint(c.Solicited)}, {"pi", fmt.Sprint(c.PI)}, {"ci", fmt.Sprint(c.CI)}, {"solicited_pi", fmt.Sprint(c.SolicitedPI)},
	}
}

func fieldsSRQ(h Hex) []field {
	var c abi.SRQC
	c.Decode(h.whole()[:])
	return []field{
		{"base", fmt.Sprintf("%#x", c.Base)}, {"log", fmt.Sprint(c.Log)}, {"pd", fmt.Sprint(c.PD)}, {"limit", fmt.Sprint(c.Limit)},
		{"head", fmt.Sprint(c.Head)}, {"pi", fmt.Sprint(c.PI)}, {"ci", fmt.Sprint(c.CI)},
	}
}

func fieldsMR(h Hex) []field {
	var m abi.MR
	m.Decode(h.whole()[:])
	return []field{
		{"key", fmt.Sprintf("%#x", m.Key)}, {"pd", fmt.Sprint(m.PD)}, {"access", m.Access.String()}, {"invalid", fmt.Sprint(m.Invalid)},
		{"va", fmt.Sprintf("%#x", m.VA)}, {"length", fmt.Sprintf("%#x", m.Length)}, {"pa", fmt.Sprintf("%#x", m.PA)},
	}
}

// different are the fields in which two images differ, by a function that takes one apart.
func different(a, b Hex, fields func(Hex) []field) (out []Difference) {
	x, y := fields(a), fields(b)
	for i := range x {
		if x[i] != y[i] {
			out = append(out, Difference{Field: x[i].name, Want: x[i].text, Got: y[i].text})
		}
	}
	return out
}

// differentQP are the fields in which two contexts differ; a ring's slots are told apart.
func differentQP(a, b Hex) (out []Difference) {
	for _, f := range abi.DiffQPCFull(a.whole(), b.whole()) {
		size := rings[f.Name]
		if size == 0 {
			out = append(out, Difference{Field: f.Name, Want: f.A, Got: f.B})
			continue
		}
		for at := 0; at < len(f.A); at += 2 * size {
			if x, y := f.A[at:at+2*size], f.B[at:at+2*size]; x != y {
				out = append(out, Difference{Field: fmt.Sprintf("%s[%d]", f.Name, at/2/size), Want: x, Got: y})
			}
		}
	}
	return out
}

// maxEntries is more than any table has.
const maxEntries = 16

// tableKinds are the tables of a NIC, and what takes their entries apart.
var tableKinds = []struct {
	name      string
	of        func(*Tables) *[]Entry
	different func(a, b Hex) []Difference
}{
	{"qp", func(t *Tables) *[]Entry { return &t.QPs }, differentQP},
	{"cq", func(t *Tables) *[]Entry { return &t.CQs }, func(a, b Hex) []Difference { return different(a, b, fieldsCQ) }},
	{"srq", func(t *Tables) *[]Entry { return &t.SRQs }, func(a, b Hex) []Difference { return different(a, b, fieldsSRQ) }},
	{"mr", func(t *Tables) *[]Entry { return &t.Regions }, func(a, b Hex) []Difference { return different(a, b, fieldsMR) }},
}

// find is the entry with a number; nil if there is none.
func find(list []Entry, number int) *Entry {
	i := slices.IndexFunc(list, func(e Entry) bool { return e.Number == number })
	if i < 0 {
		return nil
	}
	return &list[i]
}

// changed says which entries of after are others than in t; one that is in t only has no image then.
func (t *Tables) changed(after *Tables) Tables {
	var out Tables
	for _, k := range tableKinds {
		was, is, list := *k.of(t), *k.of(after), []Entry{}
		for _, e := range is {
			if b := find(was, e.Number); b == nil || *b != e {
				list = append(list, e)
			}
		}
		for _, e := range was {
			if find(is, e.Number) == nil {
				list = append(list, Entry{Number: e.Number})
			}
		}
		slices.SortFunc(list, func(a, b Entry) int { return a.Number - b.Number })
		*k.of(&out) = list
	}
	return out
}

// overlaid is t with what changed.
func (t *Tables) overlaid(changed *Tables) Tables {
	var out Tables
	for _, k := range tableKinds {
		list := []Entry{}
		for _, e := range *k.of(t) {
			if find(*k.of(changed), e.Number) == nil {
				list = append(list, e)
			}
		}
		for _, e := range *k.of(changed) {
			if e.Image != "" {
				list = append(list, e)
			}
		}
		slices.SortFunc(list, func(a, b Entry) int { return a.Number - b.Number })
		*k.of(&out) = list
	}
	return out
}

// differences are the entries, and their fields, in which other differs from t.
func (t *Tables) differences(other *Tables) (out []Difference) {
	for _, k := range tableKinds {
		a, b := *k.of(t), *k.of(other)
		if slices.Equal(a, b) {
			continue
		}
		for n := range maxEntries {
			x, y := find(a, n), find(b, n)
			if x == y || x != nil && y != nil && *x == *y {
				continue
			}
			name := fmt.Sprintf("%s %d", k.name, n)
			switch {
			case x == nil:
				out = append(out, Difference{Field: name, Want: "none", Got: "there"})
			case y == nil:
				out = append(out, Difference{Field: name, Want: "there", Got: "none"})
			default:
				for _, d := range k.different(x.Image, y.Image) {
					d.Field = name + " " + d.Field
					out = append(out, d)
				}
			}
		}
	}
	return out
}

// text says what is different in other, for people.
func (t *Tables) text(other *Tables) []string {
	out := []string{}
	for _, d := range t.differences(other) {
		out = append(out, fmt.Sprintf("%s: %s -> %s", d.Field, d.Want, d.Got))
	}
	return out
}
