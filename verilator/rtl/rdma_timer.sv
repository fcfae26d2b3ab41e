// SPDX-License-Identifier: Apache-2.0
//
// rdma_timer: one countdown per queue pair, in ticks.
// Once per tick a sweep visits every slot, one per cycle; the kind of timer lives in the context, not here.
// Latency: set(n) expires in the n-th sweep behind it. Throughput one set and one stop per cycle.
`include "rdma_assert.svh"
`default_nettype none
module rdma_timer #(
  /// Queue pair slots.
  parameter int unsigned NumQp = 8,
  /// Cycles per tick; more than NumQp, so that a sweep ends before the next begins.
  parameter int unsigned TickDiv = 1024,
  /// Width of a slot number; derived, do not set.
  parameter int unsigned SlotW = NumQp > 1 ? $clog2(NumQp) : 1
) (
  /// Clock.
  input  logic             clk_i,
  /// Asynchronous reset, active low.
  input  logic             rst_ni,
  /// (Re)arm the timer of set_slot_i; withdraws its expiry.
  input  logic             set_valid_i,
  /// Slot to arm.
  input  logic [SlotW-1:0] set_slot_i,
  /// Sweeps until expiry; 0 counts as 1.
  input  logic [31:0]      set_ticks_i,
  /// Disarm the timer of stop_slot_i; withdraws its expiry. A set of the same slot wins.
  input  logic             stop_valid_i,
  /// Slot to disarm.
  input  logic [SlotW-1:0] stop_slot_i,
  /// A timer ran out; held until acknowledged or withdrawn.
  output logic             expire_valid_o,
  /// Its slot.
  output logic [SlotW-1:0] expire_slot_o,
  /// The expiry is taken.
  input  logic             expire_ack_i
);
  localparam int unsigned DivW = $clog2(TickDiv);

  if (TickDiv <= NumQp + 1) begin : gen_tick_div
    $error("rdma_timer: a sweep must fit into a tick");
  end

  logic [DivW-1:0]  div_q;
  logic             sweep_q;
  logic [SlotW-1:0] sweep_slot_q;
  logic [NumQp-1:0] armed_d, armed_q;
  logic [NumQp-1:0] fired_d, fired_q;
  logic [31:0]      left_q [0:NumQp-1];
  logic [31:0]      left;
  logic [31:0]      set_ticks;
  logic             visit;
  logic             tick;
  logic             any_fired;
  logic [SlotW-1:0] fired_idx;
  logic             expire_d, expire_q;
  logic [SlotW-1:0] expire_slot_d, expire_slot_q;
  logic             withdrawn;

`ifdef GODWIT_MUTANT_TIMER_EARLY
  assign set_ticks = set_ticks_i >> 1;
`else
  assign set_ticks = set_ticks_i;
`endif

  assign tick = div_q == DivW'(TickDiv - 1);
  // left_q has one write port: a set takes it and the sweep waits one cycle.
  assign visit = sweep_q && !set_valid_i;
  assign left  = left_q[sweep_slot_q];

  always_comb begin
    armed_d = armed_q;
    fired_d = fired_q;
    if (visit && armed_q[sweep_slot_q] && left <= 32'd1) begin
      armed_d[sweep_slot_q] = 1'b0;
      fired_d[sweep_slot_q] = 1'b1;
    end
    if (expire_q && expire_ack_i) fired_d[expire_slot_q] = 1'b0;
    if (stop_valid_i) begin
      armed_d[stop_slot_i] = 1'b0;
      fired_d[stop_slot_i] = 1'b0;
    end
    if (set_valid_i) begin
      armed_d[set_slot_i] = 1'b1;
      fired_d[set_slot_i] = 1'b0;
    end
  end

  // Choose among the expiries that will still stand in the next cycle.
  rdma_rr_arb #(.N(NumQp)) u_arb (
    .clk_i,
    .rst_ni,
    .req_i       (fired_d),
    .take_i      (!expire_q || expire_ack_i || withdrawn),
    .gnt_valid_o (any_fired),
    .gnt_idx_o   (fired_idx)
  );

  assign withdrawn = (stop_valid_i && stop_slot_i == expire_slot_q)
                  || (set_valid_i && set_slot_i == expire_slot_q);

  always_comb begin
    expire_d      = expire_q;
    expire_slot_d = expire_slot_q;
    if (!expire_q || expire_ack_i || withdrawn) begin
      expire_d      = any_fired;
      expire_slot_d = fired_idx;
    end
  end

  assign expire_valid_o = expire_q;
  assign expire_slot_o  = expire_slot_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      div_q         <= '0;
      sweep_q       <= 1'b0;
      sweep_slot_q  <= '0;
      armed_q       <= '0;
      fired_q       <= '0;
      expire_q      <= 1'b0;
      expire_slot_q <= '0;
    end else begin
      div_q         <= tick ? '0 : div_q + 1'b1;
      armed_q       <= armed_d;
      fired_q       <= fired_d;
      expire_q      <= expire_d;
      expire_slot_q <= expire_slot_d;
      if (visit) begin
        sweep_slot_q <= sweep_slot_q + 1'b1;
        if (sweep_slot_q == SlotW'(NumQp - 1)) begin
          sweep_slot_q <= '0;
          sweep_q      <= 1'b0;
        end
      end
      // A sweep held up for a whole tick goes on; it is not started anew.
      if (tick) sweep_q <= 1'b1;
    end
  end

  always_ff @(posedge clk_i) begin
    if (set_valid_i) left_q[set_slot_i] <= set_ticks;
    else if (visit) left_q[sweep_slot_q] <= left - 32'd1;
  end

  `RDMA_ASSERT(a_expire_fired, !expire_q || fired_q[expire_slot_q])
  `RDMA_ASSERT(a_expire_held, !$past(rst_ni && expire_q && !expire_ack_i && !withdrawn)
                              || (expire_q && $stable(expire_slot_q)))
  `RDMA_ASSUME(a_ack_valid, !expire_ack_i || expire_valid_o)
endmodule
`default_nettype wire
