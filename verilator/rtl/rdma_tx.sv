// SPDX-License-Identifier: Apache-2.0
//
// rdma_tx: sends one packet at a time: headers, payload, pad and ICRC as one dense stream of bytes.
// A packer shifts the payload behind the headers, the ICRC runs over what leaves the packer, and a second stage appends it.
// Latency 3 cycles from the request to the first beat. Throughput one beat per cycle within a packet.
`include "rdma_assert.svh"
`default_nettype none
module rdma_tx #(
  /// Width of a beat in bits: 64, 128, 256 or 512.
  parameter int unsigned DataW = 128
) (
  /// Clock.
  input  logic               clk_i,
  /// Asynchronous reset, active low.
  input  logic               rst_ni,
  /// A packet is asked for.
  input  logic               req_valid_i,
  /// Idle: the request is taken.
  output logic               req_ready_o,
  /// BTH opcode.
  input  logic [7:0]         req_opcode_i,
  /// BTH solicited event.
  input  logic               req_se_i,
  /// BTH acknowledge request.
  input  logic               req_ackreq_i,
  /// BTH partition key.
  input  logic [15:0]        req_pkey_i,
  /// BTH destination QPN.
  input  logic [23:0]        req_dqpn_i,
  /// BTH PSN.
  input  logic [23:0]        req_psn_i,
  /// Destination, IPv4-mapped, byte 0 in 7:0.
  input  logic [127:0]       req_dst_ip_i,
  /// UDP source port.
  input  logic [15:0]        req_sport_i,
  /// Extended headers, byte 0 in 7:0.
  input  logic [287:0]       req_ext_i,
  /// Their bytes, 0..36.
  input  logic [5:0]         req_ext_len_i,
  /// Payload bytes, 0..4096.
  input  logic [15:0]        req_plen_i,
  /// Own MAC, byte 0 in 7:0; sampled with the request.
  input  logic [47:0]        own_mac_i,
  /// MAC of the next hop, byte 0 in 7:0; sampled with the request.
  input  logic [47:0]        nexthop_i,
  /// Own address, IPv4-mapped, byte 0 in 7:0; sampled with the request.
  input  logic [127:0]       own_ip_i,
  /// Payload bytes, first in 7:0; lanes behind the last byte are ignored.
  input  logic [DataW-1:0]   pay_data_i,
  /// Payload beat valid.
  input  logic               pay_valid_i,
  /// Payload beat taken.
  output logic               pay_ready_o,
  /// Frame bytes, first in 7:0.
  output logic [DataW-1:0]   m_axis_tx_tdata,
  /// Bytes of the beat, from lane 0.
  output logic [DataW/8-1:0] m_axis_tx_tkeep,
  /// Beat valid.
  output logic               m_axis_tx_tvalid,
  /// Beat taken.
  input  logic               m_axis_tx_tready,
  /// Last beat of the frame.
  output logic               m_axis_tx_tlast,
  /// From the cycle behind the request until the cycle in which the last beat leaves.
  output logic               busy_o
);
  localparam int unsigned Bytes    = DataW / 8;
  localparam int unsigned LaneW    = $clog2(Bytes);
  localparam int unsigned CntW     = LaneW + 1;
  localparam int unsigned HdrBeats = (90 + Bytes - 1) / Bytes;
  localparam int unsigned HdrW     = HdrBeats * DataW;

  if (DataW != 64 && DataW != 128 && DataW != 256 && DataW != 512) begin : gen_data_w
    $error("rdma_tx: DataW must be 64, 128, 256 or 512");
  end

  typedef enum logic [2:0] {StIdle, StHdr, StPay, StTail, StEnd} state_e;

  state_e             state_d, state_q;
  logic               accept;
  logic [719:0]       hdr;
  logic [6:0]         hdr_len;
  logic [1:0]         pad, pad_q;
  // Bytes the packer holds and has not emitted, first in 7:0; zeros behind them.
  logic [HdrW-1:0]    hold_d, hold_q;
  logic [6:0]         hold_n_d, hold_n_q;
  logic [15:0]        pay_left_d, pay_left_q;
  logic               first_q;
  // Packer's output.
  logic               emit, emit_last;
  logic [DataW-1:0]   emit_data;
  logic [CntW-1:0]    emit_n;
  logic               pay_last;
  logic [CntW-1:0]    pay_n;
  logic [DataW-1:0]   pay, pay_lanes;
  logic [2*DataW-1:0] merged;
  logic [CntW:0]      total;
  // Stage that waits for the ICRC.
  logic               s_valid_q, s_last_q;
  logic [DataW-1:0]   s_data_q;
  logic [CntW-1:0]    s_n_q;
  logic               s_ready;
  logic               s_more_q;
  logic [31:0]        icrc_raw, icrc;
  logic [2*DataW-1:0] tail;
  logic [CntW:0]      tail_n;
  logic               out_ready;
  logic               put, put_last;
  logic [DataW-1:0]   put_data;
  logic [Bytes-1:0]   put_keep;

  assign req_ready_o = state_q == StIdle;
  assign busy_o      = state_q != StIdle;
  assign accept      = req_valid_i && req_ready_o;
  assign pay_ready_o = state_q == StPay && s_ready;

  rdma_tx_hdr u_hdr (
    .en_i      (accept),
    .opcode_i  (req_opcode_i),
    .se_i      (req_se_i),
    .ackreq_i  (req_ackreq_i),
    .pkey_i    (req_pkey_i),
    .dqpn_i    (req_dqpn_i),
    .psn_i     (req_psn_i),
    .dst_ip_i  (req_dst_ip_i),
    .sport_i   (req_sport_i),
    .ext_i     (req_ext_i),
    .ext_len_i (req_ext_len_i),
    .plen_i    (req_plen_i),
    .own_mac_i,
    .nexthop_i,
    .own_ip_i,
    .hdr_o     (hdr),
    .hdr_len_o (hdr_len),
    .pad_o     (pad)
  );

  // ---- Packer

