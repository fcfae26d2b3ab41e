package specgen

import (
	"fmt"
	"strings"

	"github.com/godwit-rdma/godwit/spec"
)

// uvmTaken are the names that a class made here must not give to a field or register: those of the base classes (they would be
// hidden), and the reserved words that a name in the specification could be.
var uvmTaken = wordSet(`add_reg backdoor build check clear compare configure copy default_map disable enable end event execute get get_name
	get_parent get_type kill local lock mirror name needs_update new peek poke predict print read ref reset sample set
	status_t super this type update value_t write`)

// uvmName is a name as a property of a class.
func uvmName(name string) string {
	name = strings.ToLower(name)
	if uvmTaken[name] {
		return name + "_"
	}
	return name
}

// uvmRAL returns export/godwit_ral_pkg.sv: the register map as a block of uvm_reg, IEEE 1800.2 or UVM 1.2.
func uvmRAL(s *spec.Spec) []byte {
	m, t := Map(s), &text{}
	t.f("// SPDX-License-Identifier: Apache-2.0\n// %s\n// Revision %s\n//\n", header, s.Revision())
	t.f("// Register model for UVM 1.2 and IEEE 1800.2: uvm_pkg and uvm_macros.svh have to be found. %s\n", "No backdoor: no register has an HDL path.")
	t.f("\n`default_nettype none\n\npackage %s_ral_pkg;\n\n  import uvm_pkg::*;\n  `include \"uvm_macros.svh\"\n", m.Name)
	blocks := m.blocks()
	for i := range blocks {
		b := &blocks[i]
		if b.Inner == nil {
			uvmRegister(t, uvmClass(b.Name), &b.MapRegister)
			continue
		}
		for j := range b.Inner {
			uvmRegister(t, uvmClass(b.Inner[j].Name), &b.Inner[j])
		}
		uvmFile(t, b)
	}
	uvmBlock(t, m, blocks)
	t.f("\nendpackage : %s_ral_pkg\n\n`default_nettype wire\n", m.Name)
	return t.Bytes()
}

func uvmClass(name string) string { return mapName + "_" + strings.ToLower(name) + "_reg" }

