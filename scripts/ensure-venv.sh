#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Makes out/venv: a Python environment with the packages of scripts/requirements.txt, at those versions. Silent when it is there.
# usage: ensure-venv.sh
# Exit codes: 0 it is there, 3 it cannot be made.
set -euo pipefail
cd "$(dirname "$0")/.."
wanted=scripts/requirements.txt venv=out/venv

# The list of what was installed is copied last, so a half-made environment is made again.
cmp -s "$wanted" "$venv/installed.txt" && exit 0

scripts/ensure-tools.sh venv
echo "ensure-venv: installing the Python packages of $wanted" >&2
mkdir -p out
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { python3 -m venv --clear "$venv" && "$venv/bin/pip" --disable-pip-version-check -q install -r "$wanted"; } > "$log" 2>&1; then
  tail -n 5 "$log" >&2
  echo "ensure-venv: the Python packages cannot be installed; the tests that need them will be skipped" >&2
  exit 3
fi
cp "$wanted" "$venv/installed.txt"
