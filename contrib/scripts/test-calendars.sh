#!/bin/bash
# 1,000 random recurring events against two independent expanders, python-dateutil and
# DateTime::Event::ICal: where they agree the module Calendars must agree; the rest is counted.
#
#   test-calendars.sh [COUNT [SEED]]
#
# Needs what `setup.sh full` installs and built tests (`swift build --build-tests`).
set -euo pipefail
cd "$(dirname "$0")/../.."
python=.state/python/bin/python3
"$python" -c 'import dateutil' 2>/dev/null || python=python3
mkdir -p .state/calendars
here=contrib/scripts/calendars
"$python" "$here/series.py" "${1:-1000}" "${2:-1}" >.state/calendars/python.jsonl
/usr/bin/perl "$here/series.pl" <.state/calendars/python.jsonl >.state/calendars/both.jsonl
"$python" "$here/join.py" <.state/calendars/both.jsonl >.state/calendars/series.json
SGS_CALENDAR_SERIES="$PWD/.state/calendars/series.json" \
    swift test --skip-build --filter RandomSeriesTests 2>&1 | tee .state/calendars/test.log |
    grep -E '^(series|✘|error)' || true
grep -q '^series' .state/calendars/test.log && ! grep -q '✘' .state/calendars/test.log
