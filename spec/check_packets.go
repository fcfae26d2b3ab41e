package spec

import "slices"

// maxExtLen is the largest header length that the table of opcodes can carry: 6 bits in the RTL.
const maxExtLen = 63

// requiredHeaders are those that hand-written code names.
var requiredHeaders = []Name{"BTH", "RETH", "AETH", "METH"}

func (c *checker) checkPackets() {
	names := newUniques[Name](c, "header")
	for i := range c.Packets.Headers {
		h := &c.Packets.Headers[i]
		names.add(h.Name, h.Of("name"), string(h.Name))
		c.checkHeader(h)
	}
	for _, n := range requiredHeaders {
		if c.Header(n) == nil {
			c.add(c.Packets.Of("headers"), "header %s is missing", n)
		}
	}
	c.checkOpcodes()
	c.checkLegality()
}

// checkHeader checks that the fields cover the header without gap or overlap, in order.
func (c *checker) checkHeader(h *Header) {
	if h.Bytes == 0 {
		c.add(h.Of("bytes"), "header %s is empty", h.Name)
	}
	names := newUniques[Name](c, "header "+string(h.Name)+": field")
	next := 0
	for i := range h.Fields {
		f := &h.Fields[i]
		names.add(f.Name, f.Of("name"), string(f.Name))
		c.fieldName(f.Name, f.Of("name"))
		switch {
		case f.Bits == 0:
			c.add(f.Of("bits"), "field %s: has no bits", f.Name)
		case f.At < next:
			c.add(f.Of("at"), "field %s: bits %d..%d overlap the fields before it, which end at bit %d", f.Name, f.At, f.At+f.Bits-1, next-1)
		case f.At > next:
			c.add(f.Of("at"), "field %s: bits %d..%d before it belong to no field", f.Name, next, f.At-1)
		}
		if f.At+f.Bits > h.Bytes*8 {
			c.add(f.Of("at"), "field %s: bits %d..%d are outside of header %s (%d bytes)", f.Name, f.At, f.At+f.Bits-1, h.Name, h.Bytes)
		}
		next = max(next, f.At+f.Bits)
		if f.Enum != "" && c.enums[f.Enum] == nil {
			c.add(f.Of("enum"), "field %s: enum %s is not defined", f.Name, f.Enum)
		}
	}
	if next < h.Bytes*8 {
		c.add(h.Of("fields"), "header %s: bits %d..%d at its end belong to no field", h.Name, next, h.Bytes*8-1)
	}
}

func (c *checker) checkOpcodes() {
	names := newUniques[Name](c, "opcode")
	codes := newUniques[int](c, "opcode code")
	for i := range c.Packets.Opcodes {
		o := &c.Packets.Opcodes[i]
		names.add(o.Name, o.Of("name"), string(o.Name))
		codes.add(o.Code, o.Of("code"), decimal(o.Code))
		if o.Code > 255 {
			c.add(o.Of("code"), "opcode %s: code %d is larger than 255", o.Name, o.Code)
		}
		last := -1
		for j, n := range o.Headers {
			pos := o.Of("headers[" + decimal(j) + "]")
			at := slices.IndexFunc(c.Packets.Headers, func(h Header) bool { return h.Name == n })
			switch {
			case at < 0:
				c.add(pos, "opcode %s: header %s is not defined", o.Name, n)
			case n == "BTH":
				c.add(pos, "opcode %s: every packet has a BTH; it is not listed", o.Name)
			case at <= last:
				c.add(pos, "opcode %s: header %s is out of order; headers follow each other as in the list of headers", o.Name, n)
			}
			last = max(last, at)
		}
		if o.Feature != "" && !slices.Contains(c.FeatureNames(), o.Feature) {
			c.add(o.Of("feature"), "opcode %s: register FEATURES has no field %s", o.Name, o.Feature)
		}
		if o.Feature != "" && o.Executes {
			c.add(o.Of("feature"), "opcode %s: needs a feature, and every device executes it", o.Name)
		}
		if n := c.ExtLen(o); n > maxExtLen {
			c.add(o.Of("headers"), "opcode %s: %d header bytes are more than %d", o.Name, n, maxExtLen)
		}
	}
}

func (c *checker) checkLegality() {
	rows := newUniques[Name](c, "legality row")
	for i := range c.Packets.Legality {
		l := &c.Packets.Legality[i]
		c.state(l.State, l.Of("state"), "legality")
		rows.add(l.State, l.Of("state"), string(l.State))
	}
	for _, s := range c.States.States {
		if rows.seen[s.Name] == (Pos{}) {
			c.add(c.Packets.Of("legality"), "legality: state %s has no row", s.Name)
		}
	}
}
