#!/bin/bash
# Plans small cases and three months of Euclid, gives the same instances to HiGHS and CP-SAT as
# mixed integer programs, and writes RESULTS.md beside this file. Takes about half an hour.
#
#   run.sh [SECONDS FOR SMALL CASES] [SECONDS FOR THREE MONTHS]
#
# The solvers are installed below .state/peers; they use two workers, one case at a time.
set -euo pipefail
cd "$(dirname "$0")/../.."

small_limit=${1:-60}
full_limit=${2:-300}
peers=Benchmarks/peers
state=.state/peers
sgs=${SGS:-$(swift build -c release --show-bin-path)/sgs}
python=$state/python/bin/python3
mkdir -p "$state/cases" "$state/runs" "$state/results"
if [ ! -x "$python" ]; then
    /usr/bin/python3 -m venv "$state/python"
    "$python" -m pip install -q --disable-pip-version-check -r "$peers/requirements.txt"
fi

# plan CASE FOLDER EFFORT: a run of our own, recounted by the peers' measures.
plan() {
    "$sgs" plan "$2" --effort "$3" --output "$state/runs/$1-$3" >/dev/null 2>&1
    "$python" "$peers/compare.py" ours "$2" "$state/runs/$1-$3" "$state/results/$1-$3.json"
}

# solve CASE FOLDER SOLVER SECONDS
solve() {
    "$python" "$peers/compare.py" solve "$2" "$state/runs/$1-normal" "$3" "$4" \
        "$state/results/$1-$3.json"
}

small=()
for failover in 0 0.1; do
    for per_day in 4 8 20; do
        for seed in 1 2; do
            name=week-$per_day-$seed-f$failover
            Benchmarks/make_survey.py "$state/cases/$name" --days 7 --per-day "$per_day" --sdcs 3 \
                --seed "$seed" --failover "$failover" >/dev/null
            plan "$name" "$state/cases/$name" normal
            for solver in HiGHS CP-SAT; do
                solve "$name" "$state/cases/$name" "$solver" "$small_limit"
            done
            small+=("$state/results/$name-"{normal,HiGHS,CP-SAT}.json)
            echo "$name done" >&2
        done
    done
done
full=()
for effort in quick normal thorough; do
    plan euclid-2027q1 surveys/euclid-2027q1 "$effort"
    full+=("$state/results/euclid-2027q1-$effort.json")
done
for solver in HiGHS CP-SAT; do
    solve euclid-2027q1 surveys/euclid-2027q1 "$solver" "$full_limit"
    full+=("$state/results/euclid-2027q1-$solver.json")
    echo "$solver done" >&2
done

{
    cat "$peers/introduction.md"
    machine=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)
    echo "Machine: $machine, $(nproc) cores, $(awk '/MemTotal/ {printf "%.0f GB", $2 / 1e6}' \
        /proc/meminfo). The solvers had two workers."
    "$python" "$peers/compare.py" table "A week, three SDCs" "${small[@]}"
    "$python" "$peers/compare.py" table "Three months, nine SDCs" "${full[@]}"
} >"$peers/RESULTS.md"
echo "written $peers/RESULTS.md"
