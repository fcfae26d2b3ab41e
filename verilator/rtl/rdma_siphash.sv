// SPDX-License-Identifier: Apache-2.0
//
// rdma_siphash: SipHash-2-4 of a 50-byte message, the tag of a migration packet.
// One SipRound per cycle: two for each of seven words, four at the end.
// Latency 19 cycles from start_i to done_o. Throughput one message per 19 cycles.
`include "rdma_assert.svh"
`default_nettype none
module rdma_siphash (
  /// Clock.
  input  logic         clk_i,
  /// Asynchronous reset, active low.
  input  logic         rst_ni,
  /// Begin; key and message are sampled.
  input  logic         start_i,
  /// Key, byte 0 in 7:0.
  input  logic [127:0] key_i,
  /// METH without the tag (28 bytes), destination address (16), destination QPN (3, big-endian), PSN (3, big-endian);
  /// byte 0 in 7:0.
  input  logic [399:0] msg_i,
  /// Pulse: tag_o is valid, and stays so until the next start.
  output logic         done_o,
  /// Hash as a number; the wire carries its most significant byte first.
  output logic [63:0]  tag_o
);
  localparam logic [4:0] LastMsgRound = 5'd13;
  localparam logic [4:0] LastRound    = 5'd17;

  // One SipRound on {v3, v2, v1, v0}.
  function automatic logic [255:0] sip_round(input logic [255:0] v);
    logic [63:0] v0, v1, v2, v3;
    v0 = v[63:0];
    v1 = v[127:64];
    v2 = v[191:128];
    v3 = v[255:192];
    v0 = v0 + v1;
    v2 = v2 + v3;
    v1 = {v1[50:0], v1[63:51]} ^ v0;
    v3 = {v3[47:0], v3[63:48]} ^ v2;
    v0 = {v0[31:0], v0[63:32]};
    v2 = v2 + v1;
    v0 = v0 + v3;
    v1 = {v1[46:0], v1[63:47]} ^ v2;
    v3 = {v3[42:0], v3[63:43]} ^ v0;
    v2 = {v2[31:0], v2[63:32]};
    sip_round = {v3, v2, v1, v0};
  endfunction

  logic         run_q;
  logic         done_q;
  logic [4:0]   round_q;
  logic [255:0] v_d, v_q;
  // Words not yet absorbed; the last carries the length in its top byte.
  logic [447:0] words_q;

  assign done_o = done_q;
  assign tag_o  = v_q[63:0] ^ v_q[127:64] ^ v_q[191:128] ^ v_q[255:192];

  // A word goes into v3 before its first round and into v0 behind its second; v2 is marked before the final rounds.
  always_comb begin
    v_d = v_q;
    if (run_q) begin
      if (round_q <= LastMsgRound && !round_q[0]) v_d[255:192] = v_d[255:192] ^ words_q[63:0];
      v_d = sip_round(v_d);
      if (round_q <= LastMsgRound && round_q[0]) v_d[63:0] = v_d[63:0] ^ words_q[63:0];
      if (round_q == LastMsgRound) v_d[191:128] = v_d[191:128] ^ 64'hff;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      run_q   <= 1'b0;
      done_q  <= 1'b0;
      round_q <= 5'd0;
    end else begin
      done_q <= run_q && round_q == LastRound;
      if (run_q) begin
        round_q <= round_q == LastRound ? 5'd0 : round_q + 5'd1;
        if (round_q == LastRound) run_q <= 1'b0;
      end else if (start_i) begin
        run_q <= 1'b1;
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (run_q) begin
      v_q <= v_d;
      if (round_q[0]) words_q <= words_q >> 64;
    end else if (start_i) begin
      v_q <= {key_i[127:64] ^ 64'h7465646279746573, key_i[63:0] ^ 64'h6c7967656e657261,
              key_i[127:64] ^ 64'h646f72616e646f6d, key_i[63:0] ^ 64'h736f6d6570736575};
      words_q <= {8'd50, 40'd0, msg_i};
    end
  end

  `RDMA_ASSUME(a_start_idle, !start_i || !run_q)
endmodule
`default_nettype wire