`ifdef GODWIT_MUTANT_TX_BYTE_LANE
  assign pay_lanes = {pay_data_i[DataW-1:16], pay_data_i[7:0], pay_data_i[15:8]};
`else
  assign pay_lanes = pay_data_i;
`endif

  assign pay_last = pay_left_q <= 16'(Bytes);

  // Payload beat behind the held bytes; its pad and all behind it are zeros.
  always_comb begin
    pay_n  = '0;
    pay    = '0;
    merged = '0;
    total  = '0;
    if (pay_ready_o && pay_valid_i) begin
      pay_n = pay_last ? pay_left_q[CntW-1:0] : CntW'(Bytes);
      pay   = pay_lanes;
      if (pay_last) begin
        for (int unsigned i = 0; i < Bytes; i++) begin
          if (CntW'(i) >= pay_n) pay[i*8 +: 8] = 8'd0;
        end
      end
      merged = ({{DataW{1'b0}}, pay} << {hold_n_q[LaneW-1:0], 3'd0}) | {{DataW{1'b0}}, hold_q[DataW-1:0]};
      total  = {2'd0, hold_n_q[LaneW-1:0]} + {1'b0, pay_n};
      if (pay_last) total = total + (CntW+1)'(pad_q);
    end
  end

  always_comb begin
    state_d    = state_q;
    hold_d     = hold_q;
    hold_n_d   = hold_n_q;
    pay_left_d = pay_left_q;
    emit       = 1'b0;
    emit_last  = 1'b0;
    emit_data  = hold_q[DataW-1:0];
    emit_n     = CntW'(Bytes);
    unique case (state_q)
      StIdle: begin
        if (req_valid_i) begin
          hold_d     = HdrW'(hdr);
          hold_n_d   = hdr_len;
          pay_left_d = req_plen_i;
          if (hdr_len >= 7'(Bytes)) state_d = StHdr;
          else state_d = req_plen_i == 16'd0 ? StTail : StPay;
        end
      end
      StHdr: begin
        if (s_ready) begin
          emit     = 1'b1;
          hold_d   = hold_q >> DataW;
          hold_n_d = hold_n_q - 7'(Bytes);
          if (hold_n_d < 7'(Bytes)) state_d = pay_left_q == 16'd0 ? StTail : StPay;
        end
      end
      StPay: begin
        if (s_ready && pay_valid_i) begin
          emit              = 1'b1;
          emit_data         = merged[DataW-1:0];
          hold_d[DataW-1:0] = merged[2*DataW-1:DataW];
          pay_left_d        = pay_left_q - 16'(pay_n);
          if (pay_last) begin
            if (total <= (CntW+1)'(Bytes)) begin
              emit_n    = total[CntW-1:0];
              emit_last = 1'b1;
              state_d   = StEnd;
            end else begin
              hold_n_d = 7'(total) - 7'(Bytes);
              state_d  = StTail;
            end
          end
        end
      end
      StTail: begin
        if (s_ready) begin
          emit      = 1'b1;
          emit_n    = hold_n_q[CntW-1:0];
          emit_last = 1'b1;
          state_d   = StEnd;
        end
      end
      default: begin
        if (m_axis_tx_tvalid && m_axis_tx_tready && m_axis_tx_tlast) state_d = StIdle;
      end
    endcase
  end

  // ---- ICRC and its place behind the last byte

  logic unused_good;
  rdma_icrc #(.DataW(DataW)) u_icrc (
    .clk_i,
    .rst_ni,
    .init_i   (first_q),
    .en_i     (emit),
    .data_i   (emit_data),
    .nbytes_i (emit_n),
    .icrc_o   (icrc_raw),
    .good_o   (unused_good)
  );

`ifdef GODWIT_MUTANT_TX_ICRC_LAST_BEAT
  assign icrc = icrc_raw ^ 32'(s_n_q == CntW'(2) && pad_q == 2'd2);
