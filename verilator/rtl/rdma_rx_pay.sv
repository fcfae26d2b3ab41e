// SPDX-License-Identifier: Apache-2.0
//
// rdma_rx_pay: reads the payload of a stored frame and moves its first byte to lane 0.
// Latency 4 cycles from start_i to pay_valid_o. Throughput one beat per cycle.
`include "rdma_assert.svh"
`default_nettype none
module rdma_rx_pay #(
  /// Width of a beat in bits.
  parameter int unsigned DataW = 128,
  /// Width of a buffer address.
  parameter int unsigned AddrW = 9,
  /// Width of a lane number; derived, do not set.
  parameter int unsigned LaneW = $clog2(DataW / 8)
) (
  /// Clock.
  input  logic             clk_i,
  /// Asynchronous reset, active low.
  input  logic             rst_ni,
  /// Begin. Ignored while a read-out runs or when len_i is 0.
  input  logic             start_i,
  /// Buffer address of the beat that holds the first payload byte.
  input  logic [AddrW-1:0] addr_i,
  /// Lane of the first payload byte.
  input  logic [LaneW-1:0] lane_i,
  /// Payload bytes.
  input  logic [15:0]      len_i,
  /// Buffer read.
  output logic             rd_en_o,
  /// Buffer address.
  output logic [AddrW-1:0] rd_addr_o,
  /// Buffer data, one cycle after rd_en_o.
  input  logic [DataW-1:0] rd_data_i,
  /// A read-out is under way.
  output logic             busy_o,
  /// Payload bytes, first in 7:0; lanes behind the last byte are not meaningful.
  output logic [DataW-1:0] pay_data_o,
  /// Payload beat valid.
  output logic             pay_valid_o,
  /// Payload beat taken.
  input  logic             pay_ready_i,
  /// The beat holds the last payload byte.
  output logic             pay_last_o
);
  localparam int unsigned Bytes = DataW / 8;

  logic               run_q;
  logic [AddrW-1:0]   addr_q;
  logic [LaneW-1:0]   lane_q;
  logic [15:0]        left_q;
  // ram_v_q: rd_data_i is a beat of this payload; prev_v_q: prev_q is the one before it.
  logic               ram_v_q, prev_v_q;
  logic [DataW-1:0]   prev_q;
  logic               valid_q, last_q;
  logic [DataW-1:0]   data_q;
  logic               adv;
  logic               start;
  logic               put;
  logic               put_last;
  logic [2*DataW-1:0] both;

  assign adv         = !valid_q || pay_ready_i;
  assign start       = start_i && !busy_o && len_i != 16'd0;
  assign put         = run_q && prev_v_q && adv;
  assign put_last    = left_q <= 16'(Bytes);
  assign rd_en_o     = run_q && adv;
  assign rd_addr_o   = addr_q;
  assign busy_o      = run_q || valid_q;
  assign pay_data_o  = data_q;
  assign pay_valid_o = valid_q;
  assign pay_last_o  = last_q;

  always_comb begin
    both = '0;
    if (put) both = {rd_data_i, prev_q} >> {lane_q, 3'd0};
  end

  logic unused_both;
  assign unused_both = ^both[2*DataW-1:DataW];

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      run_q    <= 1'b0;
      ram_v_q  <= 1'b0;
      prev_v_q <= 1'b0;
      valid_q  <= 1'b0;
    end else begin
      if (start) begin
        run_q    <= 1'b1;
        ram_v_q  <= 1'b0;
        prev_v_q <= 1'b0;
      end else if (rd_en_o) begin
        ram_v_q  <= 1'b1;
        prev_v_q <= ram_v_q;
        if (put && put_last) run_q <= 1'b0;
      end
      if (adv) valid_q <= put;
    end
  end

  always_ff @(posedge clk_i) begin
    if (start) begin
      addr_q <= addr_i;
      lane_q <= lane_i;
      left_q <= len_i;
    end else if (rd_en_o) begin
      addr_q <= addr_q + 1'b1;
      prev_q <= rd_data_i;
    end
    if (put) begin
      data_q <= both[DataW-1:0];
      last_q <= put_last;
      left_q <= left_q - 16'(Bytes);
    end
  end

  `RDMA_STABLE(a_pay_stable, pay_valid_o, pay_ready_i, {pay_data_o, pay_last_o})
endmodule
`default_nettype wire
