package specgen

import (
	"github.com/godwit-rdma/godwit/spec"
)

func goStates(t *text, s *spec.Spec) {
	goWordsType(t, "Role", "is who may take a state transition.", spec.Words(spec.Role("")))
	goWordsType(t, "Via", "is what takes a state transition: a command, a register write, a fault, a packet.", spec.Words(spec.Via("")))
	goDoc(t, "", "Transition is an edge of the state graph of states.yaml.")
	t.f("type Transition struct {\n\tFrom, To State\n\tBy Role\n\tVia Via\n}\n\n")
	t.f("// NumStates is one more than the largest state code.\nconst NumStates = %d\n\n", maxCode(s.States.States)+1)
	t.f("// Transitions are all edges; a change of state that is none of them is a fault of the model.\n")
	t.f("var Transitions = []Transition{\n")
	for _, e := range s.States.Transitions {
		t.f("\t{State%s, State%s, Role%s, Via%s},\n", goName(e.From), goName(e.To), goName(spec.Name(e.By)), goName(spec.Name(e.Via)))
	}
	t.f("}\n\n")
	t.f("// transitionVia has bit v set when Via v takes the edge [from][to].\n")
	t.f("var transitionVia = [NumStates][NumStates]uint8{\n")
	mask := map[[2]spec.Name]int{}
	for _, e := range s.States.Transitions {
		for i, w := range spec.Words(e.Via) {
			if w == string(e.Via) {
				mask[[2]spec.Name{e.From, e.To}] |= 1 << i
			}
		}
	}
	for _, from := range s.States.States {
		t.f("\tState%s: {", goName(from.Name))
		for _, to := range s.States.States {
			if m := mask[[2]spec.Name{from.Name, to.Name}]; m != 0 {
				t.f("State%s: 0x%02x, ", goName(to.Name), m)
			}
		}
		t.f("},\n")
	}
	t.f("}\n")
}

func maxCode(values []spec.Value) int {
	m := 0
	for _, v := range values {
		m = max(m, v.Code)
	}
	return m
}

func goModify(t *text, s *spec.Spec) {
	t.f("// Attribute bits of MODIFY_QP.\nconst (\n")
	var driver uint32
	for _, a := range s.Context.Attrs {
		goDoc(t, "\t", "Attr%s: %s", goName(a.Name), a.Doc)
		t.f("\tAttr%s uint32 = 1 << %d\n", goName(a.Name), a.Bit)
		if a.Bit != 31 {
			driver |= 1 << a.Bit
		}
	}
	t.f(")\n\n// AttrsDriver is every attribute MODIFY_QP knows: all but AttrCreate.\nconst AttrsDriver uint32 = 0x%08x\n\n", driver)
	t.f("var namesAttr = []string{\n")
	for _, a := range s.Context.Attrs {
		t.f("\t%d: %q,\n", a.Bit, a.Name)
	}
	t.f("}\n\n")
	t.f("type modifyRule struct {\n\tok bool\n\trequired, optional uint32\n}\n\n")
	t.f("// modifyRules is ib_modify_qp_is_ok's table, by [type][from][to].\n")
	t.f("var modifyRules = [...][NumStates][NumStates]modifyRule{\n")
	for _, typ := range s.Enum(spec.QPTypeEnum).Values {
		t.f("\tQPType%s: {\n", goName(typ.Name))
		for _, from := range s.States.States {
			rows := ""
			for _, m := range s.ModifyRows(typ.Name) {
				if m.From == from.Name {
					var r text
					r.f("\t\t\tState%s: {true, 0x%04x, 0x%04x},\n", goName(m.To), s.AttrMask(m.Required), s.AttrMask(m.Optional))
					rows += r.String()
				}
			}
			if rows != "" {
				t.f("\t\tState%s: {\n%s\t\t},\n", goName(from.Name), rows)
			}
		}
		t.f("\t},\n")
	}
	t.f("}\n\n")
	t.f("// MergeQPC copies the fields that belong to the given attribute bits from src to dst, and no others.\n")
	t.f("func MergeQPC(dst, src *QPC, attrs uint32) {\n")
	for _, a := range s.Context.Attrs {
		body := ""
		for _, f := range s.Context.Fields {
			if f.Attr == a.Name {
				body += "\t\tdst." + goName(f.Name) + " = src." + goName(f.Name) + "\n"
			}
		}
		if body != "" {
			t.f("\tif attrs&Attr%s != 0 {\n%s\t}\n", goName(a.Name), body)
		}
	}
	t.f("}\n\n")
	goDoc(t, "", "AttrsInRange returns the name of the first field of the given attributes whose value in src is outside of"+
		" the range the specification gives it, and true when there is none. Commands answer BAD_ATTR otherwise.")
	t.f("func AttrsInRange(src *QPC, attrs uint32) (field string, ok bool) {\n")
	for _, f := range s.Context.Fields {
		if f.Attr == "" || (f.Min == 0 && f.Max == 0) {
			continue
		}
		cond := ""
		if f.Min != 0 {
			cond = "src." + goName(f.Name) + " < " + itoa(f.Min)
		}
		if f.Max != 0 {
			if cond != "" {
				cond += " || "
			}
			cond += "src." + goName(f.Name) + " > " + itoa(f.Max)
		}
		t.f("\tif attrs&Attr%s != 0 && (%s) {\n\t\treturn %q, false\n\t}\n", goName(f.Attr), cond, f.Name)
	}
	t.f("\treturn \"\", true\n}\n")
}

