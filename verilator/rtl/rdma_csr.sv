// SPDX-License-Identifier: Apache-2.0
//
// rdma_csr: the register file of spec/registers.yaml. Writes that ask for a step (doorbells, commands, STALL,
// RESUME) become host causes in one queue, so that they are executed in the order in which they were written.
// Registers answer in the cycle of the access; a doorbell waits while the queue of host causes is full.
`default_nettype none

module rdma_csr #(
  /// Migration unit present.
  parameter bit Migration = 1'b1,
  /// Sizes shown in register CAP.
  parameter int unsigned NumQp = 8,
  parameter int unsigned NumMr = 16,
  parameter int unsigned NumCq = 8
) (
  input  wire logic        clk_i,
  input  wire logic        rst_ni,
  /// Register access from rdma_axil.
  input  wire logic        reg_valid_i,
  input  wire logic        reg_write_i,
  input  wire logic [15:0] reg_addr_i,
  input  wire logic [31:0] reg_wdata_i,
  output logic             reg_ready_o,
  output logic [31:0]      reg_rdata_o,
  output logic             reg_err_o,
  /// Configuration.
  output logic             enable_o,
  output logic [47:0]      mac_o,
  output logic [47:0]      nexthop_o,
  output logic [127:0]     ip_o,
  /// Oldest host cause: Cause*, slot or CQ number, register value.
  output logic             host_valid_o,
  output logic [7:0]       host_cause_o,
  output logic [15:0]      host_id_o,
  output logic [31:0]      host_arg_o,
  input  wire logic        host_pop_i,
  /// Command under way: opcode and argument 1, address. Its end.
  output logic [31:0]      cmd_arg2_o,
  output logic [63:0]      cmd_addr_o,
  input  wire logic        cmd_done_i,
  input  wire logic [7:0]  cmd_status_i,
  input  wire logic [31:0] cmd_result_i,
  /// One more queue pair was stopped or activated; the STALL or RESUME write is done.
  input  wire logic        stall_count_i,
  input  wire logic        stall_done_i,
  /// Counters and events.
  output logic [5:0]       stat_index_o,
  input  wire logic [31:0] stat_value_i,
  output logic             event_pop_o,
  input  wire logic [31:0] event_head_i,
  input  wire logic [7:0]  event_count_i,
  input  wire logic        event_overflow_i
);
  logic [31:0] scratch_q;
  logic enable_q;
  logic [47:0] mac_q;
  logic [47:0] nexthop_q;
  logic [127:0] ip_q;
  logic [31:0] arg0_q;
  logic [31:0] arg1_q;
  logic [63:0] addr_q;
  logic cmd_busy_q;
  logic [7:0] cmd_status_q;
  logic [31:0] cmd_result_q;
  logic stall_busy_q;
  logic [15:0] stall_count_q;
  assign enable_o = enable_q;
  assign mac_o = mac_q;
  assign nexthop_o = nexthop_q;
  assign ip_o = ip_q;

  // Address decode. Doorbell pages: 256 entries of 16 bytes, the word in bits 3:2.
  logic db_qp;
  logic db_cq;
  logic counter;
  assign db_qp = reg_addr_i[15:12] == 4'h1 && !reg_addr_i[3];
  assign db_cq = reg_addr_i[15:12] == 4'h2 && !reg_addr_i[3];
  assign counter = reg_addr_i[15:8] == 8'h04;
  assign stat_index_o = reg_addr_i[7:2];

  // What an access does, in one table: rd = readable, wr = writable.
  logic rd;
  logic wr;
  logic [31:0] rdata;
  always_comb begin
    rd = 1'b0;
    wr = 1'b0;
    rdata = 32'd0;
    case (reg_addr_i)
      rdma_pkg::RegId: begin rd = 1'b1; rdata = rdma_pkg::RegIdReset; end
      rdma_pkg::RegRevision: begin rd = 1'b1; rdata = rdma_pkg::SpecRevision; end
      rdma_pkg::RegCap: begin
        rd = 1'b1;
        rdata = {NumCq[7:0], NumMr[7:0], NumQp[7:0], 7'd0, Migration};
      end
      rdma_pkg::RegScratch: begin rd = 1'b1; wr = 1'b1; rdata = scratch_q; end
      rdma_pkg::RegCtrl: begin rd = 1'b1; wr = 1'b1; rdata = {31'd0, enable_q}; end
      rdma_pkg::RegMacLo: begin rd = 1'b1; wr = 1'b1; rdata = mac_q[31:0]; end
      rdma_pkg::RegMacHi: begin rd = 1'b1; wr = 1'b1; rdata = {16'd0, mac_q[47:32]}; end
      rdma_pkg::RegNexthopLo: begin rd = 1'b1; wr = 1'b1; rdata = nexthop_q[31:0]; end
      rdma_pkg::RegNexthopHi: begin rd = 1'b1; wr = 1'b1; rdata = {16'd0, nexthop_q[47:32]}; end
      rdma_pkg::RegIp + 16'h0: begin rd = 1'b1; wr = 1'b1; rdata = ip_q[31:0]; end
      rdma_pkg::RegIp + 16'h4: begin rd = 1'b1; wr = 1'b1; rdata = ip_q[63:32]; end
      rdma_pkg::RegIp + 16'h8: begin rd = 1'b1; wr = 1'b1; rdata = ip_q[95:64]; end
      rdma_pkg::RegIp + 16'hc: begin rd = 1'b1; wr = 1'b1; rdata = ip_q[127:96]; end
      rdma_pkg::RegCmdArg0: begin rd = 1'b1; wr = 1'b1; rdata = arg0_q; end
      rdma_pkg::RegCmdArg1: begin rd = 1'b1; wr = 1'b1; rdata = arg1_q; end
      rdma_pkg::RegCmdAddrLo: begin rd = 1'b1; wr = 1'b1; rdata = addr_q[31:0]; end
      rdma_pkg::RegCmdAddrHi: begin rd = 1'b1; wr = 1'b1; rdata = addr_q[63:32]; end
      rdma_pkg::RegCmdGo: wr = !cmd_busy_q;
      rdma_pkg::RegCmdStatus: begin rd = 1'b1; rdata = {cmd_busy_q, 23'd0, cmd_status_q}; end
      rdma_pkg::RegCmdResult: begin rd = 1'b1; rdata = cmd_result_q; end
      rdma_pkg::RegStall: wr = Migration && !stall_busy_q;
      rdma_pkg::RegResume: wr = Migration && !stall_busy_q;
      rdma_pkg::RegStallStatus: begin
        rd = Migration;
        rdata = {stall_busy_q, 15'd0, stall_count_q};
      end
      rdma_pkg::RegEvent: begin rd = 1'b1; rdata = event_head_i; end
      rdma_pkg::RegEventStatus: begin
        rd = 1'b1;
        rdata = {event_overflow_i, 23'd0, event_count_i};
      end
      default: begin
        wr = db_qp || db_cq;
        rd = counter;
        rdata = stat_value_i;
      end
    endcase
  end

  // Host causes.
  logic is_cmd;
  logic is_stall;
  logic is_resume;
  logic is_cause;
  logic fifo_full;
  logic fifo_empty;
  logic [7:0] cause;
  assign is_cmd = reg_addr_i == rdma_pkg::RegCmdGo;
  assign is_stall = reg_addr_i == rdma_pkg::RegStall;
  assign is_resume = reg_addr_i == rdma_pkg::RegResume;
  assign is_cause = is_cmd || is_stall || is_resume || db_qp || db_cq;
  assign cause = is_cmd ? rdma_pkg::CauseCmd :
                 is_stall ? rdma_pkg::CauseStall :
                 is_resume ? rdma_pkg::CauseActivate :
                 db_qp ? (reg_addr_i[2] ? rdma_pkg::CauseDbRq : rdma_pkg::CauseDbSq) :
                 (reg_addr_i[2] ? rdma_pkg::CauseDbCqArm : rdma_pkg::CauseDbCqCi);

  logic do_write;
  assign reg_ready_o = !(reg_write_i && wr && is_cause && fifo_full);
  assign reg_rdata_o = rdata;
  assign reg_err_o = reg_write_i ? !wr : !rd;
  assign do_write = reg_valid_i && reg_ready_o && reg_write_i && wr;
  assign event_pop_o = reg_valid_i && !reg_write_i && reg_addr_i == rdma_pkg::RegEvent;

  rdma_fifo #(.W(56), .Depth(16)) u_host (
    .clk_i, .rst_ni,
    .push_i(do_write && is_cause),
    .data_i({cause, {8'd0, reg_addr_i[11:4]}, is_cmd ? arg0_q : reg_wdata_i}),
    .full_o(fifo_full),
    .pop_i(host_pop_i),
    .data_o({host_cause_o, host_id_o, host_arg_o}),
    .empty_o(fifo_empty)
  );
  assign host_valid_o = !fifo_empty;

  // Arguments are taken when the command is started, so that the driver may prepare the next one.
  always_ff @(posedge clk_i) begin
    if (do_write && is_cmd) begin
      cmd_arg2_o <= {reg_wdata_i[7:0], arg1_q[23:0]};
      cmd_addr_o <= addr_q;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      scratch_q <= 32'd0;
      enable_q <= 1'b0;
      mac_q <= 48'd0;
      nexthop_q <= 48'd0;
      ip_q <= 128'd0;
      arg0_q <= 32'd0;
      arg1_q <= 32'd0;
      addr_q <= 64'd0;
    end else if (do_write) begin
      case (reg_addr_i)
        rdma_pkg::RegScratch: scratch_q <= reg_wdata_i;
        rdma_pkg::RegCtrl: enable_q <= reg_wdata_i[0];
        rdma_pkg::RegMacLo: mac_q[31:0] <= reg_wdata_i;
        rdma_pkg::RegMacHi: mac_q[47:32] <= reg_wdata_i[15:0];
        rdma_pkg::RegNexthopLo: nexthop_q[31:0] <= reg_wdata_i;
        rdma_pkg::RegNexthopHi: nexthop_q[47:32] <= reg_wdata_i[15:0];
        rdma_pkg::RegIp + 16'h0: ip_q[31:0] <= reg_wdata_i;
        rdma_pkg::RegIp + 16'h4: ip_q[63:32] <= reg_wdata_i;
        rdma_pkg::RegIp + 16'h8: ip_q[95:64] <= reg_wdata_i;
        rdma_pkg::RegIp + 16'hc: ip_q[127:96] <= reg_wdata_i;
        rdma_pkg::RegCmdArg0: arg0_q <= reg_wdata_i;
        rdma_pkg::RegCmdArg1: arg1_q <= reg_wdata_i;
        rdma_pkg::RegCmdAddrLo: addr_q[31:0] <= reg_wdata_i;
        rdma_pkg::RegCmdAddrHi: addr_q[63:32] <= reg_wdata_i;
        default: ;
      endcase
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      cmd_busy_q <= 1'b0;
      cmd_status_q <= 8'd0;
      cmd_result_q <= 32'd0;
      stall_busy_q <= 1'b0;
      stall_count_q <= 16'd0;
    end else begin
      if (do_write && is_cmd) cmd_busy_q <= 1'b1;
      if (cmd_done_i) begin
        cmd_busy_q <= 1'b0;
        cmd_status_q <= cmd_status_i;
        cmd_result_q <= cmd_result_i;
      end
      if (do_write && (is_stall || is_resume)) begin
        stall_busy_q <= 1'b1;
        stall_count_q <= 16'd0;
      end
      if (stall_count_i) stall_count_q <= stall_count_q + 16'd1;
      if (stall_done_i) stall_busy_q <= 1'b0;
    end
  end
endmodule

`default_nettype wire
