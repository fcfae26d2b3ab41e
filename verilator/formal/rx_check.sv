// SPDX-License-Identifier: Apache-2.0
//
// rx_check: rdma_rx_check for the proof, with the opcode MIGRATION in no frame.
`default_nettype none

module rx_check (
  input  wire logic         en_i,
  input  wire logic [719:0] hdr_i,
  input  wire logic [15:0]  len_i,
  input  wire logic         too_long_i,
  input  wire logic         icrc_good_i,
  input  wire logic [47:0]  own_mac_i,
  input  wire logic [127:0] own_ip_i,
  output logic [7:0]        verdict_o,
  output logic [5:0]        ext_len_o,
  output logic [15:0]       plen_o
);
  logic [719:0] hdr;
  always_comb begin
    hdr = hdr_i;
`ifndef FREE
    if (hdr_i[42*8 +: 8] == rdma_pkg::OpMigration) hdr[42*8 +: 8] = 8'hff;
`endif
  end
  rdma_rx_check #(.Migration(`MIG)) u_check (
    .en_i, .hdr_i(hdr), .len_i, .too_long_i, .icrc_good_i, .own_mac_i, .own_ip_i,
    .verdict_o, .ext_len_o, .plen_o
  );
endmodule

`default_nettype wire
