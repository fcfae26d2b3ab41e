// SPDX-License-Identifier: Apache-2.0
//
// rdma_icrc: invariant CRC of a RoCEv2 frame over IPv4, fed with the frame from its first byte.
// The Ethernet header counts as zeros (Init is the state that 14 zero bytes turn into the one behind the eight 0xff bytes
// of RoCEv2 annex A17.3.3), the variant fields as ones. Behind a frame that ends with its right ICRC the state is Residue.
// Latency 1 cycle from en_i to icrc_o and good_o. Throughput one beat per cycle.
`default_nettype none
module rdma_icrc #(
  /// Width of a beat in bits.
  parameter int unsigned DataW = 128,
  /// Width of a byte count; derived, do not set.
  parameter int unsigned CntW = $clog2(DataW / 8) + 1
) (
  /// Clock.
  input  logic             clk_i,
  /// Asynchronous reset, active low.
  input  logic             rst_ni,
  /// With en_i: this is the first beat of a frame.
  input  logic             init_i,
  /// A beat of the frame.
  input  logic             en_i,
  /// Bytes, first in 7:0.
  input  logic [DataW-1:0] data_i,
  /// Bytes of the beat that count, from lane 0; DataW/8 in all beats but the last.
  input  logic [CntW-1:0]  nbytes_i,
  /// ICRC of the beats so far; its first byte on the wire in 7:0.
  output logic [31:0]      icrc_o,
  /// The bytes so far end with their right ICRC.
  output logic             good_o
);
  localparam int unsigned Bytes = DataW / 8;
  localparam logic [31:0] Poly    = 32'hedb88320;
  localparam logic [31:0] Init    = 32'hae0bacae;
  localparam logic [31:0] Residue = 32'hdebb20e3;

  // Masks over the first 64 bytes of the frame: Ethernet header; TOS, TTL, IP checksum, UDP checksum, BTH resv8a.
  localparam logic [511:0] Zeros = (512'd1 << 112) - 512'd1;
  localparam logic [511:0] Ones  = (512'hff << (15 * 8)) | (512'hff << (22 * 8)) | (512'hffff << (24 * 8))
                                 | (512'hffff << (40 * 8)) | (512'hff << (46 * 8));
  localparam int unsigned Beats = 512 / DataW;
  localparam int unsigned BeatW = $clog2(Beats) + 1;

  logic [BeatW-1:0] beat_q;
  logic [BeatW-1:0] beat;
  logic [DataW-1:0] masked;
  logic [31:0]      crc_d, crc_q;

  assign beat   = init_i ? '0 : beat_q;
  assign icrc_o = ~crc_q;
  assign good_o = crc_q == Residue;

  always_comb begin
    masked = data_i;
    if (en_i) begin
      for (int unsigned k = 0; k < Beats; k++) begin
        if (beat == BeatW'(k)) begin
          masked = (data_i & ~Zeros[k*DataW +: DataW]) | Ones[k*DataW +: DataW];
        end
      end
    end
  end

  always_comb begin
    crc_d = crc_q;
    if (en_i) begin
      if (init_i) crc_d = Init;
      for (int unsigned i = 0; i < Bytes; i++) begin
        if (CntW'(i) < nbytes_i) begin
          crc_d = crc_d ^ {24'd0, masked[i*8 +: 8]};
          for (int unsigned b = 0; b < 8; b++) begin
            crc_d = {1'b0, crc_d[31:1]} ^ (crc_d[0] ? Poly : 32'd0);
          end
        end
      end
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      crc_q  <= 32'd0;
      beat_q <= '0;
    end else if (en_i) begin
      crc_q  <= crc_d;
      beat_q <= beat == BeatW'(Beats) ? beat : beat + 1'b1;
    end
  end
endmodule
`default_nettype wire
