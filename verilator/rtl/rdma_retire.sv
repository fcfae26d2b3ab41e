// SPDX-License-Identifier: Apache-2.0
//
// rdma_retire: the RNVI retire record (layout retire) of the step that commits, and its sequence number.
// Latency 0 (combinational from the commit); one record per cycle, no back-pressure.
`default_nettype none

module rdma_retire (
  input  wire logic                      clk_i,
  input  wire logic                      rst_ni,
  /// A step commits.
  input  wire logic                      commit_i,
  /// Fields of the record, see spec/layouts.yaml.
  input  wire logic [7:0]                cause_i,
  input  wire logic [7:0]                verdict_i,
  input  wire logic [15:0]               slot_i,
  input  wire logic [31:0]               arg_i,
  input  wire logic [31:0]               arg2_i,
  input  wire logic [31:0]               rx_seq_i,
  input  wire logic [31:0]               tx_seq_i,
  input  wire logic [31:0]               ticks_i,
  input  wire logic                      timer_set_i,
  input  wire logic                      timer_stop_i,
  input  wire logic [63:0]               addr_i,
  /// Context after the step; 0 when no queue pair is concerned.
  input  wire logic [rdma_pkg::QpcW-1:0] ctx_i,
  /// The retire port.
  output logic                           retire_valid_o,
  output logic [2559:0]                  retire_rec_o
);
  logic [31:0] seq_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) seq_q <= 32'd0;
    else if (commit_i) seq_q <= seq_q + 32'd1;
  end

  rdma_pkg::retire_t r;
  always_comb begin
    r = 2560'd0;
    if (commit_i) begin
      r.seq = seq_q;
      r.cause = cause_i;
      r.verdict = verdict_i;
      r.slot = slot_i;
      r.arg = arg_i;
      r.arg2 = arg2_i;
      r.rx_seq = rx_seq_i;
      r.tx_seq = tx_seq_i;
      r.timer_ticks = ticks_i;
      r.flags = {6'd0, timer_stop_i, timer_set_i};
      r.addr = addr_i;
      r.ctx = rdma_pkg::qpc_to_image(ctx_i);
    end
  end
  assign retire_valid_o = commit_i;
  assign retire_rec_o = r;
endmodule

`default_nettype wire
