package specgen

import (
	"fmt"

	"github.com/godwit-rdma/godwit/spec"
)

// cHeader returns verilator/include/godwit.h, for C11 and C++11 and later: #defines, and structures with their layouts asserted.
func cHeader(s *spec.Spec) []byte {
	t := &text{}
	t.f("/* SPDX-License-Identifier: Apache-2.0 */\n/* %s */\n/* Revision %s */\n\n#ifndef GODWIT_H\n#define GODWIT_H\n\n#include <stddef.h>\n#include <stdint.h>\n\n", header, s.Revision())
	t.f("#define GODWIT_REVISION \"%s\"\n", s.Revision())
	def(t, "REVISION32", fmt.Sprintf("0x%08xu", s.Revision32()))
	t.f("\n/* Parameters. */\n")
	def(t, "CLOCK_PERIOD_NS", itoa(uint64(s.Timing.Clock.PeriodNS)))
	def(t, "TICK_CYCLES", itoa(uint64(s.Timing.Clock.TickCycles)))
	for _, p := range s.Timing.Parameters {
		def(t, upper(p.Name), itoa(p.Value))
	}
	for _, e := range s.AllEnums() {
		t.f("\n/* %s: %s */\n", e.Name, e.Doc)
		for _, v := range e.Values {
			def(t, upper(e.Name)+"_"+upper(v.Name), fmt.Sprintf("0x%02xu", v.Code))
		}
	}
	t.f("\n/* Opcodes of the BTH. */\n")
	for _, o := range s.Packets.Opcodes {
		def(t, "OP_"+upper(o.Name), fmt.Sprintf("0x%02xu", o.Code))
	}
	t.f("\n/* Registers: byte addresses, fields as shift and shifted mask. */\n")
	for _, r := range s.Registers.Registers {
		name := "REG_" + upper(r.Name)
		def(t, name, fmt.Sprintf("0x%04xu", r.At))
		if r.Count > 0 {
			def(t, name+"_COUNT", itoa(uint64(r.Count)))
			def(t, name+"_STRIDE", itoa(uint64(r.Stride)))
		}
		for _, f := range r.Fields {
			def(t, name+"_"+upper(f.Name)+"_SHIFT", itoa(uint64(f.Bits.Lo)))
			def(t, name+"_"+upper(f.Name)+"_MASK", fmt.Sprintf("0x%08xu", bitMask(f.Bits.Width())<<f.Bits.Lo))
		}
	}
	t.f("\n/* Counters: indices into REG_COUNTER. */\n")
	for _, c := range s.Registers.Counters {
		def(t, "COUNTER_"+upper(c.Name), itoa(uint64(c.Index)))
	}
	t.f("\n/* MODIFY_QP attributes. */\n")
	for _, a := range s.Context.Attrs {
		def(t, "ATTR_"+upper(a.Name), fmt.Sprintf("(1u << %d)", a.Bit))
	}
	for _, l := range s.AllLayouts() {
		t.f("\n/* Layout %s: little-endian; AT is a byte offset, BITS the width from bit 0 of that byte. */\n", l.Name)
		def(t, upper(l.Name)+"_SIZE", itoa(uint64(l.Bytes)))
		if l.Name == spec.Name(s.Context.Layout) {
			def(t, upper(l.Name)+"_FULL_SIZE", itoa(uint64(s.Context.Extended)))
			l.Fields = s.Context.Fields
		}
		for _, f := range l.Fields {
			def(t, upper(l.Name)+"_"+upper(f.Name)+"_AT", fmt.Sprintf("0x%02x", f.At))
			def(t, upper(l.Name)+"_"+upper(f.Name)+"_BITS", itoa(uint64(f.Bits)))
		}
	}
	for _, h := range s.Packets.Headers {
		t.f("\n/* Header %s: big-endian; AT counts bits from the most significant of the first byte. */\n", h.Name)
		def(t, upper(h.Name)+"_SIZE", itoa(uint64(h.Bytes)))
		for _, f := range h.Fields {
			def(t, upper(h.Name)+"_"+upper(f.Name)+"_AT", itoa(uint64(f.At)))
			def(t, upper(h.Name)+"_"+upper(f.Name)+"_BITS", itoa(uint64(f.Bits)))
		}
	}
	cStructs(t, s)
	t.f("\n#endif\n")
	return t.Bytes()
}

func def(t *text, name, value string) { t.f("#define GODWIT_%s %s\n", name, value) }
