// SPDX-License-Identifier: Apache-2.0
//
// vec_step_tb: replays a suite of steps on vec_step, from memory files only.
// plusargs: +case= +result= +mask= the three files, +suite= the suite's code. Ends with "vectors: N passed, M skipped",
// or lists what differs and ends with $fatal.
`default_nettype none
`define VEC_REPORT

module vec_step_tb;
  `include "vectors_layout.svh"
  localparam integer Depth = 8192;

  reg [CaseBits-1:0] word;
  wire [ResBits-1:0] res;
`ifdef VEC_NETLIST
  net_vec_step u_dut (.case_i(word), .res_o(res));
`else
  vec_step u_dut (.case_i(word), .res_o(res));
`endif

  vec_memory #(.W(CaseBits), .Depth(Depth)) u_case ();
  vec_memory #(.W(ResBits), .Depth(Depth)) u_result ();
  vec_memory #(.W(ResBits), .Depth(Depth)) u_mask ();

  reg [8*512-1:0] case_file;
  reg [8*512-1:0] result_file;
  reg [8*512-1:0] mask_file;
  reg [15:0] suite;
  reg [ResBits-1:0] mask;
  integer i;
  integer passed;
  integer skipped;
  integer failed;

  initial begin
    if (!$value$plusargs("case=%s", case_file) || !$value$plusargs("result=%s", result_file) ||
        !$value$plusargs("mask=%s", mask_file) || !$value$plusargs("suite=%d", suite))
      $fatal(1, "vectors: say +case= +result= +mask= +suite=");
    u_case.load(case_file, suite);
    u_result.load(result_file, suite);
    u_mask.load(mask_file, suite);
    if (u_case.count != u_result.count) $fatal(1, "vectors: as many results as cases, please");
    passed = 0;
    skipped = 0;
    failed = 0;
    for (i = 1; i <= u_case.count; i = i + 1) begin
      word = u_case.mem[i];
      #1;
      if (word[CaseMaskLsb +: CaseMaskW] >= u_mask.count) $fatal(1, "vectors: there is no such mask");
      mask = u_mask.mem[word[CaseMaskLsb +: CaseMaskW] + 1];
      if (word[CaseFlagsLsb + VecFlagNotOffered]) begin
        // The scheduler offers causes by the context only, so this one never comes.
        skipped = skipped + 1;
      end else if (((res ^ u_result.mem[i]) & mask) !== {ResBits{1'b0}}) begin
        failed = failed + 1;
        $display("suite %0d vector %0d:", suite, word[CaseIdLsb +: CaseIdW]);
        report_fields(u_result.mem[i], res, mask);
      end else begin
        passed = passed + 1;
      end
    end
    if (failed != 0) begin
      $display("vectors: %0d failed, %0d passed, %0d skipped", failed, passed, skipped);
      $fatal(1, "vectors: the RTL differs");
    end
    if (passed == 0) $fatal(1, "vectors: none was compared");
    $display("vectors: %0d passed, %0d skipped", passed, skipped);
    $finish;
  end
endmodule

`default_nettype wire
