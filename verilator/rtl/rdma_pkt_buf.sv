// SPDX-License-Identifier: Apache-2.0
//
// rdma_pkt_buf: one-read one-write RAM of beats, the store of the receive path.
// Latency 1 cycle from rd_en_i to rd_data_o, which then stays. Throughput one read and one write per cycle.
`default_nettype none
module rdma_pkt_buf #(
  /// Width of a beat in bits.
  parameter int unsigned DataW = 128,
  /// Beats; a power of two.
  parameter int unsigned Depth = 512,
  /// Width of an address; derived, do not set.
  parameter int unsigned AddrW = $clog2(Depth)
) (
  /// Clock.
  input  logic             clk_i,
  /// Write.
  input  logic             wr_en_i,
  /// Where.
  input  logic [AddrW-1:0] wr_addr_i,
  /// What.
  input  logic [DataW-1:0] wr_data_i,
  /// Read.
  input  logic             rd_en_i,
  /// Where.
  input  logic [AddrW-1:0] rd_addr_i,
  /// Beat read last. A read of the beat being written gives the old one.
  output logic [DataW-1:0] rd_data_o
);
  logic [DataW-1:0] mem_q [0:Depth-1];
  logic [DataW-1:0] rd_data_q;

  assign rd_data_o = rd_data_q;

  always_ff @(posedge clk_i) begin
    if (wr_en_i) mem_q[wr_addr_i] <= wr_data_i;
    if (rd_en_i) rd_data_q <= mem_q[rd_addr_i];
  end
endmodule
`default_nettype wire
