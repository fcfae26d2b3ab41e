// SPDX-License-Identifier: Apache-2.0
//
// rdma_seq: the sequencer. Takes one cause at a time (host, timer, received packet, scheduled opportunity),
// fetches what its step needs, lets the protocol units or the command unit decide, carries the effects out in
// the order payload write, completion, packet, and commits context, timer, event and retire record in one
// cycle. Because steps are serial, no two stages ever hold the same queue pair.
// Latency of a step: 6 cycles for a doorbell, 7 + DMA for a request or a packet; one step at a time.
`default_nettype none

module rdma_seq #(
  /// Migration unit present.
  parameter bit Migration = 1'b1,
  /// Context slots.
  parameter int unsigned NumQp = 8,
  /// Completion queues.
  parameter int unsigned NumCq = 8,
  localparam int unsigned SlotW = NumQp > 1 ? $clog2(NumQp) : 1,
  localparam int unsigned CqW = NumCq > 1 ? $clog2(NumCq) : 1
) (
  input  wire logic                      clk_i,
  input  wire logic                      rst_ni,
  input  wire logic                      enable_i,
  // Causes: host, timer, received packet, scheduled opportunity.
  input  wire logic                      host_valid_i,
  input  wire logic [7:0]                host_cause_i,
  input  wire logic [15:0]               host_id_i,
  input  wire logic [31:0]               host_arg_i,
  output logic                           host_pop_o,
  input  wire logic                      expire_valid_i,
  input  wire logic [SlotW-1:0]          expire_slot_i,
  output logic                           expire_ack_o,
  input  wire logic                      pkt_valid_i,
  input  wire logic [7:0]                pkt_verdict_i,
  input  wire logic [7:0]                pkt_opcode_i,
  input  wire logic [23:0]               pkt_psn_i,
  input  wire logic [23:0]               pkt_dest_qpn_i,
  input  wire logic [287:0]              pkt_ext_i,
  input  wire logic [15:0]               pkt_plen_i,
  input  wire logic [31:0]               pkt_seq_i,
  output logic                           pkt_pop_o,
  output logic                           pay_start_o,
  input  wire logic                      sched_valid_i,
  input  wire logic [7:0]                sched_cause_i,
  input  wire logic [SlotW-1:0]          sched_slot_i,
  output logic                           sched_take_o,
  // Context table.
  output logic [SlotW-1:0]               rd_slot_o,
  input  wire logic [rdma_pkg::QpcW-1:0] rd_ctx_i,
  input  wire logic                      rd_used_i,
  output logic [23:0]                    find_qpn_o,
  input  wire logic                      find_hit_i,
  input  wire logic [SlotW-1:0]          find_slot_i,
  input  wire logic [SlotW-1:0]          free_slot_i,
  input  wire logic                      free_i,
  output logic                           wr_en_o,
  output logic [SlotW-1:0]               wr_slot_o,
  output logic                           wr_used_o,
  output logic [rdma_pkg::QpcW-1:0]      wr_ctx_o,
  // Protocol units: what they work on, what they need, what they decide.
  output logic [rdma_pkg::QpcW-1:0]      ctx_o,
  output logic [7:0]                     cause_o,
  output logic [31:0]                    arg_o,
  input  wire logic [127:0]              own_ip_i,
  output logic                           tag_ok_o,
  input  wire logic                      fetch_i,
  input  wire logic [63:0]               fetch_addr_i,
  input  wire logic [rdma_pkg::QpcW-1:0] unit_ctx_i,
  input  wire logic [rdma_pkg::FxW-1:0]  unit_fx_i,
  // Region check: result one cycle after the query.
  input  wire logic [63:0]               mr_pa_i,
  // Command unit.
  input  wire logic [31:0]               cmd_arg2_i,
  input  wire logic [63:0]               cmd_addr_i,
  input  wire logic [15:0]               cmd_image_len_i,
  input  wire logic [7:0]                cmd_status_i,
  input  wire logic                      cmd_ctx_we_i,
  input  wire logic                      cmd_new_slot_i,
  input  wire logic                      cmd_keep_i,
  input  wire logic [rdma_pkg::QpcW-1:0] cmd_ctx_i,
  input  wire logic                      cmd_has_slot_i,
  input  wire logic                      cmd_timer_stop_i,
  input  wire logic                      cmd_mr_create_i,
  input  wire logic [31:0]               cmd_mr_row_i,
  input  wire logic                      cmd_out_qp_i,
  input  wire logic                      cmd_out_cq_i,
  output logic                           used_o,
  output logic                           cmd_fire_o,
  output logic                           cmd_done_o,
  output logic [7:0]                     cmd_status_o,
  output logic [31:0]                    cmd_result_o,
  // Completion queues.
  output logic [CqW-1:0]                 cq_o,
  input  wire logic [191:0]              cqc_i,
  output logic                           cq_push_o,
  input  wire logic                      cq_write_i,
  input  wire logic [63:0]               cq_addr_i,
  input  wire logic [31:0]               cq_seq_i,
  input  wire logic [7:0]                cq_event_i,
  output logic                           cq_consume_o,
  input  wire logic                      cq_refused_i,
  input  wire logic                      cq_used_i,
  output logic                           cq_arm_o,
  input  wire logic [7:0]                cq_arm_event_i,
  // DMA.
  output logic                           rd_req_o,
  input  wire logic                      rd_ready_i,
  output logic [63:0]                    rd_addr_o,
  output logic [15:0]                    rd_len_o,
  output logic                           rd_to_tx_o,
  input  wire logic                      rd_done_i,
  input  wire logic [2047:0]             line_i,
  output logic                           wr_req_o,
  input  wire logic                      wr_ready_i,
  output logic [63:0]                    wr_addr_o,
  output logic [15:0]                    wr_len_o,
  output logic                           wr_from_rx_o,
  output logic [2047:0]                  wr_line_o,
  input  wire logic                      wr_done_i,
  // Transmission.
  output logic                           tx_req_o,
  input  wire logic                      tx_ready_i,
  output logic [rdma_pkg::FxW-1:0]       fx_o,
  input  wire logic                      tx_busy_i,
  // Tags of migration packets.
  output logic                           tag_start_o,
  output logic [127:0]                   tag_key_o,
  output logic [399:0]                   tag_msg_o,
  input  wire logic                      tag_done_i,
  input  wire logic [63:0]               tag_i,
  // Timer.
  output logic                           timer_set_o,
  output logic                           timer_stop_o,
  output logic [SlotW-1:0]               timer_slot_o,
  output logic [31:0]                    timer_ticks_o,
  // Events, counters, stall progress, retire record.
  output logic                           event_o,
  output logic [7:0]                     event_kind_o,
  output logic [23:0]                    event_number_o,
  output logic                           cqe_o,
  output logic                           timeout_o,
  output logic                           stall_count_o,
  output logic                           stall_done_o,
  output logic                           commit_o,
  output logic [7:0]                     commit_cause_o,
  output logic [7:0]                     commit_verdict_o,
  output logic [15:0]                    commit_slot_o,
  output logic [31:0]                    commit_arg_o,
  output logic [31:0]                    commit_arg2_o,
  output logic [31:0]                    commit_rx_seq_o,
  output logic [31:0]                    commit_tx_seq_o,
  output logic [63:0]                    commit_addr_o,
  output logic [rdma_pkg::QpcW-1:0]      commit_ctx_o
);
  typedef enum logic [4:0] {
    StIdle,      // choose a cause
    StWalk,      // STALL, RESUME: next slot
    StDrain,     // STALL, RESUME: last packet leaves
    StImage,     // command: read its image
    StImageWait,
    StFind,      // command: slot of its queue pair
    StCtx,       // read the context
    StLoad,
    StNeed,      // fetch the work queue element
    StFetchWait,
    StCheck,     // region check, tag of a received migration packet
    StTagWait,
    StExec,      // the unit decides
    StCmd,       // the command unit decides
    StWrite,     // payload to memory
    StWriteWait,
    StCqe,       // completion to memory
    StTag,       // tag of a migration packet to send
    StTagSend,
    StPkt,       // packet to transmission
    StPay,       // its payload from memory
    StPayWait,
    StOut,       // command: image to memory
    StOutWait,
    StCqDb,      // doorbells of a completion queue
    StCommit
  } st_e;
  st_e st_d, st_q;

  // The cause under way.
  logic [7:0] cause_q;
  logic [15:0] slot_q;
  logic [31:0] arg_q;
  logic from_host_q;
  logic walk_q;
  logic [15:0] walk_next_q;
  logic [15:0] walk_last_q;
  logic [31:0] walk_arg_q;
  logic [7:0] walk_cause_q;

  // Its context, its outcome.
  logic [rdma_pkg::QpcW-1:0] ctx_q;
  logic used_q;
  logic [rdma_pkg::QpcW-1:0] next_q;
  logic [rdma_pkg::FxW-1:0] fx_q;
  logic [63:0] pa_q;
  logic tag_ok_q;
  logic we_q;
  logic keep_q;
  logic has_slot_q;
  logic cmd_timer_stop_q;
  logic [7:0] cmd_status_q;
  logic [31:0] cmd_result_q;
  logic out_qp_q;
  logic [31:0] tx_seq_q;

  rdma_pkg::qpc_t c;
  rdma_pkg::qpc_t n;
  rdma_pkg::fx_t fx;
  assign c = ctx_q;
  assign n = next_q;
  assign fx = fx_q;

  logic is_rx;
  logic is_cmd;
  assign is_rx = cause_q == rdma_pkg::CauseRx;
  assign is_cmd = cause_q == rdma_pkg::CauseCmd;

  // What the units see.
  assign ctx_o = ctx_q;
  assign cause_o = cause_q;
  assign arg_o = arg_q;
  assign used_o = used_q;
  assign tag_ok_o = tag_ok_q;
  assign rd_slot_o = slot_q[SlotW-1:0];
  assign find_qpn_o = st_q == StFind ? line_i[23:0] : pkt_dest_qpn_i;

  // A packet that no queue pair gets: a rule of reception, or no such QPN.
  logic [7:0] rx_verdict;
  rdma_pkg::op_info_t rx_info;
  assign rx_info = rdma_pkg::op_info(pkt_opcode_i);
  assign rx_verdict = pkt_verdict_i != rdma_pkg::VerdictOk ? pkt_verdict_i :
                      find_hit_i ? rdma_pkg::VerdictOk : rdma_pkg::VerdictDropNoQp;

  // The queue pair of a command: by the QPN of its image, or by its argument.
  logic cmd_by_qpn;
  assign cmd_by_qpn = cmd_arg2_i[31:24] == rdma_pkg::CmdCreateQp ||
                      cmd_arg2_i[31:24] == rdma_pkg::CmdLoadQp;

  // STALL and RESUME go over the slots named, each a step of its own.
  logic walk_group;
  logic walk_end;
  logic walk_match;
  assign walk_group = walk_arg_q[31];
  assign walk_end = walk_next_q > walk_last_q || walk_next_q >= NumQp[15:0];
  assign walk_match = !walk_group ||
                      rd_ctx_i[rdma_pkg::QpcMigGroupLsb +: 16] == walk_arg_q[15:0];

  logic slot_exists;
  assign slot_exists = slot_q < NumQp[15:0];

  logic send_packet;
  assign send_packet = fx.pkt && enable_i;
  logic cqe_write;
  assign cqe_write = {24'd0, fx.cqe_cqn} < NumCq && cq_write_i;

  // Next state behind the effects: the first that is left.
  st_e st_packet;
  st_e st_cqe;
  assign st_packet = !send_packet ? StCommit : fx.pkt_tag ? StTag : StPkt;
  assign st_cqe = fx.cqe ? StCqe : st_packet;

  // Tag of the received, or of the sent, migration packet.
  logic rx_keyed;
  assign rx_keyed = Migration && is_rx && rx_info.kind == rdma_pkg::KindMig &&
                    c.mig_key != 128'd0;
  logic [63:0] rx_tag;
  assign rx_tag = rdma_pkg::swap64(pkt_ext_i[287:224]);
  assign tag_key_o = c.mig_key;
  assign tag_start_o = (st_q == StCheck && rx_keyed) || st_q == StTag;
  assign tag_msg_o = st_q == StTag ?
      {rdma_pkg::swap24(fx.pkt_psn), rdma_pkg::swap24(n.remote_qpn), fx.pkt_dst, fx.pkt_ext[223:0]} :
      {rdma_pkg::swap24(pkt_psn_i), rdma_pkg::swap24(pkt_dest_qpn_i), own_ip_i, pkt_ext_i[223:0]};

  always_comb begin
    st_d = st_q;
    case (st_q)
      StIdle: begin
        if (host_valid_i) begin
          if (host_cause_i == rdma_pkg::CauseStall || host_cause_i == rdma_pkg::CauseActivate)
            st_d = StWalk;
          else if (host_cause_i == rdma_pkg::CauseCmd) st_d = StImage;
          else if (host_cause_i == rdma_pkg::CauseDbCqCi ||
                   host_cause_i == rdma_pkg::CauseDbCqArm)
            st_d = StCqDb;
          else st_d = StCtx;
        end else if (expire_valid_i) st_d = StCtx;
        else if (pkt_valid_i) st_d = rx_verdict == rdma_pkg::VerdictOk ? StCtx : StCommit;
        else if (sched_take_o) st_d = StCtx;
      end
      StWalk: st_d = walk_end ? StDrain : StCtx;
`ifdef GODWIT_MUTANT_EARLY_STALL_ACK
      StDrain: st_d = StIdle;
