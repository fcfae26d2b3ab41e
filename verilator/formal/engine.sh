#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The step engine (rdma_core without rdma_axil, rdma_rx, rdma_tx, rdma_dma_rd, rdma_dma_wr, whose ports become ports of
# the engine) as an AIG. Resets become synchronous, so that registers keep their names; everything else is the RTL.
# usage: engine.sh RTL_DIR MIGRATION WORK_DIR   writes WORK_DIR/engine.aag
set -eu
rtl=$1 migration=$2 work=$3
cut='axil rx tx dma_rd dma_wr'

# What was built from these sources is not built again.
stamp=$(cat "$rtl"/*.sv "$rtl"/*.svh "$0" | sha256sum)
if [ -s "$work/engine.aag" ] && [ "$(cat "$work/stamp" 2> /dev/null)" = "$stamp" ]; then exit 0; fi

rm -rf "$work"
mkdir -p "$work/rtl"
for f in "$rtl"/*.sv "$rtl"/*.svh; do
  sed 's/ or negedge rst_ni//' "$f" > "$work/rtl/${f##*/}"
done
cd "$work"
boxes='' cells='' sources=''
for m in $cut; do
  boxes="$boxes rtl/rdma_$m.sv"
  cells="$cells c:u_$m"
done
for f in rtl/rdma_*.sv; do
  case " $boxes rtl/rdma_pkg.sv rtl/rdma_icrc.sv rtl/rdma_pkt_buf.sv rtl/rdma_rx_check.sv rtl/rdma_rx_pay.sv rtl/rdma_spill.sv rtl/rdma_tx_hdr.sv " in
    *" $f "*) ;;
    *) sources="$sources $f" ;;
  esac
done

# Mapped module by module and flattened last: several times faster than the other way round.
cat > engine.ys << EOF
read_verilog -sv -noassert -noassume -Irtl rtl/rdma_pkg.sv
read_verilog -sv -lib -Irtl $boxes
read_verilog -sv -noassert -noassume -Irtl $sources
chparam -set Migration $migration -set NumQp 2 -set NumMr 2 -set NumCq 2 -set DataW 64 -set TickDiv 4 -set RxBufBytes 128 rdma_core
hierarchy -check -top rdma_core
proc
opt_clean
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
opt_clean
write_rtlil mapped.il
flatten
expose -evert $cells
clean
write_aiger -ascii -symbols engine.aag
EOF
yosys -q -l engine.log engine.ys > yosys.out 2>&1
echo "$stamp" > stamp
