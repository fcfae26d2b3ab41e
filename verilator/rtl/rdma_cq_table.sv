// SPDX-License-Identifier: Apache-2.0
//
// rdma_cq_table: completion queue contexts: where the next completion goes, overrun, arming.
// Combinational answers from the registered contexts; every operation commits in the cycle of its strobe.
`default_nettype none

module rdma_cq_table #(
  /// Completion queues.
  parameter int unsigned NumCq = 8,
  localparam int unsigned CqW = NumCq > 1 ? $clog2(NumCq) : 1
) (
  input  wire logic         clk_i,
  input  wire logic         rst_ni,
  /// The queue that all strobes are about.
  input  wire logic [CqW-1:0] cq_i,
  /// Its context (layout cqc), and whether it exists.
  output logic [191:0]      cqc_o,
  output logic              used_o,
  /// Push: take a completion. push_write_o: it is to be written at push_addr_o with sequence push_seq_o.
  input  wire logic         push_i,
  output logic              push_write_o,
  output logic [63:0]       push_addr_o,
  output logic [31:0]       push_seq_o,
  output logic [7:0]        push_event_o,
  /// Consumer doorbell; refused_o when ci_i is not between the one before and the producer index.
  input  wire logic         consume_i,
  input  wire logic [31:0]  ci_i,
  output logic              refused_o,
  /// Arm doorbell; arm_event_o when a completion is waiting already.
  input  wire logic         arm_i,
  output logic [7:0]        arm_event_o,
  /// Create with context cqc_i; destroy.
  input  wire logic         create_i,
  input  wire logic [191:0] cqc_i,
  input  wire logic         destroy_i
);
  logic [NumCq-1:0] used_q;
  logic [191:0] cqc_q[0:NumCq-1];

  rdma_pkg::cqc_t c;
  rdma_pkg::cqc_t n;
  assign used_o = used_q[cq_i];
  assign cqc_o = cqc_q[cq_i];
  assign c = cqc_o;

  logic [31:0] fill;
  logic [31:0] size;
  logic [31:0] index;
  logic [31:0] step;
  assign fill = c.pi - c.ci;
  assign size = 32'd1 << c.log;
  assign index = c.pi & (size - 32'd1);
  assign step = ci_i - c.ci;

  assign push_write_o = used_o && !c.overrun && fill < size;
  assign push_addr_o = c.base + {27'd0, index, 5'd0};
  assign push_seq_o = c.pi + 32'd1;
  assign push_event_o = !used_o || c.overrun ? rdma_pkg::EventNone :
                        fill >= size ? rdma_pkg::EventCqErr :
                        c.armed ? rdma_pkg::EventCqCompletion : rdma_pkg::EventNone;
  assign refused_o = !used_o || step > fill;
  assign arm_event_o = used_o && c.ci != c.pi ? rdma_pkg::EventCqCompletion : rdma_pkg::EventNone;

  always_comb begin
    n = c;
    if (push_i && used_o && !c.overrun) begin
      if (push_write_o) begin
        n.pi = push_seq_o;
        n.armed = 1'b0;
      end else begin
        n.overrun = 1'b1;
      end
    end
    if (consume_i && !refused_o) n.ci = ci_i;
    if (arm_i && used_o && c.ci == c.pi) n.armed = 1'b1;
    if (create_i) begin
      n = cqc_i;
      n.rsvd0 = {$bits(n.rsvd0){1'b0}};
      n.rsvd1 = {$bits(n.rsvd1){1'b0}};
      n.rsvd2 = {$bits(n.rsvd2){1'b0}};
      n.rsvd3 = {$bits(n.rsvd3){1'b0}};
    end
  end

  always_ff @(posedge clk_i) begin
    if (push_i || consume_i || arm_i || create_i) cqc_q[cq_i] <= n;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) used_q <= {NumCq{1'b0}};
    else if (create_i) used_q[cq_i] <= 1'b1;
    else if (destroy_i) used_q[cq_i] <= 1'b0;
  end
endmodule

`default_nettype wire
