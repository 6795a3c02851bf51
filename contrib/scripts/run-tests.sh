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
export SGS_HIGHS_LIBRARY NO_COLOR=1
SGS_HIGHS_LIBRARY=$(contrib/scripts/highs-library.sh)
flags=(-debug-info-format none)
engine='^(BatchSystems|Execution|Operations|Payloads)Tests\.'
logs=()
status=0
if [[ " $* " == *' --filter '* ]]; then
    logs=(.state/tests-some.log)
    swift test "${flags[@]}" "$@" 2>&1 | tee "${logs[0]}" || status=$?
else
    logs=(.state/tests-engine.log .state/tests-others.log)
    swift build --build-tests "${flags[@]}" "$@"
    # As `swift test` runs it, which runs one at a time.
    program=$(swift build --show-bin-path)/sgs-distribution-plannerPackageTests.xctest
    tests=("$program" --testing-library swift-testing)
    ("${tests[@]}" --filter "$engine" 2>&1 | tee "${logs[0]}") &
    "${tests[@]}" --skip "$engine" 2>&1 | tee "${logs[1]}" || status=$?
    wait $! || status=$?
fi
if ((status)); then
    echo "failed tests:"
    grep -h -A 4 '^✘\|error:' "${logs[@]}" || true
fi
exit "$status"
