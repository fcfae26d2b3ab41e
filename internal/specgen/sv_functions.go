package specgen

import (
	"cmp"
	"slices"

	"github.com/godwit-rdma/godwit/spec"
)

func fieldsByPlace(fields []spec.Field) []spec.Field {
	out := slices.Clone(fields)
	slices.SortStableFunc(out, func(a, b spec.Field) int { return cmp.Compare(a.At, b.At) })
	return out
}

// code returns the code of a word in its vocabulary.
func code(words []string, w string) int { return slices.Index(words, w) }

// opInfoFields is the vector that op_info returns, from bit 0 upwards.
var opInfoFields = []struct {
	name string
	bits int
	doc  string
}{
	{"known", 1, "The specification lists the opcode."},
	{"kind", 2, "Kind*."},
	{"op", 3, "Operation*."},
	{"pos", 2, "Position*."},
	{"payload", 2, "Payload*: none, any (0..PMTU), some (1..PMTU), mtu (exactly PMTU)."},
	{"executes", 1, "This revision carries it out; other known requests are refused with NAK_INV_REQ."},
	{"ext_len", 6, "Header bytes between BTH and payload."},
}

func svFunctions(t *text, s *spec.Spec) {
	svOpInfo(t, s)
	svRNR(t, s)
	svVerdictCounter(t, s)
	svLegality(t, s)
	svTransitions(t, s)
	svModify(t, s)
	svMerge(t, s)
	svRange(t, s)
}

func svOpInfo(t *text, s *spec.Spec) {
	t.f("  // ---- op_info\n")
	lsb := map[string]int{}
	width := 0
	for _, f := range opInfoFields {
		svDoc(t, f.doc)
		svInt(t, "OpInfo"+camel(spec.Name(f.name))+"Lsb", uint64(width))
		svInt(t, "OpInfo"+camel(spec.Name(f.name))+"FieldW", uint64(f.bits))
		lsb[f.name] = width
		width += f.bits
	}
	svInt(t, "OpInfoW", uint64(width))
	t.f("  typedef struct packed {\n")
	for _, f := range slices.Backward(opInfoFields) {
		t.f("    logic [%d:0] %s; // [%d:%d]\n", f.bits-1, f.name, lsb[f.name]+f.bits-1, lsb[f.name])
	}
	t.f("  } op_info_t;\n\n  /// What the specification says of an opcode; 0 when it is unknown. Assign the result to an op_info_t.\n")
	t.f("  function automatic logic [%d:0] op_info(input logic [7:0] op);\n    case (op)\n", width-1)
	for i := range s.Packets.Opcodes {
		o := &s.Packets.Opcodes[i]
		if !o.RC() {
			continue
		}
		v := 1<<lsb["known"] |
			code(spec.Words(o.Kind), string(o.Kind))<<lsb["kind"] |
			code(spec.Words(o.Op), string(o.Op))<<lsb["op"] |
			code(spec.Words(o.Position), string(o.Position))<<lsb["pos"] |
			code(spec.Words(o.Payload), string(o.Payload))<<lsb["payload"] |
			s.ExtLen(o)<<lsb["ext_len"]
		if o.Executes {
			v |= 1 << lsb["executes"]
		}
		t.f("      8'h%02x: op_info = %d'h%05x; // %s\n", o.Code, width, v, o.Name)
	}
	t.f("      default: op_info = %d'h0;\n    endcase\n  endfunction\n\n", width)
}

func svRNR(t *text, s *spec.Spec) {
	t.f("  /// Wait that an RNR NAK timer code asks for, in ticks. IBTA table 45.\n")
	t.f("  function automatic logic [31:0] rnr_ticks(input logic [4:0] timer);\n    case (timer)\n")
	last := len(s.Timing.RNRTicks) - 1
	for i, v := range s.Timing.RNRTicks {
		label := "5'd" + itoa(uint64(i))
		if i == last {
			label = "default"
		}
		t.f("      %s: rnr_ticks = 32'd%d;\n", label, v)
	}
	t.f("    endcase\n  endfunction\n\n")
}

func svVerdictCounter(t *text, s *spec.Spec) {
	t.f("  /// Counter of a verdict: bit 7 says that there is one, bits 6:0 are its index.\n")
	t.f("  function automatic logic [7:0] verdict_counter(input logic [7:0] verdict);\n    case (verdict)\n")
	verdicts := s.Enum("Verdict")
	for _, c := range s.Registers.Counters {
		if c.Verdict != "" && !c.Extended {
			t.f("      8'h%02x: verdict_counter = 8'h%02x; // %s\n", verdicts.Value(c.Verdict).Code, 0x80|c.Index, c.Verdict)
		}
	}
	t.f("      default: verdict_counter = 8'h00;\n    endcase\n  endfunction\n\n")
}

// codesOf maps names to codes.
func codesOf(values []spec.Value) map[spec.Name]int {
	m := map[spec.Name]int{}
	for _, v := range values {
		m[v.Name] = v.Code
	}
	return m
}

