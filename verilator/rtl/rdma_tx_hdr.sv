// SPDX-License-Identifier: Apache-2.0
//
// rdma_tx_hdr: bytes of Ethernet, IPv4, UDP, BTH and extended headers of a packet to send.
// Latency 0 (combinational). Idle, with all outputs 0, while en_i is low.
`default_nettype none
module rdma_tx_hdr (
  /// Build.
  input  logic         en_i,
  /// BTH opcode.
  input  logic [7:0]   opcode_i,
  /// BTH solicited event.
  input  logic         se_i,
  /// BTH acknowledge request.
  input  logic         ackreq_i,
  /// BTH partition key.
  input  logic [15:0]  pkey_i,
  /// BTH destination QPN.
  input  logic [23:0]  dqpn_i,
  /// BTH PSN.
  input  logic [23:0]  psn_i,
  /// Destination, IPv4-mapped, byte 0 in 7:0.
  input  logic [127:0] dst_ip_i,
  /// UDP source port.
  input  logic [15:0]  sport_i,
  /// Extended headers, byte 0 in 7:0.
  input  logic [287:0] ext_i,
  /// Their bytes, 0..36.
  input  logic [5:0]   ext_len_i,
  /// Payload bytes without pad.
  input  logic [15:0]  plen_i,
  /// Own MAC, byte 0 in 7:0.
  input  logic [47:0]  own_mac_i,
  /// MAC of the next hop, byte 0 in 7:0.
  input  logic [47:0]  nexthop_i,
  /// Own address, IPv4-mapped, byte 0 in 7:0.
  input  logic [127:0] own_ip_i,
  /// Headers, byte 0 in 7:0; zeros behind them.
  output logic [719:0] hdr_o,
  /// Bytes of hdr_o, 54..90.
  output logic [6:0]   hdr_len_o,
  /// Pad bytes behind the payload.
  output logic [1:0]   pad_o
);
  localparam logic [15:0] EthIpv4  = 16'h0800;
  localparam logic [15:0] IpVerIhl = 16'h4500;
  localparam logic [15:0] IpDf     = 16'h4000;
  localparam logic [7:0]  ProtoUdp = 8'd17;

  logic [15:0] total, udp_len, csum;
  logic [18:0] sum;
  logic [15:0] fold;

  // Only the IPv4 part of the mapped addresses goes on the wire.
  logic unused_ip;
  assign unused_ip = ^{dst_ip_i[95:0], own_ip_i[95:0]};

  always_comb begin
    hdr_o     = '0;
    hdr_len_o = 7'd0;
    pad_o     = 2'd0;
    total     = 16'd0;
    udp_len   = 16'd0;
    sum       = 19'd0;
    fold      = 16'd0;
    csum      = 16'd0;
    if (en_i) begin
      pad_o     = 2'd0 - plen_i[1:0];
      hdr_len_o = 7'd54 + {1'b0, ext_len_i};
      // IP 20, UDP 8, BTH 12, ICRC 4.
      total     = plen_i + {14'd0, pad_o} + {10'd0, ext_len_i} + 16'd44;
      udp_len   = total - 16'd20;

      // RFC 1071. The identification is 0; RoCEv2 annex A17.3.1.
      sum = {3'd0, IpVerIhl} + {3'd0, total} + {3'd0, IpDf} + {3'd0, 8'(rdma_pkg::Ttl), ProtoUdp}
          + {3'd0, own_ip_i[103:96], own_ip_i[111:104]} + {3'd0, own_ip_i[119:112], own_ip_i[127:120]}
          + {3'd0, dst_ip_i[103:96], dst_ip_i[111:104]} + {3'd0, dst_ip_i[119:112], dst_ip_i[127:120]};
      fold = sum[15:0] + {13'd0, sum[18:16]};
      if (fold < {13'd0, sum[18:16]}) fold = fold + 16'd1;
      csum = ~fold;

      hdr_o[0*8 +: 48]  = nexthop_i;
      hdr_o[6*8 +: 48]  = own_mac_i;
      hdr_o[12*8 +: 16] = {EthIpv4[7:0], EthIpv4[15:8]};
      hdr_o[14*8 +: 16] = {IpVerIhl[7:0], IpVerIhl[15:8]};
      hdr_o[16*8 +: 16] = {total[7:0], total[15:8]};
      hdr_o[20*8 +: 16] = {IpDf[7:0], IpDf[15:8]};
      hdr_o[22*8 +: 16] = {ProtoUdp, 8'(rdma_pkg::Ttl)};
      hdr_o[24*8 +: 16] = {csum[7:0], csum[15:8]};
      hdr_o[26*8 +: 32] = own_ip_i[127:96];
      hdr_o[30*8 +: 32] = dst_ip_i[127:96];
      hdr_o[34*8 +: 16] = {sport_i[7:0], sport_i[15:8]};
      hdr_o[36*8 +: 16] = {8'(rdma_pkg::RocePort), 8'(rdma_pkg::RocePort >> 8)};
      hdr_o[38*8 +: 16] = {udp_len[7:0], udp_len[15:8]};
      hdr_o[42*8 +: 8]  = opcode_i;
      hdr_o[43*8 +: 8]  = {se_i, 1'b0, pad_o, 4'd0};
      hdr_o[44*8 +: 16] = {pkey_i[7:0], pkey_i[15:8]};
      hdr_o[47*8 +: 24] = {dqpn_i[7:0], dqpn_i[15:8], dqpn_i[23:16]};
      hdr_o[50*8 +: 8]  = {ackreq_i, 7'd0};
      hdr_o[51*8 +: 24] = {psn_i[7:0], psn_i[15:8], psn_i[23:16]};
      for (int unsigned i = 0; i < 36; i++) begin
        if (6'(i) < ext_len_i) hdr_o[(54 + i)*8 +: 8] = ext_i[i*8 +: 8];
      end
    end
  end
endmodule
`default_nettype wire
