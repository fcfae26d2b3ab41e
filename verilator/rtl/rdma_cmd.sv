// SPDX-License-Identifier: Apache-2.0
//
// rdma_cmd: what a mailbox command does, once its image and the context it is about are at hand (twin of
// nic/command.go and qp/modify.go).
// Latency 0 (combinational); the sequencer fires the strobes in one cycle.
`default_nettype none

module rdma_cmd #(
  /// Migration unit present: DUMP_QP, LOAD_QP, SET_FWD and attribute mig exist.
  parameter bit Migration = 1'b1,
  /// Completion queues.
  parameter int unsigned NumCq = 8
) (
  /// Opcode and arguments.
  input  wire logic [7:0]                op_i,
  input  wire logic [31:0]               arg0_i,
  input  wire logic [23:0]               arg1_i,
  /// What was read at the command's address.
  input  wire logic [2047:0]             image_i,
  /// Context of the slot named by arg0, or (CREATE_QP, LOAD_QP) of the slot that has the image's QPN.
  input  wire logic [rdma_pkg::QpcW-1:0] ctx_i,
  input  wire logic                      used_i,
  /// A slot, a region row is free; the key is taken; the queue exists.
  input  wire logic                      slot_free_i,
  input  wire logic                      row_free_i,
  input  wire logic                      key_hit_i,
  input  wire logic                      cq_used_i,
  /// Bytes to read at the command's address before anything else.
  output logic [15:0]                    image_len_o,
  /// Status (CmdStatus*).
  output logic [7:0]                     status_o,
  /// Write ctx_o to the slot (new_slot_o: to the lowest free one); it is allocated after it if keep_o.
  output logic                           ctx_we_o,
  output logic                           new_slot_o,
  output logic                           keep_o,
  output logic [rdma_pkg::QpcW-1:0]      ctx_o,
  /// The record names the slot.
  output logic                           has_slot_o,
  /// The timer of the slot is disarmed.
  output logic                           timer_stop_o,
  /// Table strobes.
  output logic                           mr_create_o,
  output logic                           mr_destroy_o,
  output logic                           cq_create_o,
  output logic                           cq_destroy_o,
  /// Write the context image, or the CQ's, at the command's address.
  output logic                           out_qp_o,
  output logic                           out_cq_o
);
  rdma_pkg::qpc_t c;
  rdma_pkg::qpc_t img;
  rdma_pkg::qpc_t fresh;
  rdma_pkg::qpc_t merged;
  rdma_pkg::qpc_t n;
  assign c = ctx_i;
  assign img = rdma_pkg::qpc_from_image(image_i);
  assign ctx_o = n;

  // Attributes of MODIFY_QP that this build has.
  logic [31:0] attrs;
  assign attrs = {8'd0, arg1_i} & rdma_pkg::AttrsDriver &
                 ~(Migration ? 32'd0 : 32'd1 << rdma_pkg::AttrMigBit);
  assign merged = rdma_pkg::qpc_merge(ctx_i, rdma_pkg::qpc_from_image(image_i), attrs);

  // A context with the attributes of creation only (twin of qp.Create).
  task create(input [rdma_pkg::QpcW-1:0] from);
    fresh = rdma_pkg::qpc_merge({rdma_pkg::QpcW{1'b0}}, from, 32'd1 << rdma_pkg::AttrCreateBit);
    fresh.pmtu = 3'd1;
    fresh.mig_lease = {15'd0, Migration};
    fresh.mig_announce = {15'd0, Migration};
    n = fresh;
  endtask

  // Twin of qp.Modify.
  logic [3:0] to;
  assign to = arg0_i[27:24];
  task modify;
    if (arg0_i[31:28] != 4'd0 || !rdma_pkg::modify_ok(c.state, to)) begin
      status_o = rdma_pkg::CmdStatusBadState;
    end else if (!rdma_pkg::attrs_in_range(rdma_pkg::qpc_from_image(image_i), attrs)) begin
      status_o = rdma_pkg::CmdStatusBadAttr;
    end else begin
      ctx_we_o = 1'b1;
      n = merged;
      n.state = to;
      if (to == rdma_pkg::StateReset) begin
        create(merged);
        timer_stop_o = c.timer != rdma_pkg::TimerNone;
      end else if (to == rdma_pkg::StateRts && c.state == rdma_pkg::StateRtr) begin
        n.una_psn = merged.next_psn;
        n.max_psn = merged.next_psn;
        n.head_psn = merged.next_psn;
        n.retry_left = merged.retry_cnt;
        n.rnr_left = merged.rnr_retry;
      end else if (to == rdma_pkg::StateErr) begin
        n.timer = rdma_pkg::TimerNone;
        n.resume_pending = 1'b0;
        n.probe = 1'b0;
        n.sq_err = rdma_pkg::WcStatusSuccess;
        n.sq_vendor = rdma_pkg::VendorErrNone;
        timer_stop_o = c.timer != rdma_pkg::TimerNone;
      end
    end
  endtask

  // Twins of qp.Load and qp.Replaces, rule R5.
  logic load_bad_state;
  logic load_bad_attr;
  logic [15:0] load_epoch;
  logic replaces;
  assign load_bad_state = img.state != rdma_pkg::StateStopped ||
                          !(img.saved_state == rdma_pkg::StateInit ||
                            img.saved_state == rdma_pkg::StateRtr ||
                            img.saved_state == rdma_pkg::StateRts ||
                            img.saved_state == rdma_pkg::StateErr);
  assign load_bad_attr =
      !rdma_pkg::attrs_in_range(rdma_pkg::qpc_from_image(image_i), rdma_pkg::AttrsDriver);
  assign load_epoch = img.mig_epoch + 16'd1;
  assign replaces = c.state == rdma_pkg::StateStopped && c.remote_qpn == img.remote_qpn &&
                    rdma_pkg::epoch_newer(load_epoch, c.mig_epoch);

  task enter(input bit may_replace);
    if (used_i && !may_replace) begin
      status_o = rdma_pkg::CmdStatusExists;
    end else if (!used_i && !slot_free_i) begin
      status_o = rdma_pkg::CmdStatusNoSpace;
    end else begin
      ctx_we_o = 1'b1;
      new_slot_o = !used_i;
      has_slot_o = 1'b1;
    end
  endtask

  task load;
    n = img;
    n.restored = 1'b1;
    n.timer = rdma_pkg::TimerNone;
    n.resume_pending = 1'b0;
    n.probe = 1'b0;
`ifdef GODWIT_MUTANT_LOAD_EPOCH
    n.mig_epoch = img.mig_epoch;
