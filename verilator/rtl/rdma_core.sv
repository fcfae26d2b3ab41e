// SPDX-License-Identifier: Apache-2.0
//
// rdma_core: a RoCEv2 RC transport whose queue pairs can be stopped, moved to another NIC and resumed.
// Wiring only: register file, receive and transmit paths, tables, protocol units, sequencer.
// With Migration = 0 the migration unit is absent; present and idle it changes no cycle (make prove).
// One protocol step at a time; see rdma_seq for latencies. Payload moves DataW bits per cycle.
`default_nettype none
`include "rdma_assert.svh"

module rdma_core #(
  /// Migration unit present.
  parameter bit Migration = 1'b1,
  /// Queue pair contexts, memory regions, completion queues: powers of two, 2..128.
  parameter int unsigned NumQp = 8,
  parameter int unsigned NumMr = 16,
  parameter int unsigned NumCq = 8,
  /// Width of the packet and DMA streams in bits: 64, 128, 256 or 512.
  parameter int unsigned DataW = 128,
  /// Cycles of a tick: 1024 is 4.096 us at 250 MHz.
  parameter int unsigned TickDiv = 1024,
  /// Receive buffer in bytes: two of the largest frames.
  parameter int unsigned RxBufBytes = 8192
) (
  input  wire logic               clk_i,
  input  wire logic               rst_ni,
  /// AXI4-Lite register port.
  input  wire logic [15:0]        s_axil_awaddr,
  input  wire logic               s_axil_awvalid,
  output logic                    s_axil_awready,
  input  wire logic [31:0]        s_axil_wdata,
  input  wire logic [3:0]         s_axil_wstrb,
  input  wire logic               s_axil_wvalid,
  output logic                    s_axil_wready,
  output logic [1:0]              s_axil_bresp,
  output logic                    s_axil_bvalid,
  input  wire logic               s_axil_bready,
  input  wire logic [15:0]        s_axil_araddr,
  input  wire logic               s_axil_arvalid,
  output logic                    s_axil_arready,
  output logic [31:0]             s_axil_rdata,
  output logic [1:0]              s_axil_rresp,
  output logic                    s_axil_rvalid,
  input  wire logic               s_axil_rready,
  /// Received frames.
  input  wire logic [DataW-1:0]   s_axis_rx_tdata,
  input  wire logic [DataW/8-1:0] s_axis_rx_tkeep,
  input  wire logic               s_axis_rx_tvalid,
  output logic                    s_axis_rx_tready,
  input  wire logic               s_axis_rx_tlast,
  /// Frames to send.
  output logic [DataW-1:0]        m_axis_tx_tdata,
  output logic [DataW/8-1:0]      m_axis_tx_tkeep,
  output logic                    m_axis_tx_tvalid,
  input  wire logic               m_axis_tx_tready,
  output logic                    m_axis_tx_tlast,
  /// DMA reads: a byte stream from address on, one request outstanding.
  output logic [63:0]             m_dma_rd_addr,
  output logic [15:0]             m_dma_rd_len,
  output logic                    m_dma_rd_valid,
  input  wire logic               m_dma_rd_ready,
  input  wire logic [DataW-1:0]   s_dma_rdata_tdata,
  input  wire logic               s_dma_rdata_tvalid,
  output logic                    s_dma_rdata_tready,
  input  wire logic               s_dma_rdata_tlast,
  /// DMA writes; s_dma_wdone_i pulses when one is in memory.
  output logic [63:0]             m_dma_wr_addr,
  output logic [15:0]             m_dma_wr_len,
  output logic                    m_dma_wr_valid,
  input  wire logic               m_dma_wr_ready,
  output logic [DataW-1:0]        m_dma_wdata_tdata,
  output logic [DataW/8-1:0]      m_dma_wdata_tkeep,
  output logic                    m_dma_wdata_tvalid,
  input  wire logic               m_dma_wdata_tready,
  output logic                    m_dma_wdata_tlast,
  input  wire logic               s_dma_wdone_i,
  /// Interrupt: an event waits.
  output logic                    irq_o,
  /// RNVI retire port: one record (layout retire) per committed step.
  output logic                    retire_valid_o,
  output logic [2559:0]           retire_rec_o
);
  localparam int unsigned SlotW = NumQp > 1 ? $clog2(NumQp) : 1;
  localparam int unsigned CqW = NumCq > 1 ? $clog2(NumCq) : 1;
  localparam int unsigned RowW = NumMr > 1 ? $clog2(NumMr) : 1;
  if (NumQp > 128 || NumMr > 128 || NumCq > 128) begin : gen_bad_size
    $error("rdma_core: NumQp, NumMr and NumCq are 2..128");
  end
  if (DataW != 64 && DataW != 128 && DataW != 256 && DataW != 512) begin : gen_bad_width
    $error("rdma_core: DataW is 64, 128, 256 or 512");
  end

  // ---- registers
  logic reg_valid;
  logic reg_write;
  logic reg_ready;
  logic reg_err;
  logic [15:0] reg_addr;
  logic [31:0] reg_wdata;
  logic [31:0] reg_rdata;
  rdma_axil u_axil (
    .clk_i, .rst_ni,
    .s_axil_awaddr, .s_axil_awvalid, .s_axil_awready, .s_axil_wdata, .s_axil_wstrb,
    .s_axil_wvalid, .s_axil_wready, .s_axil_bresp, .s_axil_bvalid, .s_axil_bready,
    .s_axil_araddr, .s_axil_arvalid, .s_axil_arready, .s_axil_rdata, .s_axil_rresp,
    .s_axil_rvalid, .s_axil_rready,
    .reg_valid_o(reg_valid), .reg_write_o(reg_write), .reg_addr_o(reg_addr),
    .reg_wdata_o(reg_wdata), .reg_ready_i(reg_ready), .reg_rdata_i(reg_rdata),
    .reg_err_i(reg_err)
  );

  logic enable;
  logic [47:0] mac;
  logic [47:0] nexthop;
  logic [127:0] ip;
  logic host_valid;
  logic host_pop;
  logic [7:0] host_cause;
  logic [15:0] host_id;
  logic [31:0] host_arg;
  logic [31:0] cmd_arg2;
  logic [63:0] cmd_addr;
  logic cmd_done;
  logic [7:0] cmd_status;
  logic [31:0] cmd_result;
  logic stall_count;
  logic stall_done;
  logic [5:0] stat_index;
  logic [31:0] stat_value;
  logic ev_push;
  logic ev_pop;
  logic ev_overflow;
  logic [7:0] ev_kind;
  logic [7:0] ev_count;
  logic [23:0] ev_number;
  logic [31:0] ev_head;
  rdma_csr #(.Migration(Migration), .NumQp(NumQp), .NumMr(NumMr), .NumCq(NumCq)) u_csr (
    .clk_i, .rst_ni,
    .reg_valid_i(reg_valid), .reg_write_i(reg_write), .reg_addr_i(reg_addr),
    .reg_wdata_i(reg_wdata), .reg_ready_o(reg_ready), .reg_rdata_o(reg_rdata),
    .reg_err_o(reg_err),
    .enable_o(enable), .mac_o(mac), .nexthop_o(nexthop), .ip_o(ip),
    .host_valid_o(host_valid), .host_cause_o(host_cause), .host_id_o(host_id),
    .host_arg_o(host_arg), .host_pop_i(host_pop),
    .cmd_arg2_o(cmd_arg2), .cmd_addr_o(cmd_addr), .cmd_done_i(cmd_done),
    .cmd_status_i(cmd_status), .cmd_result_i(cmd_result),
    .stall_count_i(stall_count), .stall_done_i(stall_done),
    .stat_index_o(stat_index), .stat_value_i(stat_value),
    .event_pop_o(ev_pop), .event_head_i(ev_head), .event_count_i(ev_count),
    .event_overflow_i(ev_overflow)
  );

  rdma_events u_events (
    .clk_i, .rst_ni, .push_i(ev_push), .kind_i(ev_kind), .number_i(ev_number), .pop_i(ev_pop),
    .head_o(ev_head), .count_o(ev_count), .overflow_o(ev_overflow)
  );
  assign irq_o = ev_count != 8'd0;

  // ---- receive path
  logic pkt_valid;
  logic pkt_pop;
  logic pkt_se;
  logic pkt_ackreq;
  logic [7:0] pkt_verdict;
  logic [7:0] pkt_opcode;
  logic [23:0] pkt_psn;
  logic [23:0] pkt_dest_qpn;
  logic [15:0] pkt_pkey;
  logic [127:0] pkt_src_ip;
  logic [287:0] pkt_ext;
  logic [15:0] pkt_plen;
  logic [31:0] pkt_seq;
  logic pay_start;
  logic rx_pay_valid;
  logic rx_pay_ready;
  logic rx_pay_last;
  logic [DataW-1:0] rx_pay_data;
  rdma_rx #(.DataW(DataW), .BufBytes(RxBufBytes), .Migration(Migration)) u_rx (
    .clk_i, .rst_ni,
    .s_axis_rx_tdata, .s_axis_rx_tkeep, .s_axis_rx_tvalid, .s_axis_rx_tready, .s_axis_rx_tlast,
    .enable_i(enable), .own_mac_i(mac), .own_ip_i(ip),
    .pkt_valid_o(pkt_valid), .pkt_pop_i(pkt_pop), .pkt_verdict_o(pkt_verdict),
    .pkt_opcode_o(pkt_opcode), .pkt_se_o(pkt_se), .pkt_ackreq_o(pkt_ackreq),
    .pkt_psn_o(pkt_psn), .pkt_dest_qpn_o(pkt_dest_qpn), .pkt_pkey_o(pkt_pkey),
    .pkt_src_ip_o(pkt_src_ip), .pkt_ext_o(pkt_ext), .pkt_plen_o(pkt_plen), .pkt_seq_o(pkt_seq),
    .pay_start_i(pay_start), .pay_data_o(rx_pay_data), .pay_valid_o(rx_pay_valid),
    .pay_ready_i(rx_pay_ready), .pay_last_o(rx_pay_last)
  );

  // ---- transmit path
  rdma_pkg::fx_t fx;
  logic [rdma_pkg::FxW-1:0] fx_bits;
  assign fx = fx_bits;
  rdma_pkg::qpc_t commit_c;
  logic [rdma_pkg::QpcW-1:0] commit_ctx;
  assign commit_c = commit_ctx;
  logic tx_req;
  logic tx_ready;
  logic tx_busy;
  logic tx_pay_valid;
  logic tx_pay_ready;
  logic [DataW-1:0] tx_pay_data;
  rdma_tx #(.DataW(DataW)) u_tx (
    .clk_i, .rst_ni,
    .req_valid_i(tx_req), .req_ready_o(tx_ready), .req_opcode_i(fx.pkt_op),
    .req_se_i(fx.pkt_se), .req_ackreq_i(fx.pkt_ackreq), .req_pkey_i(commit_c.pkey),
    .req_dqpn_i(commit_c.remote_qpn), .req_psn_i(fx.pkt_psn), .req_dst_ip_i(fx.pkt_dst),
    .req_sport_i(commit_c.udp_sport), .req_ext_i(fx.pkt_ext), .req_ext_len_i(fx.pkt_ext_len),
    .req_plen_i(fx.pkt_len), .own_mac_i(mac), .nexthop_i(nexthop), .own_ip_i(ip),
    .pay_data_i(tx_pay_data), .pay_valid_i(tx_pay_valid), .pay_ready_o(tx_pay_ready),
    .m_axis_tx_tdata, .m_axis_tx_tkeep, .m_axis_tx_tvalid, .m_axis_tx_tready, .m_axis_tx_tlast,
    .busy_o(tx_busy)
  );

  // ---- DMA
  logic rd_req;
  logic rd_ready;
  logic rd_to_tx;
  logic rd_done;
  logic line_valid;
  logic [63:0] rd_addr;
  logic [15:0] rd_len;
  logic [2047:0] line;
  rdma_dma_rd #(.DataW(DataW)) u_dma_rd (
    .clk_i, .rst_ni,
    .req_valid_i(rd_req), .req_ready_o(rd_ready), .req_addr_i(rd_addr), .req_len_i(rd_len),
    .req_to_tx_i(rd_to_tx),
    .m_dma_rd_addr, .m_dma_rd_len, .m_dma_rd_valid, .m_dma_rd_ready,
    .s_dma_rdata_tdata, .s_dma_rdata_tvalid, .s_dma_rdata_tready, .s_dma_rdata_tlast,
    .line_o(line), .line_valid_o(line_valid),
    .pay_data_o(tx_pay_data), .pay_valid_o(tx_pay_valid), .pay_ready_i(tx_pay_ready),
    .done_o(rd_done)
  );

  logic wr_req;
  logic wr_ready;
  logic wr_from_rx;
  logic wr_done;
  logic [63:0] wr_addr;
  logic [15:0] wr_len;
  logic [2047:0] wr_line;
  rdma_dma_wr #(.DataW(DataW)) u_dma_wr (
    .clk_i, .rst_ni,
    .req_valid_i(wr_req), .req_ready_o(wr_ready), .req_addr_i(wr_addr), .req_len_i(wr_len),
    .req_from_rx_i(wr_from_rx), .line_i(wr_line),
    .pay_data_i(rx_pay_data), .pay_valid_i(rx_pay_valid), .pay_ready_o(rx_pay_ready),
    .m_dma_wr_addr, .m_dma_wr_len, .m_dma_wr_valid, .m_dma_wr_ready,
    .m_dma_wdata_tdata, .m_dma_wdata_tkeep, .m_dma_wdata_tvalid, .m_dma_wdata_tready,
    .m_dma_wdata_tlast, .s_dma_wdone_i,
    .done_o(wr_done)
  );

  // ---- tables
  logic [SlotW-1:0] rd_slot;
  logic [rdma_pkg::QpcW-1:0] rd_ctx;
  logic rd_used;
  logic [23:0] find_qpn;
  logic find_hit;
  logic [SlotW-1:0] find_slot;
  logic slot_free;
  logic [SlotW-1:0] free_slot;
  logic qp_we;
  logic [SlotW-1:0] qp_wslot;
  logic qp_wused;
  logic [rdma_pkg::QpcW-1:0] qp_wctx;
  rdma_qp_table #(.Migration(Migration), .NumQp(NumQp)) u_qps (
    .clk_i, .rst_ni,
    .rd_slot_i(rd_slot), .rd_ctx_o(rd_ctx), .rd_used_o(rd_used),
    .wr_en_i(qp_we), .wr_slot_i(qp_wslot), .wr_used_i(qp_wused), .wr_ctx_i(qp_wctx),
    .qpn_i(find_qpn), .hit_o(find_hit), .hit_slot_o(find_slot),
    .free_o(slot_free), .free_slot_o(free_slot)
  );

  logic [rdma_pkg::QpcW-1:0] ctx;
  rdma_pkg::qpc_t c;
  assign c = ctx;
  logic [31:0] check_key;
  logic [63:0] check_va;
  logic [31:0] check_len;
  logic [7:0] check_access;
  logic mr_ok;
  logic [63:0] mr_pa;
  logic mr_hit;
  logic mr_free;
  logic mr_create;
  logic mr_destroy;
  logic [RowW-1:0] mr_row;
  logic cmd_fire;
  logic [31:0] arg;
  logic [31:0] mgmt_key;
  assign mgmt_key = cmd_arg2[31:24] == rdma_pkg::CmdCreateMr ? line[31:0] : arg;
  rdma_mr_table #(.NumMr(NumMr)) u_mrs (
    .clk_i, .rst_ni,
    .key_i(check_key), .pd_i(c.pd), .va_i(check_va), .len_i(check_len), .access_i(check_access),
    .ok_o(mr_ok), .pa_o(mr_pa),
    .mgmt_key_i(mgmt_key), .hit_o(mr_hit), .free_o(mr_free),
    .free_row_o(mr_row),
    .create_i(mr_create && cmd_fire), .mr_i(line[319:0]), .destroy_i(mr_destroy && cmd_fire)
  );

  logic [CqW-1:0] cq;
  logic [191:0] cqc;
  logic cq_used;
  logic cq_push;
  logic cq_write;
  logic cq_consume;
  logic cq_refused;
  logic cq_arm;
  logic cq_create;
  logic cq_destroy;
  logic [63:0] cq_addr;
  logic [31:0] cq_seq;
  logic [7:0] cq_event;
  logic [7:0] cq_arm_event;
  rdma_cq_table #(.NumCq(NumCq)) u_cqs (
    .clk_i, .rst_ni,
    .cq_i(cq), .cqc_o(cqc), .used_o(cq_used),
    .push_i(cq_push), .push_write_o(cq_write), .push_addr_o(cq_addr), .push_seq_o(cq_seq),
    .push_event_o(cq_event),
    .consume_i(cq_consume), .ci_i(arg), .refused_o(cq_refused),
    .arm_i(cq_arm), .arm_event_o(cq_arm_event),
    .create_i(cq_create && cmd_fire), .cqc_i(line[191:0]), .destroy_i(cq_destroy && cmd_fire)
  );

  // ---- scheduling
  logic sched_valid;
  logic sched_take;
  logic [7:0] sched_cause;
  logic [SlotW-1:0] sched_slot;
  rdma_sched #(.NumQp(NumQp)) u_sched (
    .clk_i, .rst_ni,
    .commit_i(qp_we), .commit_slot_i(qp_wslot), .commit_ctx_i(qp_wctx),
    .take_i(sched_take), .valid_o(sched_valid), .cause_o(sched_cause), .slot_o(sched_slot)
  );

  logic t_set;
  logic t_stop;
  logic [SlotW-1:0] t_slot;
  logic [31:0] t_ticks;
  logic expire_valid;
  logic expire_ack;
  logic [SlotW-1:0] expire_slot;
  rdma_timer #(.NumQp(NumQp), .TickDiv(TickDiv)) u_timer (
    .clk_i, .rst_ni,
    .set_valid_i(t_set), .set_slot_i(t_slot), .set_ticks_i(t_ticks),
    .stop_valid_i(t_stop), .stop_slot_i(t_slot),
    .expire_valid_o(expire_valid), .expire_slot_o(expire_slot), .expire_ack_i(expire_ack)
  );

  // ---- protocol
  logic [7:0] cause;
  logic tag_ok;
  logic fetch;
  logic [63:0] fetch_addr;
  logic [rdma_pkg::QpcW-1:0] unit_ctx;
  logic [rdma_pkg::FxW-1:0] unit_fx;
  rdma_units #(.Migration(Migration)) u_units (
    .ctx_i(ctx), .cause_i(cause), .pi_i(arg[15:0]),
    .opcode_i(pkt_opcode), .ackreq_i(pkt_ackreq), .psn_i(pkt_psn), .pkey_i(pkt_pkey),
    .src_ip_i(pkt_src_ip), .ext_i(pkt_ext), .plen_i(pkt_plen), .tag_ok_i(tag_ok),
    .wqe_i(line[511:0]), .mr_ok_i(mr_ok), .own_ip_i(ip),
    .fetch_o(fetch), .fetch_addr_o(fetch_addr),
    .check_key_o(check_key), .check_va_o(check_va), .check_len_o(check_len),
    .check_access_o(check_access),
    .ctx_o(unit_ctx), .fx_o(unit_fx)
  );

  logic used;
  logic [15:0] image_len;
  logic [7:0] c_status;
  logic c_we;
  logic c_new;
  logic c_keep;
  logic c_has_slot;
  logic c_tstop;
  logic c_out_qp;
  logic c_out_cq;
  logic [rdma_pkg::QpcW-1:0] c_ctx;
  rdma_cmd #(.Migration(Migration), .NumCq(NumCq)) u_cmd (
    .op_i(cmd_arg2[31:24]), .arg0_i(arg), .arg1_i(cmd_arg2[23:0]), .image_i(line),
    .ctx_i(ctx), .used_i(used), .slot_free_i(slot_free), .row_free_i(mr_free),
    .key_hit_i(mr_hit), .cq_used_i(cq_used),
    .image_len_o(image_len), .status_o(c_status), .ctx_we_o(c_we), .new_slot_o(c_new),
    .keep_o(c_keep), .ctx_o(c_ctx), .has_slot_o(c_has_slot), .timer_stop_o(c_tstop),
    .mr_create_o(mr_create), .mr_destroy_o(mr_destroy), .cq_create_o(cq_create),
    .cq_destroy_o(cq_destroy), .out_qp_o(c_out_qp), .out_cq_o(c_out_cq)
  );

  logic tag_start;
  logic tag_done;
  logic [127:0] tag_key;
  logic [399:0] tag_msg;
  logic [63:0] tag;
  if (Migration) begin : gen_tag
    rdma_siphash u_siphash (
      .clk_i, .rst_ni, .start_i(tag_start), .key_i(tag_key), .msg_i(tag_msg),
      .done_o(tag_done), .tag_o(tag)
    );
  end else begin : gen_no_tag
    assign tag_done = 1'b1;
    assign tag = 64'd0;
    logic unused_tag;
    assign unused_tag = ^{tag_start, tag_key, tag_msg};
  end

  logic cqe;
  logic timeout;
  logic commit;
  logic [7:0] commit_cause;
  logic [7:0] commit_verdict;
  logic [15:0] commit_slot;
  logic [31:0] commit_arg;
  logic [31:0] commit_arg2;
  logic [31:0] commit_rx_seq;
  logic [31:0] commit_tx_seq;
  logic [63:0] commit_addr;
  rdma_seq #(.Migration(Migration), .NumQp(NumQp), .NumCq(NumCq)) u_seq (
    .clk_i, .rst_ni, .enable_i(enable),
    .host_valid_i(host_valid), .host_cause_i(host_cause), .host_id_i(host_id),
    .host_arg_i(host_arg), .host_pop_o(host_pop),
    .expire_valid_i(expire_valid), .expire_slot_i(expire_slot), .expire_ack_o(expire_ack),
    .pkt_valid_i(pkt_valid), .pkt_verdict_i(pkt_verdict), .pkt_opcode_i(pkt_opcode),
    .pkt_psn_i(pkt_psn), .pkt_dest_qpn_i(pkt_dest_qpn), .pkt_ext_i(pkt_ext),
    .pkt_plen_i(pkt_plen), .pkt_seq_i(pkt_seq), .pkt_pop_o(pkt_pop), .pay_start_o(pay_start),
    .sched_valid_i(sched_valid), .sched_cause_i(sched_cause), .sched_slot_i(sched_slot),
    .sched_take_o(sched_take),
    .rd_slot_o(rd_slot), .rd_ctx_i(rd_ctx), .rd_used_i(rd_used),
    .find_qpn_o(find_qpn), .find_hit_i(find_hit), .find_slot_i(find_slot),
    .free_slot_i(free_slot), .free_i(slot_free),
    .wr_en_o(qp_we), .wr_slot_o(qp_wslot), .wr_used_o(qp_wused), .wr_ctx_o(qp_wctx),
    .ctx_o(ctx), .cause_o(cause), .arg_o(arg), .own_ip_i(ip), .tag_ok_o(tag_ok),
    .fetch_i(fetch), .fetch_addr_i(fetch_addr), .unit_ctx_i(unit_ctx), .unit_fx_i(unit_fx),
    .mr_pa_i(mr_pa),
    .cmd_arg2_i(cmd_arg2), .cmd_addr_i(cmd_addr), .cmd_image_len_i(image_len),
    .cmd_status_i(c_status), .cmd_ctx_we_i(c_we), .cmd_new_slot_i(c_new), .cmd_keep_i(c_keep),
    .cmd_ctx_i(c_ctx), .cmd_has_slot_i(c_has_slot), .cmd_timer_stop_i(c_tstop),
    .cmd_mr_create_i(mr_create), .cmd_mr_row_i({{(32 - RowW) {1'b0}}, mr_row}),
    .cmd_out_qp_i(c_out_qp), .cmd_out_cq_i(c_out_cq),
    .used_o(used), .cmd_fire_o(cmd_fire), .cmd_done_o(cmd_done), .cmd_status_o(cmd_status),
    .cmd_result_o(cmd_result),
    .cq_o(cq), .cqc_i(cqc), .cq_push_o(cq_push), .cq_write_i(cq_write), .cq_addr_i(cq_addr),
    .cq_seq_i(cq_seq), .cq_event_i(cq_event), .cq_consume_o(cq_consume),
    .cq_refused_i(cq_refused), .cq_used_i(cq_used), .cq_arm_o(cq_arm),
    .cq_arm_event_i(cq_arm_event),
    .rd_req_o(rd_req), .rd_ready_i(rd_ready), .rd_addr_o(rd_addr), .rd_len_o(rd_len),
    .rd_to_tx_o(rd_to_tx), .rd_done_i(rd_done), .line_i(line),
    .wr_req_o(wr_req), .wr_ready_i(wr_ready), .wr_addr_o(wr_addr), .wr_len_o(wr_len),
    .wr_from_rx_o(wr_from_rx), .wr_line_o(wr_line), .wr_done_i(wr_done),
    .tx_req_o(tx_req), .tx_ready_i(tx_ready), .fx_o(fx_bits), .tx_busy_i(tx_busy),
    .tag_start_o(tag_start), .tag_key_o(tag_key), .tag_msg_o(tag_msg), .tag_done_i(tag_done),
    .tag_i(tag),
    .timer_set_o(t_set), .timer_stop_o(t_stop), .timer_slot_o(t_slot), .timer_ticks_o(t_ticks),
    .event_o(ev_push), .event_kind_o(ev_kind), .event_number_o(ev_number),
    .cqe_o(cqe), .timeout_o(timeout), .stall_count_o(stall_count), .stall_done_o(stall_done),
    .commit_o(commit), .commit_cause_o(commit_cause), .commit_verdict_o(commit_verdict),
    .commit_slot_o(commit_slot), .commit_arg_o(commit_arg), .commit_arg2_o(commit_arg2),
    .commit_rx_seq_o(commit_rx_seq), .commit_tx_seq_o(commit_tx_seq),
    .commit_addr_o(commit_addr), .commit_ctx_o(commit_ctx)
  );

  rdma_stats u_stats (
    .clk_i, .rst_ni, .retire_i(commit), .cause_i(commit_cause), .verdict_i(commit_verdict),
    .timeout_i(timeout), .tx_i(tx_req && tx_ready), .retx_i(fx.pkt_retx), .cqe_i(cqe),
    .index_i(stat_index), .value_o(stat_value)
  );

  rdma_retire u_retire (
    .clk_i, .rst_ni, .commit_i(commit), .cause_i(commit_cause), .verdict_i(commit_verdict),
    .slot_i(commit_slot), .arg_i(commit_arg), .arg2_i(commit_arg2), .rx_seq_i(commit_rx_seq),
    .tx_seq_i(commit_tx_seq), .ticks_i(t_ticks), .timer_set_i(t_set), .timer_stop_i(t_stop),
    .addr_i(commit_addr), .ctx_i(commit_ctx), .retire_valid_o, .retire_rec_o
  );

  logic unused_ok;
  assign unused_ok = ^{fx, commit_c, c, pkt_se, rx_pay_last, line_valid, line};
endmodule

`default_nettype wire
