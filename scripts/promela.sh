#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The second oracle: Spin and the search over qp.Step must reach the same states of spec/promela/handshake.pml; then
# liveness, and controls that must fail. Prints a line for each, with states/s per core of both. Called by `make promela`.
# Exit codes: 0 they agree, 1 they do not, 3 spin cannot be installed.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/ensure-tools.sh spin

log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! GODWIT_PROMELA=all go test -count=1 -timeout 30m -v -run '^TestSpin' ./internal/abstract > "$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi
sed -n 's/^.*: promela: //p' "$log"
if grep -q -- '--- SKIP' "$log" || ! grep -q 'the same ones' "$log"; then
  cat "$log" >&2
  echo 'promela: nothing was compared' >&2
  exit 3
fi
echo 'promela: ok'
