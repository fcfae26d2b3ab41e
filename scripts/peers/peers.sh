#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Compares the packets a second of the golden model with those of ns-3, for a flow of 1 KiB packets between two
# hosts. Each is run in turn, so that what else the machine does strikes both; medians are printed.
# usage: peers.sh [RUNS]
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=${1:-7}
out=out/peers
mkdir -p $out

# Debian builds ns-3 with asserts and logging, and the layout of its classes depends on it.
if [ ! $out/ns3 -nt scripts/peers/ns3.cpp ]; then
  g++ -std=c++17 -O2 -DNS3_ASSERT_ENABLE -DNS3_LOG_ENABLE -o $out/ns3 scripts/peers/ns3.cpp \
    -lns3-applications -lns3-internet -lns3-point-to-point -lns3-network -lns3-core
fi
go test -c -o $out/fabric.test ./model/fabric

model() {
  $out/fabric.test -test.run '^$' -test.bench '^BenchmarkPair$/^1024$' -test.benchtime 1000000x -test.cpu 1 |
    sed -n 's|.* \([0-9]*\) packets/s.*|\1|p'
}

: > $out/model
: > $out/ns3.rates
for ((i = 0; i < runs; i++)); do
  model | tee -a $out/model
  $out/ns3 200000 | tee -a $out/ns3.rates
done | paste - - | awk '{ printf "model %9d packets/s   ns-3 %9d packets/s   ratio %5.1f\n", $1, $2, $1 / $2 }'
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
awk -v m="$(median $out/model)" -v n="$(median $out/ns3.rates)" \
  'BEGIN { printf "median of the model %d packets/s, of ns-3 %d packets/s: %.1f times\n", m, n, m / n }'
