// SPDX-License-Identifier: Apache-2.0
//
// Bends the random inputs of netlist.sh towards what goes together, or every packet would be dropped by its first check.
// Included into the bench with the unit's inputs in scope.

`ifdef UNIT_UNITS
  `define BEND_CTX
`endif
`ifdef UNIT_CMD
  `define BEND_CTX
`endif

`ifdef BEND_CTX
  // A context in one of its states, with PSNs near each other and small queues.
  task bend_ctx;
    ctx_i[rdma_pkg::QpcStateLsb +: 4] = 4'($urandom % 9);
    ctx_i[rdma_pkg::QpcTimerLsb +: 3] = 3'($urandom % 5);
    ctx_i[rdma_pkg::QpcPmtuLsb +: 3] = 3'(1 + $urandom % 5);
    ctx_i[rdma_pkg::QpcMaxPsnLsb +: 24] = ctx_i[rdma_pkg::QpcUnaPsnLsb +: 24] + 24'($urandom % 8);
    ctx_i[rdma_pkg::QpcNextPsnLsb +: 24] = ctx_i[rdma_pkg::QpcUnaPsnLsb +: 24] + 24'($urandom % 8);
    ctx_i[rdma_pkg::QpcHeadPsnLsb +: 24] = ctx_i[rdma_pkg::QpcUnaPsnLsb +: 24] - 24'($urandom % 4);
    ctx_i[rdma_pkg::QpcSqAckLsb +: 16] = ctx_i[rdma_pkg::QpcSqPiLsb +: 16] - 16'($urandom % 4);
    ctx_i[rdma_pkg::QpcSqSendLsb +: 16] = ctx_i[rdma_pkg::QpcSqAckLsb +: 16] + 16'($urandom % 3);
    ctx_i[rdma_pkg::QpcRqCiLsb +: 16] = ctx_i[rdma_pkg::QpcRqPiLsb +: 16] - 16'($urandom % 4);
    ctx_i[rdma_pkg::QpcSavedStateLsb +: 4] = 4'($urandom % 9);
    if ($urandom % 2 == 0) ctx_i[rdma_pkg::QpcSqErrLsb +: 8] = 8'd0;
    if ($urandom % 2 == 0) ctx_i[rdma_pkg::QpcSqOffLsb +: 32] = 32'd0;
  endtask
`endif

`ifdef UNIT_UNITS
  task bend;
    bend_ctx;
    cause_i = 8'($urandom % 24);
    if ($urandom % 2 == 0) cause_i = rdma_pkg::CauseRx;
    case ($urandom % 4)
      0: opcode_i = rdma_pkg::OpAcknowledge;
      1: opcode_i = rdma_pkg::OpMigration;
      default: opcode_i = 8'($urandom % 32);
    endcase
    if ($urandom % 8 != 0) pkey_i[14:0] = ctx_i[rdma_pkg::QpcPkeyLsb +: 15];
    if ($urandom % 4 != 0) pkey_i[15] = 1'b1;
    if ($urandom % 8 != 0) src_ip_i = ctx_i[rdma_pkg::QpcRemoteIpLsb +: 128];
    psn_i = ($urandom % 2 == 0 ? ctx_i[rdma_pkg::QpcEpsnLsb +: 24] : ctx_i[rdma_pkg::QpcUnaPsnLsb +: 24]) +
            24'($urandom % 4) - 24'd1;
    plen_i = 16'($urandom % 3 == 0 ? 128 << ctx_i[rdma_pkg::QpcPmtuLsb +: 3] : $urandom % 600);
    if (opcode_i == rdma_pkg::OpAcknowledge) begin
      ext_i[7:0] = 8'($urandom % 2 == 0 ? 'h60 + $urandom % 6 : $urandom % 64);
      if ($urandom % 2 == 0)
        ext_i[31:8] = rdma_pkg::swap24({8'd0, ctx_i[rdma_pkg::QpcPeerEpochLsb +: 16]});
    end else if (opcode_i == rdma_pkg::OpMigration) begin
      ext_i[7:0] = {4'd1, 4'(1 + $urandom % 5)};
      ext_i[31:16] = rdma_pkg::swap16(ctx_i[rdma_pkg::QpcPeerEpochLsb +: 16] + 16'($urandom % 3));
      ext_i[47:32] = rdma_pkg::swap16(ctx_i[rdma_pkg::QpcMigEpochLsb +: 16] + 16'($urandom % 3));
      ext_i[95:72] = rdma_pkg::swap24(ctx_i[rdma_pkg::QpcUnaPsnLsb +: 24] + 24'($urandom % 4));
      if ($urandom % 4 != 0) ext_i[223:96] = src_ip_i;
    end else begin
      ext_i[127:96] = rdma_pkg::swap32({16'd0, plen_i} + 32'($urandom % 2) * 32'd4096);
    end
    wqe_i[7:0] = 8'($urandom % 3);
    wqe_i[23:16] = 8'($urandom % 2);
    wqe_i[rdma_pkg::WqeLengthLsb +: 32] = 32'($urandom % 9000);
  endtask
`elsif UNIT_CMD
  task bend;
    bend_ctx;
    op_i = 8'($urandom % 16);
    arg0_i[31:24] = 8'($urandom % 9);
    if ($urandom % 2 == 0) arg0_i[15:0] = 16'($urandom % 10);
    image_i = rdma_pkg::qpc_to_image(rdma_pkg::qpc_from_image(image_i));
    if ($urandom % 2 == 0) image_i[31:24] = 8'd7;
    if ($urandom % 2 == 0) image_i[55:32] = ctx_i[rdma_pkg::QpcRemoteQpnLsb +: 24];
  endtask
`elsif UNIT_SEQ
  task bend;
    host_cause_i = 8'($urandom % 24);
    host_arg_i[15:0] = 16'($urandom % 10);
    host_id_i = 16'($urandom % 10);
    sched_cause_i = 8'($urandom % 24);
    if ($urandom % 2 == 0) pkt_verdict_i = rdma_pkg::VerdictOk;
    cmd_arg2_i[31:24] = 8'($urandom % 16);
    if ($urandom % 4 != 0) tx_busy_i = 1'b0;
  endtask
`elsif UNIT_CSR
  task bend;
    if ($urandom % 8 != 0) reg_addr_i = {7'd0, 2'($urandom % 3), 7'($urandom)} & 16'hfffc;
  endtask
`elsif UNIT_CQ_TABLE
  task bend;
    if ($urandom % 2 == 0) ci_i = 32'($urandom % 16);
    cqc_i[191:64] = cqc_i[191:64] & {4{32'h0000000f}};
  endtask
`elsif UNIT_MR_TABLE
  task bend;
    key_i = 32'($urandom % 8);
    mgmt_key_i = 32'($urandom % 8);
    mr_i[rdma_pkg::MrKeyLsb +: 32] = 32'($urandom % 8);
    pd_i = 16'($urandom % 2);
  endtask
`elsif UNIT_QP_TABLE
  task bend;
    qpn_i = 24'($urandom % 8);
    wr_ctx_i[rdma_pkg::QpcQpnLsb +: 24] = 24'($urandom % 8);
  endtask
`else
  task bend;
  endtask
`endif
