#!/bin/bash
# What is submitted to HTCondor, against HTCondor's own parser, the Python package `htcondor`: the
# trial of a site whose condor_submit reads each description with it, as HTCondor would, and then
# hands it to the stand-in of the tests.
set -euo pipefail
cd "$(dirname "$0")/../.."
python=.state/python/bin/python3
mkdir -p .state
if ! CONDOR_CONFIG=/dev/null "$python" -c 'import htcondor2' 2>/dev/null; then
    [ -x "$python" ] || /usr/bin/python3 -m venv .state/python
    "$python" -m pip install -q --disable-pip-version-check --no-deps htcondor==25.14.1
fi
bin=$(swift build -c release --show-bin-path)
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
echo "submits: read by htcondor $("$python" -m pip list 2>/dev/null | awk '$1 == "htcondor" { print $2 }')"
