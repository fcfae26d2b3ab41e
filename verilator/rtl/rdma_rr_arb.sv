// SPDX-License-Identifier: Apache-2.0
//
// rdma_rr_arb: round-robin choice among N requesters.
// The search starts behind the index that was taken last, so every requester is served within N takes.
// Latency 0 (combinational from req_i). Throughput one take per cycle.
`include "rdma_assert.svh"
`default_nettype none
module rdma_rr_arb #(
  /// Requesters, 1 or more.
  parameter int unsigned N = 8,
  /// Width of an index; derived, do not set.
  parameter int unsigned IdxW = N > 1 ? $clog2(N) : 1
) (
  /// Clock.
  input  logic            clk_i,
  /// Asynchronous reset, active low.
  input  logic            rst_ni,
  /// Requests.
  input  logic [N-1:0]    req_i,
  /// The grant is used; moves the pointer.
  input  logic            take_i,
  /// Somebody asks.
  output logic            gnt_valid_o,
  /// Index of the chosen requester, 0 when there is none.
  output logic [IdxW-1:0] gnt_idx_o
);
  logic [IdxW-1:0] next_q;
  logic            found;

  assign gnt_valid_o = |req_i;

  // First request at or above next_q, otherwise the first of all.
  always_comb begin
    gnt_idx_o = '0;
    found     = 1'b0;
    if (gnt_valid_o) begin
      for (int unsigned i = 0; i < N; i++) begin
        if (!found && req_i[i] && IdxW'(i) >= next_q) begin
          gnt_idx_o = IdxW'(i);
          found     = 1'b1;
        end
      end
      for (int unsigned i = 0; i < N; i++) begin
        if (!found && req_i[i]) begin
          gnt_idx_o = IdxW'(i);
          found     = 1'b1;
        end
      end
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      next_q <= '0;
    end else if (take_i && gnt_valid_o) begin
      next_q <= gnt_idx_o == IdxW'(N - 1) ? '0 : gnt_idx_o + 1'b1;
    end
  end

  `RDMA_ASSERT(a_grant_asked, !gnt_valid_o || req_i[gnt_idx_o])
endmodule
`default_nettype wire
