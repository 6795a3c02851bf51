#!/bin/bash
# The published schema of graph documents against another program, the Python package
# `jsonschema`: the schema itself, the sample documents and pipelines, and documents at fault.
set -euo pipefail
cd "$(dirname "$0")/../.."
python=.state/python/bin/python3
mkdir -p .state
if ! "$python" -c 'import jsonschema' 2>/dev/null; then
    [ -x "$python" ] || /usr/bin/python3 -m venv .state/python
    "$python" -m pip install -q --disable-pip-version-check jsonschema==4.26.0
fi
"$python" - <<'PYTHON'
import glob
import json
import sys
from jsonschema import Draft202012Validator

def read(path):
    with open(path) as file:
        return json.load(file)

schema = read("Sources/Workflows/Reading/sgs-graph-2.schema.json")
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
samples = "Tests/WorkflowsTests/Samples"
valid = glob.glob(f"{samples}/graphs/*.json") + glob.glob(f"{samples}/faults/meaning/*.json")
valid += [
    path for path in glob.glob("contrib/pipelines/**/*.json", recursive=True)
    if read(path)["format"] == "sgs-graph/2"
]
faulty = glob.glob(f"{samples}/faults/structure/*.json")
wrong = 0
for path in sorted(valid):
    for error in validator.iter_errors(read(path)):
        print(f"{path}: {error.json_path}: {error.message}", file=sys.stderr)
        wrong += 1
for path in sorted(faulty):
    if validator.is_valid(read(path)):
        print(f"{path}: valid, though it is at fault", file=sys.stderr)
        wrong += 1
print(f"graphs: {len(valid)} valid and {len(faulty)} faulty documents, {wrong} wrong")
sys.exit(1 if wrong or not valid or not faulty else 0)
PYTHON
