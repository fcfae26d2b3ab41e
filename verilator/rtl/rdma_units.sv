// SPDX-License-Identifier: Apache-2.0
//
// rdma_units: the protocol units side by side, and the choice of the one that serves a cause (twin of
// qp.Step, qp.Fetch and qp.Check).
// Latency 0 (combinational); the sequencer holds the inputs and registers the result.
`default_nettype none

module rdma_units #(
  /// Migration unit present.
  parameter bit Migration = 1'b1
) (
  /// Context before the step, cause (Cause*), producer index of a doorbell.
  input  wire logic [rdma_pkg::QpcW-1:0] ctx_i,
  input  wire logic [7:0]                cause_i,
  input  wire logic [15:0]               pi_i,
  /// Received packet, as from rdma_rx.
  input  wire logic [7:0]                opcode_i,
  input  wire logic                      ackreq_i,
  input  wire logic [23:0]               psn_i,
  input  wire logic [15:0]               pkey_i,
  input  wire logic [127:0]              src_ip_i,
  input  wire logic [287:0]              ext_i,
  input  wire logic [15:0]               plen_i,
  input  wire logic                      tag_ok_i,
  /// What was fetched and checked.
  input  wire logic [511:0]              wqe_i,
  input  wire logic                      mr_ok_i,
  /// Own address.
  input  wire logic [127:0]              own_ip_i,
  /// Work queue element needed, and its DMA address.
  output logic                           fetch_o,
  output logic [63:0]                    fetch_addr_o,
  /// Region check needed; what is checked is valid even when it is not.
  output logic [31:0]                    check_key_o,
  output logic [63:0]                    check_va_o,
  output logic [31:0]                    check_len_o,
  output logic [7:0]                     check_access_o,
  /// Context after the step and effects (fx_t).
  output logic [rdma_pkg::QpcW-1:0]      ctx_o,
  output logic [rdma_pkg::FxW-1:0]       fx_o
);
  rdma_pkg::qpc_t c;
  rdma_pkg::wqe_t w;
  rdma_pkg::op_info_t info;
  assign c = ctx_i;
  assign w = wqe_i;
  assign info = rdma_pkg::op_info(opcode_i);

  // Both are of one partition, and at least one of both is a full member of it. IBTA 10.9.3.
  logic pkey_ok;
`ifdef GODWIT_MUTANT_PKEY_EXACT
  assign pkey_ok = pkey_i == c.pkey;
`else
`ifdef GODWIT_MUTANT_PKEY_LIMITED
  assign pkey_ok = pkey_i[14:0] == c.pkey[14:0] && pkey_i[14:0] != 15'd0;
