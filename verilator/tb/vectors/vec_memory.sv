// SPDX-License-Identifier: Apache-2.0
//
// vec_memory: a memory of vectors, loaded strictly. $readmemh takes a missing, truncated or over-wide file, and one with
// 0x in it, without an error; so every line is read first and must have exactly the characters of a full-width word,
// and then guard words, count and fold (the exclusive or of all 32-bit pieces) must be right. Anything else is $fatal.
`default_nettype none

module vec_memory #(
  /// Bits of a word, a multiple of 64.
  parameter integer W = 64,
  /// Most words, guard words included.
  parameter integer Depth = 1024
);
  `include "vectors_layout.svh"
  // Characters of a line: digits, an underscore between every 16, the newline.
  localparam integer Chars = W / 4 + W / 64;

  reg [W-1:0] mem [0:Depth-1];
  integer count;

  // Loads the file named and checks it. suite is VecSuite*; words are mem[1] to mem[count].
  task load;
    input [8*512-1:0] file;
    input [15:0] suite;
    integer fd;
    integer got;
    integer lines;
    integer i;
    integer k;
    reg [8*(Chars+2)-1:0] text;
    reg [7:0] ch;
    reg [31:0] fold;
    begin
      fd = $fopen(file, "r");
      if (fd == 0) begin
        $display("%0s: cannot be opened", file);
        $fatal(1, "vectors: a file is missing");
      end
      lines = 0;
      got = $fgets(text, fd);
      while (got != 0) begin
        lines = lines + 1;
        if (got != Chars) begin
          $display("%0s:%0d: a line of %0d characters, a word of %0d bits has %0d", file, lines, got, W, Chars);
          $fatal(1, "vectors: a line is not one full-width word");
        end
        // The line lies right-justified, its newline in the lowest byte. The first two characters show a 0x; in the
        // guard words, which are mostly 0, every character is looked at.
        for (k = 1; k < Chars; k = k + 1) begin
          if (lines == 1 || k > Chars - 3) begin
            ch = text[8*k +: 8];
            if (!((ch >= "0" && ch <= "9") || (ch >= "a" && ch <= "f") || ch == "_")) begin
              $display("%0s:%0d: character %0s is not a lower-case digit", file, lines, ch);
              $fatal(1, "vectors: a line is not one full-width word");
            end
          end
        end
        got = $fgets(text, fd);
      end
      $fclose(fd);
      if (lines < 2 || lines > Depth) begin
        $display("%0s: %0d lines, room for %0d", file, lines, Depth);
        $fatal(1, "vectors: the number of lines is wrong");
      end
      for (i = 0; i < lines; i = i + 1) mem[i] = {W{1'b0}};
      $readmemh(file, mem, 0, lines - 1);
      check_guards(file, suite, lines);
      fold = 32'd0;
      for (i = 1; i <= count; i = i + 1)
        for (k = 0; k < W; k = k + 32) fold = fold ^ mem[i][k +: 32];
      if (fold !== mem[lines-1][63:32]) begin
        $display("%0s: fold %h, its last word says %h", file, fold, mem[lines-1][63:32]);
        $fatal(1, "vectors: a word was changed");
      end
    end
  endtask

  task check_guards;
    input [8*512-1:0] file;
    input [15:0] suite;
    input integer lines;
    begin
      if (mem[0][127:96] !== VecMagicFirst || mem[0][79:64] !== VecFormat || mem[0][95:80] !== suite) begin
        $display("%0s: first word %h is not the magic, format and suite", file, mem[0][127:0]);
        $fatal(1, "vectors: the first word is wrong");
      end
      if (mem[0][63:32] !== VecRevision) begin
        $display("%0s: spec revision %h, this bench has %h", file, mem[0][63:32], VecRevision);
        $fatal(1, "vectors: the spec revision is wrong");
      end
      count = mem[0][31:0];
      if (count != lines - 2) begin
        $display("%0s: %0d words between the guards, the first word says %0d", file, lines - 2, count);
        $fatal(1, "vectors: the count is wrong");
      end
      if (mem[lines-1][127:96] !== VecMagicLast || mem[lines-1][31:0] !== mem[0][31:0] ||
          mem[lines-1][95:64] !== mem[0][95:64]) begin
        $display("%0s: last word %h is not the end marker", file, mem[lines-1][127:0]);
        $fatal(1, "vectors: the end marker is missing");
      end
    end
  endtask
endmodule

`default_nettype wire