func svLegality(t *text, s *spec.Spec) {
	st := codesOf(s.States.States)
	t.f("  /// What a state does with a packet of a kind (Kind*): Legal*. Unknown states drop.\n")
	t.f("  function automatic logic [2:0] legality(input logic [3:0] state, input logic [1:0] kind);\n    case ({state, kind})\n")
	for _, l := range s.Packets.Legality {
		for i, a := range []spec.Action{l.Request, l.Response, l.Mig} {
			t.f("      6'h%02x: legality = 3'd%d; // %s %s: %s\n", st[l.State]<<2|i, code(spec.Words(a), string(a)),
				l.State, spec.RCKinds()[i], a)
		}
	}
	t.f("      default: legality = 3'd0;\n    endcase\n  endfunction\n\n")
}

func svTransitions(t *text, s *spec.Spec) {
	st := codesOf(s.States.States)
	t.f("  /// The state graph has an edge that via (Via*) takes.\n")
	t.f("  function automatic logic transition_ok(input logic [3:0] from, input logic [3:0] to, input logic [2:0] via);\n")
	t.f("    case ({from, to, via})\n")
	for _, e := range s.States.Transitions {
		if e.Extended {
			continue
		}
		t.f("      11'h%03x: transition_ok = 1'b1; // %s -> %s: %s\n",
			st[e.From]<<7|st[e.To]<<3|code(spec.Words(e.Via), string(e.Via)), e.From, e.To, e.Via)
	}
	t.f("      default: transition_ok = 1'b0;\n    endcase\n  endfunction\n\n")
}

func svModify(t *text, s *spec.Spec) {
	st := codesOf(s.States.States)
	row := func(fn, typ, doc, none string, value func(*spec.Modify) string) {
		t.f("  /// %s\n", doc)
		t.f("  function automatic %s %s(input logic [3:0] from, input logic [3:0] to);\n    case ({from, to})\n", typ, fn)
		rows := s.ModifyRows("RC")
		for i := range rows {
			m := &rows[i]
			if s.Edge(m.From, m.To, "modify").Extended {
				continue
			}
			t.f("      8'h%02x: %s = %s; // %s -> %s\n", st[m.From]<<4|st[m.To], fn, value(m), m.From, m.To)
		}
		t.f("      default: %s = %s;\n    endcase\n  endfunction\n\n", fn, none)
	}
	row("modify_ok", "logic", "MODIFY_QP may go from one state to another.", "1'b0", func(*spec.Modify) string { return "1'b1" })
	row("modify_required", "logic [31:0]", "Attributes it needs.", "32'h0", func(m *spec.Modify) string {
		return hex32(s.AttrMask(m.Required))
	})
	row("modify_optional", "logic [31:0]", "Attributes it takes beside those (AttrStateBit always).", "32'h0", func(m *spec.Modify) string {
		return hex32(s.AttrMask(m.Optional))
	})
}

// svMerge writes the function that copies the fields of some attributes.
func svMerge(t *text, s *spec.Spec) {
	l := s.ContextLayout()
	lsb, width := packedPlaces(l.Fields)
	t.f("  /// dst with the fields of the attribute bits taken from src (both packed contexts).\n")
	t.f("  function automatic logic [%d:0] qpc_merge(input logic [%d:0] dst, input logic [%d:0] src,\n", width-1, width-1, width-1)
	t.f("                                             input logic [31:0] attrs);\n    qpc_merge = dst;\n")
	for _, a := range s.Context.Attrs {
		var body text
		for i, f := range l.Fields {
			if f.Attr == a.Name {
				body.f("      qpc_merge[%d:%d] = src[%d:%d]; // %s\n", lsb[i]+f.Bits-1, lsb[i], lsb[i]+f.Bits-1, lsb[i], f.Name)
			}
		}
		if body.Len() > 0 {
			t.f("    if (attrs[%d]) begin // %s\n%s    end\n", a.Bit, a.Name, body.String())
		}
	}
	t.f("  endfunction\n\n")
}

// svRange writes the range check of what the driver sets.
func svRange(t *text, s *spec.Spec) {
	l := s.ContextLayout()
	lsb, width := packedPlaces(l.Fields)
	t.f("  /// The fields of the attribute bits are within their ranges (packed context).\n")
	t.f("  function automatic logic attrs_in_range(input logic [%d:0] q, input logic [31:0] attrs);\n    attrs_in_range = 1'b1;\n", width-1)
	for i, f := range l.Fields {
		if f.Attr == "" {
			continue
		}
		bit := s.Attr(f.Attr).Bit
		if f.Min != 0 {
			t.f("    if (attrs[%d] && q[%d:%d] < %d'd%d) attrs_in_range = 1'b0; // %s\n", bit, lsb[i]+f.Bits-1, lsb[i], f.Bits, f.Min, f.Name)
		}
		if f.Max != 0 {
			t.f("    if (attrs[%d] && q[%d:%d] > %d'd%d) attrs_in_range = 1'b0; // %s\n", bit, lsb[i]+f.Bits-1, lsb[i], f.Bits, f.Max, f.Name)
		}
	}
	t.f("  endfunction\n\n")
}
