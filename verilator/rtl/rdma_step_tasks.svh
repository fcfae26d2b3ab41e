// SPDX-License-Identifier: Apache-2.0
//
// What several protocol units do alike, as tasks on their `n` (context after) and `fx` (effects).
// Included into a unit's body behind the declarations of `c` (context before), `n` and `fx`.

// ERR: the oldest unacknowledged work request will complete with `status`. The twin of qp.fail.
task fail(input [7:0] status, input [7:0] vendor, input [7:0] kind);
  n.state = rdma_pkg::StateErr;
  n.sq_err = status;
  n.sq_vendor = vendor;
  n.timer = rdma_pkg::TimerNone;
  n.resume_pending = 1'b0;
  n.probe = 1'b0;
  fx.event_kind = kind;
endtask

// Both retry budgets are full again. The twin of qp.refill.
task refill;
  n.retry_left = n.retry_cnt;
  n.rnr_left = n.rnr_retry;
endtask

// Everything below `psn` is executed. The twin of qp.acknowledged.
task acknowledged(input [23:0] psn);
  if (psn != c.una_psn) begin
    n.una_psn = psn;
    n.cpl_due = 1'b1;
    refill;
    if (rdma_pkg::psn_less(c.next_psn, psn)) n.rewind = 1'b1;
  end
endtask

// R4a: what answers is not stopped. The twin of qp.endPause.
task end_pause;
  if (c.state == rdma_pkg::StatePaused) begin
    n.state = rdma_pkg::StateRts;
    n.timer = rdma_pkg::TimerNone;
    n.probe = 1'b0;
  end
endtask

// Arm the one timer. The twin of qp.setTimer.
task set_timer(input [2:0] kind, input [31:0] ticks);
  n.timer = kind;
  fx.tset = 1'b1;
  fx.ticks = ticks;
endtask

// The retransmission timer; attribute timeout 0 means never. The twin of qp.armACK.
task arm_ack;
  if (c.timeout != 5'd0) set_timer(rdma_pkg::TimerAck, 32'd1 << c.timeout);
endtask

// An ACKNOWLEDGE packet. The twin of qp.answer.
task answer(input [7:0] syndrome, input [23:0] psn, input [23:0] msn, input [127:0] dst);
  fx.pkt = 1'b1;
  fx.pkt_op = rdma_pkg::OpAcknowledge;
  fx.pkt_psn = psn;
  fx.pkt_dst = dst;
  fx.pkt_ext[7:0] = syndrome;
  fx.pkt_ext[31:8] = rdma_pkg::swap24(msn);
  fx.pkt_ext_len = 6'd4;
endtask

// A completion for work request `idx`.
task post(input [7:0] cqn, input [7:0] opcode, input [31:0] len, input [15:0] idx,
          input [7:0] status, input [7:0] vendor);
  fx.cqe = 1'b1;
  fx.cqe_cqn = cqn;
  fx.cqe_opcode = opcode;
  fx.cqe_len = len;
  fx.cqe_idx = idx;
  fx.cqe_status = status;
  fx.cqe_vendor = vendor;
endtask