`else
    n.mig_epoch = load_epoch;
`endif
    n.fwd_valid = 1'b0;
    n.fwd_addr = 128'd0;
    if (load_bad_state) status_o = rdma_pkg::CmdStatusBadState;
    else if (load_bad_attr) status_o = rdma_pkg::CmdStatusBadAttr;
    else enter(replaces);
  endtask

  logic known;
  logic cq_ok;
  logic qp_cmd;
  assign known = op_i >= rdma_pkg::CmdCreateQp && op_i <= rdma_pkg::CmdDumpCq &&
                 (Migration || !(op_i == rdma_pkg::CmdDumpQp || op_i == rdma_pkg::CmdLoadQp ||
                                 op_i == rdma_pkg::CmdSetFwd));
  assign cq_ok = {16'd0, arg0_i[15:0]} < NumCq;
  assign qp_cmd = op_i == rdma_pkg::CmdModifyQp || op_i == rdma_pkg::CmdDestroyQp ||
                  op_i == rdma_pkg::CmdQueryQp || op_i == rdma_pkg::CmdDumpQp ||
                  op_i == rdma_pkg::CmdSetFwd;

  always_comb begin
    image_len_o = 16'd0;
    if (known) begin
      case (op_i)
        rdma_pkg::CmdCreateQp, rdma_pkg::CmdModifyQp, rdma_pkg::CmdLoadQp: image_len_o = 16'd256;
        rdma_pkg::CmdSetFwd: image_len_o = 16'd16;
        rdma_pkg::CmdCreateMr: image_len_o = 16'd40;
        rdma_pkg::CmdCreateCq: image_len_o = 16'd24;
        default: ;
      endcase
    end
  end

  always_comb begin
    status_o = rdma_pkg::CmdStatusOk;
    ctx_we_o = 1'b0;
    new_slot_o = 1'b0;
    keep_o = 1'b1;
    n = c;
    fresh = {rdma_pkg::QpcW{1'b0}};
    has_slot_o = qp_cmd && used_i;
    timer_stop_o = 1'b0;
    mr_create_o = 1'b0;
    mr_destroy_o = 1'b0;
    cq_create_o = 1'b0;
    cq_destroy_o = 1'b0;
    out_qp_o = 1'b0;
    out_cq_o = 1'b0;
    if (!known) begin
      status_o = rdma_pkg::CmdStatusBadOpcode;
      has_slot_o = 1'b0;
    end else if (qp_cmd && !used_i) begin
      status_o = rdma_pkg::CmdStatusBadIndex;
    end else begin
      case (op_i)
        rdma_pkg::CmdCreateQp: begin
          create(img);
          enter(1'b0);
        end
        rdma_pkg::CmdLoadQp: load;
        rdma_pkg::CmdModifyQp: modify;
        rdma_pkg::CmdDestroyQp: begin
          ctx_we_o = 1'b1;
          keep_o = 1'b0;
          n = {rdma_pkg::QpcW{1'b0}};
          timer_stop_o = c.timer != rdma_pkg::TimerNone;
        end
        rdma_pkg::CmdQueryQp: out_qp_o = 1'b1;
        rdma_pkg::CmdDumpQp: begin
          if (c.state == rdma_pkg::StateStopped) out_qp_o = 1'b1;
          else status_o = rdma_pkg::CmdStatusBadState;
        end
        rdma_pkg::CmdSetFwd: begin
          if (c.state == rdma_pkg::StateStopped) begin
            ctx_we_o = 1'b1;
            n.fwd_valid = 1'b1;
            n.fwd_addr = image_i[127:0];
          end else begin
            status_o = rdma_pkg::CmdStatusBadState;
          end
        end
        rdma_pkg::CmdCreateMr: begin
          if (key_hit_i) status_o = rdma_pkg::CmdStatusExists;
          else if (!row_free_i) status_o = rdma_pkg::CmdStatusNoSpace;
          else mr_create_o = 1'b1;
        end
        rdma_pkg::CmdDestroyMr: begin
          if (key_hit_i) mr_destroy_o = 1'b1;
          else status_o = rdma_pkg::CmdStatusBadIndex;
        end
        rdma_pkg::CmdCreateCq: begin
          if (!cq_ok) status_o = rdma_pkg::CmdStatusBadIndex;
          else if (cq_used_i) status_o = rdma_pkg::CmdStatusExists;
          else cq_create_o = 1'b1;
        end
        rdma_pkg::CmdDestroyCq: begin
          if (!cq_ok || !cq_used_i) status_o = rdma_pkg::CmdStatusBadIndex;
          else cq_destroy_o = 1'b1;
        end
        default: begin  // DUMP_CQ
          if (!cq_ok || !cq_used_i) status_o = rdma_pkg::CmdStatusBadIndex;
          else out_cq_o = 1'b1;
        end
      endcase
    end
  end

  logic unused_ok;
  assign unused_ok = ^arg0_i;
endmodule

`default_nettype wire
