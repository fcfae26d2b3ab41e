#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The step engine with one module exchanged: of the mapped engine in ENGINE_DIR only that module is built anew.
# usage: mutant.sh ENGINE_DIR MODULE SED_SCRIPT WORK_DIR   writes WORK_DIR/engine.aag
set -eu
base=$1 module=$2 edit=$3 work=$4

rm -rf "$work"
mkdir -p "$work"
cp -r "$base/rtl" "$work/rtl"
sed "$edit" "$base/rtl/$module.sv" > "$work/rtl/$module.sv"
if cmp -s "$base/rtl/$module.sv" "$work/rtl/$module.sv"; then
  echo "mutant.sh: the edit changes nothing in $module" >&2
  exit 1
fi
name=$(sed -n "s/^module \\(.*rdma_.*\\)\$/\\1/p" "$base/mapped.il" | grep -E "[\\\\]$module([\\\\]|\$)" | head -1)
case $module in
  rdma_sched) params='-set NumQp 2' subs='rtl/rdma_wants.sv rtl/rdma_rr_arb.sv' ;;
  rdma_csr) params='-set Migration 1 -set NumQp 2 -set NumMr 2 -set NumCq 2' subs='rtl/rdma_fifo.sv' ;;
  rdma_units)
    params='-set Migration 1'
    subs='rtl/rdma_requester.sv rtl/rdma_completer.sv rtl/rdma_responder.sv rtl/rdma_doorbell.sv rtl/rdma_mig.sv'
    ;;
  *) exit 2 ;;
esac
cd "$work"
cat > mutant.ys << EOF
read_verilog -sv -noassert -noassume -Irtl rtl/rdma_pkg.sv $subs rtl/$module.sv
chparam $params $module
hierarchy -check -top $module
proc
memory_collect
memory_map
dffunmap
opt_expr -mux_undef
opt_clean
techmap
dffunmap
setundef -undriven -zero
setundef -zero
setattr -unset init
dfflegalize -cell \$_DFF_P_ 0
aigmap
zinit -all
flatten
opt_clean
setattr -mod -unset top $module
design -stash mutant
read_rtlil $(cd "$OLDPWD" && cd "$base" && pwd)/mapped.il
delete $name
design -copy-from mutant -as $name $module
hierarchy -check -top rdma_core
flatten
expose -evert c:u_axil c:u_rx c:u_tx c:u_dma_rd c:u_dma_wr
clean
write_aiger -ascii -symbols engine.aag
EOF
yosys -q -l mutant.log mutant.ys > yosys.out 2>&1
