// SPDX-License-Identifier: Apache-2.0
//
// rdma_dma_rd: one DMA read at a time, into a 256-byte line or on to the transmit payload port.
// The memory returns a byte stream that starts with the first addressed byte in lane 0.
// Latency: address offered 1 cycle after the request; line_valid_o 1 cycle after the last beat. Throughput 1 beat per cycle.
`include "rdma_assert.svh"
`default_nettype none
module rdma_dma_rd #(
  /// Width of the data stream in bits.
  parameter int unsigned DataW = 128
) (
  /// Clock.
  input  logic             clk_i,
  /// Asynchronous reset, active low.
  input  logic             rst_ni,
  /// A read is asked for.
  input  logic             req_valid_i,
  /// Idle: the request is taken.
  output logic             req_ready_o,
  /// First byte's DMA address.
  input  logic [63:0]      req_addr_i,
  /// Bytes; at most 256 for a line. 0 reads nothing and is done at once.
  input  logic [15:0]      req_len_i,
  /// 1: to the payload port; 0: into the line.
  input  logic             req_to_tx_i,
  /// Read address towards memory.
  output logic [63:0]      m_dma_rd_addr,
  /// Read length in bytes.
  output logic [15:0]      m_dma_rd_len,
  /// Read request valid.
  output logic             m_dma_rd_valid,
  /// Read request taken.
  input  logic             m_dma_rd_ready,
  /// Read data.
  input  logic [DataW-1:0] s_dma_rdata_tdata,
  /// Read data valid.
  input  logic             s_dma_rdata_tvalid,
  /// Read data taken.
  output logic             s_dma_rdata_tready,
  /// Last beat of the read.
  input  logic             s_dma_rdata_tlast,
  /// Collected bytes, byte 0 in 7:0; bytes beyond the length are not meaningful.
  output logic [2047:0]    line_o,
  /// Pulse: line_o is complete.
  output logic             line_valid_o,
  /// Payload beat.
  output logic [DataW-1:0] pay_data_o,
  /// Payload beat valid.
  output logic             pay_valid_o,
  /// Payload beat taken.
  input  logic             pay_ready_i,
  /// Pulse: the line is complete, or the last payload beat was taken.
  output logic             done_o
);
  localparam int unsigned Bytes = DataW / 8;
  localparam int unsigned IdxW  = $clog2(2048 / DataW);

  typedef enum logic [1:0] {StIdle, StReq, StData, StDrain} state_e;

  state_e          state_d, state_q;
  logic [63:0]     addr_q;
  logic [15:0]     len_q;
  logic            to_tx_q;
  logic [15:0]     left_d, left_q;
  logic [IdxW-1:0] idx_q;
  logic [2047:0]   line_q;
  logic            done_d, done_q;
  logic            line_valid_q;
  logic            accept;
  logic            beat;
  logic            last;
  logic            pay_ready;

  assign req_ready_o        = state_q == StIdle;
  assign accept             = req_valid_i && req_ready_o;
  assign m_dma_rd_addr      = addr_q;
  assign m_dma_rd_len       = len_q;
  assign m_dma_rd_valid     = state_q == StReq;
  assign s_dma_rdata_tready = state_q == StData && (!to_tx_q || pay_ready);
  assign beat               = s_dma_rdata_tvalid && s_dma_rdata_tready;
  assign last               = left_q <= 16'(Bytes);
  assign line_o             = line_q;
  assign line_valid_o       = line_valid_q;
  assign done_o             = done_q;

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
        if (m_dma_rd_ready) state_d = StData;
      end
      StData: begin
        if (beat) begin
          left_d = left_q - 16'(Bytes);
          if (last) begin
            state_d = to_tx_q ? StDrain : StIdle;
            done_d  = !to_tx_q;
          end
        end
      end
      default: begin
        // The spill register empties in order, so it is empty when its output is.
        if (!pay_valid_o) begin
          state_d = StIdle;
          done_d  = 1'b1;
        end
      end
    endcase
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q      <= StIdle;
      done_q       <= 1'b0;
      line_valid_q <= 1'b0;
    end else begin
      state_q      <= state_d;
      done_q       <= done_d;
      line_valid_q <= done_d && (state_q == StIdle ? !req_to_tx_i : !to_tx_q);
    end
  end

  always_ff @(posedge clk_i) begin
    left_q <= left_d;
    if (accept) begin
      addr_q  <= req_addr_i;
      len_q   <= req_len_i;
      to_tx_q <= req_to_tx_i;
      idx_q   <= '0;
    end
    if (beat && !to_tx_q) begin
      // Written out, because a variable slice costs synthesis a shifter of the whole line.
      for (int unsigned k = 0; k < 2048 / DataW; k++) begin
        if (idx_q == IdxW'(k)) line_q[k*DataW +: DataW] <= s_dma_rdata_tdata;
      end
      idx_q <= idx_q + 1'b1;
    end
  end

  rdma_spill #(.W(DataW)) u_spill (
    .clk_i,
    .rst_ni,
    .in_valid_i  (beat && to_tx_q),
    .in_ready_o  (pay_ready),
    .in_data_i   (s_dma_rdata_tdata),
    .out_valid_o (pay_valid_o),
    .out_ready_i (pay_ready_i),
    .out_data_o  (pay_data_o)
  );

  `RDMA_STABLE(a_addr_stable, m_dma_rd_valid, m_dma_rd_ready, {m_dma_rd_addr, m_dma_rd_len})
  `RDMA_ASSUME(a_line_len, !accept || req_to_tx_i || req_len_i <= 16'd256)
  `RDMA_ASSUME(a_data_last, !beat || s_dma_rdata_tlast == last)
  `RDMA_ASSUME(a_data_asked, !s_dma_rdata_tvalid || state_q == StData)
endmodule
`default_nettype wire
