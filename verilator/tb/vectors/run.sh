#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Replays the test vectors on the RTL, from their memory files only: steps through the protocol units, frames through
# rdma_rx. Then shows that the loader refuses files that are missing, truncated, over-wide, 0x-prefixed or changed.
# usage: run.sh verilator|icarus [DATA]     DATA: folder of the memories (default: testvectors/data)
# Icarus 11 has no packages: it runs netlists of vec_step and rdma_rx that Yosys writes as plain Verilog.
# Builds go to $GODWIT_VECTORS_BUILD (default: a folder under $TMPDIR that is kept) and are made again only when a source
# changed. MUTANT=NAME builds the RTL with the deliberate bug GODWIT_MUTANT_NAME, which must make a suite fail.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
simulator=${1:-}
case $simulator in
  verilator | icarus) ;;
  *) echo "usage: run.sh verilator|icarus [DATA]" >&2; exit 2 ;;
esac
data=${2:-$root/testvectors/data}
data=$(cd "$data" && pwd) || exit 2
mutant=${MUTANT:-}
build=${GODWIT_VECTORS_BUILD:-${TMPDIR:-/tmp}/godwit-vectors}
mkdir -p "$build"
build=$(cd "$build" && pwd)
cd "$root"

rtl=verilator/rtl
tb=verilator/tb/vectors
step_rtl="$rtl/rdma_pkg.sv $rtl/rdma_requester.sv $rtl/rdma_completer.sv $rtl/rdma_responder.sv $rtl/rdma_mig.sv
  $rtl/rdma_doorbell.sv $rtl/rdma_units.sv $rtl/rdma_wants.sv $rtl/rdma_cmd.sv $tb/vec_step.sv"
rx_rtl="$rtl/rdma_pkg.sv $rtl/rdma_icrc.sv $rtl/rdma_pkt_buf.sv $rtl/rdma_rx_pay.sv $rtl/rdma_rx_check.sv $rtl/rdma_rx.sv"

# sources BENCH: the RTL below a bench.
sources() { case $1 in step) echo "$step_rtl" ;; rx) echo "$rx_rtl" ;; esac; }

