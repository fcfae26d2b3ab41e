// SPDX-License-Identifier: Apache-2.0
//
// vec_step: one protocol step or one command of the RTL, with a case word of the vectors' memories in and a result word
// out (vectors_layout.svh). What the sequencer adds to the units (that a timer is stopped when none is armed any more,
// that a command which fails leaves the context) is repeated here; tags are the tag unit's, and left out.
// Latency 0 (combinational). In the subset that Yosys reads, so that its netlist runs in simulators without packages.
`default_nettype none

`define VEC_WIDTHS
`include "vectors_layout.svh"

module vec_step (
  /// Case word.
  input  wire logic [`VEC_CASE_W-1:0] case_i,
  /// Result word.
  output logic [`VEC_RES_W-1:0]       res_o
);
  `include "vectors_layout.svh"

  logic [2047:0] image;
  logic [2047:0] was_image;
  logic [rdma_pkg::QpcW-1:0] ctx;
  assign image = {{(2048 - CaseImageW) {1'b0}}, case_i[CaseImageLsb +: CaseImageW]};
  assign was_image = {{(2048 - CaseBeforeW) {1'b0}}, case_i[CaseBeforeLsb +: CaseBeforeW]};
  assign ctx = rdma_pkg::qpc_from_image(was_image);

  logic [7:0] cause;
  logic is_cmd;
  assign cause = case_i[CaseCauseLsb +: 8];
  assign is_cmd = cause == rdma_pkg::CauseCmd;

  rdma_pkg::qpc_t c;
  assign c = ctx;

  logic fetch;
  logic [63:0] fetch_addr;
  logic [31:0] check_key;
  logic [63:0] check_va;
  logic [31:0] check_len;
  logic [7:0] check_access;
  logic [rdma_pkg::QpcW-1:0] unit_ctx;
  logic [rdma_pkg::FxW-1:0] unit_fx;
  rdma_units u_units (
    .ctx_i(ctx), .cause_i(cause), .pi_i(case_i[CaseArgLsb +: 16]),
    .opcode_i(case_i[CaseOpcodeLsb +: 8]), .ackreq_i(case_i[CaseAckreqLsb]),
    .psn_i(case_i[CasePsnLsb +: 24]), .pkey_i(case_i[CasePkeyLsb +: 16]),
    .src_ip_i(case_i[CaseSrcIpLsb +: 128]), .ext_i(case_i[CaseExtLsb +: 288]),
    .plen_i(case_i[CasePlenLsb +: 16]), .tag_ok_i(case_i[CaseTagOkLsb]),
    .wqe_i(case_i[CaseImageLsb +: 512]), .mr_ok_i(case_i[CaseMrOkLsb]),
    .own_ip_i(case_i[CaseOwnIpLsb +: 128]),
    .fetch_o(fetch), .fetch_addr_o(fetch_addr),
    .check_key_o(check_key), .check_va_o(check_va), .check_len_o(check_len),
    .check_access_o(check_access), .ctx_o(unit_ctx), .fx_o(unit_fx)
  );

  logic [15:0] unused_len;
  logic [7:0] status;
  logic cmd_we;
  logic cmd_stop;
  logic [7:0] unused_cmd;
  logic unused_cq;
  logic [rdma_pkg::QpcW-1:0] cmd_ctx;
  rdma_cmd u_cmd (
    .op_i(case_i[CaseCmdLsb +: 8]), .arg0_i(case_i[CaseArgLsb +: 32]),
    .arg1_i(case_i[CaseArg1Lsb +: 24]), .image_i(image), .ctx_i(ctx),
    .used_i(case_i[CaseBeforeLsb +: CaseBeforeW] != {CaseBeforeW{1'b0}}),
    .slot_free_i(1'b1), .row_free_i(1'b1), .key_hit_i(1'b0), .cq_used_i(1'b0),
    .image_len_o(unused_len), .status_o(status), .ctx_we_o(cmd_we), .new_slot_o(unused_cmd[0]),
    .keep_o(unused_cmd[1]), .ctx_o(cmd_ctx), .has_slot_o(unused_cmd[2]), .timer_stop_o(cmd_stop),
    .mr_create_o(unused_cmd[3]), .mr_destroy_o(unused_cmd[4]), .cq_create_o(unused_cmd[5]),
    .cq_destroy_o(unused_cmd[6]), .out_qp_o(unused_cmd[7]), .out_cq_o(unused_cq)
  );

  logic [rdma_pkg::QpcW-1:0] after;
  assign after = !is_cmd ? unit_ctx : cmd_we ? cmd_ctx : ctx;
  rdma_pkg::qpc_t n;
  rdma_pkg::fx_t fx;
  assign n = after;
  assign fx = is_cmd ? {rdma_pkg::FxW{1'b0}} : unit_fx;

  logic [3:0] wants;
  rdma_wants u_wants (
    .ctx_i(after), .send_o(wants[0]), .retire_o(wants[1]), .flush_sq_o(wants[2]),
    .flush_rq_o(wants[3])
  );

  logic [2047:0] after_image;
  assign after_image = rdma_pkg::qpc_to_image(after);

  always_comb begin
    res_o = {ResBits{1'b0}};
    res_o[ResVerdictLsb +: 8] = is_cmd ? status : fx.verdict;
    res_o[ResEventLsb +: 8] = fx.event_kind;
    res_o[ResWantsLsb +: 4] = wants;
    res_o[ResFetchLsb] = !is_cmd && fetch;
    res_o[ResFetchAddrLsb +: 64] = fetch_addr;
    res_o[ResCheckKeyLsb +: 32] = check_key;
    res_o[ResCheckVaLsb +: 64] = check_va;
    res_o[ResCheckLenLsb +: 32] = check_len;
    res_o[ResCheckAccessLsb +: 8] = check_access;
    res_o[ResWriteLsb] = fx.write;
    res_o[ResCqeLsb] = fx.cqe;
    res_o[ResCqeCqnLsb +: 8] = fx.cqe_cqn;
    res_o[ResCqeOpcodeLsb +: 8] = fx.cqe_opcode;
    res_o[ResCqeLenLsb +: 32] = fx.cqe_len;
    res_o[ResCqeIdxLsb +: 16] = fx.cqe_idx;
    res_o[ResCqeStatusLsb +: 8] = fx.cqe_status;
    res_o[ResCqeVendorLsb +: 8] = fx.cqe_vendor;
    res_o[ResPktLsb] = fx.pkt;
    res_o[ResPktRetxLsb] = fx.pkt_retx;
    res_o[ResPktTagLsb] = fx.pkt_tag;
    res_o[ResPktSeLsb] = fx.pkt_se;
    res_o[ResPktAckreqLsb] = fx.pkt_ackreq;
    res_o[ResPktOpLsb +: 8] = fx.pkt_op;
    res_o[ResPktPsnLsb +: 24] = fx.pkt_psn;
    res_o[ResPktDstLsb +: 128] = fx.pkt_dst;
    res_o[ResPktExtLsb +: 288] = fx.pkt_ext;
    res_o[ResPktExtLenLsb +: 8] = {2'd0, fx.pkt_ext_len};
    res_o[ResPktOffLsb +: 32] = fx.pkt_off;
    res_o[ResPktLenLsb +: 16] = fx.pkt_len;
    res_o[ResTsetLsb] = fx.tset;
    res_o[ResTstopLsb] = is_cmd ? cmd_stop
                                : !fx.tset && c.timer != rdma_pkg::TimerNone &&
                                  n.timer == rdma_pkg::TimerNone;
    res_o[ResTicksLsb +: 32] = fx.ticks;
    res_o[ResAfterLsb +: ResAfterW] = after_image[ResAfterW-1:0];
  end

  logic unused_ok;
  assign unused_ok = ^{case_i, c, n, unused_len, unused_cmd, unused_cq, after_image};
endmodule

`default_nettype wire
