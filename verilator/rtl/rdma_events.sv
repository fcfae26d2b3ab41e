// SPDX-License-Identifier: Apache-2.0
//
// rdma_events: the queue behind register EVENT. An event that finds it full is lost, which the overflow bit
// then tells until reset.
// Latency 1 cycle; one event in and one out per cycle.
`default_nettype none

module rdma_events (
  input  wire logic        clk_i,
  input  wire logic        rst_ni,
  /// An event: Event* and the number of its QP or CQ.
  input  wire logic        push_i,
  input  wire logic [7:0]  kind_i,
  input  wire logic [23:0] number_i,
  /// Take the oldest.
  input  wire logic        pop_i,
  /// The oldest, in the form of register EVENT; 0 when there is none.
  output logic [31:0]      head_o,
  /// Events waiting, and whether one was lost.
  output logic [7:0]       count_o,
  output logic             overflow_o
);
  localparam int unsigned PtrW = $clog2(rdma_pkg::EventQueue);
  logic [31:0] mem[0:rdma_pkg::EventQueue-1];
  logic [PtrW:0] wr_q;
  logic [PtrW:0] rd_q;
  logic overflow_q;
  logic full;
  logic empty;
  assign empty = wr_q == rd_q;
  assign full = wr_q[PtrW-1:0] == rd_q[PtrW-1:0] && wr_q[PtrW] != rd_q[PtrW];
  assign head_o = empty ? 32'd0 : mem[rd_q[PtrW-1:0]];
  assign count_o = {{(7 - PtrW) {1'b0}}, wr_q - rd_q};
  assign overflow_o = overflow_q;

  always_ff @(posedge clk_i) begin
    if (push_i && !full) mem[wr_q[PtrW-1:0]] <= {kind_i, number_i};
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      wr_q <= {(PtrW + 1) {1'b0}};
      rd_q <= {(PtrW + 1) {1'b0}};
      overflow_q <= 1'b0;
    end else begin
      if (push_i && !full) wr_q <= wr_q + 1'b1;
      if (push_i && full) overflow_q <= 1'b1;
      if (pop_i && !empty) rd_q <= rd_q + 1'b1;
    end
  end
endmodule

`default_nettype wire
