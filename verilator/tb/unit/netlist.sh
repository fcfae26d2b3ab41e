#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Netlist against RTL. Yosys turns each module into gates; the module's own bench then drives RTL and netlist side by side,
# and every output is compared in every cycle. What Yosys 0.23 miscompiles in silence shows here.
# usage: netlist.sh [NAME...]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
rtl=verilator/rtl
build=${GODWIT_UNIT_BUILD:-${TMPDIR:-/tmp}/godwit-unit}/netlist
mkdir -p "$build"
cd "$root"

# The assertions must be there before they are removed for synthesis.
GODWIT_UNIT_BUILD=$build "$here/run.sh" yosys ${*:-}

for name in ${*:-fifo rr_arb timer dma_rd dma_wr axil siphash icrc rx tx}; do
  top=rdma_$name
  src=$("$here/run.sh" sources "$name")
  param=
  [ "$name" = timer ] && param="TickDiv 32"
  dir=$build/$name
  mkdir -p "$dir"
  # Memories stay memories: as flip-flops they would only slow the simulation down.
  # shellcheck disable=SC2086
  yosys -q -e 'implicitly declared' -e 'used but has no driver' -p \
    "read_verilog -sv -noassert -noassume -I$rtl $src; ${param:+chparam -set $param $top;} hierarchy -check -top $top; \
     proc; flatten; opt; memory -nomap; opt -full; techmap; opt -full; clean; splitnets; clean; check -assert; \
     rename -top net_$top; write_verilog -noattr $dir/net.v" > /dev/null
  # A wrapper with the ports of the netlist, which carry numbers where the RTL has parameters.
  awk -v top="$top" -v param="$param" '
    /^ *(input|output) / {
      d = $1; w = NF == 3 ? $2 : ""; p = $NF; sub(/;$/, "", p)
      list = list sep p; sep = ", "
      decl = decl "  " d " wire " w " " p ";\n"
      rcon = rcon rsep "." p "(" p ")"
      if (d == "input") ncon = ncon rsep "." p "(" p ")"
      else {
        decl = decl "  wire " w " net_" p ";\n"
        ncon = ncon rsep "." p "(net_" p ")"
        same = same "      same_" p ": assert (net_" p " == " p ");\n"
      }
      rsep = ", "
    }
    END {
      if (param != "") { split(param, a, " "); param = " #(." a[1] "(" a[2] "))" }
      print "module both(" list ");\n" decl "  " top param " u_rtl (" rcon ");\n  net_" top " u_net (" ncon ");"
      print "  always @(posedge clk_i) begin\n    if (rst_ni) begin\n" same "    end\n  end\nendmodule"
    }' "$dir/net.v" > "$dir/both.sv"
  # shellcheck disable=SC2086
  # A false loop through the bits of a vector (UNOPTFLAT) makes Verilator 5.006 simulate a netlist wrongly: hence splitnets above,
  # and an error here should one remain.
  verilator --cc --exe --build -O3 --assert -Wno-lint -Wno-style -Wwarn-UNOPTFLAT \
    -CFLAGS "-O1 -std=c++17 -I$here -I$root/verilator/include" -I$rtl --top-module both --prefix "V$top" -Mdir "$dir/obj" \
    $src "$dir/both.sv" "$dir/net.v" "$here/${name}_test.cpp" > "$dir/log" 2>&1 || { cat "$dir/log" >&2; exit 1; }
  "$dir/obj/V$top" || { echo "netlist of $top differs" >&2; exit 1; }
done
echo "netlists ok"