func uvmDoc(t *text, doc string) {
	for _, line := range wrap(doc, 94) {
		t.f("  /// %s\n", line)
	}
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

func uvmRegister(t *text, class string, r *MapRegister) {
	t.f("\n")
	uvmDoc(t, r.Doc)
	t.f("  class %s extends uvm_reg;\n    `uvm_object_utils(%s)\n\n", class, class)
	for _, f := range r.Fields {
		t.f("    /// %s\n    rand uvm_reg_field %s;\n", f.Doc, uvmName(f.Name))
	}
	t.f("\n    function new(string name = \"%s\");\n      super.new(name, 32, UVM_NO_COVERAGE);\n    endfunction : new\n", class)
	t.f("\n    virtual function void build();\n")
	for _, f := range r.Fields {
		reset := uint64(0)
		if f.Reset != nil {
			reset = *f.Reset
		}
		name := uvmName(f.Name)
		t.f("      %s = uvm_reg_field::type_id::create(\"%s\");\n", name, f.Name)
		t.f("      // size, lsb, access, volatile, reset, has_reset, is_rand, individually_accessible\n")
		t.f("      %s.configure(this, %d, %d, \"%s\", %d, %d'h%x, %d, %d, 0);\n", name, f.Bits, f.LSB, strings.ToUpper(r.Access), bit(r.volatile()),
			f.Bits, reset, bit(f.Reset != nil), bit(r.Access != "ro"))
	}
	t.f("    endfunction : build\n  endclass : %s\n", class)
}

// uvmFile writes the class of a register file.
func uvmFile(t *text, b *mapBlock) {
	class := mapName + "_" + strings.ToLower(b.Name) + "_file"
	t.f("\n")
	uvmDoc(t, b.Doc)
	t.f("  class %s extends uvm_reg_file;\n    `uvm_object_utils(%s)\n\n", class, class)
	for _, r := range b.Inner {
		t.f("    rand %s %s;\n", uvmClass(r.Name), uvmName(r.Name))
	}
	t.f("\n    function new(string name = \"%s\");\n      super.new(name);\n    endfunction : new\n", class)
	t.f("\n    virtual function void build();\n")
	for _, r := range b.Inner {
		uvmCreate(t, "      ", uvmClass(r.Name), uvmName(r.Name), `"`+r.Name+`"`, "get_block()", "this")
	}
	t.f("    endfunction : build\n\n    virtual function void map(uvm_reg_map mp, uvm_reg_addr_t offset);\n")
	for _, r := range b.Inner {
		t.f("      mp.add_reg(%s, offset + 'h%x, \"%s\");\n", uvmName(r.Name), r.Address, strings.ToUpper(r.Access))
	}
	t.f("    endfunction : map\n  endclass : %s\n", class)
}

// uvmCreate makes, configures and builds a register.
func uvmCreate(t *text, indent, class, member, name, block, file string) {
	t.f("%s%s = %s::type_id::create(%s);\n", indent, member, class, name)
	t.f("%s%s.configure(%s, %s);\n%s%s.build();\n", indent, member, block, file, indent, member)
}

func uvmBlock(t *text, m *RegisterMap, blocks []mapBlock) {
	class := m.Name + "_reg_block"
	t.f("\n")
	uvmDoc(t, m.Doc)
	t.f("  class %s extends uvm_reg_block;\n    `uvm_object_utils(%s)\n\n", class, class)
	for i := range blocks {
		b := &blocks[i]
		typ, array := uvmClass(b.Name), ""
		if b.Inner != nil {
			typ = m.Name + "_" + strings.ToLower(b.Name) + "_file"
		}
		if b.Count > 0 {
			array = fmt.Sprintf("[%d]", b.Count)
		}
		t.f("    rand %s %s%s;\n", typ, uvmName(b.Name), array)
	}
	t.f("\n    function new(string name = \"%s\");\n      super.new(name, UVM_NO_COVERAGE);\n    endfunction : new\n", class)
	t.f("\n    virtual function void build();\n      default_map = create_map(\"default_map\", 'h0, 4, UVM_LITTLE_ENDIAN, 1);\n")
	for i := range blocks {
		uvmBlockMember(t, &blocks[i])
	}
	t.f("      lock_model();\n    endfunction : build\n  endclass : %s\n", class)
}

func uvmBlockMember(t *text, b *mapBlock) {
	member := uvmName(b.Name)
	indent, name, offset := "      ", `"`+b.Name+`"`, fmt.Sprintf("'h%x", b.Address)
	if b.Count > 0 {
		t.f("      for (int unsigned i = 0; i < %d; i++) begin\n", b.Count)
		indent, name = "        ", fmt.Sprintf("$sformatf(\"%s[%%0d]\", i)", b.Name)
		offset = fmt.Sprintf("'h%x + i * 'h%x", b.Address, b.Stride)
		member += "[i]"
	}
	if b.Inner == nil {
		uvmCreate(t, indent, uvmClass(b.Name), member, name, "this", "null")
		t.f("%sdefault_map.add_reg(%s, %s, \"%s\");\n", indent, member, offset, strings.ToUpper(b.Access))
	} else {
		t.f("%s%s = %s_%s_file::type_id::create(%s);\n", indent, member, mapName, strings.ToLower(b.Name), name)
		t.f("%s%s.configure(this, null);\n%s%s.build();\n%s%s.map(default_map, %s);\n", indent, member, indent, member, indent, member, offset)
	}
	if b.Reads == "take" {
		t.f("%s// Reading it has an effect: the sequences of the library that read every register leave it out.\n", indent)
		t.f("%suvm_resource_db#(bit)::set({\"REG::\", %s.get_full_name()}, \"NO_REG_TESTS\", 1, this);\n", indent, member)
	}
	if b.Count > 0 {
		t.f("      end\n")
	}
}