func goPackets(t *text, s *spec.Spec) {
	goWordsType(t, "Kind", "is the kind of a packet.", spec.Words(spec.Kind("")))
	goWordsType(t, "Operation", "is what a packet is part of.", spec.Words(spec.Operation("")))
	goWordsType(t, "Position", "is the place of a packet in its message.", spec.Words(spec.Position("")))
	goWordsType(t, "Payload", "is the rule for a packet's payload: none; any: 0 to PMTU bytes; some: 1 to PMTU bytes; mtu: exactly PMTU bytes.",
		spec.Words(spec.Payload("")))
	goWordsType(t, "Legal", "is what a state does with a packet. drop_stopped, nak_stopped and tombstone: rule R2.", spec.Words(spec.Action("")))
	t.f("// Opcode is the opcode byte of the BTH. IBTA 9.2.1.\ntype Opcode uint8\n\n// Opcodes.\nconst (\n")
	for _, o := range s.Packets.Opcodes {
		t.f("\tOp%s Opcode = 0x%02x\n", goName(o.Name), o.Code)
	}
	t.f(")\n\n")
	t.f("// Opcodes describes every opcode byte; Known is false for those the specification does not list.\n")
	t.f("var Opcodes = [256]OpcodeInfo{\n")
	for _, o := range s.Packets.Opcodes {
		hdrs, feature := "", ""
		if o.Feature != "" {
			feature = ", Feature: Feature" + goName(o.Feature)
		}
		for _, h := range o.Headers {
			hdrs += "Header" + goName(h) + ", "
		}
		if hdrs != "" {
			hdrs = ", Headers: []HeaderID{" + hdrs[:len(hdrs)-2] + "}"
		}
		t.f("\tOp%s: {Name: %q, Known: true, Kind: Kind%s, Op: Operation%s, Pos: Position%s, ExtLen: %d, Executes: %v, Payload: Payload%s%s%s},\n",
			goName(o.Name), o.Name, goName(spec.Name(o.Kind)), goName(spec.Name(o.Op)), goName(spec.Name(o.Position)),
			s.ExtLen(&o), o.Executes, goName(spec.Name(o.Payload)), feature, hdrs)
	}
	t.f("}\n\n")
	t.f("// legality is the table of packets.yaml, by [state][kind]; states it does not list drop everything.\n")
	t.f("var legality = [NumStates][3]Legal{\n")
	for _, l := range s.Packets.Legality {
		t.f("\tState%s: {KindRequest: Legal%s, KindResponse: Legal%s, KindMig: Legal%s},\n", goName(l.State),
			goName(spec.Name(l.Request)), goName(spec.Name(l.Response)), goName(spec.Name(l.Mig)))
	}
	t.f("}\n")
}

func goHeaders(t *text, s *spec.Spec) {
	t.f("// HeaderID names a header.\ntype HeaderID uint8\n\n// Headers, in the order in which they follow each other.\nconst (\n")
	for i, h := range s.Packets.Headers {
		goDoc(t, "\t", "Header%s: %s", goName(h.Name), h.Doc)
		t.f("\tHeader%s HeaderID = %d\n", goName(h.Name), i)
	}
	t.f(")\n\n// Bytes of each header.\nconst (\n")
	for _, h := range s.Packets.Headers {
		t.f("\t%sSize = %d\n", goName(h.Name), h.Bytes)
	}
	t.f(")\n\n// MaxExtLen is the largest number of header bytes between BTH and payload.\nconst MaxExtLen = %d\n\n", maxExt(s))
	t.f("// Headers describes every header, by HeaderID.\nvar Headers = []HeaderInfo{\n")
	for _, h := range s.Packets.Headers {
		t.f("\tHeader%s: {%q, %d, []HeaderField{\n", goName(h.Name), h.Name, h.Bytes)
		for _, f := range h.Fields {
			t.f("\t\t{%q, %d, %d},\n", f.Name, f.At, f.Bits)
		}
		t.f("\t}},\n")
	}
	t.f("}\n")
}

func maxExt(s *spec.Spec) int {
	n := 0
	for i := range s.Packets.Opcodes {
		n = max(n, s.ExtLen(&s.Packets.Opcodes[i]))
	}
	return n
}

