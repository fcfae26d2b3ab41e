#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Installs the tools named that are missing, from the distribution's packages. Silent when nothing is missing.
# usage: ensure-tools.sh TOOL...   (verilator yosys iverilog python3 clang-format shellcheck tshark ns3 spin guest venv)
# Exit codes: 0 all there, 2 unknown tool, 3 something is missing and cannot be installed.
set -euo pipefail

# What a tool needs: commands to be found, C headers and Python modules to be found, files that are there, packages that bring them.
needs() {
  files='' modules=''
  case $1 in
    # Verilator writes C++ that is compiled and linked here, and its waveforms are compressed with zlib.
    verilator) commands='verilator g++ make' headers='zlib.h' packages='verilator g++ make zlib1g-dev' ;;
    yosys) commands='yosys berkeley-abc' headers='' packages='yosys berkeley-abc' ;;
    iverilog) commands='iverilog vvp' headers='' packages='iverilog' ;;
    clang-format) commands='clang-format' headers='' packages='clang-format' ;;
    python3) commands='python3' headers='' packages='python3' ;;
    venv) commands='python3' headers='' modules='venv ensurepip' packages='python3 python3-venv' ;;
    shellcheck) commands='shellcheck' headers='' packages='shellcheck' ;;
    # pan, the verifier that Spin writes, is C.
    spin) commands='spin gcc cpp' headers='' packages='spin gcc cpp' ;;
    tshark) commands='tshark' headers='' packages='tshark' ;;
    # The guest of the interop tests has the programs of its host.
    guest)
      commands='qemu-system-x86_64 busybox ib_send_bw ibv_rc_pingpong rdma gcc g++ xz' headers='infiniband/verbs.h'
      files='/etc/libibverbs.d/rxe.driver'
      packages='qemu-system-x86 busybox-static libibverbs-dev ibverbs-providers ibverbs-utils perftest iproute2 gcc g++ xz-utils'
      ;;
    ns3) commands='g++' headers='ns3/core-module.h' packages='g++ libns3-dev' ;;
    *) echo "ensure-tools: unknown tool $1" >&2; exit 2 ;;
  esac
}

present() {
  local c f h m
  for c in $commands; do command -v "$c" > /dev/null || return 1; done
  for f in $files; do [ -e "$f" ] || return 1; done
  for h in $headers; do echo "#include <$h>" | g++ -E -x c++ - > /dev/null 2>&1 || return 1; done
  for m in $modules; do python3 -c "import $m" > /dev/null 2>&1 || return 1; done
}

missing=() wanted=()
for tool in "$@"; do
  needs "$tool"
  if ! present; then
    missing+=("$tool")
    read -ra list <<< "$packages"
    wanted+=("${list[@]}")
  fi
done
[ ${#missing[@]} -gt 0 ] || exit 0

by_hand="ensure-tools: missing: ${missing[*]}. Install them, on Debian with: apt-get install ${wanted[*]}"
if ! command -v apt-get > /dev/null; then
  echo "$by_hand" >&2
  exit 3
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! sudo -n true 2> /dev/null; then
    echo "$by_hand (this user is not root, and sudo wants a password)" >&2
    exit 3
  fi
  as_root=(sudo -n)
fi

echo "ensure-tools: installing ${missing[*]} with apt-get" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
if ! { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "${wanted[@]}"; } > "$log" 2>&1; then
  tail -n 20 "$log" >&2
  echo "$by_hand" >&2
  exit 3
fi
hash -r
for tool in "${missing[@]}"; do
  needs "$tool"
  if ! present; then
    echo "ensure-tools: $tool was installed, but one of these is still not there: $commands $headers $files $modules" >&2
    exit 3
  fi
done
