// SPDX-License-Identifier: Apache-2.0
//
// vec_rx_tb: replays a suite of frames on rdma_rx, from memory files only.
// plusargs: +index= +beats= the two files, +suite= the suite's code. Each frame is sent beat by beat; verdict, fields and
// payload are compared. Ends with "vectors: N passed", or lists what differs and ends with $fatal.
`default_nettype none

module vec_rx_tb;
  `include "vectors_layout.svh"
  localparam integer Depth = 16384;
  // The receiver of all frames: 02:00:00:00:00:0a, ::ffff:10.0.0.10.
  localparam [47:0] OwnMac = 48'h0a_00_00_00_00_02;
  localparam [127:0] OwnIp = {32'h0a00_000a, 16'hffff, 80'd0};

  reg clk;
  reg rst_n;
  reg [127:0] tdata;
  reg [15:0] tkeep;
  reg tvalid;
  wire tready;
  reg tlast;
  wire valid;
  reg pop;
  wire [7:0] verdict;
  wire [7:0] opcode;
  wire se;
  wire ackreq;
  wire [23:0] psn;
  wire [23:0] qpn;
  wire [15:0] pkey;
  wire [127:0] src;
  wire [287:0] ext;
  wire [15:0] plen;
  wire [31:0] seq;
  reg start;
  wire [127:0] pay;
  wire pay_valid;
  wire pay_last;

`ifdef VEC_NETLIST
  net_rdma_rx u_dut (
`else
  rdma_rx #(.DataW(128)) u_dut (
`endif
    .clk_i(clk), .rst_ni(rst_n), .s_axis_rx_tdata(tdata), .s_axis_rx_tkeep(tkeep),
    .s_axis_rx_tvalid(tvalid), .s_axis_rx_tready(tready), .s_axis_rx_tlast(tlast),
    .enable_i(1'b1), .own_mac_i(OwnMac), .own_ip_i(OwnIp),
    .pkt_valid_o(valid), .pkt_pop_i(pop), .pkt_verdict_o(verdict), .pkt_opcode_o(opcode),
    .pkt_se_o(se), .pkt_ackreq_o(ackreq), .pkt_psn_o(psn), .pkt_dest_qpn_o(qpn),
    .pkt_pkey_o(pkey), .pkt_src_ip_o(src), .pkt_ext_o(ext), .pkt_plen_o(plen), .pkt_seq_o(seq),
    .pay_start_i(start), .pay_data_o(pay), .pay_valid_o(pay_valid), .pay_ready_i(1'b1),
    .pay_last_o(pay_last)
  );

  vec_memory #(.W(FrmBits), .Depth(Depth)) u_index ();
  vec_memory #(.W(VecBeatW), .Depth(Depth)) u_beats ();

  reg [8*512-1:0] index_file;
  reg [8*512-1:0] beats_file;
  reg [15:0] suite;
  reg [FrmBits-1:0] word;
  integer i;
  integer at;
  integer left;
  integer passed;
  integer skipped;
  integer failed;
  integer waited;
  reg bad;

  // Stimulus moves after the falling edge, away from the edge that the design samples at.
  task tick;
    begin
      #5 clk = 1'b1;
      #5 clk = 1'b0;
      #1;
    end
  endtask

  task differs;
    input [8*16-1:0] name;
    input [287:0] want;
    input [287:0] got;
    begin
      if (want !== got) begin
        bad = 1'b1;
        $display("suite %0d vector %0d: %0s: want %h, got %h", suite, word[FrmIdLsb +: FrmIdW], name, want, got);
      end
    end
  endtask

  task send;
    begin
      at = word[FrmFirstBeatLsb +: FrmFirstBeatW] + 1;
      left = word[FrmBytesLsb +: FrmBytesW];
      while (left > 0) begin
        tdata = u_beats.mem[at];
        tkeep = left >= 16 ? 16'hffff : (16'd1 << left) - 16'd1;
        tlast = left <= 16;
        tvalid = 1'b1;
        #1;
        waited = 0;
        while (!tready) begin
          waited = waited + 1;
          if (waited > 10000) $fatal(1, "vectors: the receiver takes no beat");
          tick;
        end
        tick;
        left = left - 16;
        at = at + 1;
      end
      tvalid = 1'b0;
      tlast = 1'b0;
      waited = 0;
      while (!valid) begin
        waited = waited + 1;
        if (waited > 1000) $fatal(1, "vectors: the receiver gives no verdict");
        tick;
      end
    end
  endtask

  // Byte n of the frame under way.
  function [7:0] frame_byte;
    input integer n;
    frame_byte = u_beats.mem[word[FrmFirstBeatLsb +: FrmFirstBeatW] + 1 + n / 16][8 * (n % 16) +: 8];
  endfunction

  task payload;
    integer n;
    integer first;
    integer k;
    integer total;
    begin
      total = word[FrmPlenLsb +: FrmPlenW];
      first = 54 + word[FrmExtLenLsb +: FrmExtLenW];
      start = 1'b1;
      tick;
      start = 1'b0;
      n = 0;
      waited = 0;
      while (n < total) begin
        #1;
        if (pay_valid) begin
          for (k = 0; k < 16; k = k + 1)
            if (n + k < total && pay[8 * k +: 8] !== frame_byte(first + n + k) && !bad)
              differs("payload byte", frame_byte(first + n + k), pay[8 * k +: 8]);
          n = n + 16;
          if (pay_last !== (n >= total)) differs("payload last", n >= total, pay_last);
        end
        waited = waited + 1;
        if (waited > 10000) $fatal(1, "vectors: the payload does not come");
        tick;
      end
      tick;
    end
  endtask

  task compare;
    reg [287:0] ext_mask;
    begin
      bad = 1'b0;
      differs("verdict", word[FrmVerdictLsb +: FrmVerdictW], verdict);
      if (word[FrmVerdictLsb +: FrmVerdictW] == 8'd0 && !bad) begin
        ext_mask = (288'd1 << (8 * word[FrmExtLenLsb +: FrmExtLenW])) - 288'd1;
        differs("opcode", word[FrmOpcodeLsb +: FrmOpcodeW], opcode);
        differs("se", word[FrmSeLsb +: FrmSeW], se);
        differs("ackreq", word[FrmAckreqLsb +: FrmAckreqW], ackreq);
        differs("psn", word[FrmPsnLsb +: FrmPsnW], psn);
        differs("dest_qpn", word[FrmDestQpnLsb +: FrmDestQpnW], qpn);
        differs("pkey", word[FrmPkeyLsb +: FrmPkeyW], pkey);
        differs("src_ip", word[FrmSrcIpLsb +: FrmSrcIpW], src);
        differs("ext", word[FrmExtLsb +: FrmExtW] & ext_mask, ext & ext_mask);
        differs("plen", word[FrmPlenLsb +: FrmPlenW], plen);
        if (word[FrmPlenLsb +: FrmPlenW] != 16'd0 && !bad) payload;
      end
    end
  endtask

  initial begin
    if (!$value$plusargs("index=%s", index_file) || !$value$plusargs("beats=%s", beats_file) ||
        !$value$plusargs("suite=%d", suite))
      $fatal(1, "vectors: say +index= +beats= +suite=");
    u_index.load(index_file, suite);
    u_beats.load(beats_file, suite);
    clk = 1'b0;
    rst_n = 1'b1;
    tdata = 128'd0;
    tkeep = 16'd0;
    tvalid = 1'b0;
    tlast = 1'b0;
    pop = 1'b0;
    start = 1'b0;
    passed = 0;
    skipped = 0;
    failed = 0;
    #1 rst_n = 1'b0;
    #1 tick;
    rst_n = 1'b1;
    tick;
    for (i = 1; i <= u_index.count; i = i + 1) begin
      word = u_index.mem[i];
      if (word[FrmBytesLsb +: FrmBytesW] == 16'd0) begin
        // A stream has no frame without a byte.
        skipped = skipped + 1;
      end else begin
        send;
        compare;
        pop = 1'b1;
        tick;
        pop = 1'b0;
        if (bad) failed = failed + 1;
        else passed = passed + 1;
      end
    end
    if (failed != 0) begin
      $display("vectors: %0d failed, %0d passed", failed, passed);
      $fatal(1, "vectors: the RTL differs");
    end
    if (passed == 0) $fatal(1, "vectors: none was compared");
    $display("vectors: %0d passed, %0d skipped", passed, skipped);
    $finish;
  end
endmodule

`default_nettype wire
