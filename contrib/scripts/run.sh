#!/bin/bash
# The whole way on sample data: plan a quarter, publish it, and let nine SDC runners on this
# machine process the orders of its first two days.
#
#   run.sh [--database URL] [--state FOLDER] [--sdcs FOLDER]
#
# Without --database and without PGHOST, PGSERVICE or PGDATABASE the catalogue is a private
# PostgreSQL cluster that is started here, on a Unix socket only. The state (.state) is all that the
# run makes but the report; the SDCs' descriptions (sdcs) say at which batch system a runner has its
# payloads run.
set -euo pipefail
cd "$(dirname "$0")/../.."

case_folder=surveys/euclid-2027q1
survey=euclid
report=reports/euclid-2027q1
clock=2027-01-07T00:00:00Z      # the data of the first two days have arrived (latency one day)
sdcs=(SDC-CH SDC-DE SDC-ES SDC-FI SDC-FR SDC-IT SDC-NL SDC-UK SDC-US)
state=.state
descriptions=sdcs
database=()
while (($#)); do
    case $1 in
    --database) database=(--database "${2:?run: --database needs a URL}") ;;
    --state) state=${2:?run: --state needs a folder} ;;
    --sdcs) descriptions=${2:?run: --sdcs needs a folder} ;;
    *) echo "run: $1: no such option" >&2; exit 64 ;;
    esac
    shift 2
done

say() { printf '%-10s %s\n' "$1" "$2"; }

bin=$(swift build -c release --show-bin-path)
if ((${#database[@]} == 0)) && [ -z "${PGHOST:-}${PGSERVICE:-}${PGDATABASE:-}" ]; then
    "$bin/sgs" catalogue start --directory "$state/catalogue" >/dev/null
    database=(--database "$("$bin/sgs" catalogue url --directory "$state/catalogue")")
else
    "$bin/sgs" catalogue migrate "${database[@]}" >/dev/null
fi
say catalogue "ready"

"$bin/sgs" plan "$case_folder" --output "$report"
"$bin/sgs" publish "$report" "${database[@]}" --approve --comment "sample run" --running keep

runners=()
stop() { for pid in "${runners[@]}"; do kill "$pid" 2>/dev/null || true; done; }
trap stop EXIT
mkdir -p "$state/log"
for sdc in "${sdcs[@]}"; do
    # What uses a batch system says itself how much of it.
    slots=(--slots 1)
    if grep -q '^site:' "$descriptions/$sdc.yaml"; then slots=(); fi
    "$bin/sdc-runner" --sdc "$sdc" "${database[@]}" --clock "$clock" --until-idle \
        --sdcs "$descriptions" --pipelines contrib/pipelines --storage "$state/storage" \
        --state "$state/runners" "${slots[@]}" 2>"$state/log/$sdc.log" &
    runners+=($!)
done
say runners "${#runners[@]} started, clock $clock"
if [ -t 2 ]; then
    "$bin/sgs" status "${database[@]}" --survey "$survey" --clock "$clock" --watch >/dev/null &
    watch=$!
fi
failed=0
for index in "${!runners[@]}"; do
    wait "${runners[$index]}" || { failed=1; say runners "${sdcs[$index]} failed; see $state/log/${sdcs[$index]}.log"; }
done
runners=()
if [ -n "${watch:-}" ]; then kill "$watch" 2>/dev/null || true; wait "$watch" 2>/dev/null || true; printf '\r\033[K' >&2; fi
"$bin/sgs" status "${database[@]}" --survey "$survey" --clock "$clock"
say report "file://$PWD/$report/report.html"
exit "$failed"
