#!/bin/bash
# Runs every fast test, and says at the end once more which have failed. What only debuggers
# read is not built.
#
#   run-tests.sh ARGUMENT...      arguments of `swift test`
#
# Without a --filter among them, the tests of the engine, which mostly wait for programs, run in a process
# of their own beside all others.
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p .state
export SGS_HIGHS_LIBRARY
SGS_HIGHS_LIBRARY=$(contrib/scripts/highs-library.sh)
flags=(-debug-info-format none)
engine='^(BatchSystems|Execution|Operations|Payloads)Tests\.'
logs=()
# tests NAME ARGUMENT...: runs them, and leaves what they say in a log of their own.
tests() {
    local log=.state/tests-$1.log
    shift
    swift test "${flags[@]}" "$@" 2>&1 | tee "$log"
}

status=0
if [[ " $* " == *' --filter '* ]]; then
    logs=(.state/tests-some.log)
    tests some "$@" || status=$?
else
    logs=(.state/tests-engine.log .state/tests-others.log)
    swift build --build-tests "${flags[@]}" "$@"
    # Nothing is built any more, so that no lock is needed.
    tests engine --skip-build --ignore-lock "$@" --filter "$engine" &
    tests others --skip-build --ignore-lock "$@" --skip "$engine" || status=$?
    wait $! || status=$?
fi
if ((status)); then
    echo "failed tests:"
    grep -h -A 4 '^✘\|error:' "${logs[@]}" || true
fi
exit "$status"
