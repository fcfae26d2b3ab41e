// SPDX-License-Identifier: Apache-2.0
//
// rdma_stats: the counters of spec/registers.yaml, stepped once per retired step.
// Latency 1 cycle from the strobe; reads are combinational.
`default_nettype none

module rdma_stats (
  input  wire logic        clk_i,
  input  wire logic        rst_ni,
  /// A step retires, with this cause and verdict (of a command: its status, which is not counted).
  input  wire logic        retire_i,
  input  wire logic [7:0]  cause_i,
  input  wire logic [7:0]  verdict_i,
  /// The step was an ACK timer that was not ignored.
  input  wire logic        timeout_i,
  /// A frame was handed to transmission; its PSN was sent before.
  input  wire logic        tx_i,
  input  wire logic        retx_i,
  /// A completion was written.
  input  wire logic        cqe_i,
  /// Counter to read.
  input  wire logic [5:0]  index_i,
  output logic [31:0]      value_o
);
  logic [31:0] count_q[0:rdma_pkg::NumCounters-1];
  logic [rdma_pkg::NumCounters-1:0] step;
  logic [7:0] by_verdict;
  logic is_rx;
  assign by_verdict = rdma_pkg::verdict_counter(verdict_i);
  assign is_rx = cause_i == rdma_pkg::CauseRx || cause_i == rdma_pkg::CauseRxDrop;

  always_comb begin
    step = {rdma_pkg::NumCounters{1'b0}};
    if (retire_i) begin
      if (by_verdict[7] && cause_i != rdma_pkg::CauseCmd) step[by_verdict[4:0]] = 1'b1;
      step[rdma_pkg::CounterSteps] = 1'b1;
      step[rdma_pkg::CounterRxFrames] = is_rx;
      step[rdma_pkg::CounterTimeouts] = timeout_i;
    end
    step[rdma_pkg::CounterTxFrames] = tx_i;
    step[rdma_pkg::CounterRetransmits] = tx_i && retx_i;
    step[rdma_pkg::CounterCompletions] = cqe_i;
  end

  for (genvar i = 0; i < rdma_pkg::NumCounters; i++) begin : gen_count
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) count_q[i] <= 32'd0;
      else if (step[i]) count_q[i] <= count_q[i] + 32'd1;
    end
  end

  assign value_o = {26'd0, index_i} < rdma_pkg::NumCounters ? count_q[index_i[4:0]] : 32'd0;

  logic unused_ok;
  assign unused_ok = ^by_verdict;
endmodule

`default_nettype wire
