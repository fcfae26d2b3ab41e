// SPDX-License-Identifier: Apache-2.0
//
// rdma_rx_check: verdict over a received frame from its first 90 bytes, its length and its ICRC.
// The order of the checks is the order in which the golden model names the first that fails.
// Latency 0 (combinational). Idle, with all outputs 0, while en_i is low.
`default_nettype none
module rdma_rx_check #(
  /// Migration unit present: without it the opcode MIGRATION is not known.
  parameter bit Migration = 1'b1
) (
  /// The frame is complete.
  input  logic         en_i,
  /// First 90 bytes of the frame, byte 0 in 7:0; bytes beyond its end are not meaningful.
  input  logic [719:0] hdr_i,
  /// Bytes of the frame, meaningful unless too_long_i.
  input  logic [15:0]  len_i,
  /// Longer than this NIC takes.
  input  logic         too_long_i,
  /// The ICRC is right, if the IP total length is.
  input  logic         icrc_good_i,
  /// Own MAC, byte 0 in 7:0.
  input  logic [47:0]  own_mac_i,
  /// Own address, IPv6 or IPv4-mapped, byte 0 in 7:0.
  input  logic [127:0] own_ip_i,
  /// VerdictOk or the reason of the drop.
  output logic [7:0]   verdict_o,
  /// Bytes of the extended headers of this opcode.
  output logic [5:0]   ext_len_o,
  /// Payload bytes without pad; 0 unless the verdict is VerdictOk.
  output logic [15:0]  plen_o
);
  localparam logic [15:0] EthIpv4  = 16'h0800;
  localparam logic [15:0] MinFrame = 16'd58;
  localparam logic [15:0] MinTotal = 16'd44;
  localparam logic [7:0]  ProtoUdp = 8'd17;

  logic [15:0] eth_type, ip_total, ip_frag, udp_dport, udp_len, udp_payload, rest;
  logic [19:0] sum;
  logic [15:0] folded;
  logic        malformed;
  logic [1:0]  pad;
  logic [15:0] need;
  rdma_pkg::op_info_t info;

  assign eth_type  = {hdr_i[12*8 +: 8], hdr_i[13*8 +: 8]};
  assign ip_total  = {hdr_i[16*8 +: 8], hdr_i[17*8 +: 8]};
  assign ip_frag   = {hdr_i[20*8 +: 8], hdr_i[21*8 +: 8]};
  assign udp_dport = {hdr_i[36*8 +: 8], hdr_i[37*8 +: 8]};
  assign udp_len   = {hdr_i[38*8 +: 8], hdr_i[39*8 +: 8]};
  assign pad       = hdr_i[43*8+4 +: 2];

  // RFC 1071: the ones' complement sum over a right header is 0xffff.
  always_comb begin
    sum    = 20'd0;
    folded = 16'd0;
    if (en_i) begin
      for (int unsigned i = 0; i < 10; i++) begin
        sum = sum + {4'd0, hdr_i[(14 + 2*i)*8 +: 8], hdr_i[(15 + 2*i)*8 +: 8]};
      end
      folded = sum[15:0] + {12'd0, sum[19:16]};
      if (folded < {12'd0, sum[19:16]}) folded = folded + 16'd1;
    end
  end

  // Length first: the other fields exist only then.
  assign malformed = len_i < MinFrame
                  || eth_type != EthIpv4
                  || hdr_i[14*8 +: 8] != 8'h45
                  || ip_total < MinTotal
                  || ip_total > len_i - 16'd14
                  || (ip_frag & 16'h3fff) != 16'd0
                  || hdr_i[23*8 +: 8] != ProtoUdp
                  || folded != 16'hffff
                  || udp_dport != 16'(rdma_pkg::RocePort)
                  || udp_len != ip_total - 16'd20;

  assign udp_payload = ip_total - 16'd28;

  // Source MAC, UDP source port and checksum, and all of the packet behind the pad count are others' business.
  logic unused_hdr;
  assign unused_hdr = ^{info.kind, info.op, info.pos, info.payload, info.executes,
                        hdr_i[20*8+6 +: 2], hdr_i[11*8+7:6*8], hdr_i[35*8+7:34*8], hdr_i[41*8+7:40*8],
                        hdr_i[43*8+6 +: 2], hdr_i[719:44*8]};

  always_comb begin
    verdict_o = 8'd0;
    info      = '0;
    need      = 16'd0;
    ext_len_o = 6'd0;
    plen_o    = 16'd0;
    rest      = 16'd0;
    if (en_i) begin
      info      = rdma_pkg::op_info(hdr_i[42*8 +: 8]);
      ext_len_o = info.ext_len;
      // Bytes of the UDP payload that are not payload of the packet: BTH, extended headers, pad, ICRC.
      need      = 16'd16 + {10'd0, info.ext_len} + {14'd0, pad};
`ifdef GODWIT_MUTANT_RX_PAD_COUNTED
      rest = udp_payload - need + {14'd0, pad};
`else
      rest = udp_payload - need;
`endif
      if (too_long_i) verdict_o = rdma_pkg::VerdictDropTooLong;
      else if (malformed) verdict_o = rdma_pkg::VerdictDropMalformed;
      else if (hdr_i[47:0] != own_mac_i || {hdr_i[30*8 +: 32], 16'hffff, 80'd0} != own_ip_i)
        verdict_o = rdma_pkg::VerdictDropNotMine;
`ifndef GODWIT_MUTANT_RX_ICRC_IGNORED
      else if (!icrc_good_i) verdict_o = rdma_pkg::VerdictDropIcrc;
`endif
      else if (hdr_i[43*8 +: 4] != 4'd0) verdict_o = rdma_pkg::VerdictDropMalformed;
      else if (info.known == 1'b0 || (!Migration && info.kind == rdma_pkg::KindMig)) verdict_o = rdma_pkg::VerdictDropOpcode;
      else if (udp_payload < need) verdict_o = rdma_pkg::VerdictDropMalformed;
      else begin
        verdict_o = rdma_pkg::VerdictOk;
        plen_o    = rest;
      end
    end
  end
endmodule
`default_nettype wire
