#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Measures what docs/performance.md records, and says on what. Nothing here is a test: no figure makes it fail.
# usage: bench.sh [go|scale|rtl|area|peers]...; without arguments, all of it but peers.
set -eu
cd "$(dirname "$0")/.."

echo "machine  $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg)"
echo "software $(go version | cut -d' ' -f3), $(verilator --version | cut -d' ' -f1,2), commit $(git describe --always --dirty 2> /dev/null || echo unknown)"

for what in ${*:-go scale rtl area}; do
  echo
  echo "== $what"
  case $what in
    go) go test -run '^$' -bench 'Step|Pair|Parse|Append|Replay' ./model/qp ./model/fabric ./model/wire ./testvectors ;;
    scale) go test -run '^$' -bench 'Move|Contexts' -benchtime 3x ./model/driver ./model/fabric ;;
    rtl) go test -run '^$' -bench . -benchtime 1x ./cosim ;;
    area) verilator/synth/synth.sh ;;
    peers) scripts/peers/peers.sh ;;
    *)
      echo "bench.sh: $what is not one of go, scale, rtl, area, peers" >&2
      exit 2
      ;;
  esac
done
