package spec

import "slices"

// StateEnum is the name under which the states of states.yaml act as an enum.
const StateEnum Name = "State"

// QPTypeEnum is the enum of the queue pair types, which the rows of modify name.
const QPTypeEnum Name = "QPType"

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

// ContextLayout returns the part of the context that every device has as a layout, so that generators treat all
// images alike.
func (s *Spec) ContextLayout() Layout {
	l := s.FullContextLayout()
	l.Bytes = s.Context.Bytes
	l.Fields = slices.DeleteFunc(slices.Clone(l.Fields), func(f Field) bool { return f.At >= s.Context.Bytes })
	return l
}

// FullContextLayout returns the whole context, extended banks included, as a layout.
func (s *Spec) FullContextLayout() Layout {
	return Layout{Where: s.Context.Where, Name: Name(s.Context.Layout), Bytes: max(s.Context.Bytes, s.Context.Extended), Doc: s.Context.Doc,
		Fields: s.Context.Fields}
}

// ExtendedAttr tells whether an attribute writes fields of extended banks only.
func (s *Spec) ExtendedAttr(name Name) bool {
	extended := false
	for _, f := range s.Context.Fields {
		if f.Attr == name {
			if f.At < s.Context.Bytes {
				return false
			}
			extended = true
		}
	}
	return extended
}

// RC tells whether the opcode is one of RC; the others are known to devices with features only.
func (o *Opcode) RC() bool { return o.Kind == "request" || o.Kind == "response" || o.Kind == "mig" }

// RCKinds are the kinds of packets of RC, in the order of their codes.
func RCKinds() []string { return Words(Kind(""))[:3] }

// FeatureNames are the fields of register FEATURES.
func (s *Spec) FeatureNames() []Name {
	var out []Name
	for _, r := range s.Registers.Registers {
		if r.Name == "FEATURES" {
			for _, f := range r.Fields {
				out = append(out, f.Name)
			}
		}
	}
	return out
}

// RegReset returns what a register reads behind a reset, if that is so in every device: a register that is only written reads
// nothing, and what a device was built with is its own.
func (s *Spec) RegReset(r *Register) (uint64, bool) {
	switch {
	case r.Access == "wo", r.Reads == "build":
		return 0, false
	case r.Name == "REVISION":
		return uint64(s.Revision32()), true
	}
	return r.Reset, true
}

// AllLayouts returns the context, without extended banks, and the layouts.
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

// Edge returns the transition that via takes, nil if there is none.
func (s *Spec) Edge(from, to Name, via Via) *Transition {
	for i := range s.States.Transitions {
		if e := &s.States.Transitions[i]; e.From == from && e.To == to && e.Via == via {
			return e
		}
	}
	return nil
}

// ModifyRows returns the rows of modify for one queue pair type.
func (s *Spec) ModifyRows(typ Name) []Modify {
	var rows []Modify
	for _, m := range s.Context.Modify {
		if slices.Contains(m.Types, typ) || len(m.Types) == 0 && typ == "RC" {
			rows = append(rows, m)
		}
	}
	return rows
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
