#!/bin/bash
# The conformance tests of CWL 1.2 that are in Tests/Inputs/cwl-v1.2, by cwltest, on this machine
# and without containers: prints the score by tag and every test that did not pass.
#
#   test-cwl.sh [--as-runs] [ARGUMENT OF cwltest...]
#
# With --as-runs each document is submitted to a runner, and its steps are payloads.
# Exit status 1 where fewer pass than on record; with arguments, which choose tests, where one
# fails. SGS_BIN names the folder of sdc-runner; by default that of the release build. cwltest is in
# .state/cwl-venv.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Those of the 318 that pass; 15 need a container, and 2 a file that is not supplied.
record=301
# As runs all of them but one, whose steps change a folder in place that is another step's output.
runs=300
tool=
[ "${1-}" != --as-runs ] || {
    tool=$PWD/contrib/scripts/validators/cwl_run.sh
    record=$runs
    shift
}
bin=$(realpath "${SGS_BIN:-$(swift build -c release --show-bin-path)}")
venv=$PWD/.state/cwl-venv
state=$PWD/.state/cwl
pipelines=$PWD/contrib/pipelines
scorer=$PWD/contrib/scripts/validators/cwl_score.py
packages=(cwltest==2.7.20260814150058)
[ -x "$bin/sdc-runner" ] || {
    echo "test-cwl: $bin/sdc-runner is not there: swift build -c release" >&2
    exit 69
}
command -v node >/dev/null || command -v nodejs >/dev/null || {
    echo "test-cwl: node is not there: contrib/scripts/setup.sh full" >&2
    exit 69
}
mkdir -p .state
if [ "$(cat "$venv/packages" 2>/dev/null)" != "${packages[*]}" ]; then
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/python" -m pip install -q --disable-pip-version-check "${packages[@]}"
    printf '%s' "${packages[*]}" >"$venv/packages"
fi

rm -rf "$state"
mkdir -p "$state/temporary"
# The tests write beside their files.
cp -r Tests/Inputs/cwl-v1.2 "$state/tests"
cd "$state/tests"
# The tests call python, which not every system has by that name.
export PATH="$venv/bin:$PATH" TMPDIR="$state/temporary"
if [ -n "$tool" ]; then
    export SGS_CWL_RUNNER=$bin/sdc-runner SGS_CWL_STATE=$state
    mkdir "$state/orders"
    "$bin/sdc-runner" serve --sdc SDC-CWL --state "$state/state" --storage "$state/storage" \
        --orders "$state/orders" --pipelines "$pipelines" 2>"$state/runner.log" &
    runner=$!
    trap 'kill "$runner" 2>/dev/null && wait "$runner" || true' EXIT
fi
cwltest --test conformance_tests.yaml --tool "${tool:-$bin/sdc-runner}" -j "$(nproc)" --timeout 120 \
    --junit-xml "$state/results.xml" "$@" cwl >"$state/output" 2>"$state/messages" || true
[ -s "$state/results.xml" ] || {
    tail -20 "$state/messages" >&2
    exit 1
}
left=$(find "$state/temporary" -maxdepth 1 -name 'cwl-*' | wc -l)
if [ "$left" -gt 0 ]; then
    echo "test-cwl: $left temporary folders were left" >&2
    exit 1
fi
[ $# -eq 0 ] || record=all
python3 "$scorer" "$state/results.xml" "$record"
