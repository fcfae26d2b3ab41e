package spec

// StateEnum is the name under which the states of states.yaml act as an enum.
const StateEnum Name = "State"

// AllEnums returns the enums with the states in front, as enum State.
func (s *Spec) AllEnums() []Enum {
	states := Enum{Where: s.States.Where, Name: StateEnum, Values: s.States.States,
		Doc: "Queue pair state. IBTA 10.3.1; STOPPED and PAUSED: protocol section 2."}
	return append([]Enum{states}, s.Enums.Enums...)
}

// Enum returns the named enum, or nil.
func (s *Spec) Enum(name Name) *Enum {
	for _, e := range s.AllEnums() {
		if e.Name == name {
			return &e
		}
	}
	return nil
}

// Value returns the named value of an enum, or nil.
func (e *Enum) Value(name Name) *Value {
	for i := range e.Values {
		if e.Values[i].Name == name {
			return &e.Values[i]
		}
	}
	return nil
}

// Header returns the named header, or nil.
func (s *Spec) Header(name Name) *Header {
	for i := range s.Packets.Headers {
		if s.Packets.Headers[i].Name == name {
			return &s.Packets.Headers[i]
		}
	}
	return nil
}

// ContextLayout returns the context as a layout, so that generators treat all images alike.
func (s *Spec) ContextLayout() Layout {
	return Layout{Where: s.Context.Where, Name: Name(s.Context.Layout), Bytes: s.Context.Bytes, Doc: s.Context.Doc,
		Fields: s.Context.Fields}
}

// AllLayouts returns the context and the layouts.
func (s *Spec) AllLayouts() []Layout {
	return append([]Layout{s.ContextLayout()}, s.Layouts.Layouts...)
}

// Attr returns the named modify attribute, or nil.
func (s *Spec) Attr(name Name) *Attr {
	for i := range s.Context.Attrs {
		if s.Context.Attrs[i].Name == name {
			return &s.Context.Attrs[i]
		}
	}
	return nil
}

// AttrMask returns the bit set of the named attributes.
func (s *Spec) AttrMask(names []Name) uint32 {
	var m uint32
	for _, n := range names {
		if a := s.Attr(n); a != nil {
			m |= 1 << a.Bit
		}
	}
	return m
}

// EnumBits returns the width of an enum's codes: that of the fields that hold it when all have the same width,
// else 8.
func (s *Spec) EnumBits(name Name) int {
	bits := 0
	for _, l := range s.AllLayouts() {
		for _, f := range l.Fields {
			if f.Enum != name {
				continue
			}
			if bits != 0 && bits != f.Bits {
				return 8
			}
			bits = f.Bits
		}
	}
	if bits == 0 {
		return 8
	}
	return bits
}

// ExtLen returns the bytes of the headers that follow the BTH of an opcode.
func (s *Spec) ExtLen(o *Opcode) int {
	n := 0
	for _, h := range o.Headers {
		if hdr := s.Header(h); hdr != nil {
			n += hdr.Bytes
		}
	}
	return n
}