func goRegisters(t *text, s *spec.Spec) {
	t.f("// Feature is a set of what a device has beyond SEND and RDMA WRITE: register FEATURES.\ntype Feature uint32\n\n// Features.\nconst (\n")
	all := uint64(0)
	for _, r := range s.Registers.Registers {
		for _, f := range r.Fields {
			if r.Name == "FEATURES" {
				goDoc(t, "\t", "Feature%s: %s", goName(f.Name), f.Doc)
				t.f("\tFeature%s Feature = 1 << %d\n", goName(f.Name), f.Bits.Lo)
				all |= 1 << f.Bits.Lo
			}
		}
	}
	t.f(")\n\n// FeaturesAll is every feature of the specification.\nconst FeaturesAll Feature = 0x%x\n\n", all)
	t.f("// FeatureNames names each feature, in the order of the bits.\nvar FeatureNames = []struct {\n\tFeature Feature\n\tName string\n}{\n")
	for _, name := range s.FeatureNames() {
		t.f("\t{Feature%s, %q},\n", goName(name), name)
	}
	t.f("}\n\n")
	t.f("// Register addresses; arrays have their Count and Stride, fields their Shift and (shifted) Mask.\nconst (\n")
	for _, r := range s.Registers.Registers {
		name := "Reg" + goName(r.Name)
		goDoc(t, "\t", "%s: %s", name, r.Doc)
		t.f("\t%s uint32 = 0x%04x\n", name, r.At)
		if r.Count > 0 {
			t.f("\t%sCount uint32 = %d\n\t%sStride uint32 = %d\n", name, r.Count, name, r.Stride)
		}
		for _, f := range r.Fields {
			fn := name + goName(f.Name)
			goDoc(t, "\t", "%sShift: %s", fn, f.Doc)
			t.f("\t%sShift = %d\n\t%sMask uint32 = 0x%08x\n", fn, f.Bits.Lo, fn, bitMask(f.Bits.Width())<<f.Bits.Lo)
		}
	}
	t.f(")\n\n// Registers are all registers in order of address.\nvar Registers = []Register{\n")
	for _, r := range s.Registers.Registers {
		count, stride := max(r.Count, 1), r.Stride
		if r.Count == 0 {
			stride = 4
		}
		t.f("\t{Name: %q, At: 0x%04x, Count: %d, Stride: %d, Readable: %v, Writable: %v, Reset: 0x%x},\n",
			r.Name, r.At, count, stride, r.Access != "wo", r.Access != "ro", r.Reset)
	}
	t.f("}\n")
}

func goCounters(t *text, s *spec.Spec) {
	t.f("// Indices into the array of registers COUNTER.\nconst (\n")
	n := 0
	for _, c := range s.Registers.Counters {
		goDoc(t, "\t", "Counter%s: %s", goName(c.Name), c.Doc)
		t.f("\tCounter%s = %d\n", goName(c.Name), c.Index)
		n = max(n, c.Index+1)
	}
	t.f(")\n\n// NumCounters is one more than the largest counter index.\nconst NumCounters = %d\n\n", n)
	t.f("// CounterNames are the counters' names, by index.\nvar CounterNames = [NumCounters]string{\n")
	for _, c := range s.Registers.Counters {
		t.f("\tCounter%s: %q,\n", goName(c.Name), c.Name)
	}
	t.f("}\n\n// verdictCounters holds 1 + counter index, by verdict.\nvar verdictCounters = [256]uint8{\n")
	for _, c := range s.Registers.Counters {
		if c.Verdict != "" {
			t.f("\tVerdict%s: 1 + Counter%s,\n", goName(c.Verdict), goName(c.Name))
		}
	}
	t.f("}\n")
}

func goTiming(t *text, s *spec.Spec) {
	c := s.Timing.Clock
	t.f("// The device clock. %s\nconst (\n\t// ClockPeriodNS is the period of a cycle in nanoseconds.\n\tClockPeriodNS = %d\n", c.Doc, c.PeriodNS)
	t.f("\t// TickCycles is the number of cycles of a timer tick.\n\tTickCycles = %d\n)\n\n", c.TickCycles)
	t.f("// Parameters of the transport.\nconst (\n")
	for _, p := range s.Timing.Parameters {
		goDoc(t, "\t", "%s: %s", goName(p.Name), p.Doc)
		t.f("\t%s = %d\n", goName(p.Name), p.Value)
	}
	t.f(")\n\n// RNRTicks is the wait an RNR NAK timer code asks for, in ticks. IBTA table 45.\nvar RNRTicks = [32]uint32{")
	for i, v := range s.Timing.RNRTicks {
		if i%8 == 0 {
			t.f("\n\t")
		}
		t.f("%d, ", v)
	}
	t.f("\n}\n\n// stepTiming is the cost of a step, by cause.\nvar stepTiming = [256]StepTiming{\n")
	for _, st := range s.Timing.Steps {
		t.f("\tCause%s: {%d, %d},\n", goName(st.Cause), st.Base, st.Payload)
	}
	t.f("}\n")
	for _, w := range s.Timing.Work {
		name := goName(w.Name) + "Cycles"
		t.f("\n")
		goDoc(t, "", "%s: %s", name, w.Doc)
		if w.PerBeat == 0 {
			t.f("const %s = %d\n", name, w.Base)
		} else {
			t.f("func %s(bytes int) uint64 { return %d + %d*Beats(bytes) }\n", name, w.Base, w.PerBeat)
		}
	}
}