`else
  assign pkey_ok = pkey_i[14:0] == c.pkey[14:0] && pkey_i[14:0] != 15'd0 &&
                   (pkey_i[15] || c.pkey[15]);
`endif
`endif

  logic [15:0] req_idx;
  logic [rdma_pkg::QpcW-1:0] req_ctx;
  logic [rdma_pkg::FxW-1:0] req_fx;
  rdma_requester u_requester (
    .ctx_i, .wqe_i, .mr_ok_i, .wqe_idx_o(req_idx), .ctx_o(req_ctx), .fx_o(req_fx)
  );

  logic [rdma_pkg::QpcW-1:0] cpl_ctx;
  logic [rdma_pkg::FxW-1:0] cpl_fx;
  rdma_completer u_completer (
    .ctx_i, .cause_i, .opcode_i, .psn_i, .pkey_ok_i(pkey_ok), .src_ip_i,
    .syndrome_i(ext_i[7:0]), .wqe_i, .ctx_o(cpl_ctx), .fx_o(cpl_fx)
  );

  logic rsp_fetch;
  logic rsp_check;
  logic [31:0] rsp_key;
  logic [63:0] rsp_va;
  logic [31:0] rsp_len;
  logic [7:0] rsp_access;
  logic [rdma_pkg::QpcW-1:0] rsp_ctx;
  logic [rdma_pkg::FxW-1:0] rsp_fx;
  rdma_responder u_responder (
    .ctx_i, .opcode_i, .info_i(info), .ackreq_i, .psn_i, .pkey_ok_i(pkey_ok), .src_ip_i,
    .reth_i(ext_i[127:0]), .plen_i, .wqe_i, .mr_ok_i, .fetch_o(rsp_fetch), .check_o(rsp_check),
    .check_key_o(rsp_key), .check_va_o(rsp_va), .check_len_o(rsp_len),
    .check_access_o(rsp_access), .ctx_o(rsp_ctx), .fx_o(rsp_fx)
  );

  logic [rdma_pkg::QpcW-1:0] db_ctx;
  logic [7:0] db_verdict;
  rdma_doorbell u_doorbell (
    .ctx_i, .sq_i(cause_i == rdma_pkg::CauseDbSq), .pi_i, .ctx_o(db_ctx), .verdict_o(db_verdict)
  );

  logic [rdma_pkg::QpcW-1:0] mig_ctx;
  logic [rdma_pkg::FxW-1:0] mig_fx;
  logic to_mig;
  if (Migration) begin : gen_mig
    rdma_mig u_mig (
      .ctx_i, .cause_i, .kind_i(info.kind), .psn_i, .pkey_ok_i(pkey_ok), .src_ip_i, .ext_i,
      .tag_ok_i, .own_ip_i, .ctx_o(mig_ctx), .fx_o(mig_fx)
    );
    logic live;
    assign live = c.state == rdma_pkg::StateRts || c.state == rdma_pkg::StatePaused;
    always_comb begin
      to_mig = 1'b0;
      case (cause_i)
        rdma_pkg::CauseStall, rdma_pkg::CauseActivate: to_mig = 1'b1;
        rdma_pkg::CauseTimer:
          to_mig = c.timer == rdma_pkg::TimerLease || c.timer == rdma_pkg::TimerResume;
        rdma_pkg::CauseRx:
          to_mig = info.kind == rdma_pkg::KindMig ||
                   (info.kind == rdma_pkg::KindRequest &&
                    (c.state == rdma_pkg::StateStopped || c.resume_pending)) ||
                   (live && opcode_i == rdma_pkg::OpAcknowledge &&
                    ext_i[7:0] == rdma_pkg::SyndromeNakStopped);
        default: ;
      endcase
    end
  end else begin : gen_no_mig
    assign mig_ctx = {rdma_pkg::QpcW{1'b0}};
    assign mig_fx = {rdma_pkg::FxW{1'b0}};
    assign to_mig = 1'b0;
    logic unused_mig;
    assign unused_mig = ^{own_ip_i, tag_ok_i, ext_i};
  end

  rdma_pkg::fx_t db_fx;
  always_comb begin
    db_fx = {rdma_pkg::FxW{1'b0}};
    db_fx.verdict = db_verdict;
  end

  always_comb begin
    if (to_mig) begin
      ctx_o = mig_ctx;
      fx_o = mig_fx;
    end else if (cause_i == rdma_pkg::CauseSend) begin
      ctx_o = req_ctx;
      fx_o = req_fx;
    end else if (cause_i == rdma_pkg::CauseRx && info.kind == rdma_pkg::KindRequest) begin
      ctx_o = rsp_ctx;
      fx_o = rsp_fx;
    end else if (cause_i == rdma_pkg::CauseDbSq || cause_i == rdma_pkg::CauseDbRq) begin
      ctx_o = db_ctx;
      fx_o = db_fx;
    end else begin
      ctx_o = cpl_ctx;
      fx_o = cpl_fx;
    end
  end

  // Work queue element: address of 64-byte element idx of a ring.
  logic is_send;
  logic is_retire;
  logic is_recv;
  logic [15:0] mask;
  logic [15:0] idx;
  assign is_send = cause_i == rdma_pkg::CauseSend;
  assign is_retire = cause_i == rdma_pkg::CauseRetire;
  assign is_recv = cause_i == rdma_pkg::CauseRx && !to_mig && info.kind == rdma_pkg::KindRequest &&
                   rsp_fetch;
  assign fetch_o = is_send || is_retire || is_recv;
  assign mask = (16'd1 << (is_recv ? c.rq_log : c.sq_log)) - 16'd1;
  assign idx = (is_recv ? c.rq_ci : is_retire ? c.sq_ack : req_idx) & mask;
  assign fetch_addr_o = (is_recv ? c.rq_base : c.sq_base) + {42'd0, idx, 6'd0};

  assign check_key_o = is_send ? w.lkey : rsp_key;
  assign check_va_o = is_send ? w.va : rsp_va;
  assign check_len_o = is_send ? w.length : rsp_len;
  assign check_access_o = is_send ? 8'd0 : rsp_access;

  logic unused_ok;
  assign unused_ok = ^{c, w, info, rsp_check};
endmodule

`default_nettype wire
