#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Proves that a NIC with an idle migration unit is cycle for cycle the NIC without one (rule R13). docs/proof.md says
# what exactly is proved and why these jobs prove it. Builds in out/prove.
# usage: prove.sh   Exit codes: 0 all jobs end as they should, 1 one does not, 2 a job cannot be built.
set -u
cd "$(dirname "$0")/../.." || exit 2
here=verilator/formal rtl=verilator/rtl out=out/prove
limit=${GODWIT_PROVE_LIMIT:-1200}
mkdir -p "$out"
failed=0
start=$(date +%s)

# row NAME WANTED GOT: a line of the table, timed from the line before.
row() {
  now=$(date +%s)
  verdict=ok
  if [ "$2" != "$3" ]; then
    verdict=FAILED
    failed=1
  fi
  printf '%-58s %-14s %5d s  %s\n' "$1" "$3" $((now - start)) "$verdict"
  start=$now
}

# build NAME COMMAND...
build() {
  name=$1
  shift
  timeout "$limit" "$@" || { echo "prove.sh: $name cannot be built: $*" >&2; exit 2; }
  row "$name" built built
}

# equal A B: verdict of the combinational comparison.
equal() {
  timeout "$limit" yosys-abc -c "cec $1 $2" > "$1.log" 2>&1
  if grep -q 'NOT EQUIVALENT' "$1.log"; then echo different
  elif grep -q 'Networks are equivalent' "$1.log"; then echo equal
  else echo undecided
  fi
}

# step NAME WANTED ENGINE1 OUT [OPTION]...
step() {
  name=$1 wanted=$2 engine=$3 to=$4
  shift 4
  if python3 $here/step.py $rtl $out/e0/engine.aag "$engine" "$to" "$@" > "$to.txt" 2>&1; then
    row "$name" "$wanted" "$(equal "$to.a.aig" "$to.b.aig")"
  else
    tail -n 5 "$to.txt" >&2
    row "$name" "$wanted" unrelated
  fi
}

# The parts cut off are the same in both: none but rdma_rx has the parameter, and rdma_rx only hands it on.
same() {
  for m in axil tx tx_hdr dma_rd dma_wr icrc pkt_buf rx_pay spill; do
    ! grep -q Migration $rtl/rdma_$m.sv || return 1
  done
  [ "$(grep -v '^ *///' $rtl/rdma_rx.sv | grep -c Migration)" = 2 ] || return 1
  grep -q '^  rdma_rx_check #(.Migration(Migration)) u_check (' $rtl/rdma_rx.sv || return 1
  ! grep -E 'rdma_(axil|tx|dma_rd|dma_wr) ' $rtl/rdma_core.sv | grep -q Migration
}
if same; then row 'rdma_axil, _rx, _tx, _dma_rd, _dma_wr have one source' equal equal
else row 'rdma_axil, _rx, _tx, _dma_rd, _dma_wr have one source' equal different
fi

rx_check() {
  for m in 0 1; do
    timeout "$limit" yosys -q -p "read_verilog -sv -I$rtl -DMIG=1'b$m $2 $rtl/rdma_pkg.sv $rtl/rdma_rx_check.sv $here/rx_check.sv
      hierarchy -check -top rx_check; proc; flatten; memory; memory_map; opt_clean; techmap
      setundef -undriven -zero; setundef -zero; aigmap; clean; write_aiger $out/$1$m.aig" > "$out/$1$m.out" 2>&1 || exit 2
  done
}
rx_check rx ''
row 'rdma_rx_check, no opcode 0x19' equal "$(equal $out/rx0.aig $out/rx1.aig)"
rx_check rxfree -DFREE
row 'control: rdma_rx_check, any opcode' different "$(equal $out/rxfree0.aig $out/rxfree1.aig)"

build 'step engine, Migration = 0' sh $here/engine.sh $rtl 0 $out/e0
build 'step engine, Migration = 1' sh $here/engine.sh $rtl 1 $out/e1
step 'step engine, idle' equal $out/e1/engine.aag $out/idle
step 'control: migration stimulus let in' different $out/e1/engine.aag $out/free --free

# mutant NAME MODULE EDIT
mutant() {
  build "mutant: $1" sh $here/mutant.sh $out/e1 "$2" "$3" "$out/m_$2"
  step "control: $1" different "$out/m_$2/engine.aag" "$out/m_$2/step" --extra
}
mutant 'a bubble behind each grant of rdma_sched' rdma_sched \
  's/assign valid_o = \(.*\);/logic hold_q; always_ff @(posedge clk_i) hold_q <= take_i; assign valid_o = !hold_q \&\& (\1);/'
mutant 'rdma_csr answers a cycle late' rdma_csr \
  's/assign reg_ready_o = \(.*\);/logic late_q; always_ff @(posedge clk_i) late_q <= reg_valid_i \&\& !late_q; assign reg_ready_o = late_q \&\& \1;/'
mutant 'rdma_units alters a field of the context' rdma_units \
  's/ctx_o = cpl_ctx;/ctx_o = cpl_ctx ^ ({{(rdma_pkg::QpcW - 1) {1'"'"'b0}}, 1'"'"'b1} << rdma_pkg::QpcMsnLsb);/'

[ $failed = 0 ] && echo 'prove: ok: an idle migration unit costs no cycle (docs/proof.md)'
exit $failed
