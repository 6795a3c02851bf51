#!/bin/bash
# The published schemas of what commands print as JSON against another program, the Python package
# `jsonschema`: the schemas themselves, and what the built sgs and sdc-runner print on the smallest
# sample case. A schema that nothing was held against is at fault, too.
set -euo pipefail
cd "$(dirname "$0")/../.."
python=.state/python/bin/python3
mkdir -p .state
if ! "$python" -c 'import jsonschema' 2>/dev/null; then
    [ -x "$python" ] || /usr/bin/python3 -m venv .state/python
    "$python" -m pip install -q --disable-pip-version-check jsonschema==4.26.0
fi
bin=${SGS_PROGRAMS:-$(swift build -c release --show-bin-path)}
sgs=$bin/sgs
runner=$bin/sdc-runner
work=$(mktemp -d "${TMPDIR:-/tmp}/sgs-answers.XXXXXX")
serving=
finish() {
    [ -z "$serving" ] || kill "$serving" 2>/dev/null || true
    for name in catalogue second; do
        [ ! -d "$work/$name" ] || "$sgs" catalogue stop --directory "$work/$name" --quiet || true
    done
    rm -rf "$work"
}
trap finish EXIT
chmod 711 "$work"       # the database's user has to enter it
unset "${!PG@}"

# answer PROGRAM SCHEMA STATUS ARGUMENT...: keeps what a program prints beside the schema's name.
count=0
answer() {
    local program=$1 schema=$2 expected=$3 status=0
    shift 3
    count=$((count + 1))
    "$program" "$@" --json --quiet >"$work/$(printf %03d $count).$schema" 2>"$work/error" ||
        status=$?
    [ "$status" = "$expected" ] || {
        echo "answers: ${program##*/} $*: exit $status, expected $expected" >&2
        cat "$work/error" >&2
        exit 1
    }
}
say() { answer "$sgs" "$@"; }

# lines SCHEMA ARGUMENT...: keeps each line that sdc-runner prints as an answer of its own.
lines() {
    local schema=$1
    shift
    "$runner" "$@" >"$work/lines"
    [ -s "$work/lines" ] || { echo "answers: $*: nothing printed" >&2; exit 1; }
    while read -r line; do
        count=$((count + 1))
        printf '%s\n' "$line" >"$work/$(printf %03d $count).$schema"
    done <"$work/lines"
}

# until_it COMMAND...: waits until a command succeeds, half a minute at most.
until_it() {
    for _ in $(seq 300); do "$@" >/dev/null 2>&1 && return 0; sleep 0.1; done
    echo "answers: $* did not succeed" >&2
    return 1
}
case=surveys/vast-2023q3
say sgs-catalogue-start 0 catalogue start --directory "$work/catalogue"
in=(--directory "$work/catalogue")
say sgs-catalogue-url 0 catalogue url "${in[@]}"
say sgs-check 0 check "$case"
say sgs-plan 0 plan "$case" --effort quick --steps 100000 --output "$work/a"
say sgs-draft 0 draft "$work/a" "${in[@]}"
say sgs-approve 0 approve "$work/a" --comment agreed "${in[@]}"
say sgs-publish 0 publish "$work/a" --comment look --dry-run "${in[@]}"
say sgs-publish 0 publish "$work/a" --comment first "${in[@]}"
say sgs-publish 0 publish published --comment second "${in[@]}"
item=$(sed -n 2p "$work/a/assignments.csv" | cut -d, -f2)
order=$("$sgs" orders list --item "$item" --json "${in[@]}" | sed -n 's/.*"order": "\([^"]*\)".*/\1/p')
say sgs-owner 0 owner --observation "$item" "${in[@]}"
say sgs-explain 0 explain --observation "$item" "$work/a"
say sgs-whatif 0 whatif "$case" --plan "$work/a" --steps 100000 --set SDC-FR.cores=+1%
say sgs-sensitivity 0 sensitivity "$case" --sdc SDC-US --cores 100 --steps 20000
say sgs-init 0 init "$work/new" --survey surveys/euclid-2027q1/survey-r0.xml \
    --start 2027-01-04 --end 2027-04-05
say sgs-log 0 log --all "${in[@]}"
say sgs-report 0 report 1 --output "$work/page.html" "${in[@]}"
say sgs-diff 0 diff 1 "$work/a" "${in[@]}"
say sgs-status 0 status "${in[@]}"
say sgs-progress 0 progress "${in[@]}"
say sgs-campaign-list 0 campaign list "${in[@]}"
say sgs-campaign-show 0 campaign show daily "${in[@]}"
say sgs-campaign-tasks 0 campaign tasks "${in[@]}"
say sgs-campaign-graph 0 campaign graph daily "${in[@]}"
say sgs-campaign-sweep 0 campaign sweep "${in[@]}"
say sgs-campaign-events 0 campaign events daily "${in[@]}"
say sgs-campaign-why 0 campaign why daily/tile "${in[@]}"
say sgs-campaign-command 0 campaign pause daily/tile --reason look "${in[@]}"
say sgs-campaign-command 0 campaign resume daily/tile "${in[@]}"
say sgs-campaign-show 0 campaign add reprocessing --as again --parameter release=2 \
    --parameter region='{cone: {ra: 0, dec: 0, radius: 180}}' "${in[@]}"
