// SPDX-License-Identifier: Apache-2.0
//
// rdma_sched: which slot may have the next opportunity, and of which kind.
// Keeps one bit per slot and kind, computed from the context at each commit, and nothing else. Completions
// go before flushes, flushes before sends; slots take turns within a kind. This is the sole admission point
// for new work in the send path.
// Latency 1 cycle from commit to grant; one grant per cycle.
`default_nettype none

module rdma_sched #(
  /// Context slots.
  parameter int unsigned NumQp = 8,
  localparam int unsigned SlotW = NumQp > 1 ? $clog2(NumQp) : 1
) (
  input  wire logic                      clk_i,
  input  wire logic                      rst_ni,
  /// Commit of a context; an unallocated slot wants nothing.
  input  wire logic                      commit_i,
  input  wire logic [SlotW-1:0]          commit_slot_i,
  input  wire logic [rdma_pkg::QpcW-1:0] commit_ctx_i,
  /// Opportunity granted: Cause* and slot; taken with take_i.
  input  wire logic                      take_i,
  output logic                           valid_o,
  output logic [7:0]                     cause_o,
  output logic [SlotW-1:0]               slot_o
);
  logic w_send;
  logic w_retire;
  logic w_flush_sq;
  logic w_flush_rq;
  rdma_wants u_wants (
    .ctx_i(commit_ctx_i),
    .send_o(w_send),
    .retire_o(w_retire),
    .flush_sq_o(w_flush_sq),
    .flush_rq_o(w_flush_rq)
  );

  logic [NumQp-1:0] send_q;
  logic [NumQp-1:0] retire_q;
  logic [NumQp-1:0] flush_sq_q;
  logic [NumQp-1:0] flush_rq_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      send_q <= {NumQp{1'b0}};
      retire_q <= {NumQp{1'b0}};
      flush_sq_q <= {NumQp{1'b0}};
      flush_rq_q <= {NumQp{1'b0}};
    end else if (commit_i) begin
      send_q[commit_slot_i] <= w_send;
      retire_q[commit_slot_i] <= w_retire;
      flush_sq_q[commit_slot_i] <= w_flush_sq;
      flush_rq_q[commit_slot_i] <= w_flush_rq;
    end
  end

  logic retire_v;
  logic flush_sq_v;
  logic flush_rq_v;
  logic send_v;
  logic [SlotW-1:0] retire_s;
  logic [SlotW-1:0] flush_sq_s;
  logic [SlotW-1:0] flush_rq_s;
  logic [SlotW-1:0] send_s;
  rdma_rr_arb #(.N(NumQp)) u_retire (
    .clk_i, .rst_ni, .req_i(retire_q), .take_i(take_i && cause_o == rdma_pkg::CauseRetire),
    .gnt_valid_o(retire_v), .gnt_idx_o(retire_s)
  );
  rdma_rr_arb #(.N(NumQp)) u_flush_sq (
    .clk_i, .rst_ni, .req_i(flush_sq_q), .take_i(take_i && cause_o == rdma_pkg::CauseFlushSq),
    .gnt_valid_o(flush_sq_v), .gnt_idx_o(flush_sq_s)
  );
  rdma_rr_arb #(.N(NumQp)) u_flush_rq (
    .clk_i, .rst_ni, .req_i(flush_rq_q), .take_i(take_i && cause_o == rdma_pkg::CauseFlushRq),
    .gnt_valid_o(flush_rq_v), .gnt_idx_o(flush_rq_s)
  );
  rdma_rr_arb #(.N(NumQp)) u_send (
    .clk_i, .rst_ni, .req_i(send_q), .take_i(take_i && cause_o == rdma_pkg::CauseSend),
    .gnt_valid_o(send_v), .gnt_idx_o(send_s)
  );

  assign valid_o = retire_v || flush_sq_v || flush_rq_v || send_v;
  assign cause_o = retire_v ? rdma_pkg::CauseRetire :
                   flush_sq_v ? rdma_pkg::CauseFlushSq :
                   flush_rq_v ? rdma_pkg::CauseFlushRq : rdma_pkg::CauseSend;
  assign slot_o = retire_v ? retire_s : flush_sq_v ? flush_sq_s : flush_rq_v ? flush_rq_s : send_s;
endmodule

`default_nettype wire
