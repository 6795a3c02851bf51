#!/bin/bash
# Campaigns as GraphML against another program, the Python package `networkx`: what it writes is read
# and written again as the same graph, and what is written here comes back from it as the same
# campaign. The tests of the build read and write; networkx compares, by isomorphism with the names
# of tasks and data sets.
set -euo pipefail
cd "$(dirname "$0")/../.."
python=.state/python/bin/python3
mkdir -p .state
if ! "$python" -c 'import networkx' 2>/dev/null; then
    [ -x "$python" ] || /usr/bin/python3 -m venv .state/python
    "$python" -m pip install -q --disable-pip-version-check networkx==3.6
fi
swift build --build-tests -debug-info-format none --quiet --explicit-target-dependency-import-check error
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/in" "$work/out" "$work/ours" "$work/back"
exchange() {
    env SGS_GRAPHML_FOLDER="$work" "$@" swift test --skip-build --filter GraphMLExchangeTests \
        >"$work/log" 2>&1 || {
        cat "$work/log" >&2
        exit 1
    }
    # A filter that finds nothing is no success.
    grep -q 'GraphMLExchangeTests passed' "$work/log" || {
        echo "graphml: the tests of the exchange did not run" >&2
        exit 1
    }
}
"$python" contrib/scripts/validators/graphml.py write "$work"
exchange SGS_GRAPHML_FIRST=1
"$python" contrib/scripts/validators/graphml.py compare "$work"
exchange SGS_GRAPHML_BACK=1