# simulation BENCH: builds it unless its sources are those of the last time, and prints how to run it.
simulation() {
  bench=$1
  top=vec_${bench}_tb
  case $bench in step) unit=vec_step ;; rx) unit=rdma_rx ;; esac
  dir=$build/$simulator.$bench${mutant:+.$mutant}
  mkdir -p "$dir"
  # shellcheck disable=SC2046
  sum=$(cat $(sources "$bench") $rtl/*.svh $tb/*.svh $tb/*.sv $rtl/lint.vlt "$0" | cksum)
  if [ "$(cat "$dir/sum" 2>/dev/null)" != "$sum" ]; then
    rm -f "$dir/sum"
    if [ "$simulator" = verilator ]; then
      # Widths: the bench is written for simulators that take numbers as 32 bits.
      # shellcheck disable=SC2046
      verilator --binary -O3 -CFLAGS -O1 --assert -Wno-fatal -Wno-WIDTH ${mutant:+-DGODWIT_MUTANT_$mutant} -Mdir "$dir" \
        --top-module $top -I$rtl -I$tb $rtl/lint.vlt $(sources "$bench") $tb/vec_memory.sv $tb/$top.sv \
        > "$dir/log" 2>&1 || { cat "$dir/log" >&2; exit 3; }
    else
      yosys -q -e 'implicitly declared' -e 'used but has no driver' -p "read_verilog -sv -noassert -noassume \
        ${mutant:+-DGODWIT_MUTANT_$mutant} -I$rtl -I$tb $(sources "$bench" | tr '\n' ' '); hierarchy -check -top $unit; proc; \
        flatten; opt; memory -nomap; opt; clean; check -assert; rename -top net_$unit; write_verilog -noattr $dir/net.v" \
        > "$dir/log" 2>&1 || { cat "$dir/log" >&2; exit 3; }
      iverilog -g2012 -DVEC_NETLIST -I$tb -s $top -o "$dir/$top.vvp" "$dir/net.v" $tb/vec_memory.sv $tb/$top.sv \
        > "$dir/log" 2>&1 || { cat "$dir/log" >&2; exit 3; }
    fi
    echo "$sum" > "$dir/sum"
  fi
}

# simulate BENCH PLUSARG...: runs a bench.
simulate() {
  bench=$1
  dir=$build/$simulator.$bench${mutant:+.$mutant}
  shift
  if [ "$simulator" = verilator ]; then "$dir/Vvec_${bench}_tb" "$@"
  else vvp -n "$dir/vec_${bench}_tb.vvp" "$@"; fi
}

# suite BENCH NAME CODE [FOLDER]: replays a suite.
suite() {
  from=${4:-$data}
  case $1 in
    step) simulate step "+case=$from/$2.mem" "+result=$from/$2.result.mem" "+mask=$from/$2.mask.mem" "+suite=$3" ;;
    rx) simulate rx "+index=$from/$2.mem" "+beats=$from/$2.beats.mem" "+suite=$3" ;;
  esac
}

# replay BENCH NAME CODE: replays a suite and reports it in one line.
replay() {
  if ! suite "$@" > "$build/report" 2>&1; then
    cat "$build/report" >&2
    echo "vectors: suite $2 fails on $simulator" >&2
    exit 1
  fi
  said=$(grep '^vectors: [1-9][0-9]* passed' "$build/report") || { cat "$build/report" >&2; exit 1; }
  printf '%-9s %-20s %s\n' "$simulator" "$2" "${said#vectors: }"
}

# refused FAULT MESSAGE: the copy of the responder suite in $build/bad must stop the bench with this message.
refused() {
  if suite step responder 6 "$build/bad" > "$build/report" 2>&1; then
    echo "vectors: $simulator takes files that are $1" >&2
    exit 1
  fi
  grep -q "$2" "$build/report" || { cat "$build/report" >&2; echo "vectors: $1: not the right reason" >&2; exit 1; }
  printf '%-9s refuses files that are %s\n' "$simulator" "$1"
}

# afresh: an intact copy of the responder suite.
afresh() {
  rm -rf "$build/bad"
  mkdir "$build/bad"
  cp "$data"/responder.* "$build/bad"
  bad=$build/bad/responder.mem
}

# edit SED-SCRIPT: changes the case memory of the copy.
edit() { sed "$1" "$bad" > "$bad.new" && mv "$bad.new" "$bad"; }

faults() {
  afresh; rm "$bad"; refused missing 'a file is missing'
  afresh; : > "$bad"; refused empty 'number of lines is wrong'
  afresh; edit '$d'; refused 'without their end marker' 'end marker is missing\|count is wrong'
  afresh; edit '5d'; refused 'short of a word' 'count is wrong'
  afresh; head -c 5000 "$bad" > "$bad.new"; mv "$bad.new" "$bad"; refused 'cut in a line' 'not one full-width word'
  afresh; edit '3s/^/0/'; refused over-wide 'not one full-width word'
  afresh; edit '3s/^..//'; refused 'under-wide' 'not one full-width word'
  afresh; edit 's/^/0x/'; refused 'prefixed by 0x' 'not one full-width word'
  afresh; edit '3s/^../0x/'; refused '0x-prefixed at full width' 'not one full-width word'
  afresh; edit '4s/[1-9a-f]/0/'; refused 'changed in a digit' 'a word was changed'
  afresh; edit '1s/47575456/47575457/'; refused 'of another magic' 'first word is wrong'
  afresh; edit '1s/\(.*_\)\(.\{8\}\)\(.\{8\}\)$/\100000000\3/'; refused 'of another spec revision' 'spec revision is wrong'
  afresh; cp "$data/requester.mem" "$bad"; refused 'of another suite' 'first word is wrong'
  rm -rf "$build/bad"
}

simulation step
simulation rx
replay rx icrc 1
replay rx wire 2
replay step qp-transitions 3
replay step migration-handshake 4
replay step requester 5
replay step responder 6
faults
echo "vectors: ok on $simulator"
