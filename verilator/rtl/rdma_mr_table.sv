// SPDX-License-Identifier: Apache-2.0
//
// rdma_mr_table: memory regions by key, their check and their translation to DMA addresses.
// The check of IBTA 10.6.3: key, protection domain, access rights, bounds; nothing wraps at 2^64.
// Latency of a check 1 cycle (registered result), one check per cycle; create and destroy take one cycle.
`default_nettype none

module rdma_mr_table #(
  /// Rows.
  parameter int unsigned NumMr = 16,
  localparam int unsigned RowW = NumMr > 1 ? $clog2(NumMr) : 1
) (
  input  wire logic        clk_i,
  input  wire logic        rst_ni,
  /// Region to check.
  input  wire logic [31:0] key_i,
  input  wire logic [15:0] pd_i,
  input  wire logic [63:0] va_i,
  input  wire logic [31:0] len_i,
  input  wire logic [7:0]  access_i,
  /// One cycle later: it passed, and the DMA address of va_i.
  output logic             ok_o,
  output logic [63:0]      pa_o,
  /// Row of key mgmt_key_i, and the lowest free row; combinational.
  input  wire logic [31:0] mgmt_key_i,
  output logic             hit_o,
  output logic             free_o,
  output logic [RowW-1:0]  free_row_o,
  /// Enter a region (layout mr) in the lowest free row.
  input  wire logic        create_i,
  input  wire logic [319:0] mr_i,
  /// Remove the region with mgmt_key_i.
  input  wire logic        destroy_i
);
  logic [NumMr-1:0] used_q;
  logic [319:0] mr_q[0:NumMr-1];

  logic [319:0] found;
  logic found_v;
  always_comb begin
    found = 320'd0;
    found_v = 1'b0;
    for (int i = 0; i < NumMr; i++) begin
      if (used_q[i] && mr_q[i][rdma_pkg::MrKeyLsb +: 32] == key_i) begin
        found = mr_q[i];
        found_v = 1'b1;
      end
    end
  end

  rdma_pkg::mr_t m;
  assign m = found;

  logic [63:0] off;
  logic [63:0] room;
  logic [63:0] span;
  logic [64:0] last;
  assign off = va_i - m.va;
  assign room = m.length - off;
  assign span = {32'd0, len_i};
  assign last = {1'b0, va_i} + {1'b0, span} - 65'd1;

  always_ff @(posedge clk_i) begin
    ok_o <= found_v && m.pd == pd_i && (m.access & access_i) == access_i && va_i >= m.va &&
            off <= m.length && span <= room && (len_i == 32'd0 || !last[64]);
    pa_o <= m.pa + off;
  end

  always_comb begin
    hit_o = 1'b0;
    free_o = 1'b0;
    free_row_o = {RowW{1'b0}};
    for (int i = NumMr - 1; i >= 0; i--) begin
      if (used_q[i] && mr_q[i][rdma_pkg::MrKeyLsb +: 32] == mgmt_key_i) hit_o = 1'b1;
      if (!used_q[i]) begin
        free_o = 1'b1;
        free_row_o = i[RowW-1:0];
      end
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      used_q <= {NumMr{1'b0}};
    end else begin
      for (int i = 0; i < NumMr; i++) begin
        if (create_i && free_row_o == i[RowW-1:0]) used_q[i] <= 1'b1;
        else if (destroy_i && mr_q[i][rdma_pkg::MrKeyLsb +: 32] == mgmt_key_i) used_q[i] <= 1'b0;
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (create_i) mr_q[free_row_o] <= mr_i;
  end

  logic unused_ok;
  assign unused_ok = ^{m, last};
endmodule

`default_nettype wire
