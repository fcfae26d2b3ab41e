package specgen

import (
	"fmt"
	"slices"
	"strings"

	"github.com/godwit-rdma/godwit/spec"
)

// svPackage returns verilator/rtl/rdma_pkg.sv.
//
// The text keeps to what both Verilator 5.006 and Yosys 0.23 read in the same way: typed localparams with literal
// values, packed structs of plain vectors, functions over vectors that name no constant of the package (Yosys makes
// undriven wires of some unqualified names inside package functions).
func svPackage(s *spec.Spec) []byte {
	t := &text{}
	t.f("// SPDX-License-Identifier: Apache-2.0\n// %s\n// Revision %s\n//\n", header, s.Revision())
	t.f("// Codes, registers, images and tables of the specification. Always refer to them as rdma_pkg::Name.\n")
	t.f("// Byte 0 of an image is in bits 7:0 of its vector.\n\n`default_nettype none\n\npackage rdma_pkg;\n\n")
	t.f("  /// First 32 bits of the revision hash: register REVISION.\n")
	t.f("  localparam logic [31:0] SpecRevision = 32'h%08x;\n\n", s.Revision32())
	svParameters(t, s)
	for _, e := range s.AllEnums() {
		svEnum(t, s, &e)
	}
	svWords(t)
	svOpcodeNames(t, s)
	svRegisters(t, s)
	svContext(t, s)
	for _, l := range s.Layouts.Layouts {
		if !l.Extended {
			svLayout(t, &l)
		}
	}
	for _, h := range s.Packets.Headers {
		svHeader(t, &h)
	}
	svFunctions(t, s)
	t.f("  // ---- step engine: hand-written types and functions\n  `include \"rdma_step_types.svh\"\n\n")
	t.f("endpackage : rdma_pkg\n\n`default_nettype wire\n")
	return t.Bytes()
}

func svDoc(t *text, doc string) {
	for _, line := range wrap(doc, 94) {
		t.f("  /// %s\n", line)
	}
}

func svConst(t *text, name string, bits int, v uint64) {
	t.f("  localparam logic [%d:0] %s = %d'h%0*x;\n", bits-1, name, bits, (bits+3)/4, v)
}

func svInt(t *text, name string, v uint64) { t.f("  localparam int unsigned %s = %d;\n", name, v) }

func svParameters(t *text, s *spec.Spec) {
	t.f("  // ---- parameters\n")
	svDoc(t, s.Timing.Clock.Doc)
	svInt(t, "TickCycles", uint64(s.Timing.Clock.TickCycles))
	for _, p := range s.Timing.Parameters {
		svDoc(t, p.Doc)
		svInt(t, camel(p.Name), p.Value)
	}
	t.f("\n")
}

func svEnum(t *text, s *spec.Spec, e *spec.Enum) {
	name, bits := camel(e.Name), s.EnumBits(e.Name)
	t.f("  // ---- enum %s\n", e.Name)
	svDoc(t, e.Doc)
	svInt(t, name+"W", uint64(bits))
	for _, v := range e.Values {
		svConst(t, name+camel(v.Name), bits, uint64(v.Code))
	}
	if e.Flags {
		for _, v := range e.Values {
			svInt(t, name+camel(v.Name)+"Bit", uint64(log2(v.Code)))
		}
	}
	t.f("\n")
}

func log2(v int) int {
	n := 0
	for ; v > 1; v >>= 1 {
		n++
	}
	return n
}

// svVocabularies are the closed vocabularies the RTL sees, with the width of their codes.
var svVocabularies = []struct {
	name string
	bits int
	list []string
}{
	{"Kind", 2, spec.RCKinds()},
	{"Operation", 3, spec.Words(spec.Operation(""))},
	{"Position", 2, spec.Words(spec.Position(""))},
	{"Payload", 2, spec.Words(spec.Payload(""))},
	{"Legal", 3, spec.Words(spec.Action(""))},
	{"Via", 3, spec.Words(spec.Via(""))},
}

func svWords(t *text) {
	for _, v := range svVocabularies {
		t.f("  // ---- %s\n", v.name)
		svInt(t, v.name+"W", uint64(v.bits))
		for i, w := range v.list {
			svConst(t, v.name+camel(spec.Name(w)), v.bits, uint64(i))
		}
		t.f("\n")
	}
}

func svOpcodeNames(t *text, s *spec.Spec) {
	t.f("  // ---- opcodes of the BTH\n")
	for _, o := range s.Packets.Opcodes {
		if !o.RC() {
			continue
		}
		svConst(t, "Op"+camel(o.Name), 8, uint64(o.Code))
	}
	t.f("\n  /// Largest number of header bytes between BTH and payload.\n")
	svInt(t, "MaxExtLen", uint64(maxExt(s)))
	t.f("\n")
}

