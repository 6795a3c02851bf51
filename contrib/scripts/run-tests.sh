#!/bin/bash
# Runs every fast test, and says at the end once more which have failed.
#
#   run-tests.sh ARGUMENT...      arguments of `swift test`
#
# TEST_WORKERS says how many tests go on at a time.
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p .state
log=.state/tests.log
status=0
# A few at a time: tests that are all begun at once wait minutes for a thread, and time out.
SGS_HIGHS_LIBRARY="$(contrib/scripts/highs-library.sh)" \
    swift test --parallel --num-workers "${TEST_WORKERS:-6}" "$@" 2>&1 | tee "$log" || status=$?
if ((status)); then
    echo "failed tests:"
    grep -A 4 '^✘\|error:' "$log" || true
fi
exit "$status"
