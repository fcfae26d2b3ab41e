// SPDX-License-Identifier: Apache-2.0
//
// rdma_mig: the migration half of the protocol (twin of qp/migration.go and the lease and announce timers):
// STALL, ACTIVATE, packets to a stopped queue pair, NAK_STOPPED, and migration packets (rules R1..R10).
// Absent when Migration = 0: nothing else in the core sets a state, flag or timer that this unit serves.
// Latency 0 (combinational); the sequencer registers the result. One cause per step.
`default_nettype none

module rdma_mig (
  /// Context before the step.
  input  wire logic [rdma_pkg::QpcW-1:0] ctx_i,
  /// Cause*: RX, STALL, ACTIVATE or TIMER.
  input  wire logic [7:0]                cause_i,
  /// RX: kind of packet (request, response or migration: Kind*), PSN, whether partition keys
  /// match, source address.
  input  wire logic [1:0]                kind_i,
  input  wire logic [23:0]               psn_i,
  input  wire logic                      pkey_ok_i,
  input  wire logic [127:0]              src_ip_i,
  /// RX: the 36 bytes behind the BTH, byte 0 in bits 7:0: METH, or AETH in the first four.
  input  wire logic [287:0]              ext_i,
  /// RX: the METH's tag is right.
  input  wire logic                      tag_ok_i,
  /// Own address, byte 0 in bits 7:0.
  input  wire logic [127:0]              own_ip_i,
  /// Context after the step.
  output logic [rdma_pkg::QpcW-1:0]      ctx_o,
  /// Effects (fx_t).
  output logic [rdma_pkg::FxW-1:0]       fx_o
);
  rdma_pkg::qpc_t c;
  rdma_pkg::qpc_t n;
  rdma_pkg::fx_t fx;
  assign c = ctx_i;
  assign ctx_o = n;
  assign fx_o = fx;

  `include "rdma_step_tasks.svh"

  // METH fields, section 3.
  logic [3:0] m_version;
  logic [3:0] m_kind;
  logic m_live;
  logic [15:0] m_epoch;
  logic [15:0] m_peer_epoch;
  logic [15:0] m_sent;
  logic [23:0] m_epsn;
  logic [127:0] m_addr;
  assign m_version = ext_i[7:4];
  assign m_kind = ext_i[3:0];
  assign m_live = ext_i[8];
  assign m_epoch = rdma_pkg::swap16(ext_i[31:16]);
  assign m_peer_epoch = rdma_pkg::swap16(ext_i[47:32]);
  assign m_sent = rdma_pkg::swap16(ext_i[63:48]);
  assign m_epsn = rdma_pkg::swap24(ext_i[95:72]);
  assign m_addr = ext_i[223:96];

  logic requesting;
  logic saved_serving;
  assign requesting = c.state == rdma_pkg::StateRts || c.state == rdma_pkg::StatePaused;
  assign saved_serving = c.saved_state == rdma_pkg::StateRtr || c.saved_state == rdma_pkg::StateRts;

  // How the partner's progress compares with this side's. R7, R9.
  logic epsn_ok;
  logic una_ok;
  logic sent_ok;
  logic [23:0] done;
  logic progress_agrees;
  logic farther_along;
`ifdef GODWIT_MUTANT_PROGRESS_UNCHECKED
  assign epsn_ok = 1'b1;
`else
  assign epsn_ok = !requesting || rdma_pkg::psn_may_ack(c.una_psn, c.max_psn, m_epsn);
`endif
  assign una_ok = !m_live || !rdma_pkg::psn_less(c.epsn, psn_i);
  assign done = c.epsn - psn_i;
  assign sent_ok = !m_live || m_sent == 16'hffff || done <= {8'd0, m_sent};
  assign progress_agrees = epsn_ok && una_ok && sent_ok;
  assign farther_along = (requesting && rdma_pkg::psn_less(c.max_psn, m_epsn)) || !una_ok;

  logic [23:0] nak_field;
  logic [15:0] nak_epoch;
  assign nak_field = rdma_pkg::swap24(ext_i[31:8]);
  assign nak_epoch = nak_field[15:0];

  logic epoch_same;
  logic epoch_newer;
`ifdef GODWIT_MUTANT_EPOCH_COMPARE
  assign epoch_newer = m_epoch != c.peer_epoch;
