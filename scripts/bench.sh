#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Measures what docs/performance.md records, and says on what. Nothing here is a test: no figure makes it fail.
# usage: bench.sh [go|rtl|area]...; without arguments, all of it.
set -eu
cd "$(dirname "$0")/.."

echo "machine  $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg)"
echo "software $(go version | cut -d' ' -f3), $(verilator --version | cut -d' ' -f1,2), commit $(git describe --always --dirty 2> /dev/null || echo unknown)"

for what in ${*:-go rtl area}; do
  echo
  echo "== $what"
  case $what in
    go) go test -run '^$' -bench 'Step|Pair|Parse|Append|Replay' ./model/qp ./model/fabric ./model/wire ./testvectors ;;
    rtl) go test -run '^$' -bench . -benchtime 1x ./cosim ;;
    area) verilator/synth/synth.sh ;;
    *)
      echo "bench.sh: $what is not one of go, rtl, area" >&2
      exit 2
      ;;
  esac
done
