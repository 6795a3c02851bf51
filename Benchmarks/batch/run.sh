#!/bin/bash
# Measures payloads of one second through a private Slurm of this machine, in pilots and as jobs,
# beside Parsl, and writes RESULTS.md beside this file. Takes about twenty minutes.
#
#   run.sh [FOLDER of sdc-runner and sdc-payload, release build]
set -euo pipefail
cd "$(dirname "$0")/../.."

here=Benchmarks/batch
export SGS_PROGRAMS=${1:-$(swift build -c release --show-bin-path)}
export PYTHONDONTWRITEBYTECODE=1
state=.state/bench-peers
python=$state/bin/python3
[ -x "$python" ] || python3 -m venv "$state"
"$python" -m pip install -q --disable-pip-version-check -r "$here/requirements.txt"
results=.state/batch-results.jsonl
: >"$results"
for measure in "pilots 1000" "parsl 1000" "direct 1000" "pilots 10000"; do
    # shellcheck disable=SC2086
    "$python" "$here/measure.py" $measure 2>/dev/null | tail -1 | tee -a "$results"
done
"$python" "$here/table.py" "$results" >"$here/RESULTS.md.part"
mv "$here/RESULTS.md.part" "$here/RESULTS.md"