`else
  assign epoch_newer = rdma_pkg::epoch_newer(m_epoch, c.peer_epoch);
`endif
  assign epoch_same = m_epoch == c.peer_epoch;

  // PSNs from una to max: METH has 16 bits for them.
  function automatic logic [15:0] sent(input logic [23:0] una, input logic [23:0] max);
    logic [23:0] unacked;
    unacked = max - una;
    sent = unacked[23:16] != 8'd0 ? 16'hffff : unacked[15:0];
  endfunction

  // A migration packet from the state in `n`. It consumes no PSN. Section 3.
  task send_meth(input [3:0] kind, input [127:0] dst, input [127:0] addr);
    fx.pkt = 1'b1;
    fx.pkt_tag = n.mig_key != 128'd0;
    fx.pkt_op = rdma_pkg::OpMigration;
    fx.pkt_psn = n.una_psn;
    fx.pkt_dst = dst;
    fx.pkt_ext_len = 6'd36;
    fx.pkt_ext = 288'd0;
    fx.pkt_ext[7:0] = {rdma_pkg::MethVersion[3:0], kind};
    fx.pkt_ext[8] = n.state == rdma_pkg::StateRts || n.state == rdma_pkg::StatePaused ||
                    (n.state == rdma_pkg::StateStopped && n.saved_state == rdma_pkg::StateRts);
    fx.pkt_ext[31:16] = rdma_pkg::swap16(n.mig_epoch);
    fx.pkt_ext[47:32] = rdma_pkg::swap16(n.peer_epoch);
    if (fx.pkt_ext[8]) fx.pkt_ext[63:48] = rdma_pkg::swap16(sent(n.una_psn, n.max_psn));
    fx.pkt_ext[95:72] = rdma_pkg::swap24(n.epsn);
    fx.pkt_ext[223:96] = addr;
  endtask

  // R6: RESUME on a timer of its own.
  task announce;
    send_meth(rdma_pkg::MethKindResume[3:0], n.remote_ip, own_ip_i);
    set_timer(rdma_pkg::TimerResume, {16'd0, c.mig_announce});
  endtask

  // R2.
  task nak_stopped(input [127:0] dst);
    answer(rdma_pkg::SyndromeNakStopped, c.epsn, {8'd0, c.mig_epoch}, dst);
    fx.verdict = rdma_pkg::VerdictNaked;
  endtask

  // R1.
  task stall;
    n.saved_state = c.state == rdma_pkg::StatePaused ? rdma_pkg::StateRts : c.state;
    n.state = rdma_pkg::StateStopped;
    n.timer = rdma_pkg::TimerNone;
    n.restored = 1'b0;
    n.resume_pending = 1'b0;
    n.probe = 1'b0;
  endtask

  // R5, R6, R10.
  task activate;
    n.state = c.saved_state;
    if (!c.restored) n.mig_epoch = c.mig_epoch + 16'd2;
    n.saved_state = rdma_pkg::StateReset;
    n.restored = 1'b0;
    n.fwd_valid = 1'b0;
    n.fwd_addr = 128'd0;
    n.nak_sent = 1'b0;
    if (c.saved_state == rdma_pkg::StateRts) begin
`ifndef GODWIT_MUTANT_NO_REWIND_ON_RESUME
      n.rewind = 1'b1;
`endif
      refill;
    end
    if (c.mig_capable && saved_serving) begin
      n.resume_pending = 1'b1;
      n.resumes_left = c.mig_resume_limit;
      announce;
    end
  endtask

  // R3: NAK_STOPPED.
  task pause;
    if (!c.mig_capable) begin
      fx.verdict = rdma_pkg::VerdictDropSyndrome;
    end else if (nak_epoch != c.peer_epoch && !rdma_pkg::epoch_newer(nak_epoch, c.peer_epoch)) begin
      fx.verdict = rdma_pkg::VerdictDropEpoch;
    end else if (!rdma_pkg::psn_may_ack(c.una_psn, c.max_psn, psn_i)) begin
      fx.verdict = rdma_pkg::VerdictDropProgress;
    end else begin
      refill;
      if (c.resume_pending) begin
        n.resumes_left = c.mig_resume_limit;
      end else begin
        if (c.state == rdma_pkg::StateRts) fx.event_kind = rdma_pkg::EventPeerStopped;
        n.state = rdma_pkg::StatePaused;
        n.rewind = 1'b1;
        n.probe = 1'b0;
        n.probes_left = c.mig_probe_limit;
        set_timer(rdma_pkg::TimerLease, {16'd0, c.mig_lease});
      end
    end
  endtask

  // R6a: a request while RESUME is pending is not served; the partner is told again that this side moved.
  task unproven;
    if (rdma_pkg::psn_less(c.epsn, psn_i)) begin
      fx.verdict = rdma_pkg::VerdictDropStopped;
    end else begin
      send_meth(rdma_pkg::MethKindResume[3:0], c.remote_ip, own_ip_i);
      fx.verdict = rdma_pkg::VerdictNaked;
    end
  endtask

  // R7: a RESUME that is known already. Its sender served nothing until now (R6a).
  task repeated_resume;
    if (requesting) begin
      end_pause;
      n.rewind = 1'b1;
      refill;
      if (!c.resume_pending) n.timer = rdma_pkg::TimerNone;
    end
    send_meth(rdma_pkg::MethKindResumeAck[3:0], c.remote_ip, own_ip_i);
    fx.verdict = rdma_pkg::VerdictDuplicate;
  endtask

  // R7: the partner announces itself.
  task accept_resume;
    if (epoch_same) begin
      if (src_ip_i != c.remote_ip || m_addr != c.remote_ip) begin
        fx.verdict = rdma_pkg::VerdictDropAddress;
      end else begin
        repeated_resume;
      end
    end else if (!epoch_newer || !progress_agrees) begin
      send_meth(rdma_pkg::MethKindStale[3:0], src_ip_i, own_ip_i);
      fx.verdict = rdma_pkg::VerdictNaked;
    end else if (m_addr != src_ip_i || (c.mig_pinned && m_addr != c.remote_ip)) begin
      fx.verdict = rdma_pkg::VerdictDropAddress;
    end else begin
`ifndef GODWIT_MUTANT_STALE_ADDRESS
      n.remote_ip = m_addr;
`endif
      n.peer_epoch = m_epoch;
      n.nak_sent = 1'b0;
      if (requesting) catch_up;
      if (c.state == rdma_pkg::StatePaused) n.state = rdma_pkg::StateRts;
      if (!c.resume_pending) n.timer = rdma_pkg::TimerNone;
      n.probe = 1'b0;
      send_meth(rdma_pkg::MethKindResumeAck[3:0], m_addr, own_ip_i);
      fx.event_kind = rdma_pkg::EventPeerMoved;
    end
  endtask

  // R7, R8: take the partner's ePSN, go back to una_psn.
  task catch_up;
    acknowledged(m_epsn);
    n.rewind = 1'b1;
    refill;
  endtask

  // R8.
  task accept_resume_ack;
    if (!c.resume_pending) begin
      fx.verdict = rdma_pkg::VerdictDropUnasked;
    end else if (src_ip_i != c.remote_ip) begin
      fx.verdict = rdma_pkg::VerdictDropSource;
    end else if (m_peer_epoch != c.mig_epoch) begin
      fx.verdict = rdma_pkg::VerdictDropEpoch;
    end else if (!epsn_ok) begin
      fx.verdict = rdma_pkg::VerdictDropProgress;
    end else begin
      n.resume_pending = 1'b0;
      n.timer = rdma_pkg::TimerNone;
      if (requesting) catch_up;
      fx.event_kind = rdma_pkg::EventResumed;
    end
  endtask

  // R9.
  task accept_redirect;
    if (!c.resume_pending) begin
      fx.verdict = rdma_pkg::VerdictDropUnasked;
    end else if (src_ip_i != c.remote_ip) begin
      fx.verdict = rdma_pkg::VerdictDropSource;
    end else if (!epoch_same && !epoch_newer) begin
      fx.verdict = rdma_pkg::VerdictDropEpoch;
    end else if (c.mig_pinned) begin
      fx.verdict = rdma_pkg::VerdictDropAddress;
    end else begin
      n.remote_ip = m_addr;
      announce;
    end
  endtask

  // R9: a newer copy of this endpoint is known to the partner.
  task accept_stale;
    if (!c.resume_pending) begin
      fx.verdict = rdma_pkg::VerdictDropUnasked;
    end else if (src_ip_i != c.remote_ip) begin
      fx.verdict = rdma_pkg::VerdictDropSource;
    end else if (!rdma_pkg::epoch_newer(m_peer_epoch, c.mig_epoch) && !farther_along) begin
      fx.verdict = rdma_pkg::VerdictDropEpoch;
    end else begin
      fail(rdma_pkg::WcStatusWrFlushErr, rdma_pkg::VendorErrFenced, rdma_pkg::EventFenced);
    end
  endtask

  // R2: the partner moved while this side is stopped.
  task tombstone;
    if (m_kind != rdma_pkg::MethKindResume[3:0] || !saved_serving)
      fx.verdict = rdma_pkg::VerdictDropStopped;
    else if (m_addr != src_ip_i) fx.verdict = rdma_pkg::VerdictDropAddress;
    else if (c.fwd_valid) begin
      send_meth(rdma_pkg::MethKindRedirect[3:0], src_ip_i, c.fwd_addr);
      fx.verdict = rdma_pkg::VerdictNaked;
    end else begin
      nak_stopped(src_ip_i);
    end
  endtask

  // A migration packet: R7 gives the order of the checks.
  task receive_meth;
    if (c.state == rdma_pkg::StateReset || c.state == rdma_pkg::StateInit ||
        c.state == rdma_pkg::StateErr)
      fx.verdict = rdma_pkg::VerdictDropState;
    else if (!pkey_ok_i) fx.verdict = rdma_pkg::VerdictDropPkey;
    else if (!c.mig_capable) fx.verdict = rdma_pkg::VerdictDropCapable;
    else if (m_version != rdma_pkg::MethVersion[3:0]) fx.verdict = rdma_pkg::VerdictDropVersion;
`ifndef GODWIT_MUTANT_TAG_UNCHECKED
    else if (!tag_ok_i) fx.verdict = rdma_pkg::VerdictDropTag;
`endif
    else if (c.state == rdma_pkg::StateStopped) tombstone;
    else if (m_kind == rdma_pkg::MethKindResume[3:0]) accept_resume;
    else if (m_kind == rdma_pkg::MethKindResumeAck[3:0]) accept_resume_ack;
    else if (m_kind == rdma_pkg::MethKindRedirect[3:0]) accept_redirect;
    else if (m_kind == rdma_pkg::MethKindStale[3:0]) accept_stale;
    else fx.verdict = rdma_pkg::VerdictDropKind;
  endtask

  // A request to a stopped queue pair, or to one whose RESUME is pending. R2, R6a, and silence towards a partner that
  // did not agree: section 6.
  task stopped_request;
    if (!pkey_ok_i) fx.verdict = rdma_pkg::VerdictDropPkey;
    else if (src_ip_i != c.remote_ip) fx.verdict = rdma_pkg::VerdictDropSource;
    else if (c.resume_pending) unproven;
    else if (c.mig_capable && saved_serving) nak_stopped(c.remote_ip);
    else fx.verdict = rdma_pkg::VerdictDropStopped;
  endtask

  // NAK_STOPPED to a queue pair that has a live requester.
  task stopped_answer;
    if (!pkey_ok_i) fx.verdict = rdma_pkg::VerdictDropPkey;
    else if (src_ip_i != c.remote_ip) fx.verdict = rdma_pkg::VerdictDropSource;
    else pause;
  endtask

  // R4: probe, or give up; R6: announce again, or give up.
  task timer_ended;
    n.timer = rdma_pkg::TimerNone;
    if (c.timer == rdma_pkg::TimerLease) begin
      if (c.una_psn == c.max_psn) begin
        n.state = rdma_pkg::StateRts;
        n.probe = 1'b0;
      end else if (c.probes_left == 8'd0) begin
        lost;
      end else begin
        n.probes_left = c.probes_left - 8'd1;
        n.probe = 1'b1;
        set_timer(rdma_pkg::TimerLease, {16'd0, c.mig_lease});
      end
    end else if (c.resumes_left == 8'd0) begin
      lost;
    end else begin
      n.resumes_left = c.resumes_left - 8'd1;
      announce;
    end
  endtask

  task lost;
    fail(rdma_pkg::WcStatusRetryExcErr, rdma_pkg::VendorErrMigrationLost,
         rdma_pkg::EventMigrationLost);
  endtask

  always_comb begin
    n = c;
    fx = {rdma_pkg::FxW{1'b0}};
    case (cause_i)
      rdma_pkg::CauseRx: begin
        if (kind_i == rdma_pkg::KindMig) receive_meth;
        else if (kind_i == rdma_pkg::KindRequest) stopped_request;
        else stopped_answer;
      end
      rdma_pkg::CauseStall: begin
        if (c.state == rdma_pkg::StateInit || c.state == rdma_pkg::StateRtr ||
            c.state == rdma_pkg::StateRts || c.state == rdma_pkg::StatePaused ||
            c.state == rdma_pkg::StateErr)
          stall;
        else fx.verdict = rdma_pkg::VerdictIgnored;
      end
      rdma_pkg::CauseActivate: begin
        if (c.state == rdma_pkg::StateStopped) activate;
        else fx.verdict = rdma_pkg::VerdictIgnored;
      end
      default: timer_ended;
    endcase
  end

  logic unused_ok;
  assign unused_ok = ^{ext_i, nak_field};
endmodule

`default_nettype wire
