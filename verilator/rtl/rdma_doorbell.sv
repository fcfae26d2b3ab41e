// SPDX-License-Identifier: Apache-2.0
//
// rdma_doorbell: causes DB_SQ and DB_RQ: a producer index that may only advance, in a state that takes work
// (twin of qp.doorbellSQ and qp.doorbellRQ). A stopped queue pair takes none: rule R1.
// Latency 0 (combinational).
`default_nettype none

module rdma_doorbell (
  /// Context before the step.
  input  wire logic [rdma_pkg::QpcW-1:0] ctx_i,
  /// DB_SQ rather than DB_RQ.
  input  wire logic                      sq_i,
  /// New producer index.
  input  wire logic [15:0]               pi_i,
  /// Context after the step, and the verdict.
  output logic [rdma_pkg::QpcW-1:0]      ctx_o,
  output logic [7:0]                     verdict_o
);
  rdma_pkg::qpc_t c;
  rdma_pkg::qpc_t n;
  assign c = ctx_i;
  assign ctx_o = n;

  logic live;
  logic [15:0] ci;
  logic [15:0] room;
  logic [15:0] was;
  logic [16:0] size;
  assign live = c.state == rdma_pkg::StateRts || c.state == rdma_pkg::StatePaused ||
                c.state == rdma_pkg::StateErr ||
                (!sq_i && (c.state == rdma_pkg::StateInit || c.state == rdma_pkg::StateRtr));
  assign ci = sq_i ? c.sq_ack : c.rq_ci;
  assign was = (sq_i ? c.sq_pi : c.rq_pi) - ci;
  assign room = pi_i - ci;
  assign size = 17'd1 << (sq_i ? c.sq_log : c.rq_log);

  always_comb begin
    n = c;
    verdict_o = rdma_pkg::VerdictIgnored;
    if (live && room >= was && {1'b0, room} <= size) begin
      verdict_o = rdma_pkg::VerdictOk;
      if (sq_i) n.sq_pi = pi_i;
      else n.rq_pi = pi_i;
    end
  end
endmodule

`default_nettype wire
