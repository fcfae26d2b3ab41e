// SPDX-License-Identifier: Apache-2.0
//
// rdma_requester: cause SEND, one request packet at the send cursor (twin of qp.send).
// Retransmission is a send from an earlier cursor: nothing packet-sized is kept.
// Latency 0 (combinational); the sequencer registers the result. One packet per step.
`default_nettype none

module rdma_requester (
  /// Context before the step.
  input  wire logic [rdma_pkg::QpcW-1:0] ctx_i,
  /// Work queue element at the cursor (layout wqe).
  input  wire logic [511:0]              wqe_i,
  /// The region check of its buffer passed.
  input  wire logic                      mr_ok_i,
  /// Index of the work queue element needed.
  output logic [15:0]                    wqe_idx_o,
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

  logic probe;
  logic go_back;
  logic [3:0] mtu_log;
  logic [15:0] mtu;
  logic [23:0] into_head;
  logic [31:0] off;
  logic [31:0] left;
  logic [23:0] psn;
  logic [15:0] idx;
  assign probe = c.state == rdma_pkg::StatePaused;
  assign go_back = c.rewind || probe;
  assign mtu_log = 4'd7 + {1'b0, c.pmtu};
  assign mtu = 16'd1 << mtu_log;
  assign into_head = c.una_psn - c.head_psn;
  assign off = go_back ? {8'd0, into_head} << mtu_log : c.sq_off;
  assign psn = go_back ? c.una_psn : c.next_psn;
  assign idx = go_back ? c.sq_ack : c.sq_send;
  assign left = w.length - off;
  assign wqe_idx_o = idx;

  logic first;
  logic last;
  logic is_write;
  logic [15:0] len;
  logic [7:0] status;
  assign first = off == 32'd0;
  assign last = left <= {16'd0, mtu};
  assign is_write = w.opcode == rdma_pkg::WrOpcodeRdmaWrite;
  assign len = last ? left[15:0] : mtu;

  // IBTA 10.8.3.1, in the order of qp.badRequest.
  always_comb begin
    status = rdma_pkg::WcStatusSuccess;
    if ((w.opcode != rdma_pkg::WrOpcodeSend && !is_write) || w.num_sge > 8'd1 ||
        (w.num_sge == 8'd0 && w.length != 32'd0)) status = rdma_pkg::WcStatusLocQpOpErr;
    else if (w.length > 32'h8000_0000) status = rdma_pkg::WcStatusLocLenErr;
    else if (!first && off >= w.length) status = rdma_pkg::WcStatusLocQpOpErr;
    else if (w.length != 32'd0 && !mr_ok_i) status = rdma_pkg::WcStatusLocProtErr;
  end

  always_comb begin
    n = c;
    fx = {rdma_pkg::FxW{1'b0}};
    if (go_back) begin
      n.rewind = 1'b0;
      n.sq_send = idx;
      n.sq_off = off;
      n.next_psn = psn;
      n.sq_err = rdma_pkg::WcStatusSuccess;
    end
    if (status != rdma_pkg::WcStatusSuccess) begin
      n.sq_err = status;
      if (idx == c.sq_ack)
        fail(status, rdma_pkg::VendorErrNone, rdma_pkg::EventQpFatal);
    end else begin
      fx.pkt = 1'b1;
      fx.pkt_op = (is_write ? rdma_pkg::OpRdmaWriteFirst : rdma_pkg::OpSendFirst) +
                  (last ? (first ? 8'd4 : 8'd2) : (first ? 8'd0 : 8'd1));
      fx.pkt_psn = psn;
      fx.pkt_dst = c.remote_ip;
      fx.pkt_se = last && (w.flags & rdma_pkg::WrFlagSolicited) != 8'd0;
      fx.pkt_ackreq = last || probe || psn[3:0] == 4'hf;
      fx.pkt_off = off;
      fx.pkt_len = len;
      if (first && is_write) begin
        fx.pkt_ext[63:0] = rdma_pkg::swap64(w.remote_va);
        fx.pkt_ext[95:64] = rdma_pkg::swap32(w.rkey);
        fx.pkt_ext[127:96] = rdma_pkg::swap32(w.length);
        fx.pkt_ext_len = 6'd16;
      end
      fx.pkt_retx = psn != c.max_psn;
`ifdef GODWIT_MUTANT_PSN_STUCK
      n.next_psn = last ? psn : psn + 24'd1;
`else
      n.next_psn = psn + 24'd1;
`endif
      if (!fx.pkt_retx) n.max_psn = n.next_psn;
      if (last) begin
        n.sq_send = idx + 16'd1;
        n.sq_off = 32'd0;
      end else begin
        n.sq_off = off + {16'd0, len};
      end
      if (probe) begin
        n.probe = 1'b0;
        n.rewind = 1'b1;
      end else if (c.timer == rdma_pkg::TimerNone) begin
        arm_ack;
      end
    end
  end

  logic unused_ok;
  assign unused_ok = ^w;
endmodule

`default_nettype wire
