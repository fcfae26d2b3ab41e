// SPDX-License-Identifier: Apache-2.0
//
// rdma_wants: the opportunities a queue pair is ready for, from its context alone (twin of qp.Wants).
// The scheduler keeps nothing else, so a context is complete by construction.
// Latency 0 (combinational), one context per cycle.
`default_nettype none

module rdma_wants (
  /// Context after the last step.
  input  wire logic [rdma_pkg::QpcW-1:0] ctx_i,
  /// One request packet may be sent.
  output logic                           send_o,
  /// The head work request may have completed.
  output logic                           retire_o,
  /// ERR: a send is to be flushed.
  output logic                           flush_sq_o,
  /// ERR: a receive is to be flushed.
  output logic                           flush_rq_o
);
  rdma_pkg::qpc_t c;
  assign c = ctx_i;

  logic [23:0] window;
  assign window = c.next_psn - c.una_psn;

  always_comb begin
    send_o = 1'b0;
    retire_o = 1'b0;
    flush_sq_o = 1'b0;
    flush_rq_o = 1'b0;
    if (c.state == rdma_pkg::StateErr) begin
      retire_o = c.cpl_due;
      flush_sq_o = !c.cpl_due && c.sq_ack != c.sq_pi;
      flush_rq_o = c.rq_ci != c.rq_pi;
    end else if (c.state == rdma_pkg::StateRts || c.state == rdma_pkg::StatePaused) begin
      retire_o = c.cpl_due;
      if (!c.cpl_due && !c.resume_pending && c.sq_ack != c.sq_pi) begin
        if (c.state == rdma_pkg::StatePaused) send_o = c.probe && c.una_psn != c.max_psn;
        else if (c.timer == rdma_pkg::TimerRnr) send_o = 1'b0;
        else if (c.rewind) send_o = 1'b1;
        else
          send_o = c.sq_err == rdma_pkg::WcStatusSuccess && c.sq_send != c.sq_pi &&
                   window < rdma_pkg::SendWindow[23:0];
      end
    end
  end

  logic unused_ok;
  assign unused_ok = ^c;
endmodule

`default_nettype wire
