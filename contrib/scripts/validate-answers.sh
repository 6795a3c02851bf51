#!/bin/bash
# The published schemas of what commands print as JSON against another program, the Python package
# `jsonschema`: the schemas themselves, and what the built sgs prints on the smallest sample case.
set -euo pipefail
cd "$(dirname "$0")/../.."
python=.state/python/bin/python3
mkdir -p .state
if ! "$python" -c 'import jsonschema' 2>/dev/null; then
    [ -x "$python" ] || /usr/bin/python3 -m venv .state/python
    "$python" -m pip install -q --disable-pip-version-check jsonschema==4.26.0
fi
sgs=$(swift build -c release --show-bin-path)/sgs
work=$(mktemp -d "${TMPDIR:-/tmp}/sgs-answers.XXXXXX")
trap '"$sgs" catalogue stop --directory "$work/catalogue" --quiet; rm -rf "$work"' EXIT
chmod 711 "$work"       # the database's user has to enter it
unset "${!PG@}"

# say SCHEMA STATUS ARGUMENT...: keeps what sgs prints beside the schema's name.
count=0
say() {
    local schema=$1 expected=$2 status=0
    shift 2
    count=$((count + 1))
    "$sgs" "$@" --json --quiet >"$work/$(printf %02d $count).$schema" 2>"$work/error" || status=$?
    [ "$status" = "$expected" ] || {
        echo "answers: sgs $*: exit $status, expected $expected" >&2
        cat "$work/error" >&2
        exit 1
    }
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
say sgs-log 0 log --all "${in[@]}"
say sgs-report 0 report 1 --output "$work/page.html" "${in[@]}"
say sgs-diff 0 diff 1 "$work/a" "${in[@]}"
say sgs-status 0 status "${in[@]}"
say sgs-orders-list 0 orders list --sdc SDC-FR "${in[@]}"
say sgs-failover 0 failover --sdc SDC-US --dry-run "${in[@]}"
say sgs-catalogue-status 0 catalogue status "${in[@]}"
say sgs-catalogue-file 0 catalogue backup "$work/backup" "${in[@]}"
say sgs-withdraw 0 withdraw published --comment back "${in[@]}"
cp "$work/a/run.json" "$work/99.run"

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
answers = sorted(glob.glob(os.path.join(sys.argv[1], "[0-9][0-9].*")))
for path in answers:
    for error in validators[path.rsplit(".", 1)[1]].iter_errors(read(path)):
        print(f"{os.path.basename(path)}: {error.json_path}: {error.message}", file=sys.stderr)
        wrong += 1
print(f"answers: {len(validators)} schemas, {len(answers)} answers, {wrong} wrong")
sys.exit(1 if wrong or not answers else 0)
PYTHON
