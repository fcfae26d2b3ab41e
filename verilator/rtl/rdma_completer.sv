// SPDX-License-Identifier: Apache-2.0
//
// rdma_completer: responses (ACK, NAK, RNR NAK), the ACK and RNR timers, completions and flushes
// (twin of qp.complete, qp.retire, qp.flushSQ, qp.flushRQ and the transport half of qp.timeout).
// NAK_STOPPED and the migration timers go to rdma_mig.
// Latency 0 (combinational); the sequencer registers the result. One cause per step.
`default_nettype none

module rdma_completer (
  /// Context before the step.
  input  wire logic [rdma_pkg::QpcW-1:0] ctx_i,
  /// Cause*: RX, RETIRE, FLUSH_SQ, FLUSH_RQ or TIMER.
  input  wire logic [7:0]                cause_i,
  /// RX: BTH opcode, PSN, whether partition keys match, source address, AETH syndrome.
  input  wire logic [7:0]                opcode_i,
  input  wire logic [23:0]               psn_i,
  input  wire logic                      pkey_ok_i,
  input  wire logic [127:0]              src_ip_i,
  input  wire logic [7:0]                syndrome_i,
  /// RETIRE: work queue element at sq_ack (layout wqe).
  input  wire logic [511:0]              wqe_i,
  /// Context after the step.
  output logic [rdma_pkg::QpcW-1:0]      ctx_o,
  /// Effects (fx_t).
  output logic [rdma_pkg::FxW-1:0]       fx_o
);
  rdma_pkg::qpc_t c;
  rdma_pkg::qpc_t n;
  rdma_pkg::wqe_t w;
  rdma_pkg::fx_t fx;
  assign c = ctx_i;
  assign w = wqe_i;
  assign ctx_o = n;
  assign fx_o = fx;

  `include "rdma_step_tasks.svh"

  // PSN of the response against what is outstanding.
  logic [23:0] ahead;
  logic [23:0] span;
  logic outstanding;
  logic [7:0] outside;
  assign ahead = psn_i - c.una_psn;
  assign span = c.max_psn - c.una_psn;
  assign outstanding = ahead < span;
  assign outside = rdma_pkg::psn_less(psn_i, c.una_psn) ? rdma_pkg::VerdictDuplicate
                                                       : rdma_pkg::VerdictDropGhost;

  // PSNs of the head work request.
  logic [3:0] mtu_log;
  logic [31:0] len_less_one;
  logic [31:0] packets;
  logic [23:0] done;
  assign mtu_log = 4'd7 + {1'b0, c.pmtu};
  assign len_less_one = w.length - 32'd1;
  assign packets = w.length == 32'd0 ? 32'd1 : (len_less_one >> mtu_log) + 32'd1;
  assign done = c.una_psn - c.head_psn;

  // ACK of psn_i and all before. IBTA 9.7.5.2.4.
  task acknowledge;
    acknowledged(psn_i + 24'd1);
    if (c.timer == rdma_pkg::TimerAck || c.timer == rdma_pkg::TimerRnr) begin
      n.timer = rdma_pkg::TimerNone;
      if (n.una_psn != c.max_psn && !n.rewind) arm_ack;
    end
  endtask

  // PSN sequence NAK: go back to psn_i. IBTA 9.7.5.2.8.
  task sequence_error;
    if (psn_i == c.una_psn && c.rewind) begin
      fx.verdict = rdma_pkg::VerdictDuplicate;
    end else if (psn_i == c.una_psn && c.retry_left == 3'd0) begin
      fail(rdma_pkg::WcStatusRetryExcErr, rdma_pkg::VendorErrNone, rdma_pkg::EventQpFatal);
    end else begin
      if (psn_i == c.una_psn) n.retry_left = c.retry_left - 3'd1;
      acknowledged(psn_i);
      n.rewind = 1'b1;
      if (c.timer == rdma_pkg::TimerAck) n.timer = rdma_pkg::TimerNone;
    end
  endtask

  // RNR NAK: wait, then go back to psn_i. IBTA 9.7.5.2.8.
  task not_ready;
    acknowledged(psn_i);
    if (c.timer == rdma_pkg::TimerRnr) begin
      fx.verdict = rdma_pkg::VerdictDuplicate;
    end else if (c.rnr_retry != 3'd7 && c.state != rdma_pkg::StatePaused && n.rnr_left == 3'd0) begin
      fail(rdma_pkg::WcStatusRnrRetryExcErr, rdma_pkg::VendorErrNone, rdma_pkg::EventQpFatal);
    end else begin
      // P8: a pause costs no retry, and a probe may be answered so.
      if (c.rnr_retry != 3'd7 && c.state != rdma_pkg::StatePaused) n.rnr_left = n.rnr_left - 3'd1;
      n.rewind = 1'b1;
      if (n.timer == rdma_pkg::TimerAck || n.timer == rdma_pkg::TimerNone)
        set_timer(rdma_pkg::TimerRnr, rdma_pkg::rnr_ticks(syndrome_i[4:0]));
    end
  endtask

  // NAK that ends the connection. IBTA 9.7.5.2.8.
  task refused(input [7:0] status);
    acknowledged(psn_i);
    fail(status, rdma_pkg::VendorErrNone, rdma_pkg::EventQpFatal);
  endtask

  task respond_to_response;
    if (c.state == rdma_pkg::StateStopped) fx.verdict = rdma_pkg::VerdictDropStopped;
    else if (c.state != rdma_pkg::StateRts && c.state != rdma_pkg::StatePaused)
      fx.verdict = rdma_pkg::VerdictDropState;
    else if (!pkey_ok_i) fx.verdict = rdma_pkg::VerdictDropPkey;
    else if (src_ip_i != c.remote_ip) fx.verdict = rdma_pkg::VerdictDropSource;
    else if (opcode_i != rdma_pkg::OpAcknowledge) fx.verdict = rdma_pkg::VerdictDropGhost;
    else if (syndrome_i >= 8'h40 &&
             (syndrome_i < rdma_pkg::SyndromeNakPsnSeq || syndrome_i > rdma_pkg::SyndromeNakRemOp))
      fx.verdict = rdma_pkg::VerdictDropSyndrome;
    else if (!outstanding) fx.verdict = outside;
    else if (syndrome_i < 8'h40 || syndrome_i == rdma_pkg::SyndromeNakPsnSeq) begin
      end_pause;
      if (syndrome_i < 8'h20) acknowledge;
      else if (syndrome_i < 8'h40) not_ready;
      else sequence_error;
    end
    else if (syndrome_i == rdma_pkg::SyndromeNakInvReq) refused(rdma_pkg::WcStatusRemInvReqErr);
    else if (syndrome_i == rdma_pkg::SyndromeNakRemAccess)
      refused(rdma_pkg::WcStatusRemAccessErr);
    else refused(rdma_pkg::WcStatusRemOpErr);
  endtask

  // The oldest work request completes if all of it is acknowledged. IBTA 10.8.5.
  task retire;
    if ({8'd0, done} < packets) begin
      n.cpl_due = 1'b0;
    end else begin
`ifdef GODWIT_MUTANT_LOST_COMPLETION
      if ((c.sq_sig_all || (w.flags & rdma_pkg::WrFlagSignaled) != 8'd0) && c.sq_ack[1:0] != 2'd3)
`else
      if (c.sq_sig_all || (w.flags & rdma_pkg::WrFlagSignaled) != 8'd0)
`endif
        post(c.scqn, w.opcode == rdma_pkg::WrOpcodeRdmaWrite ? rdma_pkg::WcOpcodeRdmaWrite
                                                             : rdma_pkg::WcOpcodeSend,
             w.length, c.sq_ack, rdma_pkg::WcStatusSuccess, rdma_pkg::VendorErrNone);
      n.sq_ack = c.sq_ack + 16'd1;
      n.head_psn = c.head_psn + packets[23:0];
      n.cpl_due = n.head_psn != c.una_psn;
      if (c.state != rdma_pkg::StateErr && c.sq_err != rdma_pkg::WcStatusSuccess &&
          n.sq_ack == c.sq_send && !c.rewind)
        fail(c.sq_err, rdma_pkg::VendorErrNone, rdma_pkg::EventQpFatal);
    end
  endtask

  task flush_sq;
    post(c.scqn, rdma_pkg::WcOpcodeSend, 32'd0, c.sq_ack,
         c.sq_err == rdma_pkg::WcStatusSuccess ? rdma_pkg::WcStatusWrFlushErr : c.sq_err,
         c.sq_vendor);
    n.sq_err = rdma_pkg::WcStatusSuccess;
    n.sq_vendor = rdma_pkg::VendorErrNone;
    n.sq_ack = c.sq_ack + 16'd1;
    n.sq_send = c.sq_ack + 16'd1;
    n.sq_off = 32'd0;
  endtask

  task flush_rq;
    post(c.rcqn, rdma_pkg::WcOpcodeRecv, 32'd0, c.rq_ci,
         c.rq_err == rdma_pkg::WcStatusSuccess ? rdma_pkg::WcStatusWrFlushErr : c.rq_err,
         rdma_pkg::VendorErrNone);
    n.rq_err = rdma_pkg::WcStatusSuccess;
    n.rq_ci = c.rq_ci + 16'd1;
  endtask

  // ACK timer: go back to una_psn, once per retry. RNR timer: the send step goes back by itself.
  // IBTA 9.7.6.1.3.
  task timer_ended;
    n.timer = rdma_pkg::TimerNone;
    if (c.timer == rdma_pkg::TimerNone) fx.verdict = rdma_pkg::VerdictIgnored;
    if (c.timer == rdma_pkg::TimerAck && c.una_psn != c.max_psn) begin
      if (c.retry_left == 3'd0) begin
        fail(rdma_pkg::WcStatusRetryExcErr, rdma_pkg::VendorErrNone, rdma_pkg::EventQpFatal);
      end else begin
`ifndef GODWIT_MUTANT_RETRY_FREE
        n.retry_left = c.retry_left - 3'd1;
`endif
        n.rewind = 1'b1;
      end
    end
  endtask

  always_comb begin
    n = c;
    fx = {rdma_pkg::FxW{1'b0}};
    case (cause_i)
      rdma_pkg::CauseRx: respond_to_response;
      rdma_pkg::CauseRetire: retire;
      rdma_pkg::CauseFlushSq: flush_sq;
      rdma_pkg::CauseFlushRq: flush_rq;
      rdma_pkg::CauseTimer: timer_ended;
      default: fx.verdict = rdma_pkg::VerdictIgnored;
    endcase
  end

  logic unused_ok;
  assign unused_ok = ^w;
endmodule

`default_nettype wire
