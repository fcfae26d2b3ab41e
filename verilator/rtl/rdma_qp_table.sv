// SPDX-License-Identifier: Apache-2.0
//
// rdma_qp_table: queue pair contexts by slot, in one RAM per context bank, and the map from QPN to slot.
// Every bit of a queue pair that outlives a step is in here; the sequencer's commit is the only writer.
// Read latency 1 cycle; one read and one write per cycle; look-ups are combinational.
`default_nettype none

module rdma_qp_table #(
  /// Migration unit present: without it the `mig` bank does not exist and reads 0.
  parameter bit Migration = 1'b1,
  /// Context slots.
  parameter int unsigned NumQp = 8,
  localparam int unsigned SlotW = NumQp > 1 ? $clog2(NumQp) : 1
) (
  input  wire logic                      clk_i,
  input  wire logic                      rst_ni,
  /// Context of this slot, one cycle later; 0 for a slot that is not allocated.
  input  wire logic [SlotW-1:0]          rd_slot_i,
  output logic [rdma_pkg::QpcW-1:0]      rd_ctx_o,
  output logic                           rd_used_o,
  /// Write a context, and whether its slot is allocated after it.
  input  wire logic                      wr_en_i,
  input  wire logic [SlotW-1:0]          wr_slot_i,
  input  wire logic                      wr_used_i,
  input  wire logic [rdma_pkg::QpcW-1:0] wr_ctx_i,
  /// Slot of a QPN.
  input  wire logic [23:0]               qpn_i,
  output logic                           hit_o,
  output logic [SlotW-1:0]               hit_slot_o,
  /// Lowest free slot.
  output logic                           free_o,
  output logic [SlotW-1:0]               free_slot_o
);
  logic [NumQp-1:0] used_q;
  logic [23:0] qpn_q[0:NumQp-1];

  // One RAM per bank. A bank's bits lie scattered over the packed context, so each RAM is written through
  // its mask; synthesis keeps the bits that the mask selects.
  logic [rdma_pkg::QpcW-1:0] core_mem[0:NumQp-1];
  logic [rdma_pkg::QpcW-1:0] core_q;
  logic [rdma_pkg::QpcW-1:0] mig_q;
  logic used_rd_q;

  always_ff @(posedge clk_i) begin
    if (wr_en_i) core_mem[wr_slot_i] <= wr_ctx_i & ~rdma_pkg::QpcMaskMig;
    core_q <= core_mem[rd_slot_i];
  end

  if (Migration) begin : gen_mig
    logic [rdma_pkg::QpcW-1:0] mig_mem[0:NumQp-1];
    always_ff @(posedge clk_i) begin
      if (wr_en_i) mig_mem[wr_slot_i] <= wr_ctx_i & rdma_pkg::QpcMaskMig;
      mig_q <= mig_mem[rd_slot_i];
    end
  end else begin : gen_no_mig
    assign mig_q = {rdma_pkg::QpcW{1'b0}};
  end

  assign rd_used_o = used_rd_q;
  assign rd_ctx_o = used_rd_q ? core_q | mig_q : {rdma_pkg::QpcW{1'b0}};

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      used_q <= {NumQp{1'b0}};
      used_rd_q <= 1'b0;
    end else begin
      used_rd_q <= used_q[rd_slot_i];
      if (wr_en_i) used_q[wr_slot_i] <= wr_used_i;
    end
  end

  always_ff @(posedge clk_i) begin
    if (wr_en_i) qpn_q[wr_slot_i] <= wr_ctx_i[rdma_pkg::QpcQpnLsb +: rdma_pkg::QpcQpnFieldW];
  end

  always_comb begin
    hit_o = 1'b0;
    hit_slot_o = {SlotW{1'b0}};
    free_o = 1'b0;
    free_slot_o = {SlotW{1'b0}};
    for (int i = NumQp - 1; i >= 0; i--) begin
      if (used_q[i] && qpn_q[i] == qpn_i) begin
        hit_o = 1'b1;
        hit_slot_o = i[SlotW-1:0];
      end
      if (!used_q[i]) begin
        free_o = 1'b1;
        free_slot_o = i[SlotW-1:0];
      end
    end
  end
endmodule

`default_nettype wire
