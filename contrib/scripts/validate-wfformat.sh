#!/bin/bash
# Recorded workflows replayed on a runner, and its exports of these runs in WfFormat, against other
# programs: WfCommons' schema by the Python package `jsonschema`, and WfCommons' own reader. Each
# export has to have the tasks, edges and files of its record. A run of the self-test's pipelines is
# exported, too.
#
#   validate-wfformat.sh [FOLDER]
#
# FOLDER has the programs; those of the release build without it.
set -euo pipefail
cd "$(dirname "$0")/../.."
python=.state/wfcommons/bin/python3
mkdir -p .state
if ! "$python" -c 'import jsonschema, wfcommons' 2>/dev/null; then
    /usr/bin/python3 -m venv .state/wfcommons
    "$python" -m pip install -q --disable-pip-version-check jsonschema==4.26.0 wfcommons==1.6
fi
bin=${1:-$(swift build -c release --show-bin-path)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
samples=Tests/WorkflowsTests/Samples/wfinstances
runner=("$bin/sdc-runner")
places=(--sdc SDC-FR --state "$work/state" --storage "$work/storage")
mkdir "$work/orders" "$work/exports"
number=0
for record in "$samples"/*.json; do
    [[ $record != *schema* ]] || continue
    "${runner[@]}" check "$record" >/dev/null
    "${runner[@]}" submit "$record" --replay-scale 0.01 --replay-memory 0.1 "${places[@]}" >/dev/null
    number=$((number + 1))
    basename "$record" >"$work/exports/$number.name"
done
"${runner[@]}" "${places[@]}" --orders "$work/orders" --slots 8 --memory 8192 --until-idle \
    --log-level critical >/dev/null
"${runner[@]}" submit selftest --pipelines contrib/pipelines/selftest "${places[@]}" >/dev/null
"${runner[@]}" "${places[@]}" --orders "$work/orders" --pipelines contrib/pipelines/selftest \
    --until-idle --log-level critical >/dev/null
for run in $(seq $((number + 1))); do
    "${runner[@]}" run export "$run" --format wfformat "${places[@]}" >"$work/exports/$run.json"
done
"$python" - "$samples" "$work/exports" "$number" <<'PYTHON'
import json
import logging
import pathlib
import sys
from jsonschema import Draft7Validator, FormatChecker
from wfcommons.wfinstances import Instance

samples, exports, count = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
schema = json.loads((samples / "wfcommons-schema-1.5.json").read_text())
validator = Draft7Validator(schema, format_checker=FormatChecker())
wrong = []

def facts(document):
    """Tasks, edges, and files with their sizes."""
    specification = document["workflow"]["specification"]
    tasks = specification["tasks"]
    return {
        "tasks": {task["id"]: task["name"] for task in tasks},
        "parents": {(parent, task["id"]) for task in tasks for parent in task["parents"]},
        "children": {(task["id"], child) for task in tasks for child in task["children"]},
        "reads": {task["id"]: set(task["inputFiles"]) for task in tasks},
        "writes": {task["id"]: set(task["outputFiles"]) for task in tasks},
        "files": {file["id"]: file["sizeInBytes"] for file in specification["files"]},
    }

for number in range(1, count + 2):
    path = exports / f"{number}.json"
    document = json.loads(path.read_text())
    name = (exports / f"{number}.name").read_text().strip() if number <= count else "selftest"
    for error in validator.iter_errors(document):
        wrong.append(f"{name}: {error.json_path}: {error.message}")
    read = Instance(path, schema_file=samples / "wfcommons-schema-1.5.json",
                    logger=logging.getLogger("quiet"))
    found = facts(document)
    if set(read.workflow.nodes) != set(found["tasks"]) or set(read.workflow.edges) != found["parents"]:
        wrong.append(f"{name}: WfCommons reads another graph")
    if found["parents"] != found["children"]:
        wrong.append(f"{name}: parents and children differ")
    execution = document["workflow"]["execution"]
    if {task["id"] for task in execution["tasks"]} != set(found["tasks"]):
        wrong.append(f"{name}: not all tasks have run")
    if number <= count:
        record = facts(json.loads((samples / name).read_text()))
        wrong += [f"{name}: {what} differ" for what in record if record[what] != found[what]]
    print(f"{name}: {len(found['tasks'])} tasks, {len(found['parents'])} edges, "
          f"{len(found['files'])} files, {execution['makespanInSeconds']:.1f} s")
for line in wrong:
    print(line, file=sys.stderr)
print(f"wfformat: {count + 1} exports, {len(wrong)} wrong")
sys.exit(1 if wrong or not count else 0)
PYTHON