`else
      StDrain: if (!tx_busy_i) st_d = StIdle;
`endif
      StImage: begin
        if (cmd_image_len_i == 16'd0) st_d = StFind;
        else if (rd_ready_i) st_d = StImageWait;
      end
      StImageWait: if (rd_done_i) st_d = StFind;
      StFind: st_d = StCtx;
      StCtx: st_d = StLoad;
      StLoad: begin
        if (is_cmd) st_d = StCmd;
        else if (walk_q && (!rd_used_i || !walk_match)) st_d = StWalk;
        else if (!rd_used_i || !slot_exists) st_d = StCommit;
        else st_d = StNeed;
      end
      StNeed: begin
        if (!fetch_i) st_d = StCheck;
        else if (rd_ready_i) st_d = StFetchWait;
      end
      StFetchWait: if (rd_done_i) st_d = StCheck;
      StCheck: st_d = rx_keyed ? StTagWait : StExec;
      StTagWait: if (tag_done_i) st_d = StExec;
      StExec: st_d = StWrite;
      StCmd: st_d = cmd_out_qp_i || cmd_out_cq_i ? StOut : StCommit;
      StWrite: begin
        if (!fx.write) st_d = st_cqe;
        else if (wr_ready_i) st_d = StWriteWait;
      end
      StWriteWait: if (wr_done_i) st_d = st_cqe;
      StCqe: begin
        if (!cqe_write) st_d = st_packet;
        else if (wr_ready_i) st_d = StOutWait;
      end
      StTag: st_d = StTagSend;
      StTagSend: if (tag_done_i) st_d = StPkt;
`ifdef GODWIT_MUTANT_HANG
      StPkt: if (tx_ready_i && !(fx.pkt_retx && fx.pkt_psn[4:0] == 5'd21))
`else
      StPkt: if (tx_ready_i)
`endif
        st_d = fx.pkt_len == 16'd0 ? StCommit : StPay;
      StPay: if (rd_ready_i) st_d = StPayWait;
      StPayWait: if (rd_done_i) st_d = StCommit;
      StOut: if (wr_ready_i) st_d = StOutWait;
      StOutWait: if (wr_done_i) st_d = is_cmd ? StCommit : st_packet;
      StCqDb: st_d = StCommit;
      StCommit: st_d = walk_q ? StWalk : StIdle;
      default: st_d = StIdle;
    endcase
  end

  // Taking a cause.
  logic idle;
  assign idle = st_q == StIdle;
  assign expire_ack_o = idle && !host_valid_i && expire_valid_i;
  assign sched_take_o = idle && !host_valid_i && !expire_valid_i && !pkt_valid_i &&
                        sched_valid_i && (enable_i || sched_cause_i != rdma_pkg::CauseSend);
  assign host_pop_o = (st_q == StCommit && from_host_q && !walk_q) ||
                      (st_q == StDrain && st_d == StIdle);
  assign pkt_pop_o = st_q == StCommit &&
                     (is_rx || cause_q == rdma_pkg::CauseRxDrop);
  assign stall_done_o = st_q == StDrain && st_d == StIdle;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      st_q <= StIdle;
      walk_q <= 1'b0;
      from_host_q <= 1'b0;
      tx_seq_q <= 32'd0;
    end else begin
      st_q <= st_d;
      if (idle) begin
        from_host_q <= host_valid_i;
        walk_q <= st_d == StWalk;
      end
      if (st_q == StDrain) walk_q <= 1'b0;
      if (tx_req_o && tx_ready_i && st_d != StPkt) tx_seq_q <= tx_seq_q + 32'd1;
    end
  end

  always_ff @(posedge clk_i) begin
    case (st_q)
      StIdle: begin
        arg_q <= 32'd0;
        fx_q <= {rdma_pkg::FxW{1'b0}};
        we_q <= 1'b0;
        keep_q <= 1'b1;
        has_slot_q <= 1'b1;
        used_q <= 1'b0;
        ctx_q <= {rdma_pkg::QpcW{1'b0}};
        next_q <= {rdma_pkg::QpcW{1'b0}};
        cmd_timer_stop_q <= 1'b0;
        walk_next_q <= host_arg_i[31] ? 16'd0 : host_arg_i[15:0];
        walk_last_q <= host_arg_i[31] ? 16'hffff : host_arg_i[15:0];
        walk_arg_q <= host_arg_i;
        walk_cause_q <= host_cause_i;
        if (host_valid_i) begin
          cause_q <= host_cause_i;
          slot_q <= host_id_i;
          arg_q <= host_arg_i;
        end else if (expire_valid_i) begin
          cause_q <= rdma_pkg::CauseTimer;
          slot_q <= {{(16 - SlotW) {1'b0}}, expire_slot_i};
        end else if (pkt_valid_i) begin
          cause_q <= rx_verdict == rdma_pkg::VerdictOk ? rdma_pkg::CauseRx : rdma_pkg::CauseRxDrop;
          slot_q <= rx_verdict == rdma_pkg::VerdictOk ? {{(16 - SlotW) {1'b0}}, find_slot_i}
                                                      : 16'hffff;
          has_slot_q <= rx_verdict == rdma_pkg::VerdictOk;
          fx_q[rdma_pkg::FxW-1 -: 8] <= rx_verdict;
        end else begin
          cause_q <= sched_cause_i;
          slot_q <= {{(16 - SlotW) {1'b0}}, sched_slot_i};
        end
      end
      StWalk: begin
        cause_q <= walk_cause_q;
        slot_q <= walk_next_q;
        arg_q <= walk_arg_q;
        fx_q <= {rdma_pkg::FxW{1'b0}};
        walk_next_q <= walk_next_q + 16'd1;
      end
      StFind: slot_q <= cmd_by_qpn ? (find_hit_i ? {{(16 - SlotW) {1'b0}}, find_slot_i} : 16'hffff)
                                   : arg_q[15:0];
      StLoad: begin
        ctx_q <= rd_used_i && slot_exists ? rd_ctx_i : {rdma_pkg::QpcW{1'b0}};
        next_q <= {rdma_pkg::QpcW{1'b0}};
        used_q <= rd_used_i && slot_exists;
        we_q <= 1'b0;
        if (!is_cmd && !(rd_used_i && slot_exists))
          fx_q[rdma_pkg::FxW-1 -: 8] <= rdma_pkg::VerdictIgnored;
        if (cause_q == rdma_pkg::CauseTimer)
          arg_q <= {29'd0, rd_ctx_i[rdma_pkg::QpcTimerLsb +: rdma_pkg::QpcTimerFieldW]};
      end
      StCheck: tag_ok_q <= rx_tag == 64'd0;
      StTagWait: tag_ok_q <= rx_tag == tag_i;
      StExec: begin
        next_q <= unit_ctx_i;
        fx_q <= unit_fx_i;
        pa_q <= mr_pa_i;
        we_q <= 1'b1;
      end
      StCmd: begin
        we_q <= cmd_ctx_we_i;
        keep_q <= cmd_keep_i;
        has_slot_q <= cmd_has_slot_i;
        next_q <= cmd_ctx_we_i ? cmd_ctx_i : ctx_q;
        cmd_timer_stop_q <= cmd_timer_stop_i;
        cmd_status_q <= cmd_status_i;
        cmd_result_q <= cmd_mr_create_i ? cmd_mr_row_i :
                        !cmd_by_qpn || !cmd_has_slot_i ? 32'd0 :
                        cmd_new_slot_i ? {{(32 - SlotW) {1'b0}}, free_slot_i} : {16'd0, slot_q};
        out_qp_q <= cmd_out_qp_i;
        if (cmd_new_slot_i) slot_q <= {{(16 - SlotW) {1'b0}}, free_slot_i};
      end
      StTagSend: if (tag_done_i) fx_q[rdma_pkg::FxPktExtLsb + 224 +: 64] <= rdma_pkg::swap64(tag_i);
      StCqDb: fx_q[rdma_pkg::FxW-1 -: 8] <=
          (cause_q == rdma_pkg::CauseDbCqCi ? cq_refused_i : !cq_used_i) || slot_q >= NumCq[15:0] ?
          rdma_pkg::VerdictIgnored : rdma_pkg::VerdictOk;
      default: ;
    endcase
  end

  // Commands.
  assign cmd_fire_o = st_q == StCmd;
  assign cmd_done_o = st_q == StCommit && is_cmd;
  assign cmd_status_o = cmd_status_q;
  assign cmd_result_o = cmd_result_q;

  // Completion queues.
  assign cq_o = st_q == StCqDb ? slot_q[CqW-1:0] : is_cmd ? arg_q[CqW-1:0] : fx.cqe_cqn[CqW-1:0];
  assign cq_push_o = st_q == StCqe && {24'd0, fx.cqe_cqn} < NumCq && (!cq_write_i || wr_ready_i);
  assign cq_consume_o = st_q == StCqDb && cause_q == rdma_pkg::CauseDbCqCi &&
                        slot_q < NumCq[15:0];
  assign cq_arm_o = st_q == StCqDb && cause_q == rdma_pkg::CauseDbCqArm && slot_q < NumCq[15:0];
  assign cqe_o = cq_push_o && cq_write_i;

  // DMA reads: command image, work queue element, payload.
  assign rd_req_o = (st_q == StImage && cmd_image_len_i != 16'd0) ||
                    (st_q == StNeed && fetch_i) || st_q == StPay;
  assign rd_addr_o = st_q == StImage ? cmd_addr_i :
                     st_q == StNeed ? fetch_addr_i : pa_q + {32'd0, fx.pkt_off};
  assign rd_len_o = st_q == StImage ? cmd_image_len_i : st_q == StNeed ? 16'd64 : fx.pkt_len;
  assign rd_to_tx_o = st_q == StPay;

  // DMA writes: payload, completion, command image.
  rdma_pkg::cqe_t cqe;
  always_comb begin
    cqe = 256'd0;
    if (st_q == StCqe) begin
      cqe.qpn = n.qpn;
      cqe.opcode = fx.cqe_opcode;
      cqe.byte_len = fx.cqe_len;
      cqe.wqe_idx = fx.cqe_idx;
      cqe.status = fx.cqe_status;
      cqe.vendor = fx.cqe_vendor;
      cqe.seq = cq_seq_i;
    end
  end
  assign wr_req_o = (st_q == StWrite && fx.write) || (st_q == StCqe && cqe_write) || st_q == StOut;
  assign wr_addr_o = st_q == StWrite ? pa_q : st_q == StCqe ? cq_addr_i : cmd_addr_i;
  assign wr_len_o = st_q == StWrite ? pkt_plen_i :
                    st_q == StCqe ? 16'd32 : out_qp_q ? 16'd256 : 16'd24;
  assign wr_from_rx_o = st_q == StWrite;
  assign wr_line_o = st_q == StCqe ? {1792'd0, cqe} :
                     st_q != StOut ? 2048'd0 :
                     out_qp_q ? rdma_pkg::qpc_to_image(ctx_q) : {1856'd0, cqc_i};
  assign pay_start_o = st_q == StWrite && fx.write && wr_ready_i;

  // Transmission.
`ifdef GODWIT_MUTANT_HANG
  assign tx_req_o = st_q == StPkt && st_d != StPkt;
`else
  assign tx_req_o = st_q == StPkt;
`endif
  assign fx_o = fx_q;

  // Commit.
  logic commit;
  logic [7:0] armed;
  assign commit = st_q == StCommit;
  assign armed = {5'd0, c.timer};
  assign wr_en_o = commit && we_q;
  assign wr_slot_o = slot_q[SlotW-1:0];
  assign wr_used_o = keep_q;
  assign wr_ctx_o = next_q;
  assign timer_slot_o = slot_q[SlotW-1:0];
  assign timer_set_o = commit && fx.tset;
  assign timer_stop_o = commit && !fx.tset &&
                        (is_cmd ? cmd_timer_stop_q
                                : used_q && armed != 8'd0 && n.timer == rdma_pkg::TimerNone);
  assign timer_ticks_o = fx.ticks;
  assign event_o = (commit && fx.event_kind != rdma_pkg::EventNone) ||
                   (cq_push_o && cq_event_i != rdma_pkg::EventNone) ||
                   (cq_arm_o && cq_arm_event_i != rdma_pkg::EventNone);
  assign event_kind_o = commit ? fx.event_kind : cq_arm_o ? cq_arm_event_i : cq_event_i;
  assign event_number_o = commit ? n.qpn : cq_arm_o ? {8'd0, slot_q} : {16'd0, fx.cqe_cqn};
  assign timeout_o = cause_q == rdma_pkg::CauseTimer && arg_q == {29'd0, rdma_pkg::TimerAck} &&
                     fx.verdict != rdma_pkg::VerdictIgnored;
  assign stall_count_o = commit && walk_q && fx.verdict == rdma_pkg::VerdictOk;
  assign commit_o = commit;
  assign commit_cause_o = cause_q;
  assign commit_verdict_o = is_cmd ? cmd_status_q : fx.verdict;
  assign commit_slot_o = has_slot_q ? slot_q : 16'hffff;
  assign commit_arg_o = arg_q;
  assign commit_arg2_o = is_cmd ? cmd_arg2_i : 32'd0;
  assign commit_rx_seq_o = pkt_pop_o ? pkt_seq_i : 32'd0;
  assign commit_tx_seq_o = tx_seq_q;
  assign commit_addr_o = is_cmd ? cmd_addr_i : 64'd0;
  assign commit_ctx_o = has_slot_q ? next_q : {rdma_pkg::QpcW{1'b0}};

  logic unused_ok;
  assign unused_ok = ^{c, n, fx, rx_info, line_i, pkt_ext_i, free_i};
endmodule

`default_nettype wire
