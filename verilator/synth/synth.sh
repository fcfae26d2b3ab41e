#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# What rdma_core costs in LUTs, flip-flops and memories (synth_xilinx -family xc7), without and with migration.
# Prints a table and writes out/synth/area.json. Modules are mapped one by one, not flattened: nothing is optimized
# across their borders, so the figures are upper bounds.
# usage: synth.sh [NUM_QP [DATA_W]]
set -eu
cd "$(dirname "$0")/../.."
qps=${1:-8} width=${2:-128}
out=out/synth rtl=verilator/rtl
mkdir -p "$out"

sources="$rtl/rdma_pkg.sv"
for f in "$rtl"/rdma_*.sv; do
  [ "$f" = "$rtl/rdma_pkg.sv" ] || sources="$sources $f"
done

# count FILE PATTERN: cells of the whole design whose type matches.
count() {
  awk -v re="^($2)\$" '/design hierarchy/ { on = 1 } on && NF == 2 && $1 ~ re { n += $2 } END { print n + 0 }' "$1"
}

printf '%-10s %8s %8s %8s %8s %8s %6s\n' Migration LUT FF LUTRAM RAMB18 RAMB36 s
json=''
for m in 0 1; do
  begin=$(date +%s)
  timeout 1500 yosys -q -l "$out/synth$m.log" -p "
    read_verilog -sv -noassert -noassume -I$rtl $sources
    chparam -set Migration $m -set NumQp $qps -set DataW $width rdma_core
    synth_xilinx -family xc7 -noiopad -noclkbuf -top rdma_core
    tee -q -o $out/stat$m.txt stat" > "$out/yosys$m.out" 2>&1 ||
    { echo "synth.sh: yosys failed, see $out/synth$m.log" >&2; exit 1; }
  took=$(($(date +%s) - begin))
  f="$out/stat$m.txt"
  lut=$(count "$f" 'LUT[1-6]') ff=$(count "$f" 'FD[CPRS]E(_1)?')
  lutram=$(count "$f" 'RAM(32|64|128|256)(M|X1D|X1S)[0-9]*') b18=$(count "$f" 'RAMB18E1') b36=$(count "$f" 'RAMB36E1')
  printf '%-10s %8d %8d %8d %8d %8d %6d\n' "$m" "$lut" "$ff" "$lutram" "$b18" "$b36" "$took"
  json="$json${json:+,}
  {\"migration\": $m, \"num_qp\": $qps, \"data_w\": $width, \"lut\": $lut, \"ff\": $ff, \"lutram\": $lutram, \"ramb18\": $b18, \"ramb36\": $b36, \"seconds\": $took}"
done
printf '[%s\n]\n' "$json" > "$out/area.json"
echo "cells of family xc7, $(yosys -V | cut -d' ' -f1,2), NumQp $qps, DataW $width; $out/area.json"
