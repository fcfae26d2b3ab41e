// SPDX-License-Identifier: Apache-2.0
//
// rdma_rx: receives frames, checks them and hands them over one at a time.
// Store and forward over a ring of beats: one frame waits or is read out while the next arrives. A frame that fails a check
// gives its space back at once and is handed over as a verdict only.
// Latency 3 cycles from the last beat to pkt_valid_o. Throughput one beat per cycle, 2 cycles more per frame.
`include "rdma_assert.svh"
`default_nettype none
module rdma_rx #(
  /// Width of a beat in bits: 64, 128, 256 or 512.
  parameter int unsigned DataW = 128,
  /// Bytes of the ring; a power of two of beats. Less than MAX_FRAME (proofs only) lowers the limit on frames.
  parameter int unsigned BufBytes = 8192,
  /// Migration unit present: without it the opcode MIGRATION is not known.
  parameter bit Migration = 1'b1
) (
  /// Clock.
  input  logic               clk_i,
  /// Asynchronous reset, active low.
  input  logic               rst_ni,
  /// Frame bytes, first in 7:0.
  input  logic [DataW-1:0]   s_axis_rx_tdata,
  /// Bytes of the beat, from lane 0; all ones but in the last beat.
  input  logic [DataW/8-1:0] s_axis_rx_tkeep,
  /// Beat valid.
  input  logic               s_axis_rx_tvalid,
  /// Beat taken.
  output logic               s_axis_rx_tready,
  /// Last beat of a frame.
  input  logic               s_axis_rx_tlast,
  /// 0 in a frame's first beat: the frame is swallowed without trace.
  input  logic               enable_i,
  /// Own MAC, byte 0 in 7:0.
  input  logic [47:0]        own_mac_i,
  /// Own address, IPv6 or IPv4-mapped, byte 0 in 7:0.
  input  logic [127:0]       own_ip_i,
  /// A frame waits; held until pkt_pop_i.
  output logic               pkt_valid_o,
  /// Done with the frame; not while its payload is being read out.
  input  logic               pkt_pop_i,
  /// VerdictOk or the reason of the drop; the fields below it mean something with VerdictOk only.
  output logic [7:0]         pkt_verdict_o,
  /// BTH opcode.
  output logic [7:0]         pkt_opcode_o,
  /// BTH solicited event.
  output logic               pkt_se_o,
  /// BTH acknowledge request.
  output logic               pkt_ackreq_o,
  /// BTH PSN.
  output logic [23:0]        pkt_psn_o,
  /// BTH destination QPN.
  output logic [23:0]        pkt_dest_qpn_o,
  /// BTH partition key.
  output logic [15:0]        pkt_pkey_o,
  /// IP source as IPv4-mapped address, byte 0 in 7:0.
  output logic [127:0]       pkt_src_ip_o,
  /// 36 bytes behind the BTH, byte 0 in 7:0.
  output logic [287:0]       pkt_ext_o,
  /// Payload bytes without pad.
  output logic [15:0]        pkt_plen_o,
  /// Number of the frame since reset, from 0; swallowed frames have none. Meaningful with every verdict.
  output logic [31:0]        pkt_seq_o,
  /// Begin the payload read-out of the waiting frame.
  input  logic               pay_start_i,
  /// Payload bytes, first in 7:0.
  output logic [DataW-1:0]   pay_data_o,
  /// Payload beat valid.
  output logic               pay_valid_o,
  /// Payload beat taken.
  input  logic               pay_ready_i,
  /// The beat holds the last payload byte.
  output logic               pay_last_o
);
  localparam int unsigned Bytes      = DataW / 8;
  localparam int unsigned LaneW      = $clog2(Bytes);
  localparam int unsigned CntW       = LaneW + 1;
  localparam int unsigned Depth      = BufBytes / Bytes;
  localparam int unsigned AddrW      = $clog2(Depth);
  localparam int unsigned Limit      = BufBytes < rdma_pkg::MaxFrame ? BufBytes : rdma_pkg::MaxFrame;
  localparam int unsigned LimitBeats = (Limit + Bytes - 1) / Bytes;
  localparam int unsigned HdrBytes   = 90;
  localparam int unsigned HdrBeats   = (HdrBytes + Bytes - 1) / Bytes;
  // Beat that holds the IP total length, bytes 16 and 17 of the frame.
  localparam int unsigned TotalBeat  = 16 / Bytes;
  localparam int unsigned TotalLane  = 16 % Bytes;

  if (DataW != 64 && DataW != 128 && DataW != 256 && DataW != 512) begin : gen_data_w
    $error("rdma_rx: DataW must be 64, 128, 256 or 512");
  end
  if (Depth * Bytes != BufBytes || (Depth & (Depth - 1)) != 0 || BufBytes < 128) begin : gen_buf
    $error("rdma_rx: BufBytes must be a power of two of beats, 128 or more");
  end

  typedef enum logic [1:0] {StRecv, StEval, StPush} state_e;

  state_e                    state_d, state_q;
  logic                      beat;
  // Of the frame being received.
  logic                      first_q;
  logic                      silent, silent_q;
  logic                      over_q;
  logic [15:0]               idx_q;
  logic [15:0]               len_q;
  logic [HdrBeats*DataW-1:0] hdr_q;
  logic [16:0]               icrc_left, icrc_left_q;
  logic [CntW-1:0]           icrc_n;
  logic                      icrc_good;
  logic                      store;
  // Ring pointers with one bit more than an address. head: next beat in; base: first beat of the frame being received;
  // tail: oldest beat still needed.
  logic [AddrW:0]            head_q, base_q, tail_q;
  logic                      full;
  logic [7:0]                verdict, verdict_q;
  logic [5:0]                ext_len, ext_len_q;
  logic [15:0]               plen, plen_q;
  logic [31:0]               seq_q;
  logic                      push;
  // Of the waiting frame.
  logic                      pkt_valid_q;
  logic [AddrW-1:0]          pay_addr_q;
  logic [LaneW-1:0]          pay_lane_q;
  logic [6:0]                pay_at;
  logic [31:0]               src_ip_q;
  logic                      pay_busy;
  logic                      rd_en;
  logic [AddrW-1:0]          rd_addr;
  logic [DataW-1:0]          rd_data;

  // A frame at its limit does not wait for room: what follows is not stored.
  assign full             = head_q == {~tail_q[AddrW], tail_q[AddrW-1:0]};
  assign s_axis_rx_tready = state_q == StRecv && (!full || over_q);
  assign beat             = s_axis_rx_tvalid && s_axis_rx_tready;
  assign silent           = first_q ? !enable_i : silent_q;
  assign store            = beat && !silent && !over_q;

  // ---- Receive

  always_comb begin
    state_d = state_q;
    unique case (state_q)
      StRecv: if (beat && s_axis_rx_tlast && !silent) state_d = StEval;
      StEval: state_d = StPush;
      default: if (!pkt_valid_q) state_d = StRecv;
    endcase
  end

  assign push = state_q == StPush && !pkt_valid_q;

  // Bytes of the frame from this beat on that the ICRC covers, the ICRC itself included.
  always_comb begin
    icrc_left = 17'd0;
    icrc_n    = '0;
    if (store) begin
      if (idx_q == 16'(TotalBeat)) begin
        icrc_left = {1'b0, s_axis_rx_tdata[TotalLane*8 +: 8], s_axis_rx_tdata[TotalLane*8+8 +: 8]};
        icrc_left = icrc_left + 17'd14 - 17'(TotalBeat * Bytes);
        // A total length below 2 is malformed anyway.
        if (icrc_left[16:14] == 3'b111) icrc_left = 17'd0;
      end else if (idx_q > 16'(TotalBeat)) begin
        icrc_left = icrc_left_q;
      end else begin
        icrc_left = 17'(Bytes);
      end
      icrc_n = icrc_left > 17'(Bytes) ? CntW'(Bytes) : icrc_left[CntW-1:0];
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q  <= StRecv;
      first_q  <= 1'b1;
      silent_q <= 1'b0;
      over_q   <= 1'b0;
      idx_q    <= 16'd0;
    end else begin
      state_q <= state_d;
      if (beat) begin
        first_q  <= s_axis_rx_tlast;
        silent_q <= silent;
        idx_q    <= s_axis_rx_tlast && silent ? 16'd0 : idx_q + {15'd0, !over_q};
        if (!silent && idx_q == 16'(LimitBeats - 1)) over_q <= 1'b1;
      end
      if (push) begin
        over_q <= 1'b0;
        idx_q  <= 16'd0;
      end
    end
  end

  // Beats are whole, the header is not.
  logic unused_hdr;
  assign unused_hdr = ^{1'b0, hdr_q[HdrBeats*DataW-1:HdrBytes*8-8]};

  always_ff @(posedge clk_i) begin
    if (store) begin
      for (int unsigned k = 0; k < HdrBeats; k++) begin
        if (idx_q == 16'(k)) hdr_q[k*DataW +: DataW] <= s_axis_rx_tdata;
      end
      icrc_left_q <= icrc_left - 17'(icrc_n);
    end
    if (beat && s_axis_rx_tlast) begin
      // Beyond the limit any length that is too long will do.
      len_q <= over_q ? 16'hffff : idx_q * 16'(Bytes) + 16'($countones(s_axis_rx_tkeep));
    end
  end

  logic [31:0] unused_icrc;
  rdma_icrc #(.DataW(DataW)) u_icrc (
    .clk_i,
    .rst_ni,
    .init_i   (first_q),
    .en_i     (store),
    .data_i   (s_axis_rx_tdata),
    .nbytes_i (icrc_n),
    .icrc_o   (unused_icrc),
    .good_o   (icrc_good)
  );

  rdma_rx_check #(.Migration(Migration)) u_check (
    .en_i        (state_q == StEval),
    .hdr_i       (hdr_q[HdrBytes*8-1:0]),
    .len_i       (len_q),
    .too_long_i  (len_q > 16'(Limit)),
    .icrc_good_i (icrc_good),
    .own_mac_i,
    .own_ip_i,
    .verdict_o   (verdict),
    .ext_len_o   (ext_len),
    .plen_o      (plen)
  );

  // ---- Ring

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      head_q      <= '0;
      base_q      <= '0;
      tail_q      <= '0;
      pkt_valid_q <= 1'b0;
      seq_q       <= 32'd0;
    end else begin
      if (store) head_q <= head_q + 1'b1;
      if (push) begin
        pkt_valid_q <= 1'b1;
        seq_q       <= seq_q + 32'd1;
        if (verdict_q == rdma_pkg::VerdictOk) base_q <= head_q;
        else head_q <= base_q;
      end
      // base_q is the end of the waiting frame, whose verdict or pop frees what lies before.
      if (pkt_valid_q && pkt_pop_i) begin
        pkt_valid_q <= 1'b0;
        tail_q      <= base_q;
      end
    end
  end

  // ---- Hand over

  assign pay_at       = 7'd54 + {1'b0, ext_len_q};
  assign pkt_valid_o  = pkt_valid_q;
  // Register bits that are constant would have a value before the first frame that synthesis need not keep.
  assign pkt_src_ip_o = {src_ip_q, 16'hffff, 80'd0};

  always_ff @(posedge clk_i) begin
    if (state_q == StEval) begin
      verdict_q <= verdict;
      ext_len_q <= ext_len;
      plen_q    <= plen;
    end
    if (push) begin
      pkt_verdict_o  <= verdict_q;
      pkt_opcode_o   <= hdr_q[42*8 +: 8];
      pkt_se_o       <= hdr_q[43*8+7];
      pkt_pkey_o     <= {hdr_q[44*8 +: 8], hdr_q[45*8 +: 8]};
      pkt_dest_qpn_o <= {hdr_q[47*8 +: 8], hdr_q[48*8 +: 8], hdr_q[49*8 +: 8]};
      pkt_ackreq_o   <= hdr_q[50*8+7];
      pkt_psn_o      <= {hdr_q[51*8 +: 8], hdr_q[52*8 +: 8], hdr_q[53*8 +: 8]};
      src_ip_q       <= hdr_q[26*8 +: 32];
      pkt_ext_o      <= hdr_q[54*8 +: 288];
      pkt_plen_o     <= plen_q;
      pkt_seq_o      <= seq_q;
      pay_addr_q     <= base_q[AddrW-1:0] + AddrW'(pay_at[6:LaneW]);
      pay_lane_q     <= pay_at[LaneW-1:0];
    end
  end

  rdma_pkt_buf #(.DataW(DataW), .Depth(Depth)) u_buf (
    .clk_i,
    .wr_en_i   (store),
    .wr_addr_i (head_q[AddrW-1:0]),
    .wr_data_i (s_axis_rx_tdata),
    .rd_en_i   (rd_en),
    .rd_addr_i (rd_addr),
    .rd_data_o (rd_data)
  );

  rdma_rx_pay #(.DataW(DataW), .AddrW(AddrW)) u_pay (
    .clk_i,
    .rst_ni,
    .start_i     (pay_start_i && pkt_valid_q),
    .addr_i      (pay_addr_q),
    .lane_i      (pay_lane_q),
    .len_i       (pkt_plen_o),
    .rd_en_o     (rd_en),
    .rd_addr_o   (rd_addr),
    .rd_data_i   (rd_data),
    .busy_o      (pay_busy),
    .pay_data_o,
    .pay_valid_o,
    .pay_ready_i,
    .pay_last_o
  );

  `RDMA_ASSUME(a_rx_stable, !$past(rst_ni && s_axis_rx_tvalid && !s_axis_rx_tready)
               || (s_axis_rx_tvalid && $stable({s_axis_rx_tdata, s_axis_rx_tkeep, s_axis_rx_tlast})))
  `RDMA_ASSUME(a_pop_idle, !pkt_pop_i || (pkt_valid_q && !pay_busy))
  `RDMA_ASSUME(a_start_idle, !pay_start_i || (pkt_valid_q && !pay_busy))
  `RDMA_ASSERT(a_pkt_stable, !$past(rst_ni && pkt_valid_o && !pkt_pop_i)
               || (pkt_valid_o && $stable(pkt_seq_o) && $stable(pkt_plen_o)))
  `RDMA_ASSERT(a_ring, (head_q - tail_q) <= (AddrW+1)'(Depth))
endmodule
`default_nettype wire
