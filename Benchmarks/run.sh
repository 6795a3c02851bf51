#!/bin/bash
# Quality and speed of planning on the shipped cases: one row for each case and effort.
#
#   run.sh [CASE ...]     further cases: folders with a plan.yaml
#
# Seconds are those of planning (linear program, search, check); reading, overlaps and writing are
# beside them. The bound is the planner's own (ShareProgram says why it is valid).
set -euo pipefail
cd "$(dirname "$0")/.."
sgs=$(swift build -c release --show-bin-path)/sgs
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

field() { sed -nE "s/.*\"$2\" *: *([-0-9.e]+).*/\1/p" "$1" | head -1; }

printf '%-22s %-9s %9s %9s %7s %7s %9s %7s %9s %8s %8s\n' case effort 'cost TB' 'bound TB' 'gap %' \
    copies failover outside 'planning s' 'whole s' 'peak MB'
for case_folder in surveys/euclid-2027q1 surveys/vast-2023q3 "$@"; do
    for effort in ${EFFORTS:-quick normal thorough}; do
        /usr/bin/time -f 'whole %e peak %M' "$sgs" plan "$case_folder" --effort "$effort" \
            --output "$work/run" >"$work/out" 2>"$work/err"
        planning=$(awk -v a="$(field "$work/run/run.json" 'linear program')" \
            -v b="$(field "$work/run/run.json" search)" -v c="$(field "$work/run/run.json" check)" \
            'BEGIN { printf "%.1f", a + b + c }')
        awk -v name="$(basename "$case_folder")" -v effort="$effort" -v planning="$planning" '
            /^cost/ { cost = $2; for (i = 1; i <= NF; i++) if ($i == "copies") copies = $(i - 1) }
            /^bound/ { bound = $2; gap = $5 }
            /^failover/ { failover = $4 }
            /^tolerance/ { outside = $2 }
            /^whole/ { whole = $2; peak = $4 / 1024 }
            END { printf "%-22s %-9s %9.3f %9s %7s %7d %9s %7d %10s %7.1f %8.0f\n", name, effort, cost,
                  bound, gap + 0, copies, failover, outside, planning, whole, peak }
        ' "$work/out" "$work/err"
    done
done