say sgs-campaign-delays 0 campaign delays again "${in[@]}"
say sgs-campaign-approve 0 campaign approve again --clock 2030-01-01 --dry-run "${in[@]}"
say sgs-campaign-approve 0 campaign approve again --clock 2030-01-01 "${in[@]}"
say sgs-campaign-why 0 campaign why again/observation --clock 2030-01-01 "${in[@]}"
say sgs-campaign-replicas 0 campaign replicas daily "${in[@]}"
say sgs-campaign-rules 0 campaign rules "${in[@]}"
say sgs-campaign-cost 0 campaign cost again "${in[@]}"
say sgs-campaign-recover 0 campaign recover --sdc SDC-FR --clock 2030-01-01 --dry-run "${in[@]}"
say sgs-campaign-sweep 0 campaign sweep --everything --clock 2030-01-01 "${in[@]}"
say sgs-campaign-command 0 campaign kill again/observation --reason look "${in[@]}"
say sgs-calibrate 0 calibrate "$case" "${in[@]}"
say sgs-arrivals-change 0 arrivals lost "$item" --comment look "${in[@]}"
say sgs-arrivals-list 0 arrivals list "${in[@]}"
say sgs-arrivals-change 0 arrivals expected "$item" "${in[@]}"
say sgs-status 0 status --blocked "${in[@]}"
say sgs-status 4 status --clock 2030-01-01 --watch --patience 0 "${in[@]}"
say sgs-only-at 0 only-at SDC-FR "${in[@]}"
say sgs-orders-list 0 orders list --sdc SDC-FR "${in[@]}"
say sgs-orders-show 0 orders show "$order" "${in[@]}"
say sgs-orders-why 0 orders why "$order" "${in[@]}"
say sgs-orders-change 0 orders priority "$order" --to 5 "${in[@]}"
say sgs-orders-reassign 0 orders reassign "$order" --to-secondary --reason "no disk" "${in[@]}"
say sgs-orders-reassign 1 orders reassign "$order" --to-secondary --reason again "${in[@]}"
say sgs-orders-change 0 orders cancel "$order" "${in[@]}"
say sgs-orders-change 0 orders selftest "${in[@]}"
say sgs-orders-selftest 0 orders selftest --show "${in[@]}"
say sgs-failover 0 failover --sdc SDC-US --dry-run "${in[@]}"
say sgs-catalogue-status 0 catalogue status "${in[@]}"
say sgs-catalogue-file 0 catalogue backup "$work/backup" "${in[@]}"
say sgs-catalogue-migrate 0 catalogue migrate "${in[@]}"
"$sgs" catalogue psql "${in[@]}" -- -q -c 'CREATE ROLE anna LOGIN'
say sgs-catalogue-grant 0 catalogue grant reader anna "${in[@]}"
say sgs-withdraw 0 withdraw published --comment back "${in[@]}"
"$sgs" serve --port 0 --json --quiet "${in[@]}" >"$work/998.sgs-serve" &
serving=$!
until_it test -s "$work/998.sgs-serve"
kill "$serving" && wait "$serving" || true
serving=
"$sgs" catalogue start --directory "$work/second" --quiet
say sgs-catalogue-file 0 catalogue restore "$work/backup" --directory "$work/second"
say sgs-catalogue-stop 0 catalogue stop --directory "$work/second"
cp "$work/a/run.json" "$work/999.run"

