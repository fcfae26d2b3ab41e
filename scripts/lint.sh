#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Static checks of Go, generated files, SystemVerilog, C++ and shell. Runs all of them, then fails if one did.
# The rules of the house that need more than a tool are tests in internal/lint.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 3

failed=()

# check NAME REMEDY COMMAND...: runs a check; it fails if the command fails.
check() {
  local name=$1 remedy=$2
  shift 2
  if "$@"; then return; fi
  echo "lint: $name failed: $remedy" >&2
  failed+=("$name")
}

go_format() {
  local dirs files
  mapfile -t dirs < <(go list -f '{{.Dir}}' ./...) && files=$(gofmt -l "${dirs[@]}") || return 1
  [ -z "$files" ] || { echo "$files"; return 1; }
}

cpp_format() { find verilator/tb scripts internal -name '*.c' -o -name '*.cpp' -o -name '*.h' | sort | xargs -r clang-format --dry-run -Werror; }

shell_scripts() { { find scripts verilator -name '*.sh' && echo .ci/run; } | sort | xargs -r shellcheck -S warning; }

# The order of files matters: waivers, package, top; the other modules are found by name.
rtl_lint() {
  local migration width ok=0
  for migration in 0 1; do
    for width in 128 512; do
      verilator --lint-only -Wall -GMigration=1\'b$migration -GDataW=$width --top-module rdma_core -Iverilator/rtl \
        -y verilator/rtl verilator/rtl/lint.vlt verilator/rtl/rdma_pkg.sv verilator/rtl/rdma_core.sv ||
        { echo "lint: rdma_core with Migration=$migration DataW=$width" >&2; ok=1; }
    done
  done
  return $ok
}

check vet 'see above' go vet ./...
check staticcheck 'see above' go tool -modfile=tools.mod staticcheck ./...
check gofmt 'gofmt -w the files above' go_format
check 'generated files' 'make generate, and commit the result' bin/godwit spec gen --check
check 'RTL lint' 'mend it, or waive it in verilator/rtl/lint.vlt with the reason' rtl_lint
check clang-format 'clang-format -i the files above' cpp_format
check shellcheck 'see above' shell_scripts

if [ ${#failed[@]} -gt 0 ]; then
  printf 'lint: failed:'
  printf ' %s,' "${failed[@]}" | sed 's/,$/\n/'
  exit 1
fi >&2
echo 'lint: ok'
