package spec

import (
	"math"
	"slices"
)

// addressSpace is the size of the register space in bytes: 16-bit addresses.
const addressSpace = 1 << 16

func (c *checker) checkRegisters() {
	names := newUniques[Name](c, "register")
	owner := map[int]*Register{}
	for i := range c.Registers.Registers {
		r := &c.Registers.Registers[i]
		names.add(r.Name, r.Of("name"), string(r.Name))
		if r.Reset > math.MaxUint32 {
			c.add(r.Of("reset"), "register %s: reset 0x%x is wider than 32 bits", r.Name, r.Reset)
		}
		_, resets := r.keys["reset"]
		switch {
		case (r.Access == "ro") != (r.Reads != ""):
			c.add(r.Of("access"), "register %s: ro registers, and no others, say what they read", r.Name)
		case resets && r.Reads != "" && r.Reads != "constant":
			c.add(r.Of("reset"), "register %s: only rw and constant registers have a reset", r.Name)
		}
		c.checkRegFields(r)
		if !c.checkPlace(r) {
			continue
		}
		// Arrays may interleave, so elements are compared, not ranges.
		var other *Register
		for i := range max(r.Count, 1) {
			at := r.At + i*r.Stride
			if o := owner[at]; o != nil && other == nil {
				other = o
				c.add(r.Of("at"), "register %s: address 0x%04x belongs to register %s", r.Name, at, o.Name)
			}
			owner[at] = r
		}
	}
}

// checkPlace checks the addresses of a register and reports whether they make sense.
func (c *checker) checkPlace(r *Register) bool {
	ok := true
	bad := func(key, format string, args ...any) {
		c.add(r.Of(key), "register "+string(r.Name)+": "+format, args...)
		ok = false
	}
	if r.At%4 != 0 {
		bad("at", "address 0x%04x is not a multiple of 4", r.At)
	}
	_, counted := r.keys["count"]
	_, strided := r.keys["stride"]
	switch {
	case counted != strided:
		bad("name", "an array has count and stride")
	case counted && r.Count == 0:
		bad("count", "an array has at least one element")
	case counted && (r.Stride == 0 || r.Stride%4 != 0):
		bad("stride", "stride %d is not a multiple of 4", r.Stride)
	case r.At+max(r.Count-1, 0)*r.Stride >= addressSpace:
		bad("at", "its end is outside of the 16-bit address space")
	}
	return ok
}

func (c *checker) checkRegFields(r *Register) {
	names := newUniques[Name](c, "register "+string(r.Name)+": field")
	for i := range r.Fields {
		f := &r.Fields[i]
		names.add(f.Name, f.Of("name"), string(f.Name))
		c.fieldName(f.Name, f.Of("name"))
		if f.Bits.Hi > 31 {
			c.add(f.Of("bits"), "field %s: bits %s are outside of a 32-bit register", f.Name, f.Bits)
		}
		for _, g := range r.Fields[:i] {
			if f.Bits.Lo <= g.Bits.Hi && g.Bits.Lo <= f.Bits.Hi {
				c.add(f.Of("bits"), "field %s: bits %s overlap field %s (%s)", f.Name, f.Bits, g.Name, g.Bits)
			}
		}
	}
}

func (c *checker) checkCounters() {
	size := 0
	array := slices.IndexFunc(c.Registers.Registers, func(r Register) bool { return r.Name == "COUNTER" && r.Count > 0 })
	if array < 0 {
		c.add(c.Registers.Of("registers"), "register array COUNTER is missing")
	} else {
		size = c.Registers.Registers[array].Count
	}
	names := newUniques[Name](c, "counter")
	indices := newUniques[int](c, "counter index")
	verdicts := newUniques[Name](c, "counter of verdict")
	for i := range c.Registers.Counters {
		k := &c.Registers.Counters[i]
		names.add(k.Name, k.Of("name"), string(k.Name))
		indices.add(k.Index, k.Of("index"), decimal(k.Index))
		if array >= 0 && k.Index >= size {
			c.add(k.Of("index"), "counter %s: index %d is outside of register COUNTER (%d elements)", k.Name, k.Index, size)
		}
		if k.Verdict == "" {
			continue
		}
		verdicts.add(k.Verdict, k.Of("verdict"), string(k.Verdict))
		if e := c.enums["Verdict"]; e != nil && e.Value(k.Verdict) == nil {
			c.add(k.Of("verdict"), "counter %s: verdict %s is not defined in enum Verdict", k.Name, k.Verdict)
		}
	}
	if e := c.enums["Verdict"]; e != nil {
		for i := range e.Values {
			// OK is what counter STEPS is there for.
			if v := &e.Values[i]; v.Name != "OK" && verdicts.seen[v.Name] == (Pos{}) {
				c.add(v.Of("name"), "verdict %s has no counter in registers.yaml", v.Name)
			}
		}
	}
}
