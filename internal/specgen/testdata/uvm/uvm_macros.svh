// SPDX-License-Identifier: Apache-2.0
// The one macro of UVM that the register model needs; see uvm_pkg.sv beside it.
`define uvm_object_utils(T) \
  typedef uvm_object_registry#(T, `"T`") type_id;
