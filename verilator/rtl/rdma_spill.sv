// SPDX-License-Identifier: Apache-2.0
//
// rdma_spill: two-entry register slice for a ready/valid stream.
// Cuts every combinational path between its two sides.
// Latency 1 cycle. Throughput one item per cycle.
`include "rdma_assert.svh"
`default_nettype none
module rdma_spill #(
  /// Width of an item in bits.
  parameter int unsigned W = 8
) (
  /// Clock.
  input  logic         clk_i,
  /// Asynchronous reset, active low.
  input  logic         rst_ni,
  /// in_data_i is offered.
  input  logic         in_valid_i,
  /// Taken when valid.
  output logic         in_ready_o,
  /// Item.
  input  logic [W-1:0] in_data_i,
  /// out_data_o is offered.
  output logic         out_valid_o,
  /// Taken by the consumer.
  input  logic         out_ready_i,
  /// Item.
  output logic [W-1:0] out_data_o
);
  logic         a_valid_q;
  logic         b_valid_q;
  logic [W-1:0] a_data_q;
  logic [W-1:0] b_data_q;
  logic         in_take;
  logic         out_free;

  // a feeds the output; b holds what arrived while a was stuck, and only then in_ready_o is low.
  assign out_valid_o = a_valid_q;
  assign out_data_o  = a_data_q;
  assign in_ready_o  = !b_valid_q;
  assign in_take     = in_valid_i && in_ready_o;
  assign out_free    = !a_valid_q || out_ready_i;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      a_valid_q <= 1'b0;
      b_valid_q <= 1'b0;
    end else if (out_free) begin
      a_valid_q <= b_valid_q || in_take;
      b_valid_q <= 1'b0;
    end else if (in_take) begin
      b_valid_q <= 1'b1;
    end
  end

  always_ff @(posedge clk_i) begin
    if (out_free) begin
      if (b_valid_q) a_data_q <= b_data_q;
      else if (in_take) a_data_q <= in_data_i;
    end else if (in_take) begin
      b_data_q <= in_data_i;
    end
  end

  `RDMA_STABLE(a_out_stable, out_valid_o, out_ready_i, out_data_o)
endmodule
`default_nettype wire
