#!/bin/bash
# Builds the programs for release and says how long that takes; of what swift says only errors are
# shown.
#
#   build.sh [OPTION OF swift build]...
set -euo pipefail
cd "$(dirname "$0")/../.."
say() { printf '%-10s %s\n' build "$1"; }
log=$(mktemp "${TMPDIR:-/tmp}/sgs-build.XXXXXX")
trap 'rm -f "$log"' EXIT

# quietly COMMAND...: what it says is shown where it fails, but for what was fetched.
quietly() {
    local status=0
    "$@" >"$log" 2>&1 || status=$?
    [ "$status" = 0 ] || grep -vE '^(Fetch|Comput|Creat|Working copy)' "$log" >&2 || true
    return "$status"
}

if [ ! -x .build/release/sgs ]; then
    say "fetching the packages that it is made of"
    quietly swift package resolve
    say "building, about 6 minutes the first time on two cores"
fi
quietly swift build -c release --quiet "$@"
