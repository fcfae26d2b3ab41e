#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The step engine (rdma_core without rdma_rx, rdma_tx, rdma_dma_rd, rdma_dma_wr, whose ports become ports of the engine)
# as an AIG. Resets become synchronous, so that registers keep their names; everything else is the RTL.
# With MUTANTS the RTL has all deliberate differences of that file at once, and an input rdma_mutant.which_o that
# chooses one: step.py sets it.
# usage: engine.sh RTL_DIR MIGRATION WORK_DIR [MUTANTS]   writes WORK_DIR/engine.aag
set -eu
rtl=$1 migration=$2 work=$3 mutants=${4:-}
cut='rx tx dma_rd dma_wr'

rm -rf "$work/rtl"
mkdir -p "$work/rtl"
for f in "$rtl"/*.sv "$rtl"/*.svh; do
  sed 's/ or negedge rst_ni//' "$f" > "$work/rtl/${f##*/}"
done

# Mutant N of a module is what its edit makes of it while `mutant == N`.
boxes='' cells=''
if [ -n "$mutants" ]; then
  echo 'module rdma_mutant (output wire logic [4:0] which_o); endmodule' > "$work/rtl/mutant.sv"
  boxes='rtl/mutant.sv' cells='c:*u_mutant'
  while read -r number module _; do
    read -r edit
    f=$work/rtl/$module.sv
    grep -q '^  rdma_mutant u_mutant' "$f" ||
      sed -i '0,/^);/s//);\n  logic [4:0] mutant;\n  rdma_mutant u_mutant (.which_o(mutant));/' "$f"
    cp "$f" "$f.was"
    sed -i "$edit" "$f"
    if ! grep -q "mutant == $number\\b" "$f" || cmp -s "$f" "$f.was"; then
      echo "engine.sh: mutant $number changes nothing in $module" >&2
      exit 1
    fi
    rm "$f.was"
  done << END
$(grep -v '^#' "$mutants")
END
fi

# What was built from these sources is not built again.
stamp=$(cat "$0" "$work"/rtl/* | sha256sum)
if [ -s "$work/engine.aag" ] && [ "$(cat "$work/stamp" 2> /dev/null)" = "$stamp" ]; then exit 0; fi
rm -f "$work/stamp"

cd "$work"
for m in $cut; do
  boxes="$boxes rtl/rdma_$m.sv"
  cells="$cells c:u_$m"
done
sources=''
for f in rtl/rdma_*.sv; do
  case " $boxes rtl/rdma_pkg.sv rtl/rdma_icrc.sv rtl/rdma_pkt_buf.sv rtl/rdma_rx_check.sv rtl/rdma_rx_pay.sv rtl/rdma_spill.sv rtl/rdma_tx_hdr.sv " in
    *" $f "*) ;;
    *) sources="$sources $f" ;;
  esac
done

# Mapped module by module and flattened last: several times faster than the other way round.
cat > engine.ys << END
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
flatten
expose -evert $cells
clean
write_aiger -ascii -symbols engine.aag
END
yosys -q -l engine.log engine.ys > yosys.out 2>&1
echo "$stamp" > stamp
