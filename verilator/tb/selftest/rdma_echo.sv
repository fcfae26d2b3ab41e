// SPDX-License-Identifier: Apache-2.0
//
// Self test of the harness in verilator/tb: a device with the ports of rdma_core and the simplest behaviour that uses
// them all. It is not an RDMA device. Each received frame, and each block of memory it is told to fetch, is sent back as
// a frame, written to memory at DST, and reported with one retire record.
// Latency: store and forward. Throughput: one frame at a time.
//
// Registers: 0x00 ID (ro), 0x0c SCRATCH, 0x20 SRC, 0x24 DST, 0x28 LEN, 0x30 GO (wo: 1 fetch LEN bytes at SRC, 2 fail an
// assertion, 3 take no more frames, 4 answer no more register accesses, 5 end a memory write too early),
// 0x34 SEED (ro: a register without reset), 0x300 EVENT (ro: frames done; reading lowers irq_o).
`default_nettype none

module rdma_echo #(
  parameter bit          Migration = 1'b1,  /// Reported in ID bit 0.
  parameter int unsigned NumQp     = 8,     /// Unused, as are the other sizes.
  parameter int unsigned NumMr     = 16,    /// Unused.
  parameter int unsigned NumCq     = 8,     /// Unused.
  parameter int unsigned DataW     = 128,   /// Bits of a beat.
  parameter int unsigned TickDiv   = 1024   /// Unused.
) (
  input  wire logic               clk_i,
  input  wire logic               rst_ni,
  input  wire logic [15:0]        s_axil_awaddr,
  input  wire logic               s_axil_awvalid,
  output logic                    s_axil_awready,
  input  wire logic [31:0]        s_axil_wdata,
  input  wire logic [3:0]         s_axil_wstrb,
  input  wire logic               s_axil_wvalid,
  output logic                    s_axil_wready,
  output logic [1:0]              s_axil_bresp,
  output logic                    s_axil_bvalid,
  input  wire logic               s_axil_bready,
  input  wire logic [15:0]        s_axil_araddr,
  input  wire logic               s_axil_arvalid,
  output logic                    s_axil_arready,
  output logic [31:0]             s_axil_rdata,
  output logic [1:0]              s_axil_rresp,
  output logic                    s_axil_rvalid,
  input  wire logic               s_axil_rready,
  input  wire logic [DataW-1:0]   s_axis_rx_tdata,
  input  wire logic [DataW/8-1:0] s_axis_rx_tkeep,
  input  wire logic               s_axis_rx_tvalid,
  output logic                    s_axis_rx_tready,
  input  wire logic               s_axis_rx_tlast,
  output logic [DataW-1:0]        m_axis_tx_tdata,
  output logic [DataW/8-1:0]      m_axis_tx_tkeep,
  output logic                    m_axis_tx_tvalid,
  input  wire logic               m_axis_tx_tready,
  output logic                    m_axis_tx_tlast,
  output logic [63:0]             m_dma_rd_addr,
  output logic [15:0]             m_dma_rd_len,
  output logic                    m_dma_rd_valid,
  input  wire logic               m_dma_rd_ready,
  input  wire logic [DataW-1:0]   s_dma_rdata_tdata,
  input  wire logic               s_dma_rdata_tvalid,
  output logic                    s_dma_rdata_tready,
  input  wire logic               s_dma_rdata_tlast,
  output logic [63:0]             m_dma_wr_addr,
  output logic [15:0]             m_dma_wr_len,
  output logic                    m_dma_wr_valid,
  input  wire logic               m_dma_wr_ready,
  output logic [DataW-1:0]        m_dma_wdata_tdata,
  output logic [DataW/8-1:0]      m_dma_wdata_tkeep,
  output logic                    m_dma_wdata_tvalid,
  input  wire logic               m_dma_wdata_tready,
  output logic                    m_dma_wdata_tlast,
  input  wire logic               s_dma_wdone_i,
  output logic                    irq_o,
  output logic                    retire_valid_o,
  output logic [2559:0]           retire_rec_o
);
  localparam int unsigned Lanes = DataW / 8;
  localparam int unsigned Beats = 16384 / Lanes;
  localparam int unsigned BeatW = $clog2(Beats + 1);

  typedef enum logic [3:0] {
    StIdle, StReceive, StFetch, StFetchData, StSend, StWrite, StWriteData, StWriteDone, StRetire
  } state_e;

  state_e             state_q;
  logic [DataW-1:0]   buffer [Beats];
  logic [BeatW-1:0]   fill_q, drain_q;
  logic [15:0]        bytes_q, fetch_q;
  logic [31:0]        scratch_q, src_q, dst_q, len_q, done_q;
  logic [31:0]        unreset_q;  // no reset value on purpose: shows the seed
  logic               deaf_q, mute_q, early_q, go_q, fail_q;
  logic [2:0]         go_kind;
  logic               write_go, read_go, last_beat, in_beat;
  logic [DataW-1:0]   in_data;
  logic [15:0]        in_bytes, keep_bytes;
  logic [DataW/8-1:0] out_keep;

  // Register port: one access at a time, answered in the next cycle.
  assign write_go       = s_axil_awvalid && s_axil_wvalid && !s_axil_bvalid && !mute_q;
  assign read_go        = s_axil_arvalid && !s_axil_rvalid && !mute_q;
  assign s_axil_awready = write_go;
  assign s_axil_wready  = write_go;
  assign s_axil_arready = read_go;
  assign go_kind        = (write_go && s_axil_awaddr == 16'h30) ? s_axil_wdata[2:0] : 3'd0;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      s_axil_bvalid <= 1'b0;
      s_axil_rvalid <= 1'b0;
      s_axil_bresp  <= 2'b00;
      s_axil_rresp  <= 2'b00;
      s_axil_rdata  <= '0;
      scratch_q     <= '0;
      src_q         <= '0;
      dst_q         <= '0;
      len_q         <= '0;
      deaf_q        <= 1'b0;
      mute_q        <= 1'b0;
      early_q       <= 1'b0;
      fail_q        <= 1'b0;
    end else begin
      if (s_axil_bvalid && s_axil_bready) s_axil_bvalid <= 1'b0;
      if (s_axil_rvalid && s_axil_rready) s_axil_rvalid <= 1'b0;
      if (write_go) begin
        s_axil_bvalid <= 1'b1;
        s_axil_bresp  <= (&s_axil_wstrb) ? 2'b00 : 2'b10;
        case (s_axil_awaddr)
          16'h0c: scratch_q <= s_axil_wdata;
          16'h20: src_q <= s_axil_wdata;
          16'h24: dst_q <= s_axil_wdata;
          16'h28: len_q <= s_axil_wdata;
          16'h30: begin
            fail_q  <= go_kind == 3'd2;
            deaf_q  <= go_kind == 3'd3;
            mute_q  <= go_kind == 3'd4;
            early_q <= go_kind == 3'd5;
          end
          default: s_axil_bresp <= 2'b10;
        endcase
      end
      if (read_go) begin
        s_axil_rvalid <= 1'b1;
        s_axil_rresp  <= 2'b00;
        case (s_axil_araddr)
          16'h00: s_axil_rdata <= {31'h2ef9f97, Migration};
          16'h0c: s_axil_rdata <= scratch_q;
          16'h20: s_axil_rdata <= src_q;
          16'h24: s_axil_rdata <= dst_q;
          16'h28: s_axil_rdata <= len_q;
          16'h34: s_axil_rdata <= unreset_q;
          16'h300: s_axil_rdata <= done_q;
          default: begin
            s_axil_rdata <= '0;
            s_axil_rresp <= 2'b10;
          end
        endcase
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (scratch_q == 32'hffff_ffff) unreset_q <= '0;
    told_to_fail: assert (!fail_q);
  end

  // The buffer fills from the receive port or from memory, and drains to the transmit port and to memory.
  assign s_axis_rx_tready   = (state_q == StReceive || (state_q == StIdle && !go_q)) && !deaf_q;
  assign s_dma_rdata_tready = state_q == StFetchData;
  assign in_beat  = (s_axis_rx_tvalid && s_axis_rx_tready) || (s_dma_rdata_tvalid && s_dma_rdata_tready);
  assign in_data  = s_dma_rdata_tready ? s_dma_rdata_tdata : s_axis_rx_tdata;
  assign in_bytes = s_dma_rdata_tready ? (s_dma_rdata_tlast ? fetch_q - bytes_q : 16'(Lanes)) : keep_bytes;

  always_comb begin
    keep_bytes = '0;
    for (int i = 0; i < int'(Lanes); i++) keep_bytes += 16'(s_axis_rx_tkeep[i]);
    for (int i = 0; i < int'(Lanes); i++) out_keep[i] = int'(drain_q) * int'(Lanes) + i < int'(bytes_q);
  end

  assign last_beat          = drain_q + 1'b1 == fill_q;
  assign m_axis_tx_tvalid   = state_q == StSend;
  assign m_axis_tx_tdata    = buffer[drain_q[BeatW-2:0]];
  assign m_axis_tx_tkeep    = out_keep;
  assign m_axis_tx_tlast    = last_beat;
  assign m_dma_rd_valid     = state_q == StFetch;
  assign m_dma_rd_addr      = {32'h0, src_q};
  assign m_dma_rd_len       = len_q[15:0];
  assign m_dma_wr_valid     = state_q == StWrite;
  assign m_dma_wr_addr      = {32'h0, dst_q};
  assign m_dma_wr_len       = bytes_q;
  assign m_dma_wdata_tvalid = state_q == StWriteData;
  assign m_dma_wdata_tdata  = buffer[drain_q[BeatW-2:0]];
  assign m_dma_wdata_tkeep  = out_keep;
  assign m_dma_wdata_tlast  = last_beat || early_q;
  assign retire_valid_o     = state_q == StRetire;
  assign retire_rec_o       = {2464'h0, bytes_q, 16'h0, 32'h0001_0005, done_q};

  always_ff @(posedge clk_i) begin
    if (in_beat) buffer[fill_q[BeatW-2:0]] <= in_data;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q <= StIdle;
      fill_q  <= '0;
      drain_q <= '0;
      bytes_q <= '0;
      fetch_q <= '0;
      done_q  <= '0;
      go_q    <= 1'b0;
      irq_o   <= 1'b0;
    end else begin
      if (go_kind == 3'd1) go_q <= 1'b1;
      if (read_go && s_axil_araddr == 16'h300) irq_o <= 1'b0;
      if (in_beat) begin
        fill_q  <= fill_q + 1'b1;
        bytes_q <= bytes_q + in_bytes;
      end
      case (state_q)
        StIdle: begin
          if (in_beat) state_q <= s_axis_rx_tlast ? StSend : StReceive;
          else if (go_q) state_q <= StFetch;
        end
        StReceive: if (in_beat && s_axis_rx_tlast) state_q <= StSend;
        StFetch: begin
          go_q    <= 1'b0;
          fetch_q <= len_q[15:0];  // LEN may change before the data is here
          if (m_dma_rd_ready) state_q <= StFetchData;
        end
        StFetchData: if (in_beat && s_dma_rdata_tlast) state_q <= StSend;
        StSend: if (m_axis_tx_tready) begin
          drain_q <= last_beat ? '0 : drain_q + 1'b1;
          if (last_beat) state_q <= StWrite;
        end
        StWrite: if (m_dma_wr_ready) state_q <= StWriteData;
        StWriteData: if (m_dma_wdata_tready) begin
          drain_q <= last_beat ? '0 : drain_q + 1'b1;
          if (last_beat) state_q <= StWriteDone;
        end
        StWriteDone: if (s_dma_wdone_i) state_q <= StRetire;
        StRetire: begin
          state_q <= StIdle;
          irq_o   <= 1'b1;
          done_q  <= done_q + 1'b1;
          fill_q  <= '0;
          bytes_q <= '0;
        end
        default: state_q <= StIdle;
      endcase
    end
  end
endmodule

`default_nettype wire