# A run of a sample pipeline, by hand, and what its runner says while it serves.
state=(--sdc SDC-FR --state "$work/state")
places=("${state[@]}" --storage "$work/storage")
ask() { local schema=$1; shift; answer "$runner" "sdc-runner-$schema" "$@"; }
ask check 0 check contrib/pipelines/tile.json
ask graph 0 graph contrib/pipelines/tile.json
ask pkg-list 0 pkg list
ask pkg-show 0 pkg show sample_package
ask pilots-import 0 pilots import Tests/Inputs/pilots/nir_ensci_ipac_pilots.properties
ask rules-test 0 rules test --source memory "${state[@]}"
ask selftest 0 selftest
ask forecast 0 submit observation --stop-after prepare
ask answer 0 submit observation --id first "${places[@]}"
ask why 0 why "${places[@]}"
"$runner" serve "${places[@]}" --orders "$work/orders" --json --quiet >"$work/997.sdc-runner-orders" &
serving=$!
until_it "$runner" ping "${places[@]}"
ask ping 0 ping "${places[@]}"
ask rules-list 0 rules "${state[@]}"
ask answer 0 submit observation --id second --wait "${places[@]}"
ask answer 0 manage create observation "${places[@]}"
ask score 0 score "${places[@]}"
ask why 0 why "${places[@]}"
ask answer 0 tag 1 "checked=yes" "${places[@]}"
ask status 0 run list "${places[@]}"
ask status-run 0 status 2 "${places[@]}"
ask run-show 0 run show 2 "${places[@]}"
ask run-graph 0 run graph 2 "${places[@]}"
for what in show command log profile run; do
    ask "job-$what" 0 job $what 1/ingest "${places[@]}"
done
# Long enough for a sample.
cat >"$work/nap.json" <<'JSON'
{"format": "sgs-graph/2", "name": "nap", "nodes": [{"id": "nap", "kind": "exec", "executable":
 {"name": "nap", "command": "/bin/sh", "arguments": ["-c", "sleep 8", "sh"],
  "resources": {"cores": 1, "ram_MiB": 16, "walltime_s": 60}}}]}
JSON
"$runner" submit "$work/nap.json" "${places[@]}" --wait --quiet
ask profile-suggest 0 profile suggest "${places[@]}"
lines sdc-runner-profile-export profile export --format ndjson "${places[@]}"
lines sdc-runner-openlineage lineage 2 --openlineage "${places[@]}"
ask lineage-runs 0 lineage 2 --runs "${places[@]}"
ask history 0 history "${places[@]}"
ask report 0 report "${places[@]}"
ask report-detailed 0 report --detailed "${places[@]}"
ask report-exit-codes 0 report --exit-codes "${places[@]}"
ask report-errors 0 report --errors "${places[@]}"
ask lineage-run 0 lineage 2 "${places[@]}"
made=$("$runner" lineage 2 --json "${places[@]}" | sed -n 's/.*"file" : "\([^"]*\)".*/\1/p' | tail -1)
ask lineage 0 lineage "$made" "${places[@]}"
ask manage-list 0 manage list "${places[@]}"
ask manage-tags 0 manage tags 1 "${places[@]}"
ask size 0 size observation --walltime 4h "${places[@]}"
ask drain 0 drain --runner "${places[@]}"
wait "$serving" || true
serving=
ask pilots 0 pilots list "${places[@]}"
mkdir "$work/sdcs"
printf 'batch: local\nsite: {batch: {}}\n' >"$work/sdcs/SDC-FR.yaml"
ask batch-test 0 batch test --sdcs "$work/sdcs" --sdc SDC-FR --state "$work/state"
touch "$work/release.sh"
echo "environment.sourcingScripts.R1=$work/release.sh,$work/none.sh" >"$work/ial.properties"
ask env-import 0 env import "$work/ial.properties"
{
    echo 'site:'
    "$runner" env import "$work/ial.properties" | sed 's/^/  /'
} >"$work/sdcs/SDC-DE.yaml"
ask env-check 69 env check --sdcs "$work/sdcs" --sdc SDC-DE
token=(--state "$work/state" --sdc SDC-FR)
ask token-add 0 token add anna --days 30 "${token[@]}"
ask token-list 0 token list "${token[@]}"
ask token-revoke 0 token revoke anna "${token[@]}"
ask dagman 0 graph contrib/pipelines/observation.json --format dagman --output "$work/dag"

"$python" - "$work" <<'PYTHON'
import glob
import json
import os
import sys
from jsonschema import Draft202012Validator

def read(path):
    with open(path) as file:
        return json.load(file)

wrong = 0
validators = {}
for path in glob.glob("contrib/schemas/*.schema.json"):
    schema = read(path)
    Draft202012Validator.check_schema(schema)
    validators[os.path.basename(path).removesuffix(".schema.json")] = Draft202012Validator(schema)
unused = set(validators)
answers = sorted(glob.glob(os.path.join(sys.argv[1], "[0-9][0-9][0-9].*")))
for path in answers:
    unused.discard(path.rsplit(".", 1)[1])
    for error in validators[path.rsplit(".", 1)[1]].iter_errors(read(path)):
        print(f"{os.path.basename(path)}: {error.json_path}: {error.message}", file=sys.stderr)
        wrong += 1
for name in sorted(unused):
    print(f"{name}: nothing was held against it", file=sys.stderr)
    wrong += 1
print(f"answers: {len(validators)} schemas, {len(answers)} answers, {wrong} wrong")
sys.exit(1 if wrong or not answers else 0)
PYTHON
