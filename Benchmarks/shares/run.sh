#!/bin/bash
# Simulates the sample's quarter at nine SDCs: its daily orders beside a reprocessing of 30 % of all
# core-hours, which is there from the first day on. Writes RESULTS.md and shares.svg beside this file.
#
#   Benchmarks/shares/run.sh [FOLDER of sgs and quarter-simulation, release build]
set -euo pipefail
cd "$(dirname "$0")/../.."
bin=$(realpath "${1:-$(swift build -c release --show-bin-path)}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$bin/sgs" plan surveys/euclid-2027q1 --effort quick --output "$work/plan" >/dev/null
sites=$(awk '/^id:/ { id = $2 } /^cores:/ { cores = $2 } /^efficiency:/ { printf "%s=%d\n", id, cores * $2 }' \
    sdcs/*.yaml)
for policy in alone release priority shares; do
    "$bin/quarter-simulation" "$work/plan/assignments.csv" $sites --policy $policy >"$work/$policy.json"
done
python3 Benchmarks/shares/table.py "$work" Benchmarks/shares
