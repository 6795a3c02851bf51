#!/bin/bash
# Measures the sweep over 100 campaigns of 1,000 tasks and 10,000 jobs each in a catalogue of its own,
# and how many jobs are defined a second; writes RESULTS.md beside this file. Takes about half an hour.
#
#   run.sh [FOLDER of sgs, release build] [CAMPAIGNS]
set -euo pipefail
cd "$(dirname "$0")/../.."
here=Benchmarks/campaigns
sgs=${1:-$(swift build -c release --show-bin-path)}/sgs
campaigns=${2:-100}
work=$(mktemp -d "${TMPDIR:-/tmp}/sgs-campaigns.XXXXXX")
finish() {
    "$sgs" catalogue stop --directory "$work/catalogue" --quiet || true
    rm -rf "$work"
}
trap finish EXIT
chmod 711 "$work"       # the database's user has to enter it
in=(--directory "$work/catalogue")
sql() { "$sgs" catalogue psql "${in[@]}" -- -qAt -c "$1"; }
# seconds COMMAND...: how long it takes; what it prints is kept in $work/answer.
seconds() {
    local begin
    begin=$(date +%s.%N)
    "$@" >"$work/answer"
    echo "$(date +%s.%N) - $begin" | bc
}
"$sgs" catalogue start "${in[@]}" --quiet
"$sgs" plan surveys/vast-2023q3 --effort quick --steps 100000 --output "$work/plan" --quiet >/dev/null
"$sgs" draft "$work/plan" --quiet "${in[@]}" >/dev/null
"$sgs" approve "$work/plan" --comment measure --quiet "${in[@]}" >/dev/null
"$sgs" publish "$work/plan" --comment measure --quiet "${in[@]}" >/dev/null

# 500 chains of two tasks: the second reads what the first makes, each of ten numbers.
mkdir "$work/campaigns"
python3 - "$work/campaigns" "$campaigns" <<'PYTHON'
import sys
folder, campaigns = sys.argv[1], int(sys.argv[2])
for campaign in range(campaigns):
    with open(f"{folder}/c{campaign}.yaml", "w", encoding="ascii") as file:
        file.write(f"name: c{campaign}\ntasks:\n")
        for chain in range(500):
            file.write(
                f"  - {{name: a{chain}, pipeline: x, per: number, count: 10, outputs: [d{chain}]}}\n"
                f"  - {{name: b{chain}, pipeline: y, per: number, count: 10, inputs: [d{chain}],"
                f" outputs: [e{chain}], policy: {{open: true}}}}\n")
PYTHON
: >"$work/rates"
for campaign in $(seq 0 $((campaigns - 1))); do
    "$sgs" campaign add "c$campaign" --folder "$work/campaigns" --quiet "${in[@]}" >/dev/null
    "$sgs" campaign approve "c$campaign" --reason measure --json "${in[@]}" |
        python3 -c 'import json,sys; a=json.load(sys.stdin); print(a["defined"], a["seconds"])' \
            >>"$work/rates"
done
sql 'VACUUM ANALYZE' >/dev/null
"$sgs" campaign sweep --quiet "${in[@]}" >/dev/null
unchanged=$(seconds "$sgs" campaign sweep "${in[@]}")
whole=$(seconds "$sgs" campaign sweep --everything "${in[@]}")
# The first jobs of 1,000 tasks end, of all campaigns alike.
sql "UPDATE sgs.processing_order o SET state = 'EXECUTING', runner = 'r', taken = 1, taken_at = now()
    FROM (SELECT campaign_task FROM sgs.campaign_task WHERE place % 2 = 1 AND state = 'running'
        AND name <> 'observation' ORDER BY place, campaign LIMIT 1000) t
    WHERE o.campaign_task = t.campaign_task AND o.lane <> 0;
    UPDATE sgs.processing_order SET state = 'COMPLETED' WHERE lane <> 0 AND state = 'EXECUTING'" >/dev/null
changed=$(seconds "$sgs" campaign sweep --json "${in[@]}")
fired=$(python3 -c 'import json,sys; a=json.load(open(sys.argv[1])); print(len({f["task"] for f in a["firings"]}), len(a["firings"]), a["jobs"]["defined"])' "$work/answer")
again=$(seconds "$sgs" campaign sweep "${in[@]}")
"$sgs" serve "${in[@]}" --port 0 --json >"$work/served" 2>/dev/null &
server=$!
for _ in $(seq 100); do grep -q http "$work/served" && break || sleep 0.1; done
address=$(grep -o 'http://[0-9.:]*' "$work/served" | head -1)
for page in /campaigns /campaigns/c0 /campaigns/daily /v1/campaigns/c0; do
    curl --silent --show-error --fail --output /dev/null "$address$page"
    curl --silent --show-error --fail --output /dev/null --write-out "$page %{time_total}\n" "$address$page"
done >"$work/pages"
kill "$server"
counts=$(sql "SELECT (SELECT count(*) FROM sgs.campaign) - 1, (SELECT count(*) FROM sgs.campaign_task) - 2,
    (SELECT count(*) FROM sgs.campaign_job)")
python3 - "$work/rates" "$counts" "$unchanged" "$whole" "$changed" "$fired" "$again" "$work/pages" >"$here/RESULTS.md.part" <<'PYTHON'
import os, sys
rates, counts, unchanged, whole, changed, fired, again, pages = sys.argv[1:]
pairs = [tuple(map(float, line.split())) for line in open(rates, encoding="ascii")]
jobs, seconds = sum(p[0] for p in pairs), sum(p[1] for p in pairs)
campaigns, tasks, all_jobs = (int(n) for n in counts.split("|"))
touched, firings, defined = (int(n) for n in fired.split())
print("# Campaigns in the catalogue\n")
print(f"{campaigns:,} campaigns, {tasks:,} tasks, {all_jobs:,} jobs; {os.cpu_count()} cores, load"
      f" {os.getloadavg()[0]:.1f} at the end. Times are those of whole commands, of which a start takes a part.\n")
print("| what | measured | asked |\n|---|---|---|")
print(f"| a sweep in which nothing changed | {float(unchanged):.2f} s | 1 s |")
print(f"| the same with `--everything` | {float(whole):.2f} s | |")
print(f"| a sweep after the jobs of 1,000 tasks ended: {touched:,} tasks changed, {firings:,} rules fired,"
      f" {defined:,} orders made | {float(changed):.2f} s | 5 s |")
print(f"| the next one | {float(again):.2f} s | 1 s |")
for line in open(pages, encoding="ascii"):
    page, time = line.split()
    print(f"| the page `{page}` | {float(time):.2f} s | 0.2 s |")
print(f"| jobs defined a second, {jobs:,.0f} of them at approval | {jobs / seconds:,.0f} | 1,000 |")
PYTHON
mv "$here/RESULTS.md.part" "$here/RESULTS.md"
cat "$here/RESULTS.md"
