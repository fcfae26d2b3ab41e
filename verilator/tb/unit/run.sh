#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Lint, Yosys reading with a count of the assertions, and the benches of the leaf modules.
# usage: run.sh [lint|yosys|bench] [NAME...]; without arguments, all of it. Builds go to $GODWIT_UNIT_BUILD
# (default: a directory under $TMPDIR that is kept, so that a second run compiles nothing).
# WIDTHS="..." chooses the data widths of the benches of icrc, rx and tx.
# MUTANT=NAME builds the benches with the deliberate bug GODWIT_MUTANT_NAME, which must make one of them fail.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
rtl=verilator/rtl
build=${GODWIT_UNIT_BUILD:-${TMPDIR:-/tmp}/godwit-unit}
mutant=${MUTANT:-}
bench_widths=${WIDTHS:-64 128 512}
mkdir -p "$build"
cd "$root"

modules="fifo spill rr_arb timer dma_rd dma_wr axil icrc pkt_buf rx_pay rx_check rx tx_hdr tx siphash"

# sources MODULE: the package where it is used, then every file below MODULE.
sources() {
  case $1 in
    timer) set -- rr_arb timer ;;
    dma_rd | dma_wr) set -- spill "$1" ;;
    rx_check | tx_hdr) set -- pkg "$1" ;;
    rx) set -- pkg icrc pkt_buf rx_pay rx_check rx ;;
    tx) set -- pkg spill icrc tx_hdr tx ;;
    *) set -- "$1" ;;
  esac
  for m in "$@"; do printf ' %s/rdma_%s.sv' $rtl "$m"; done
}

lint() {
  for m in ${*:-$modules}; do
    widths=128
    case $m in icrc | rx_pay | rx | tx | dma_rd | dma_wr | pkt_buf) widths="64 128 256 512" ;; esac
    for w in $widths; do
      set --
      case $widths in 128) ;; *) set -- "-GDataW=$w" ;; esac
      # The order of files matters: waivers, package, the rest.
      # shellcheck disable=SC2046
      verilator --lint-only -Wall "$@" -I$rtl --top-module "rdma_$m" $rtl/lint.vlt $(sources "$m")
    done
  done
  echo "lint ok"
}

# asserts FILE...: uses of the assertion macros.
asserts() { cat "$@" | grep -cE '^ *`RDMA_(ASSERT|ASSUME|STABLE)' || true; }

yosys_read() {
  for m in ${*:-$modules}; do
    src=$(sources "$m")
    # shellcheck disable=SC2086
    yosys -q -e 'implicitly declared' -e 'used but has no driver' -l "$build/$m.yslog" -p \
      "read_verilog -sv -I$rtl $src; hierarchy -check -top rdma_$m; proc; check -assert; flatten; tee -o $build/$m.count select -count t:\$assert" \
      > /dev/null
    have=$(sed -n 's/^\([0-9]*\) objects.*/\1/p' "$build/$m.count")
    want=0
    for f in $src; do
      n=$(asserts "$f")
      # Modules that occur once in the tree count once; rx and tx hold one instance of each of their parts.
      want=$((want + n))
    done
    if [ "$have" != "$want" ]; then
      echo "yosys: rdma_$m holds $have assertions, its sources $want" >&2
      exit 1
    fi
  done
  echo "yosys ok"
}

# bench NAME TOP WIDTH SOURCES...: builds and runs NAME_test.cpp.
bench() {
  name=$1 top=$2 width=$3
  shift 3
  dir=$build/$name${width:+.${width##*=}}${mutant:+.$mutant}
  # shellcheck disable=SC2086
  verilator --cc --exe --build -O3 --assert -Wall -Wno-fatal ${width:+$width} ${mutant:+-DGODWIT_MUTANT_$mutant} \
    -CFLAGS "-O1 -std=c++17 -I$here -I$root/verilator/include" -I$rtl --top-module "$top" -Mdir "$dir" \
    $rtl/lint.vlt "$@" "$here/${name}_test.cpp" > "$dir.log" 2>&1 || { cat "$dir.log" >&2; exit 1; }
  "$dir/V$top" || { echo "bench $name failed" >&2; exit 1; }
}

benches() {
  for name in ${*:-fifo rr_arb timer dma_rd dma_wr axil siphash icrc rx tx}; do
    case $name in
      icrc | rx | tx)
        for w in $bench_widths; do bench "$name" "rdma_$name" "-GDataW=$w" $(sources "$name"); done ;;
      timer) bench timer rdma_timer -GTickDiv=32 $(sources timer) ;;
      *) bench "$name" "rdma_$name" "" $(sources "$name") ;;
    esac
  done
  echo "benches ok"
}

case ${1:-all} in
  lint) shift; lint "$@" ;;
  yosys) shift; yosys_read "$@" ;;
  bench) shift; benches "$@" ;;
  sources) sources "$2" ;;
  all) lint; yosys_read; benches ;;
  *) echo "usage: run.sh [lint|yosys|bench] [NAME...]" >&2; exit 2 ;;
esac
