#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Netlist against RTL for the protocol units, the sequencer, the register file and the tables: what Yosys 0.23 makes of
# tasks that write members of packed structs is co-simulated with the RTL in Verilator, all outputs in every cycle, under
# random stimulus that is bent towards related contexts and packets (stimulus.svh). The leaf modules have
# verilator/tb/unit/netlist.sh.
# The netlist is that of `proc`: from there on Yosys works on cells, not on SystemVerilog.
# usage: netlist.sh [MODULE...]   CYCLES=n for another number of cycles
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
rtl=verilator/rtl
out=out/netlist
cycles=${CYCLES:-20000}
cd "$root"
mkdir -p "$out"

below() {
  case $1 in
    units) echo requester completer responder doorbell mig ;;
    csr) echo fifo ;;
    sched) echo wants rr_arb ;;
    *) ;;
  esac
}

for name in ${*:-units cmd seq csr qp_table cq_table mr_table sched stats events retire}; do
  top=rdma_$name
  sources="$rtl/rdma_pkg.sv"
  for m in $(below "$name") "$name"; do sources="$sources $rtl/rdma_$m.sv"; done
  dir=$out/$name
  rm -rf "$dir"
  mkdir -p "$dir"
  # shellcheck disable=SC2086
  timeout 600 yosys -q -e 'implicitly declared' -e 'used but has no driver' -l "$dir/yosys.log" -p \
    "read_verilog -sv -noassert -noassume -I$rtl $sources; hierarchy -check -top $top; proc; check -assert; flatten; \
     opt_clean; rename -top net_$top; write_verilog -noattr $dir/net.v" > /dev/null
  # Both side by side under one set of inputs; ports as the netlist has them, where parameters are numbers.
  awk -v top="$top" -v name="$name" '
    /^ *function / { inside = 1 }
    /^ *endfunction/ { inside = 0 }
    /^ *(input|output) / && !inside {
      d = $1; w = NF == 3 ? $2 : "[0:0]"; p = $NF; sub(/;$/, "", p)
      if (p in seen) next
      seen[p] = 1
      if (d == "output") {
        decl = decl "  wire " w " " p "_r;\n  wire " w " " p "_n;\n"
        rcon = rcon ", ." p "(" p "_r)"; ncon = ncon ", ." p "(" p "_n)"
        same = same "    if (" p "_r !== " p "_n) begin $display(\"%s: cycle %0d: " p " is %h in the RTL, %h in the netlist\", \"" top "\", cycle_o, " p "_r, " p "_n); $stop; end\n"
        parity = parity (parity == "" ? "" : " ^ ") "(^" p "_r)"
      } else if (p == "clk_i") { rcon = rcon ", .clk_i(clk_i)"; ncon = ncon ", .clk_i(clk_i)" }
      else {
        decl = decl "  reg " w " " p ";\n"
        rcon = rcon ", ." p "(" p ")"; ncon = ncon ", ." p "(" p ")"
        if (p == "rst_ni") draw = draw "    rst_ni = cycle_o > 4 && $urandom % 512 != 0;\n"
        else draw = draw "    if ($urandom % 4 != 0) for (int i = 0; i < $bits(" p "); i++) " p "[i] = $urandom % 2 == 1;\n"
      }
    }
    END {
      sub(/^, /, "", rcon); sub(/^, /, "", ncon)
      print "module both(input wire clk_i, output reg [31:0] cycle_o, output reg [31:0] seen_o);\n" decl
      print "  " top " u_rtl (" rcon ");\n  net_" top " u_net (" ncon ");"
      print "`define UNIT_" toupper(name) "\n`include \"stimulus.svh\""
      print "  initial begin cycle_o = 0; seen_o = 0; end\n  always @(negedge clk_i) begin"
      print draw "    bend;\n  end"
      print "  always @(posedge clk_i) begin\n    cycle_o <= cycle_o + 1;\n    seen_o <= {seen_o[30:0], seen_o[31]} ^ {31'"'"'d0, " parity "};"
      print same "  end\nendmodule"
    }' "$dir/net.v" > "$dir/both.sv"
  # shellcheck disable=SC2086
  verilator --cc --exe --build -O2 --x-initial 0 --x-assign 0 -Wno-fatal -Wno-lint -Wno-style -CFLAGS "-O1 -std=c++17" -I$rtl -I"$here" \
    --top-module both --prefix Vboth -Mdir "$dir/obj" $sources "$dir/both.sv" "$dir/net.v" "$here/netlist_main.cpp" \
    > "$dir/build.log" 2>&1 || { tail -20 "$dir/build.log" >&2; exit 1; }
  "$dir/obj/Vboth" "$cycles" || { echo "netlist of $top differs from its RTL" >&2; exit 1; }
  echo "$top: $cycles cycles equal"
done
