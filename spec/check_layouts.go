package spec

import (
	"math/bits"
	"slices"
	"strconv"
)

func decimal(v int) string { return strconv.Itoa(v) }

func (c *checker) checkLayouts() {
	names := newUniques[Name](c, "layout")
	names.seen[Name(c.Context.Layout)] = c.Context.Of("layout")
	for i := range c.Layouts.Layouts {
		l := &c.Layouts.Layouts[i]
		names.add(l.Name, l.Of("name"), string(l.Name))
		c.fieldName(l.Name, l.Of("name"))
		c.checkFields(l.Fields, l.Where, l.Name, l.Bytes)
		for j := range l.Fields {
			f := &l.Fields[j]
			for _, key := range []string{"bank", "attr", "min", "max", "reset"} {
				if _, said := f.keys[key]; said {
					c.add(f.Of(key), "field %s: %s belongs to fields of the context only", f.Name, key)
				}
			}
		}
	}
}

// checkFields checks the places, widths and types of the fields of one image.
func (c *checker) checkFields(fields []Field, w Where, layout Name, size int) {
	if size == 0 || len(fields) == 0 {
		c.add(w.Pos(), "layout %s is empty", layout)
	}
	names := newUniques[Name](c, "layout "+string(layout)+": field")
	for i := range fields {
		f := &fields[i]
		names.add(f.Name, f.Of("name"), string(f.Name))
		c.fieldName(f.Name, f.Of("name"))
		c.checkWidth(f)
		end := f.At + (f.Bits+7)/8
		if end > size {
			c.add(f.Of("at"), "field %s: bytes 0x%02x..0x%02x are outside of layout %s (%d bytes)", f.Name, f.At, end-1, layout, size)
		}
		for j := range fields[:i] {
			g := &fields[j]
			if gEnd := g.At + (g.Bits+7)/8; f.At < gEnd && g.At < end {
				c.add(f.Of("at"), "field %s: bytes 0x%02x..0x%02x overlap field %s (0x%02x..0x%02x)", f.Name, f.At, end-1, g.Name, g.At, gEnd-1)
			}
		}
	}
}

// checkWidth checks that the width of a field suits what it holds.
func (c *checker) checkWidth(f *Field) {
	at := f.Of("bits")
	if f.Bits == 0 {
		c.add(at, "field %s: has no bits", f.Name)
		return
	}
	if f.Bits > 64 && f.Bits%8 != 0 {
		c.add(at, "field %s: %d bits; beyond 64 only whole bytes are possible", f.Name, f.Bits)
	}
	if want := map[FieldType]int{"bool": 1, "psn": 24, "epoch": 16}[f.Type]; f.Type != "" && f.Bits != want {
		c.add(at, "field %s: type %s has %d bits, not %d", f.Name, f.Type, want, f.Bits)
	}
	if f.Type != "" && f.Enum != "" {
		c.add(f.Of("enum"), "field %s: has a type and an enum", f.Name)
	}
	if f.OrEnum != "" && f.Enum == "" {
		c.add(f.Of("or_enum"), "field %s: has or_enum without enum", f.Name)
	}
	for _, ref := range []struct {
		key  string
		enum Name
	}{{"enum", f.Enum}, {"or_enum", f.OrEnum}} {
		if ref.enum == "" {
			continue
		}
		e := c.enums[ref.enum]
		if e == nil {
			c.add(f.Of(ref.key), "field %s: enum %s is not defined", f.Name, ref.enum)
			continue
		}
		for _, v := range e.Values {
			if bits.Len(uint(v.Code)) > f.Bits {
				c.add(at, "field %s: %d bits cannot hold %s of enum %s (code %d)", f.Name, f.Bits, v.Name, e.Name, v.Code)
			}
		}
		if f.Bits > 8 {
			c.add(at, "field %s: %d bits; codes of an enum have at most 8", f.Name, f.Bits)
		}
	}
}

