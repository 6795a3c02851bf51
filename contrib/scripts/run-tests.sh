#!/bin/bash
# Runs every fast test, and says at the end once more which have failed. What only debuggers
# read is not built.
#
#   run-tests.sh ARGUMENT...      arguments of `swift test`
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p .state
log=.state/tests.log
status=0
SGS_HIGHS_LIBRARY="$(contrib/scripts/highs-library.sh)" \
    swift test -debug-info-format none "$@" 2>&1 | tee "$log" || status=$?
if ((status)); then
    echo "failed tests:"
    grep -A 4 '^✘\|error:' "$log" || true
fi
exit "$status"