func svRegisters(t *text, s *spec.Spec) {
	t.f("  // ---- registers: byte addresses\n")
	for _, r := range s.Registers.Registers {
		name := "Reg" + camel(r.Name)
		svDoc(t, fmt.Sprintf("%s. %s", r.Access, r.Doc))
		svConst(t, name, 16, uint64(r.At))
		if r.Reset != 0 {
			svConst(t, name+"Reset", 32, r.Reset)
		}
		if r.Count > 0 {
			svInt(t, name+"Count", uint64(r.Count))
			svInt(t, name+"Stride", uint64(r.Stride))
		}
		for _, f := range r.Fields {
			svInt(t, name+camel(f.Name)+"Lsb", uint64(f.Bits.Lo))
			svInt(t, name+camel(f.Name)+"W", uint64(f.Bits.Width()))
		}
	}
	t.f("\n  // ---- counters: indices into RegCounter\n")
	n := 0
	for _, c := range s.Registers.Counters {
		if c.Extended {
			continue
		}
		svDoc(t, c.Doc)
		svInt(t, "Counter"+camel(c.Name), uint64(c.Index))
		n = max(n, c.Index+1)
	}
	t.f("  /// One more than the largest counter index.\n")
	svInt(t, "NumCounters", uint64(n))
	t.f("\n")
}

// svContext writes the packed context: exact widths, first field in the least significant bits.
func svContext(t *text, s *spec.Spec) {
	l := s.ContextLayout()
	name := camel(l.Name)
	lsb, width := packedPlaces(l.Fields)
	t.f("  // ---- context %s\n", l.Name)
	svDoc(t, "Packed context: the fields of the image without gaps, the first in the least significant bits.")
	svInt(t, name+"W", uint64(width))
	svDoc(t, "Bytes of the image.")
	svInt(t, name+"Bytes", uint64(l.Bytes))
	t.f("  typedef struct packed {\n")
	for i := len(l.Fields) - 1; i >= 0; i-- {
		f := l.Fields[i]
		t.f("    logic [%d:0] %s; // [%d:%d] %s\n", f.Bits-1, f.Name, lsb[i]+f.Bits-1, lsb[i], f.Bank)
	}
	t.f("  } %s_t;\n\n  // Place of each field in the packed context.\n", snake(l.Name))
	for i, f := range l.Fields {
		svInt(t, name+camel(f.Name)+"Lsb", uint64(lsb[i]))
		svInt(t, name+camel(f.Name)+"FieldW", uint64(f.Bits))
	}
	t.f("\n")
	svDoc(t, "Context of a queue pair that was just created, before its attributes are copied.")
	svVector(t, name+"Reset", width, func(set func(bit int)) {
		for i, f := range l.Fields {
			for b := range f.Bits {
				if b < 64 && f.Reset>>b&1 != 0 {
					set(lsb[i] + b)
				}
			}
		}
	})
	t.f("\n  // Masks of the context banks in the packed context.\n")
	for _, b := range s.Context.Banks {
		if b.Extended {
			continue
		}
		svDoc(t, b.Doc)
		svMask(t, name+"Mask"+camel(b.Name), width, l.Fields, lsb, func(f *spec.Field) bool { return f.Bank == b.Name })
	}
	t.f("\n  // MODIFY_QP attributes: bit number, and mask of the fields they write.\n")
	for _, a := range s.Context.Attrs {
		if s.ExtendedAttr(a.Name) {
			continue
		}
		svInt(t, "Attr"+camel(a.Name)+"Bit", uint64(a.Bit))
		svMask(t, name+"Attr"+camel(a.Name), width, l.Fields, lsb, func(f *spec.Field) bool { return f.Attr == a.Name })
	}
	var driver uint32
	for _, a := range s.Context.Attrs {
		if a.Name != "create" && !s.ExtendedAttr(a.Name) {
			driver |= 1 << a.Bit
		}
	}
	svDoc(t, "Every attribute MODIFY_QP knows.")
	svConst(t, "AttrsDriver", 32, uint64(driver))
	t.f("\n")
	svContextCodec(t, &l, lsb, width)
}

// packedPlaces returns the least significant bit of each field in the packed context, and the total width.
func packedPlaces(fields []spec.Field) (lsb []int, width int) {
	for _, f := range fields {
		lsb = append(lsb, width)
		width += f.Bits
	}
	return lsb, width
}

// svMask writes a constant with the bits of some fields set.
func svMask(t *text, name string, width int, fields []spec.Field, lsb []int, in func(*spec.Field) bool) {
	svVector(t, name, width, func(set func(bit int)) {
		for i := range fields {
			if in(&fields[i]) {
				for b := range fields[i].Bits {
					set(lsb[i] + b)
				}
			}
		}
	})
}

