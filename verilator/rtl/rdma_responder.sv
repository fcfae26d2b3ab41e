// SPDX-License-Identifier: Apache-2.0
//
// rdma_responder: request packets to a queue pair that serves (twin of qp.admit and qp.respond).
// Says first which receive and which region check it needs, then, with those given, what the step does.
// Latency 0 (combinational); the sequencer registers the result. One packet per step.
`default_nettype none

module rdma_responder (
  /// Context before the step.
  input  wire logic [rdma_pkg::QpcW-1:0] ctx_i,
  /// BTH opcode, op_info of it, AckReq, PSN, whether partition keys match, source address.
  input  wire logic [7:0]                opcode_i,
  input  wire logic [rdma_pkg::OpInfoW-1:0] info_i,
  input  wire logic                      ackreq_i,
  input  wire logic [23:0]               psn_i,
  input  wire logic                      pkey_ok_i,
  input  wire logic [127:0]              src_ip_i,
  /// RETH as on the wire, byte 0 in bits 7:0.
  input  wire logic [127:0]              reth_i,
  /// Payload bytes without pad.
  input  wire logic [15:0]               plen_i,
  /// Receive work queue element at rq_ci (layout wqe), when fetch_o asked for it.
  input  wire logic [511:0]              wqe_i,
  /// The region check asked for passed.
  input  wire logic                      mr_ok_i,
  /// The receive at rq_ci is needed.
  output logic                           fetch_o,
  /// Region check needed, and of what.
  output logic                           check_o,
  output logic [31:0]                    check_key_o,
  output logic [63:0]                    check_va_o,
  output logic [31:0]                    check_len_o,
  output logic [7:0]                     check_access_o,
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

  // What the responder makes of the packet before it touches memory.
  typedef enum logic [3:0] {
    AdmitDropState,
    AdmitDropPkey,
    AdmitDropSource,
    AdmitDuplicate,
    AdmitGap,
    AdmitInvalid,
    AdmitNotReady,
    AdmitReceive,
    AdmitWrite,
    AdmitContinue
  } admit_e;
  admit_e admit;

  logic executes;
  logic is_send;
  logic is_first;
  logic is_middle;
  logic is_last;
  logic is_only;
  logic starts;
  assign executes = info_i[rdma_pkg::OpInfoExecutesLsb];
  assign is_send = info_i[rdma_pkg::OpInfoOpLsb +: 3] == rdma_pkg::OperationSend;
  assign is_first = info_i[rdma_pkg::OpInfoPosLsb +: 2] == rdma_pkg::PositionFirst;
  assign is_middle = info_i[rdma_pkg::OpInfoPosLsb +: 2] == rdma_pkg::PositionMiddle;
  assign is_last = info_i[rdma_pkg::OpInfoPosLsb +: 2] == rdma_pkg::PositionLast;
  assign is_only = info_i[rdma_pkg::OpInfoPosLsb +: 2] == rdma_pkg::PositionOnly;
  assign starts = is_first || is_only;

  logic [63:0] r_va;
  logic [31:0] r_key;
  logic [31:0] r_len;
  logic [31:0] plen;
  logic [31:0] mtu;
  logic in_write;
  logic serves;
  assign r_va = rdma_pkg::swap64(reth_i[63:0]);
  assign r_key = rdma_pkg::swap32(reth_i[95:64]);
  assign r_len = rdma_pkg::swap32(reth_i[127:96]);
  assign plen = {16'd0, plen_i};
  assign mtu = 32'd128 << c.pmtu;
  assign in_write = c.r_op == rdma_pkg::RecvOpWrite;
  assign serves = c.state == rdma_pkg::StateRtr || c.state == rdma_pkg::StateRts ||
                  c.state == rdma_pkg::StatePaused;

  always_comb begin
    if (!serves) admit = AdmitDropState;
    else if (!pkey_ok_i) admit = AdmitDropPkey;
    else if (src_ip_i != c.remote_ip) admit = AdmitDropSource;  // R11
    else if (psn_i != c.epsn)
      admit = rdma_pkg::psn_less(psn_i, c.epsn) ? AdmitDuplicate : AdmitGap;
    else if (!executes) admit = AdmitInvalid;
    else if (starts != (c.r_op == rdma_pkg::RecvOpNone) ||
             (c.r_op == rdma_pkg::RecvOpSend && !is_send) || (in_write && is_send))
      admit = AdmitInvalid;  // IBTA 9.7.4.1.2
    else if (plen > mtu || ((is_first || is_middle) && plen != mtu) || (is_last && plen_i == 16'd0))
      admit = AdmitInvalid;  // IBTA 9.7.4.1.6
    else if (!starts) admit = AdmitContinue;
    else if (is_send) admit = c.rq_ci == c.rq_pi ? AdmitNotReady : AdmitReceive;
    else if (r_len > 32'h8000_0000 || (is_only && r_len != plen) || (is_first && r_len <= plen))
      admit = AdmitInvalid;
    else admit = AdmitWrite;
  end

  assign fetch_o = admit == AdmitReceive;

  always_comb begin
    check_o = 1'b0;
    check_key_o = c.r_key;
    check_va_o = c.r_va;
    check_len_o = plen;
    check_access_o = in_write ? rdma_pkg::AccessRemoteWrite : rdma_pkg::AccessLocalWrite;
    if (admit == AdmitReceive) begin
      check_o = w.length != 32'd0;
      check_key_o = w.lkey;
      check_va_o = w.va;
      check_len_o = w.length;
      check_access_o = rdma_pkg::AccessLocalWrite;
    end else if (admit == AdmitWrite) begin
      check_o = r_len != 32'd0;
      check_key_o = r_key;
      check_va_o = r_va;
      check_len_o = r_len;
      check_access_o = rdma_pkg::AccessRemoteWrite;
    end else if (admit == AdmitContinue) begin
      check_o = 1'b1;
    end
  end

  // NAK that ends the connection. IBTA 9.7.5.1.5.
  task refuse(input [7:0] syndrome, input [7:0] kind);
    answer(syndrome, c.epsn, c.msn, c.remote_ip);
    fail(rdma_pkg::WcStatusSuccess, rdma_pkg::VendorErrNone, kind);
    fx.verdict = rdma_pkg::VerdictNaked;
  endtask

  // The packet at ePSN is committed, with the cursor before it given.
  task execute(input [1:0] op, input [31:0] key, input [63:0] va, input [31:0] resid,
               input [31:0] len);
    fx.write = plen_i != 16'd0;
`ifdef GODWIT_MUTANT_EPSN_SKIP
    n.epsn = c.epsn + (is_only && c.msn[3:0] == 4'hf ? 24'd2 : 24'd1);
`else
    n.epsn = c.epsn + 24'd1;
`endif
    n.nak_sent = 1'b0;
    n.r_op = op;
    n.r_key = key;
    n.r_va = va + {32'd0, plen};
    n.r_resid = resid - plen;
    n.r_len = len + plen;
    if (is_last || is_only) begin
`ifndef GODWIT_MUTANT_MSN_STUCK
      n.msn = c.msn + 24'd1;
`endif
      if (op == rdma_pkg::RecvOpSend) begin
        post(c.rcqn, rdma_pkg::WcOpcodeRecv, len + plen, c.rq_ci, rdma_pkg::WcStatusSuccess,
             rdma_pkg::VendorErrNone);
        n.rq_ci = c.rq_ci + 16'd1;
      end
      n.r_op = rdma_pkg::RecvOpNone;
      n.r_key = 32'd0;
      n.r_va = 64'd0;
      n.r_resid = 32'd0;
      n.r_len = 32'd0;
    end
    if (ackreq_i) answer(rdma_pkg::SyndromeAck, c.epsn, n.msn, c.remote_ip);
  endtask

  task begin_receive;
    if (plen > w.length) begin
      refuse(rdma_pkg::SyndromeNakInvReq, rdma_pkg::EventQpReqErr);
      n.rq_err = rdma_pkg::WcStatusLocLenErr;
    end else if (w.length != 32'd0 && !mr_ok_i) begin
      refuse(rdma_pkg::SyndromeNakRemOp, rdma_pkg::EventQpFatal);
      n.rq_err = rdma_pkg::WcStatusLocProtErr;
    end else begin
      execute(rdma_pkg::RecvOpSend, w.lkey, w.va, w.length, 32'd0);
    end
  endtask

  task begin_write;
    if (r_len != 32'd0 && ((c.access & rdma_pkg::AccessRemoteWrite[3:0]) == 4'd0 || !mr_ok_i))
      refuse(rdma_pkg::SyndromeNakRemAccess, rdma_pkg::EventQpAccessErr);
    else execute(rdma_pkg::RecvOpWrite, r_key, r_va, r_len, 32'd0);
  endtask

  task proceed;
    if (plen > c.r_resid || (in_write && is_last != (plen == c.r_resid))) begin
      refuse(rdma_pkg::SyndromeNakInvReq, rdma_pkg::EventQpReqErr);
      if (!in_write) n.rq_err = rdma_pkg::WcStatusLocLenErr;
    end else if (!mr_ok_i) begin
      if (in_write) begin
        refuse(rdma_pkg::SyndromeNakRemAccess, rdma_pkg::EventQpAccessErr);
      end else begin
        refuse(rdma_pkg::SyndromeNakRemOp, rdma_pkg::EventQpFatal);
        n.rq_err = rdma_pkg::WcStatusLocProtErr;
      end
    end else begin
      execute(c.r_op, c.r_key, c.r_va, c.r_resid, c.r_len);
    end
  endtask

  always_comb begin
    n = c;
    fx = {rdma_pkg::FxW{1'b0}};
    case (admit)
      AdmitDropState: fx.verdict = rdma_pkg::VerdictDropState;
      AdmitDropPkey: fx.verdict = rdma_pkg::VerdictDropPkey;
      AdmitDropSource: fx.verdict = rdma_pkg::VerdictDropSource;
      AdmitDuplicate: begin
        // IBTA 9.7.5.1.4: acknowledged again, never executed again.
        if (ackreq_i && executes)
          answer(rdma_pkg::SyndromeAck, c.epsn - 24'd1, c.msn, c.remote_ip);
        fx.verdict = rdma_pkg::VerdictDuplicate;
      end
      AdmitGap: begin
        if (c.nak_sent) begin
          fx.verdict = rdma_pkg::VerdictDropGap;
        end else begin
          n.nak_sent = 1'b1;
          answer(rdma_pkg::SyndromeNakPsnSeq, c.epsn, c.msn, c.remote_ip);
          fx.verdict = rdma_pkg::VerdictNaked;
        end
      end
      AdmitNotReady: begin
        n.nak_sent = 1'b1;
        answer(rdma_pkg::SyndromeRnrNak | {3'd0, c.min_rnr}, c.epsn, c.msn, c.remote_ip);
        fx.verdict = rdma_pkg::VerdictNaked;
      end
      AdmitReceive: begin_receive;
      AdmitWrite: begin_write;
      AdmitContinue: proceed;
      default: refuse(rdma_pkg::SyndromeNakInvReq, rdma_pkg::EventQpReqErr);
    endcase
  end

  logic unused_ok;
  assign unused_ok = ^{w, opcode_i, info_i};
endmodule

`default_nettype wire
