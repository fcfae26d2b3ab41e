// SPDX-License-Identifier: Apache-2.0
// What the register model needs of UVM, with the signatures of IEEE 1800.2: enough to elaborate it and to build it. A register
// that is added to a map is printed with its fields. It stands in for the library, which no package registry has.

`default_nettype none

package uvm_pkg;

  typedef logic [63:0] uvm_reg_data_t;
  typedef logic [63:0] uvm_reg_addr_t;
  typedef enum int {UVM_NO_COVERAGE = 0} uvm_coverage_model_e;
  typedef enum {UVM_NO_ENDIAN, UVM_LITTLE_ENDIAN, UVM_BIG_ENDIAN} uvm_endianness_e;

  class uvm_object;
    string m_name;
    function new(string name = "");
      m_name = name;
    endfunction
    virtual function string get_name();
      return m_name;
    endfunction
    virtual function string get_full_name();
      return m_name;
    endfunction
  endclass

  class uvm_object_registry #(type T = uvm_object, string Tname = "");
    static function T create(string name = "", int parent = 0, string contxt = "");
      T o;
      o = new(name);
      return o;
    endfunction
  endclass

  typedef class uvm_reg;
  typedef class uvm_reg_file;
  typedef class uvm_reg_map;

  class uvm_reg_block extends uvm_object;
    uvm_reg_map default_map;
    int m_locked;
    function new(string name = "", int has_coverage = UVM_NO_COVERAGE);
      super.new(name);
    endfunction
    virtual function uvm_reg_map create_map(string name, uvm_reg_addr_t base_addr, int unsigned n_bytes, uvm_endianness_e endian,
                                            bit byte_addressing = 1);
      uvm_reg_map m;
      m = new(name);
      $display("map %s %0h %0d %0d %0d", name, base_addr, n_bytes, endian == UVM_LITTLE_ENDIAN, byte_addressing);
      return m;
    endfunction
    virtual function void lock_model();
      m_locked = 1;
    endfunction
  endclass

  class uvm_reg_file extends uvm_object;
    uvm_reg_block m_block;
    function new(string name = "");
      super.new(name);
    endfunction
    function void configure(uvm_reg_block blk_parent, uvm_reg_file regfile_parent, string hdl_path = "");
      m_block = blk_parent;
    endfunction
    virtual function uvm_reg_block get_block();
      return m_block;
    endfunction
  endclass

  class uvm_reg_field extends uvm_object;
    function new(string name = "uvm_reg_field");
      super.new(name);
    endfunction
    typedef uvm_object_registry#(uvm_reg_field, "uvm_reg_field") type_id;
    string m_text;
    function void configure(uvm_reg parent, int unsigned size, int unsigned lsb_pos, string access, bit volatile,
                            uvm_reg_data_t reset, bit has_reset, bit is_rand, bit individually_accessible);
      m_text = $sformatf("%s lsb=%0d bits=%0d access=%s volatile=%0d reset=%0h has_reset=%0d", m_name, lsb_pos, size, access,
                         volatile, reset, has_reset);
      parent.add_field(this);
    endfunction
  endclass

  class uvm_reg extends uvm_object;
    uvm_reg_file m_file;
    uvm_reg_field m_fields[$];
    int unsigned m_bits;
    function new(string name = "", int unsigned n_bits = 0, int has_coverage = UVM_NO_COVERAGE);
      super.new(name);
      m_bits = n_bits;
    endfunction
    function void configure(uvm_reg_block blk_parent, uvm_reg_file regfile_parent = null, string hdl_path = "");
      m_file = regfile_parent;
    endfunction
    virtual function void add_field(uvm_reg_field field);
      m_fields.push_back(field);
    endfunction
    virtual function string get_full_name();
      if (m_file == null) return m_name;
      return {m_file.get_full_name(), ".", m_name};
    endfunction
  endclass

  class uvm_reg_map extends uvm_object;
    function new(string name = "uvm_reg_map");
      super.new(name);
    endfunction
    virtual function void add_reg(uvm_reg rg, uvm_reg_addr_t offset, string rights = "RW", bit unmapped = 0);
      foreach (rg.m_fields[i])
        $display("reg %s at=%0h rights=%s bits=%0d %s", rg.get_full_name(), offset, rights, rg.m_bits, rg.m_fields[i].m_text);
    endfunction
  endclass

  class uvm_resource_db #(type T = int);
    static function void set(string scope, string name, T val, uvm_object accessor = null);
      $display("resource %s %s %0d", scope, name, val);
    endfunction
  endclass

endpackage : uvm_pkg

`default_nettype wire
