#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Proves that a NIC with a migration unit is, while nothing migrates, cycle for cycle the NIC without one (rule R13),
# whatever its queue pairs agreed on. docs/proof.md says what exactly is proved and why these jobs prove it.
# Builds in out/prove.
# usage: prove.sh   Exit codes: 0 all jobs end as they should, 1 one does not, 2 a job cannot be built.
set -u
cd "$(dirname "$0")/../.." || exit 2
here=verilator/formal rtl=verilator/rtl out=out/prove
limit=${GODWIT_PROVE_LIMIT:-3600}
mkdir -p "$out"
failed=0
pids=''
start=$(date +%s)
# Nobody builds on for a proof that has ended.
trap 'kill $pids 2> /dev/null' EXIT
trap 'exit 2' INT TERM

# row NAME WANTED GOT [BEGIN]: a line of the table, timed from BEGIN or from the line before.
row() {
  now=$(date +%s)
  verdict=ok
  if [ "$2" != "$3" ]; then
    verdict=FAILED
    failed=1
  fi
  printf '%-64s %-10s %5d s  %s\n' "$1" "$3" $((now - ${4:-start})) "$verdict"
  start=$now
}

# engine DIR MIGRATION [MUTANTS]: builds one in the background, as $pid.
engine() {
  timeout "$limit" sh $here/engine.sh $rtl "$2" "$out/$1" ${3:+"$3"} &
  pid=$!
  pids="$pids $pid"
}

# built NAME PID
built() {
  wait "$2" || { echo "prove.sh: $1 cannot be built" >&2; exit 2; }
  pids=$(echo "$pids" | sed "s/ $2\b//")
  row "$1" built built "$begin"
}

# equal A B: verdict of the combinational comparison.
equal() {
  timeout "$limit" yosys-abc -c "cec $1 $2" > "$1.log" 2>&1
  if grep -q 'NOT EQUIVALENT' "$1.log"; then echo different
  elif grep -q 'Networks are equivalent' "$1.log"; then echo equal
  else echo undecided
  fi
}

# step NAME WANTED ENGINE1 [OPTION]...
step() {
  name=$1 wanted=$2 engine=$3 to=$out/step
  shift 3
  if python3 -B $here/step.py $rtl $out/e0/engine.aag "$out/$engine/engine.aag" $to "$@" > $to.txt 2>&1; then
    row "$name" "$wanted" "$(equal $to.a.aig $to.b.aig)"
  else
    tail -n 5 $to.txt >&2
    row "$name" "$wanted" unrelated
  fi
}

begin=$start
engine e0 0
pid0=$pid
engine e1 1
pid1=$pid

# The parts cut off are the same in both: none but rdma_rx has the parameter, and rdma_rx only hands it on.
same() {
  for m in tx tx_hdr dma_rd dma_wr icrc pkt_buf rx_pay spill; do
    ! grep -q Migration $rtl/rdma_$m.sv || return 1
  done
  [ "$(grep -v '^ *///' $rtl/rdma_rx.sv | grep -c Migration)" = 2 ] || return 1
  grep -q '^  rdma_rx_check #(.Migration(Migration)) u_check (' $rtl/rdma_rx.sv || return 1
  ! grep -E 'rdma_(tx|dma_rd|dma_wr) ' $rtl/rdma_core.sv | grep -q Migration
}
if same; then row 'rdma_rx, _tx, _dma_rd, _dma_wr have one source' equal equal
else row 'rdma_rx, _tx, _dma_rd, _dma_wr have one source' equal different
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

built 'step engine, Migration = 0' $pid0
built 'step engine, Migration = 1' $pid1
begin=$(date +%s)
engine em 1 $here/mutants.txt
step 'step engine, nothing migrates' equal e1
step 'control: STALL and RESUME let in' different e1 --let stall --at s_axil_bresp
step 'control: DUMP_QP, LOAD_QP and SET_FWD let in' different e1 --let command --at cmd_status
step 'control: attribute mig out of range let in' different e1 --let range --at cmd_status
step 'control: opcode 0x19 let in' different e1 --let opcode --at qp_wctx:RemoteIp
step 'control: NAK_STOPPED let in' different e1 --let nak --at qp_wctx:State
step 'control: CAP and STALL_STATUS read alike' different e1 --let read --at s_axil_rdata
step 'control: no queue pair ever agrees on migration' different e1 --idle-bank --at qp_wctx:MigCapable
step 'control: a RESUME may be pending' different e1 --pending --at u_sched.send_q

built 'step engine with deliberate differences' "$pid"
step 'control: none of them chosen' equal em --mutant 0
while read -r number module at name; do
  read -r _
  step "control: $module: $name" different em --mutant "$number" --at "$at"
done << END
$(grep -v '^#' $here/mutants.txt)
END

[ $failed = 0 ] && echo 'prove: ok: as long as nothing migrates, a migration unit costs no cycle (docs/proof.md)'
exit $failed
