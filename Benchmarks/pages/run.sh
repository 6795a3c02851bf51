#!/bin/bash
# The pages of a runner that has 100,000 payloads in 500 runs: milliseconds of each page (median and
# most of 11), from a change to the event that tells of it, and the runner's memory; then of pages that
# look at what has ended, where each of these payloads has an attempt that did; then the first for one
# run of 100,000 payloads.
#
#   Benchmarks/pages/run.sh [FOLDER OF THE PROGRAMS]
set -euo pipefail
cd "$(dirname "$0")/../.."
bin=$(realpath "${1:-$(swift build -c release --show-bin-path)}")
work=$(mktemp -d "${TMPDIR:-/tmp}/pages.XXXXXX")
server=
finish() {
    [ -z "$server" ] || { kill -9 "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; }
    pkill -f "sdc-payload agent $work" || true
    rm -rf "$work"
}
trap finish EXIT
where=(--sdc SDC-FR --state "$work/state" --storage "$work/storage")
python3 - "$work" <<'PYTHON'
import json, os, sys
work = sys.argv[1]
os.makedirs(work + "/orders")
def program(name, script, more={}):
    return {"name": name, "command": "/bin/sh", "arguments": ["-c", script, "sh"],
            "resources": {"cores": 1, "ram_MiB": 16, "walltime_s": 36000}, **more}
nodes = [{"id": f"n{i:03}", "kind": "exec", "executable": program(f"n{i:03}", "sleep 3000")}
         for i in range(200)]
json.dump({"format": "sgs-graph/2", "name": "many", "nodes": nodes}, open(work + "/many.json", "w"))
split = "for a; do case $a in --list=*) o=${a#*=};; esac; done; (printf '[\"/etc/group\"'; for i in $(seq 99999); do printf ',\"/etc/group\"'; done; printf ']') >$o"
wide = [{"id": "split", "kind": "exec", "executable": program("split", split, {"outputs": [
            {"name": "list", "mime_type": "json", "content_type": "listfile"}]})},
        {"id": "each", "kind": "parallel", "over": "element",
         "in": {"element": {"node": "split", "port": "list"}}, "body": {"nodes": [
            {"id": "work", "kind": "exec", "in": {"element": {"input": "element"}},
             "executable": program("work", "sleep 3000", {"inputs": [{"name": "element"}]})}]}}]
json.dump({"format": "sgs-graph/2", "name": "wide", "nodes": wide}, open(work + "/wide.json", "w"))
PYTHON
start() {
    "$bin/sdc-runner" serve "${where[@]}" --orders "$work/orders" --slots 1 --http 127.0.0.1:0 \
        2>"$work/server.log" &
    server=$!
    until grep -q ' port=' "$work/server.log"; do sleep 0.1; done
    base=http://127.0.0.1:$(grep -o ' port=[0-9]*' "$work/server.log" | cut -d= -f2)
}
measure() {
    for page in "$@"; do
        for _ in $(seq 11); do curl -s -o /dev/null -w '%{time_total}\n' "$base$page"; done | sort -n |
            awk -v page="$page" '{ t[NR] = $1 * 1000 } END { printf "%7.1f %7.1f ms  %s\n", t[6], t[NR], page }'
    done
    awk '/VmRSS/ { printf "%7.0f MiB resident\n", $2 / 1024 }' "/proc/$server/status"
}
echo "load $(cut -d' ' -f1-3 /proc/loadavg)"
start
for i in $(seq 500); do
    "$bin/sdc-runner" submit "$work/many.json" "${where[@]}" --force --quiet
done
echo "500 runs of 200 payloads: $(curl -s "$base/v1/status" | cut -c1-200)"
pages=(/ /runs "/runs?state=EXECUTING&offset=400" /runs/250 /jobs "/jobs?state=READY&offset=50000"
    "/jobs?text=n19" "/jobs?label=n019" "/jobs?pilot=local" /waste /history /feed.atom /runs/250/jobs/n007 /pilots /configuration /v1/jobs /v1/runs/250)
measure "${pages[@]}"
python3 - "$base" "$bin/sdc-runner" "${where[@]}" <<'PYTHON'
import subprocess, sys, time, urllib.request
base, runner, *where = sys.argv[1:]
stream = urllib.request.urlopen(base + "/v1/events")
def event():
    while not stream.readline().startswith(b"id:"): pass
event()
spans = []
for value in range(9):
    time.sleep(1)
    begin = time.monotonic()
    subprocess.run([runner, "run", "priority", "7", str(value), *where, "--quiet"], check=True)
    event()
    spans.append(time.monotonic() - begin)
print(f"{sorted(spans)[4] * 1000:7.0f} {max(spans) * 1000:7.0f} ms  from a command to its event")
PYTHON
kill -9 "$server"; wait "$server" 2>/dev/null || true
pkill -f "sdc-payload agent $work" || true
python3 - "$work/state/SDC-FR/runner.sqlite" <<'PYTHON'
import sqlite3, sys, time
store = sqlite3.connect(sys.argv[1])
now = time.time() / 86400 + 40587
store.executemany(
    "INSERT OR IGNORE INTO attempt (run, payload, number, path, outcome, cores, memory_mib, walltime_s,"
    " exit_code, started_at, ended_at, user_seconds, system_seconds, peak_kib)"
    " VALUES (?, ?, 1, ?, 'completed', 4, 4096, 7200, 0, ?, ?, ?, 1, ?)",
    ((run, number, f"n{number:03}", now - 1, now - 1 + (60 + number) / 86400, 50 + number,
      (100 + number) * 1024) for run in range(1, 501) for number in range(200)))
store.executemany(
    "INSERT INTO inbox (given_at, given_by, request, document, answer) VALUES (?, 'anna', ?, ?, ?)",
    ((now, f"request {n}", '{"release":{"run":"%d"}}' % (n % 500 + 1),
      '{"status":0,"message":"released","run":"RUN_%d","legal":[]}' % (n % 500 + 1))
     for n in range(100000)))
store.commit()
PYTHON
start
echo "100,000 attempts have ended, operators gave 100,000 commands"
measure /waste "/waste?percentile=95&days=7" /v1/waste /history /runs/250
kill -9 "$server"; wait "$server" 2>/dev/null || true
pkill -f "sdc-payload agent $work" || true
rm -rf "$work/state" "$work/storage"
start
"$bin/sdc-runner" submit "$work/wide.json" "${where[@]}" --quiet
until curl -s "$base/v1/status" | grep -q '"READY":9'; do sleep 1; done
echo "one run of 100,000 payloads: $(curl -s "$base/v1/status" | cut -c1-200)"
measure / /runs /runs/1 "/runs/1?node=each" "/jobs?label=each.work" "/jobs?pilot=local" /jobs "/jobs?state=READY&offset=50000" \
    /runs/1/jobs/each.iterations.50000.work /v1/status
