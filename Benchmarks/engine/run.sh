#!/bin/bash
# Measures the engine beside HyperQueue and Dask and writes RESULTS.md beside this file. Takes
# about ten minutes.
#
#   run.sh [FOLDER of sdc-runner and sdc-payload, release build]
#
# The claim is measured by a test: `swift build --build-tests` comes first. The peers are installed
# below .state/bench-peers, what was measured is in .state/engine-results.jsonl. The load of the
# machine is said beside each figure: what else runs there is measured too.
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
results=.state/engine-results.jsonl
: >"$results"
# What a measure leaves stays until the last one is over: a file system without a journal (ext4)
# looks at each file that was removed of late whenever it makes one, for minutes.
TMPDIR=$(mktemp -d)
export TMPDIR SGS_KEEPS_FOLDERS=1
trap 'rm -rf "$TMPDIR"' EXIT

measure() { "$python" "$here/measure.py" "$@" 2>/dev/null | tail -1 | tee -a "$results"; }

for _ in 1 2 3; do
    for engine in hyperqueue ours dask; do measure "$engine"; done
done
measure many
measure event
measure wide
measure claim
for tasks in 005d 01d 025d; do
    measure replay "Tests/WorkflowsTests/Samples/wfinstances/montage-chameleon-2mass-$tasks-001.json" 62
done
"$python" "$here/table.py" "$results" >"$TMPDIR/RESULTS.md"
mv "$TMPDIR/RESULTS.md" "$here/RESULTS.md"
