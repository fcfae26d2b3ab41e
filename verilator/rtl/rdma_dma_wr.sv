// SPDX-License-Identifier: Apache-2.0
//
// rdma_dma_wr: one DMA write at a time, from a 256-byte line or from the receive payload stream.
// Data follows the address and begins with the first addressed byte in lane 0; the write ends with the memory's done pulse.
// Latency: address offered 1 cycle after the request, done_o 1 cycle after s_dma_wdone_i. Throughput 1 beat per cycle.
`include "rdma_assert.svh"
`default_nettype none
module rdma_dma_wr #(
  /// Width of the data stream in bits.
  parameter int unsigned DataW = 128
) (
  /// Clock.
  input  logic               clk_i,
  /// Asynchronous reset, active low.
  input  logic               rst_ni,
  /// A write is asked for.
  input  logic               req_valid_i,
  /// Idle: the request is taken.
  output logic               req_ready_o,
  /// First byte's DMA address.
  input  logic [63:0]        req_addr_i,
  /// Bytes; at most 256 from a line. 0 writes nothing and is done at once.
  input  logic [15:0]        req_len_i,
  /// 1: from the payload port; 0: from the line.
  input  logic               req_from_rx_i,
  /// Line to write, byte 0 in 7:0; sampled with the request.
  input  logic [2047:0]      line_i,
  /// Payload beat.
  input  logic [DataW-1:0]   pay_data_i,
  /// Payload beat valid.
  input  logic               pay_valid_i,
  /// Payload beat taken.
  output logic               pay_ready_o,
  /// Write address towards memory.
  output logic [63:0]        m_dma_wr_addr,
  /// Write length in bytes.
  output logic [15:0]        m_dma_wr_len,
  /// Write request valid.
  output logic               m_dma_wr_valid,
  /// Write request taken.
  input  logic               m_dma_wr_ready,
  /// Write data.
  output logic [DataW-1:0]   m_dma_wdata_tdata,
  /// Bytes of the beat, from lane 0.
  output logic [DataW/8-1:0] m_dma_wdata_tkeep,
  /// Write data valid.
  output logic               m_dma_wdata_tvalid,
  /// Write data taken.
  input  logic               m_dma_wdata_tready,
  /// Last beat of the write.
  output logic               m_dma_wdata_tlast,
  /// Pulse: the write has reached memory.
  input  logic               s_dma_wdone_i,
  /// Pulse: done.
  output logic               done_o
);
  localparam int unsigned Bytes = DataW / 8;
  localparam int unsigned IdxW  = $clog2(2048 / DataW);

  typedef enum logic [1:0] {StIdle, StReq, StData, StDone} state_e;

  state_e             state_d, state_q;
  logic [63:0]        addr_q;
  logic [15:0]        len_q;
  logic               from_rx_q;
  logic [15:0]        left_d, left_q;
  logic [IdxW-1:0]    idx_q;
  logic [2047:0]      line_q;
  logic               done_d, done_q;
  logic               accept;
  logic               beat;
  logic               last;
  logic               out_ready;
  logic [DataW-1:0]   beat_data;
  logic [Bytes-1:0]   beat_keep;

  assign req_ready_o    = state_q == StIdle;
  assign accept         = req_valid_i && req_ready_o;
  assign m_dma_wr_addr  = addr_q;
  assign m_dma_wr_len   = len_q;
  assign m_dma_wr_valid = state_q == StReq;
  assign pay_ready_o    = state_q == StData && from_rx_q && out_ready;
  assign beat           = state_q == StData && out_ready && (!from_rx_q || pay_valid_i);
  assign last           = left_q <= 16'(Bytes);
  assign done_o         = done_q;

  always_comb begin
    state_d = state_q;
    left_d  = left_q;
    done_d  = 1'b0;
    unique case (state_q)
      StIdle: begin
        left_d = req_len_i;
        if (req_valid_i) begin
          if (req_len_i == 16'd0) done_d = 1'b1;
          else state_d = StReq;
        end
      end
      StReq: begin
        if (m_dma_wr_ready) state_d = StData;
      end
      StData: begin
        if (beat) begin
          left_d = left_q - 16'(Bytes);
          if (last) state_d = StDone;
        end
      end
      default: begin
        if (s_dma_wdone_i) begin
          state_d = StIdle;
          done_d  = 1'b1;
        end
      end
    endcase
  end

  // Lanes that carry a byte of this write.
  always_comb begin
    beat_data = '0;
    beat_keep = '0;
    if (state_q == StData) begin
      beat_data = from_rx_q ? pay_data_i : line_q[idx_q*DataW +: DataW];
      beat_keep = '1;
      if (last) begin
        for (int unsigned i = 0; i < Bytes; i++) beat_keep[i] = 16'(i) < left_q;
      end
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q <= StIdle;
      done_q  <= 1'b0;
    end else begin
      state_q <= state_d;
      done_q  <= done_d;
    end
  end

  always_ff @(posedge clk_i) begin
    left_q <= left_d;
    if (accept) begin
      addr_q    <= req_addr_i;
      len_q     <= req_len_i;
      from_rx_q <= req_from_rx_i;
      idx_q     <= '0;
      if (!req_from_rx_i) line_q <= line_i;
    end
    if (beat) idx_q <= idx_q + 1'b1;
  end

  rdma_spill #(.W(DataW + Bytes + 1)) u_spill (
    .clk_i,
    .rst_ni,
    .in_valid_i  (beat),
    .in_ready_o  (out_ready),
    .in_data_i   ({last, beat_keep, beat_data}),
    .out_valid_o (m_dma_wdata_tvalid),
    .out_ready_i (m_dma_wdata_tready),
    .out_data_o  ({m_dma_wdata_tlast, m_dma_wdata_tkeep, m_dma_wdata_tdata})
  );

  `RDMA_STABLE(a_addr_stable, m_dma_wr_valid, m_dma_wr_ready, {m_dma_wr_addr, m_dma_wr_len})
  `RDMA_ASSUME(a_pay_stable_in, !$past(rst_ni && pay_valid_i && !pay_ready_o)
                                || (pay_valid_i && $stable(pay_data_i)))
  `RDMA_ASSUME(a_line_len, !accept || req_from_rx_i || req_len_i <= 16'd256)
  `RDMA_ASSUME(a_wdone_asked, !s_dma_wdone_i || (state_q == StDone && !m_dma_wdata_tvalid))
endmodule
`default_nettype wire
