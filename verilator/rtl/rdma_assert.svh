// SPDX-License-Identifier: Apache-2.0
//
// Assertion macros that Verilator 5.006 and Yosys 0.23 both get right: immediate assertions in a clocked block.
// Concurrent assertions are syntax errors in Yosys and `bind` is dropped by it without a word, so neither is used.
// Every use needs clk_i and rst_ni in scope and sits at module level.
`ifndef RDMA_ASSERT_SVH
`define RDMA_ASSERT_SVH

// The reset is data here and asynchronous in the registers: exactly what SYNCASYNCNET warns of, and intended.
`define RDMA_ASSERT(name, prop) \
  /* verilator lint_off SYNCASYNCNET */ \
  always_ff @(posedge clk_i) begin \
    if (rst_ni) begin \
      name: assert (prop); \
    end \
  end \
  /* verilator lint_on SYNCASYNCNET */

// What the surroundings owe us: an assumption for proofs, checked in simulation.
`ifdef FORMAL
`define RDMA_ASSUME(name, prop) \
  always_ff @(posedge clk_i) begin \
    if (rst_ni) begin \
      name: assume (prop); \
    end \
  end
`else
`define RDMA_ASSUME(name, prop) `RDMA_ASSERT(name, prop)
`endif

// Reachability, looked for by proofs only.
`ifdef FORMAL
`define RDMA_COVER(name, prop) \
  always_ff @(posedge clk_i) begin \
    if (rst_ni) begin \
      name: cover (prop); \
    end \
  end
`else
`define RDMA_COVER(name, prop)
`endif

// Ready/valid rule: what is offered and not taken is offered unchanged in the next cycle.
`define RDMA_STABLE(name, valid, ready, payload) \
  `RDMA_ASSERT(name, !$past(rst_ni && (valid) && !(ready)) || ((valid) && $stable(payload)))

// Vector to enum: Verilator wants the cast, Yosys has none.
`ifdef YOSYS
`define RDMA_CAST(T, x) (x)
`else
`define RDMA_CAST(T, x) T'(x)
`endif

`endif