func (c *checker) checkContext() {
	x := &c.Context
	// Generated code is named after the context, and hand-written code uses those names.
	if x.Layout != "qpc" {
		c.add(x.Of("layout"), "layout %s: the context is called qpc", x.Layout)
	}
	c.checkFields(x.Fields, x.Where, Name(x.Layout), max(x.Bytes, x.Extended))
	if x.Extended != 0 && x.Extended < x.Bytes {
		c.add(x.Of("extended"), "layout %s: %d bytes with the extended banks, %d without", x.Layout, x.Extended, x.Bytes)
	}
	banks := newUniques[Name](c, "bank")
	for i := range x.Banks {
		b := &x.Banks[i]
		banks.add(b.Name, b.Of("name"), string(b.Name))
		if !slices.ContainsFunc(x.Fields, func(f Field) bool { return f.Bank == b.Name }) {
			c.add(b.Of("name"), "bank %s has no fields", b.Name)
		}
	}
	for i := range x.Fields {
		f := &x.Fields[i]
		switch {
		case f.Bank == "":
			c.add(f.Pos(), "field %s: a field of the context needs a bank", f.Name)
		case banks.seen[f.Bank] == Pos{}:
			c.add(f.Of("bank"), "field %s: bank %s is not defined", f.Name, f.Bank)
		}
		if i > 0 && f.At < x.Bytes && x.Fields[i-1].At >= x.Bytes {
			c.add(f.Of("at"), "field %s: extended fields come behind all others", f.Name)
		}
		if extended := c.extendedBank(f.Bank); banks.seen[f.Bank] != (Pos{}) && f.At+(f.Bits+7)/8 > x.Bytes != extended {
			c.add(f.Of("at"), "field %s: fields of extended banks, and only these, lie at 0x%x and beyond", f.Name, x.Bytes)
		}
		if f.Attr != "" && c.Attr(f.Attr) == nil {
			c.add(f.Of("attr"), "field %s: attribute %s is not defined", f.Name, f.Attr)
		}
		c.checkRange(f)
	}
	c.checkAttrs()
	c.checkModify()
}

func (c *checker) extendedBank(name Name) bool {
	return slices.ContainsFunc(c.Context.Banks, func(b Bank) bool { return b.Name == name && b.Extended })
}

// checkRange checks that the numbers said about a field fit it.
func (c *checker) checkRange(f *Field) {
	for _, n := range []struct {
		key string
		v   uint64
	}{{"min", f.Min}, {"max", f.Max}, {"reset", f.Reset}} {
		if bits.Len64(n.v) > f.Bits {
			c.add(f.Of(n.key), "field %s: %s %d does not fit %d bits", f.Name, n.key, n.v, f.Bits)
		}
	}
	if f.Max != 0 && f.Max < f.Min {
		c.add(f.Of("max"), "field %s: max %d is less than min %d", f.Name, f.Max, f.Min)
	}
	if f.Attr == "" && (f.Min != 0 || f.Max != 0) {
		c.add(f.Pos(), "field %s: min and max bound what the driver writes, and no attribute lets it", f.Name)
	}
}

func (c *checker) checkAttrs() {
	names := newUniques[Name](c, "attribute")
	numbers := newUniques[int](c, "attribute bit")
	for i := range c.Context.Attrs {
		a := &c.Context.Attrs[i]
		names.add(a.Name, a.Of("name"), string(a.Name))
		numbers.add(a.Bit, a.Of("bit"), decimal(a.Bit))
		if a.Bit > 31 {
			c.add(a.Of("bit"), "attribute %s: bit %d is outside of 0..31", a.Name, a.Bit)
		}
		// The state is not copied but entered.
		if a.Name != "state" && !slices.ContainsFunc(c.Context.Fields, func(f Field) bool { return f.Attr == a.Name }) {
			c.add(a.Of("name"), "attribute %s writes no field", a.Name)
		}
	}
	for _, n := range []Name{"state", "create"} {
		if names.seen[n] == (Pos{}) {
			c.add(c.Context.Of("attrs"), "attribute %s is missing", n)
		}
	}
}

func (c *checker) checkModify() {
	rows := newUniques[[3]Name](c, "modify row")
	for i := range c.Context.Modify {
		m := &c.Context.Modify[i]
		c.state(m.From, m.Of("from"), "modify")
		c.state(m.To, m.Of("to"), "modify")
		edge := string(m.From) + " -> " + string(m.To)
		if len(m.Types) == 0 {
			rows.add([3]Name{m.From, m.To, "RC"}, m.Pos(), edge)
		}
		for j, n := range m.Types {
			pos := m.Of("types[" + decimal(j) + "]")
			if e := c.enums[QPTypeEnum]; e == nil || e.Value(n) == nil {
				c.add(pos, "modify: queue pair type %s is not in enum QPType", n)
			}
			rows.add([3]Name{m.From, m.To, n}, pos, edge+" of "+string(n))
		}
		if !c.hasTransition(m.From, m.To, "modify") {
			c.add(m.Pos(), "modify row %s -> %s has no transition via modify in states.yaml", m.From, m.To)
		}
		for j, n := range m.Required {
			c.modifyAttr(n, m.Of("required["+decimal(j)+"]"))
		}
		for j, n := range m.Optional {
			pos := m.Of("optional[" + decimal(j) + "]")
			c.modifyAttr(n, pos)
			if slices.Contains(m.Required, n) {
				c.add(pos, "modify: attribute %s is required and optional", n)
			}
		}
	}
}

func (c *checker) modifyAttr(n Name, pos Pos) {
	switch {
	case c.Attr(n) == nil:
		c.add(pos, "modify: attribute %s is not defined", n)
	case n == "create":
		c.add(pos, "modify: attribute create is set by CREATE_QP only")
	}
}
