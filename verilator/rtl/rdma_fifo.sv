// SPDX-License-Identifier: Apache-2.0
//
// rdma_fifo: small show-ahead FIFO.
// A push into a full or a pop from an empty FIFO has no effect and is an error of the user.
// Latency 1 cycle from push to data_o. Throughput one push and one pop per cycle.
`include "rdma_assert.svh"
`default_nettype none
module rdma_fifo #(
  /// Width of an entry in bits.
  parameter int unsigned W = 8,
  /// Entries; a power of two, 2 or more.
  parameter int unsigned Depth = 4
) (
  /// Clock.
  input  logic         clk_i,
  /// Asynchronous reset, active low.
  input  logic         rst_ni,
  /// Store data_i.
  input  logic         push_i,
  /// New entry.
  input  logic [W-1:0] data_i,
  /// No room.
  output logic         full_o,
  /// Remove the oldest entry.
  input  logic         pop_i,
  /// Oldest entry, meaningful while not empty_o.
  output logic [W-1:0] data_o,
  /// No entry.
  output logic         empty_o
);
  localparam int unsigned PtrW = $clog2(Depth);

  if (Depth < 2 || (Depth & (Depth - 1)) != 0) begin : gen_depth
    $error("rdma_fifo: Depth must be a power of two, 2 or more");
  end

  // One bit more than an index, so that full and empty differ.
  logic [PtrW:0] wptr_q;
  logic [PtrW:0] rptr_q;
  logic [W-1:0]  mem_q [0:Depth-1];
  logic          do_push;
  logic          do_pop;

  assign empty_o = wptr_q == rptr_q;
  assign full_o  = wptr_q == {~rptr_q[PtrW], rptr_q[PtrW-1:0]};
  assign do_push = push_i && !full_o;
  assign do_pop  = pop_i && !empty_o;
  assign data_o  = mem_q[rptr_q[PtrW-1:0]];

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      wptr_q <= '0;
      rptr_q <= '0;
    end else begin
      if (do_push) wptr_q <= wptr_q + 1'b1;
      if (do_pop) rptr_q <= rptr_q + 1'b1;
    end
  end

  always_ff @(posedge clk_i) begin
    if (do_push) mem_q[wptr_q[PtrW-1:0]] <= data_i;
  end

  `RDMA_ASSUME(a_no_overflow, !(push_i && full_o))
  `RDMA_ASSUME(a_no_underflow, !(pop_i && empty_o))
endmodule
`default_nettype wire
