package specgen

import (
	"fmt"
	"strings"

	"github.com/godwit-rdma/godwit/spec"
)

// rdlKeywords are the reserved words of SystemRDL 2.0 (annex B). A backslash makes a name of one.
var rdlKeywords = wordSet(`abstract accesstype addressingtype addrmap alias all alternate bit boolean bothedge byte compact component
	componentwidth constraint default encode enum external false field fullalign hw inside int internal level longint mem na negedge
	nonsticky number onreadtype onwritetype posedge precedencetype property r rclr real ref reg regalign regfile rset ruser rw rw1
	shortint shortreal signal signed string struct sw this true type unsigned w w1 wclr with within woclr woset wot wr wset wuser wzc
	wzs wzt`)

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

func rdlName(name string) string {
	if rdlKeywords[name] {
		return `\` + name
	}
	return name
}

func rdlString(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// systemRDL returns export/godwit.rdl: the register map in SystemRDL 2.0.
func systemRDL(s *spec.Spec) []byte {
	m, t := Map(s), &text{}
	t.f("// SPDX-License-Identifier: Apache-2.0\n// %s\n// Revision %s\n\n", header, s.Revision())
	t.f("addrmap %s {\n  name = %s;\n  desc = %s;\n", m.Name, rdlString(m.Name), rdlString(m.Doc))
	t.f("  littleendian;\n  lsb0;\n  default regwidth = 32;\n  default accesswidth = 32;\n")
	for _, b := range m.blocks() {
		t.f("\n")
		if b.Inner == nil {
			rdlRegister(t, "  ", &b.MapRegister)
			continue
		}
		t.f("  regfile {\n    desc = %s;\n", rdlString(b.Doc))
		for i := range b.Inner {
			rdlRegister(t, "    ", &b.Inner[i])
		}
		t.f("  } %s[%d] @ 0x%04x += 0x%x;\n", rdlName(b.Name), b.Count, b.Address, b.Stride)
	}
	t.f("};\n")
	return t.Bytes()
}

func rdlRegister(t *text, indent string, r *MapRegister) {
	external := ""
	if r.Reads == "take" {
		external = "external " // what reading does is nothing that SystemRDL has a word for
	}
	t.f("%s%sreg {\n%s  desc = %s;\n", indent, external, indent, rdlString(r.Doc))
	for _, f := range r.Fields {
		reset := ""
		if f.Reset != nil {
			reset = fmt.Sprintf(" = %d'h%x", f.Bits, *f.Reset)
		}
		t.f("%s  field { %s desc = %s; } %s[%d:%d]%s;\n", indent, rdlAccess(r), rdlString(f.Doc), rdlName(f.Name), f.LSB+f.Bits-1, f.LSB, reset)
	}
	array := ""
	if r.Count > 0 {
		array = fmt.Sprintf("[%d]", r.Count)
	}
	t.f("%s} %s%s @ 0x%04x", indent, rdlName(r.Name), array, r.Address)
	if r.Count > 0 {
		t.f(" += 0x%x", r.Stride)
	}
	t.f(";\n")
}

// rdlAccess says who may do what with the fields of a register.
func rdlAccess(r *MapRegister) string {
	switch {
	case r.Access == "rw":
		return "sw = rw; hw = r;"
	case r.Access == "wo":
		return "sw = w; hw = r;"
	case r.Reads == "constant":
		return "sw = r; hw = na;"
	case r.Reads == "take":
		return "sw = r; hw = w; onread = ruser;"
	default:
		return "sw = r; hw = w;"
	}
}
