#!/bin/bash
# Plans a case again after its survey changed, and publishes what moves: for cron.
#
#   replan.sh CASE [FOLDER]
#
#   MAILTO=planner@example.org
#   15 4 * * * cd /srv/sgs && contrib/examples/replan.sh surveys/euclid-2027q1
#
# The case's survey file is looked at; where it is the one of the last run, nothing is done.  Runs
# go to FOLDER (default: reports/replan), each into a folder named by its time.  Prints nothing
# when all is well, so that cron mails nothing; what went wrong is on standard error.  PATH, or
# SGS, leads to sgs, and the catalogue is named by libpq's variables or is the private one.
#
#   SGS_MAX_MOVES      the most items that may move without a person (default: 200)
#   SGS_PLAN_OPTIONS   more options of `sgs plan`: "--effort quick"
#
# Exit status: 0 nothing to do, published, or the same assignments; that of sgs otherwise:
# 3 infeasible, 4 too many moves or a tolerance left (the plan is kept, look and publish it by
# hand), 5 another plan was published meanwhile, 65 the survey is at fault, 69 no catalogue,
# 75 somebody else is publishing, or runners have orders that would move.
set -euo pipefail

case_folder=${1:?replan: the folder of the case is missing}
folder=${2:-reports/replan}
sgs=${SGS:-sgs}
options=()
read -r -a options <<<"${SGS_PLAN_OPTIONS:-}" || true
mkdir -p "$folder"

# One at a time: a run that is still going on is left alone.
exec 9>"$folder/lock"
flock -n 9 || exit 0

# The digests of all files that the case is made of: surveys, SDCs and calendars.
state=$("$sgs" check "$case_folder" --json --quiet | sed -n 's/.*"inputs": \(\[[^]]*\]\).*/\1/p')
[ -n "$state" ] || { echo "replan: sgs check said nothing of the files" >&2; exit 1; }
if [ -f "$folder/inputs" ] && [ "$state" = "$(cat "$folder/inputs")" ]; then exit 0; fi

run=$folder/$(date -u +%Y%m%dT%H%M%SZ)
"$sgs" plan "$case_folder" --base published --output "$run" --quiet \
    --max-moves "${SGS_MAX_MOVES:-200}" --require-tolerances "${options[@]}"
"$sgs" publish "$run" --approve --if-changed --require-tolerances --quiet \
    --comment "replan.sh: the inputs changed"
printf '%s\n' "$state" >"$folder/inputs.new"
mv "$folder/inputs.new" "$folder/inputs"
