#!/bin/bash
# Measures the engine beside HyperQueue and Dask and writes results.jsonl and RESULTS.md beside
# this file. Takes about ten minutes.
#
#   run.sh [FOLDER of sdc-runner and sdc-payload, release build]
#
# The peers are installed below .state/bench-peers. The load of the machine is said beside each
# figure: what else runs there is measured too.
set -euo pipefail
cd "$(dirname "$0")/../.."

here=Benchmarks/engine
export SGS_PROGRAMS=${1:-$(swift build -c release --show-bin-path)}
export PYTHONDONTWRITEBYTECODE=1
state=.state/bench-peers
python=$state/bin/python3
if [ ! -x "$python" ]; then
    python3 -m venv "$state"
    "$python" -m pip install -q --disable-pip-version-check -r "$here/requirements.txt"
fi
results=$here/results.jsonl
: >"$results"

measure() { "$python" "$here/measure.py" "$@" 2>/dev/null | tail -1 | tee -a "$results"; }

for _ in 1 2 3; do
    for engine in hyperqueue ours dask; do measure "$engine"; done
done
measure many
measure event
measure wide
for tasks in 005d 01d 025d; do
    measure replay "Tests/WorkflowsTests/Samples/wfinstances/montage-chameleon-2mass-$tasks-001.json" 62
done
"$python" "$here/table.py" "$results" >"$here/RESULTS.md"
