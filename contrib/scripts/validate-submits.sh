#!/bin/bash
# What is submitted to HTCondor, against HTCondor's own parser, the Python package `htcondor`: the
# trial of a site whose condor_submit reads each description with it, as HTCondor would, and then
# hands it to the stand-in of the tests; and the DAGs that graphs are exported as, with the
# description of each of their nodes.
#
#   validate-submits.sh [FOLDER]
#
# FOLDER has the programs; those of the release build without it.
set -euo pipefail
cd "$(dirname "$0")/../.."
python=.state/python/bin/python3
mkdir -p .state
if ! CONDOR_CONFIG=/dev/null "$python" -c 'import htcondor2' 2>/dev/null; then
    [ -x "$python" ] || /usr/bin/python3 -m venv .state/python
    "$python" -m pip install -q --disable-pip-version-check --no-deps htcondor==25.14.1
fi
bin=${1:-$(swift build -c release --show-bin-path)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/sdcs"
stand_in="$PWD/Tests/BatchSystemsTests/StandIns/htcondor.sh"
for command in condor_submit condor_q condor_history condor_rm condor_config_val; do
    printf '#!/bin/sh\nexec sh %s %s/state 2 %s "$@"\n' "$stand_in" "$work" $command >"$work/$command"
done
mv "$work/condor_submit" "$work/take"
cat >"$work/condor_submit" <<P
#!$PWD/$python
import os, sys
os.environ["CONDOR_CONFIG"] = "/dev/null"
import htcondor2
with open(sys.argv[-1]) as file:
    description = htcondor2.Submit(file.read())
wrong = []
def expect(key, condition):
    found = description.expand(key)
    if not condition(found):
        wrong.append(f"{key}: found {found}")
expect("executable", os.path.isabs)
expect("initialdir", os.path.isdir)
expect("request_cpus", lambda text: int(text) >= 1)
expect("request_memory", lambda text: int(text) >= 1)
expect("allowed_execute_duration", lambda text: int(text) >= 1)
expect("output", lambda text: text.endswith(".1.out"))
expect("environment", lambda text: text == '"BATCH_TASK=1"')
expect("accounting_group", lambda text: text == "group_euclid")
expect("arguments", lambda text: text.startswith('"') and text.endswith('"'))
if description.getQArgs() != "1":
    wrong.append(f"queue: found {description.getQArgs()}")
with open("$work/read", "a") as file:
    file.write("".join(line + "\n" for line in wrong) or "well\n")
sys.exit(os.execv("$work/take", ["$work/take", *sys.argv[1:]]))
P
chmod 755 "$work"/{take,condor_*}
cat >"$work/sdcs/SDC-ES.yaml" <<Y
id: SDC-ES
name: A site with HTCondor
country: ES
cores: 8
efficiency: 0.8
storage: 1
used: 0
batch: htcondor
site:
  batch:
    account: group_euclid
    interval: 1
    commands:
$(for command in condor_submit condor_q condor_history condor_rm condor_config_val; do
    echo "      $command: $work/$command"; done)
Y
"$bin/sdc-runner" batch test --sdcs "$work/sdcs" --sdc SDC-ES --state "$work/runners"
cat "$work/read"
[ "$(cat "$work/read")" = well ]

"$bin/sdc-runner" graph contrib/pipelines/euclid/observation.py --format dagman \
    --output "$work/observation"
"$bin/sdc-runner" graph contrib/pipelines/tile.json --format dagman --output "$work/tile" \
    --input "frames=$work/a file.fits" --input "frames=$work/b.fits"
"$bin/sdc-runner" graph Tests/FrontEndsTests/Samples/features/list_files.py --format dagman \
    --output "$work/list_files" --input "images=$work/1.fits" --input "images=$work/2.fits" \
    --input "others=$work/3.fits" --input "dark=$work/dark.fits"
# The package makes the DAGMan job of a DAG only where it finds this program.
printf '#!/bin/sh\n' >"$work/condor_dagman"
chmod 755 "$work/condor_dagman"
PATH="$work:$PATH" CONDOR_CONFIG=/dev/null "$python" - "$work"/{observation,tile,list_files} <<'PYTHON'
import os
import pathlib
import re
import shlex
import sys
import htcondor2

wrong, count = [], 0

def words(text):
    """An argument line in double quotes (condor_submit(1))."""
    inner = text[1:-1].replace('""', '"')
    return shlex.split(re.sub("''", "'\\\\''", inner)) if text[0] == text[-1] == '"' else None

for folder in map(pathlib.Path, sys.argv[1:]):
    dag = folder / f"{folder.name}.dag"
    whole = htcondor2.Submit.from_dag(str(dag), {"force": True})
    if "condor_dagman" not in whole.expand("executable"):
        wrong.append(f"{dag}: no DAG")
    values, nodes = {}, {}
    for line in dag.read_text().splitlines():
        parts = line.split()
        if parts[0] in ("JOB", "FINAL"):
            nodes[parts[1]] = os.path.basename(parts[2])
        elif parts[0] == "VARS":
            values.setdefault(parts[1], {}).update(re.findall(r'(\w+)="([^"]*)"', line))
    for node, file in nodes.items():
        head = "".join(f"{name} = {value}\n" for name, value in values.get(node, {}).items())
        description = htcondor2.Submit(head + (folder / file).read_text())
        if file == "noop.sub":
            continue
        count += 1
        found = {key: description.expand(key) for key in (
            "executable", "arguments", "environment", "initialdir", "output", "error", "log",
            "request_cpus", "request_memory", "allowed_execute_duration")}
        good = {
            "executable": os.access(found["executable"], os.X_OK),
            "arguments": any(word == f"--workdir={found['initialdir']}"
                             for word in words(found["arguments"]) or []),
            "environment": f"SGS_STEP=" in found["environment"],
            "initialdir": os.path.isdir(found["initialdir"]),
            "request_cpus": int(found["request_cpus"]) >= 1,
            "request_memory": int(found["request_memory"]) >= 1,
            "allowed_execute_duration": int(found["allowed_execute_duration"]) >= 1,
            "queue": description.getQArgs() == "",
        }
        for key in ("output", "error", "log"):
            good[key] = os.path.isdir(os.path.dirname(found[key]))
        wrong += [f"{folder.name}/{file}: {key}: {found.get(key)}"
                  for key, is_good in good.items() if not is_good]
for line in wrong:
    print(line, file=sys.stderr)
print(f"dags: {len(sys.argv) - 1}, with {count} descriptions, {len(wrong)} wrong")
sys.exit(1 if wrong or not count else 0)
PYTHON
echo "submits: read by htcondor $("$python" -m pip list 2>/dev/null | awk '$1 == "htcondor" { print $2 }')"