// svVector writes a wide constant, 16 hexadecimal digits a group.
func svVector(t *text, name string, width int, fill func(set func(bit int))) {
	digits := make([]byte, (width+3)/4)
	fill(func(bit int) { digits[len(digits)-1-bit/4] |= 1 << (bit % 4) })
	var hex strings.Builder
	for i, d := range digits {
		if left := len(digits) - i; i > 0 && left%16 == 0 {
			hex.WriteByte('_')
		}
		fmt.Fprintf(&hex, "%x", d)
	}
	t.f("  localparam logic [%d:0] %s =\n      %d'h%s;\n", width-1, name, width, hex.String())
}

func svContextCodec(t *text, l *spec.Layout, lsb []int, width int) {
	n := snake(l.Name)
	bits := l.Bytes * 8
	t.f("  /// Packed context to image; gaps are 0.\n")
	t.f("  function automatic logic [%d:0] %s_to_image(input logic [%d:0] q);\n    %s_to_image = '0;\n", bits-1, n, width-1, n)
	for i, f := range l.Fields {
		t.f("    %s_to_image[%d:%d] = q[%d:%d];\n", n, f.At*8+f.Bits-1, f.At*8, lsb[i]+f.Bits-1, lsb[i])
	}
	t.f("  endfunction\n\n  /// Image to packed context; gaps are ignored.\n")
	t.f("  function automatic logic [%d:0] %s_from_image(input logic [%d:0] image);\n", width-1, n, bits-1)
	for i, f := range l.Fields {
		t.f("    %s_from_image[%d:%d] = image[%d:%d];\n", n, lsb[i]+f.Bits-1, lsb[i], f.At*8+f.Bits-1, f.At*8)
	}
	t.f("  endfunction\n\n")
}

// svLayout writes a layout as a packed struct that covers the whole image, gaps as rsvdN.
func svLayout(t *text, l *spec.Layout) {
	name := camel(l.Name)
	t.f("  // ---- layout %s\n", l.Name)
	svDoc(t, l.Doc)
	svInt(t, name+"Bytes", uint64(l.Bytes))
	svInt(t, name+"W", uint64(l.Bytes*8))
	var members []string
	at, gaps := 0, 0
	gap := func(to int) {
		if to > at {
			members = append(members, fmt.Sprintf("    logic [%d:0] rsvd%d;\n", to-at-1, gaps))
			gaps++
		}
	}
	fields := slices.DeleteFunc(fieldsByPlace(l.Fields), func(f spec.Field) bool { return f.Extended })
	for _, f := range fields {
		gap(f.At * 8)
		members = append(members, fmt.Sprintf("    logic [%d:0] %s; // [%d:%d]\n", f.Bits-1, f.Name, f.At*8+f.Bits-1, f.At*8))
		at = f.At*8 + f.Bits
	}
	gap(l.Bytes * 8)
	t.f("  typedef struct packed {\n")
	for i := len(members) - 1; i >= 0; i-- {
		t.f("%s", members[i])
	}
	t.f("  } %s_t;\n\n", snake(l.Name))
	for _, f := range l.Fields {
		if f.Extended {
			continue
		}
		svInt(t, name+camel(f.Name)+"Lsb", uint64(f.At*8))
		svInt(t, name+camel(f.Name)+"FieldW", uint64(f.Bits))
	}
	t.f("\n")
}

// svHeader writes a header as a packed struct in the order of the wire, the first bit most significant, and the
// byte swap between that and a byte stream.
func svHeader(t *text, h *spec.Header) {
	n, bits := snake(h.Name), h.Bytes*8
	t.f("  // ---- header %s\n", h.Name)
	svDoc(t, h.Doc+" First bit on the wire most significant; "+n+"_swap goes to and from a stream with byte 0 in bits 7:0.")
	svInt(t, camel(h.Name)+"Bytes", uint64(h.Bytes))
	t.f("  typedef struct packed {\n")
	for _, f := range h.Fields {
		t.f("    logic [%d:0] %s; // [%d:%d]\n", f.Bits-1, f.Name, bits-1-f.At, bits-f.At-f.Bits)
	}
	t.f("  } %s_t;\n\n", n)
	t.f("  function automatic logic [%d:0] %s_swap(input logic [%d:0] b);\n", bits-1, n, bits-1)
	for i := range h.Bytes {
		hi := bits - 8*i
		t.f("    %s_swap[%d:%d] = b[%d:%d];\n", n, hi-1, hi-8, 8*i+7, 8*i)
	}
	t.f("  endfunction\n\n")
}

func hex32(v uint32) string { return fmt.Sprintf("32'h%08x", v) }