`else
  assign icrc = icrc_raw;
`endif

  // The beat in this stage is the last the ICRC has seen. s_more_q: its first half is gone, the rest of the ICRC is left.
  always_comb begin
    tail     = '0;
    tail_n   = '0;
    put_last = 1'b0;
    put_data = s_data_q;
    put_keep = '1;
    if (s_valid_q && s_last_q) begin
      tail   = {{DataW{1'b0}}, s_data_q} | ({{(2*DataW-32){1'b0}}, icrc} << {s_n_q, 3'd0});
      tail_n = {1'b0, s_n_q} + (CntW+1)'(4);
      if (s_more_q) begin
        tail   = tail >> DataW;
        tail_n = tail_n - (CntW+1)'(Bytes);
      end
      put_last = tail_n <= (CntW+1)'(Bytes);
      put_data = tail[DataW-1:0];
      if (put_last) begin
        for (int unsigned i = 0; i < Bytes; i++) put_keep[i] = (CntW+1)'(i) < tail_n;
      end
    end
  end

  assign put     = s_valid_q && out_ready;
  assign s_ready = !s_valid_q || (out_ready && (!s_last_q || put_last));

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q   <= StIdle;
      first_q   <= 1'b1;
      s_valid_q <= 1'b0;
      s_more_q  <= 1'b0;
    end else begin
      state_q <= state_d;
      if (emit) first_q <= emit_last;
      if (s_ready) s_valid_q <= emit;
      if (put) s_more_q <= s_last_q && !put_last;
    end
  end

  always_ff @(posedge clk_i) begin
    if (accept) pad_q <= pad;
    if (accept || emit) begin
      hold_q     <= hold_d;
      hold_n_q   <= hold_n_d;
      pay_left_q <= pay_left_d;
    end
    if (emit) begin
      s_data_q <= emit_data;
      s_n_q    <= emit_n;
      s_last_q <= emit_last;
    end
  end

  rdma_spill #(.W(DataW + Bytes + 1)) u_spill (
    .clk_i,
    .rst_ni,
    .in_valid_i  (s_valid_q),
    .in_ready_o  (out_ready),
    .in_data_i   ({put_last, put_keep, put_data}),
    .out_valid_o (m_axis_tx_tvalid),
    .out_ready_i (m_axis_tx_tready),
    .out_data_o  ({m_axis_tx_tlast, m_axis_tx_tkeep, m_axis_tx_tdata})
  );

  `RDMA_ASSUME(a_pay_stable, !$past(rst_ni && pay_valid_i && !pay_ready_o)
               || (pay_valid_i && $stable(pay_data_i)))
  `RDMA_ASSUME(a_ext_len, !accept || (req_ext_len_i <= 6'd36 && req_ext_len_i[1:0] == 2'd0))
  // Headers are 2 bytes more than a multiple of 4, so some byte of them always waits for the payload.
  `RDMA_ASSERT(a_hold, state_q != StPay || (hold_n_q < 7'(Bytes) && hold_n_q[1:0] == 2'd2))
  `RDMA_ASSERT(a_tail_beats, !put_last || tail_n > (CntW+1)'(0))
endmodule
`default_nettype wire
