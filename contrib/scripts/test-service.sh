#!/bin/bash
# Runs `sgs serve` on a temporary catalogue and has it judged by programs of others: pyvo, astropy,
# mocpy, STILTS's votlint, schemathesis and wrk, also behind nginx; runs the examples of its help
# page, also in Aladin; then attacks it.
#
#   test-service.sh [FOLDER OF THE PROGRAMS [ANSWERS]]
#
# ANSWERS (1,000,000) is how many it gives while its memory is watched.
#
# Everything happens on 127.0.0.1, in a temporary folder and in a private catalogue there, which
# are removed at the end. Status 1 if a check failed.
set -euo pipefail
cd "$(dirname "$0")/../.."

bin=$(realpath "${1:-$(swift build -c release --show-bin-path)}")
answers=${2:-1000000}
[ -x "$bin/sgs" ] || { echo "test-service: $bin/sgs is missing; build first" >&2; exit 69; }
for program in stilts wrk nginx; do
    PATH=$PATH:/usr/sbin command -v "$program" >/dev/null || {
        echo "test-service: $program is missing; apt-get install ${program/nginx/nginx-light}" >&2
        exit 69
    }
done
scripts=contrib/scripts/validators
. contrib/scripts/private-catalogue.sh "$bin/sgs" service

publish() {
    "$bin/sgs" plan "surveys/$1" --effort quick --output "$work/$1" >/dev/null
    "$bin/sgs" publish "$work/$1" --directory "$work/catalogue" --approve --comment "test" >/dev/null
}

status=0
part() {
    echo "-- $1"
    shift
    "$@" || { status=1; echo "FAIL $1"; }
}

# Every VOTable that the service wrote is valid.
lint_tables() {
    local file found=0
    for file in "$work"/files/*.vot; do
        stilts votlint votable="$file" >"$work/lint" 2>&1 || found=1
        if [ -s "$work/lint" ]; then echo "${file##*/}:" && cat "$work/lint" && found=1; fi
    done
    return "$found"
}

fuzz() {
    (cd "$work" && "${python%/*}/schemathesis" run "$base/openapi.json" --checks all \
        --max-time 60 --exclude-path-regex '/events$' --no-color --seed 1) >"$work/fuzz" 2>&1 &&
        tail -20 "$work/fuzz" || { cat "$work/fuzz"; return 1; }
}

# 64 connections that ask for the owners of tiles' centres: no answer but 200, no growing memory.
load() {
    awk -F, '$1 == "tile" { print $6 "," $7 }' "$work/euclid-2027q1/assignments.csv" >"$work/centres"
    CENTRES=$work/centres "$scripts/memory.sh" "$base" "$server" "$answers"
}

# Owners are asked for all the time, in the background.
begin_load() {
    CENTRES=$work/centres wrk -t 1 -c 32 -d "$1" -s "$scripts/owner.lua" "$base" >"$work/wrk" &
    load=$!
}

# The database restarted under load: owners are answered as ever; what needs the database is not,
# until it is back, and then again.
restart_database() {
    local tile
    tile=$(awk -F, '$1 == "tile" { print $2; exit }' "$work/euclid-2027q1/assignments.csv")
    begin_load 15
    while kill -0 "$load" 2>/dev/null; do
        curl -s -o /dev/null -m 20 -w '%{http_code}\n' "$base/v1/tiles/$tile/history?survey=euclid"
    done >"$work/statuses" &
    local asked=$!
    until [ "$(wc -l <"$work/statuses")" -ge 20 ]; do sleep 0.05; done
    "$bin/sgs" catalogue stop --directory "$work/catalogue" 2>/dev/null
    until grep -q 503 "$work/statuses"; do sleep 0.05; done
    "$bin/sgs" catalogue start --directory "$work/catalogue" >/dev/null 2>&1
    wait "$load" && wait "$asked"
    until curl -sf "$base/readyz" >/dev/null; do sleep 0.1; done
    sort "$work/statuses" | uniq -c
    grep 'requests in' "$work/wrk"
    ! grep 'Socket errors\|Non-2xx' "$work/wrk" && ! grep -v '^200$\|^503$' "$work/statuses" &&
        [ "$(tail -1 "$work/statuses")" = 200 ]
}

# Asked to stop under load, it finishes what is under way and ends well.
stop_under_load() {
    begin_load 10
    local first
    answered() { curl -s "$base/metrics" | awk '/^sgs_http_request_duration_seconds_count/ { print $2 }'; }
    first=$(answered)
    until [ "$(answered)" -gt $((first + 1000)) ]; do sleep 0.05; done
    kill -TERM "$server" && wait "$server" || { echo "exit status $?"; server= && return 1; }
    server=
    wait "$load"
    ! grep 'Non-2xx' "$work/wrk"
}

python=$("$scripts/python.sh")
"$bin/sgs" catalogue start --directory "$work/catalogue" >/dev/null
publish euclid-2027q1
"$bin/sgs" serve --directory "$work/catalogue" --port 0 2>"$work/server.log" &
server=$!
until grep -q 'listening on' "$work/server.log"; do
    kill -0 "$server" || { cat "$work/server.log" >&2; exit 1; }
    sleep 0.1
done
base=$(grep -o 'http://[0-9.:]*' "$work/server.log" | head -1)
until curl -sf "$base/readyz" >/dev/null; do sleep 0.1; done
mkdir "$work/files"

# First, while the process has nothing else in memory: its limit is one in all.
part "answers that nobody reads" \
    "$python" "$scripts/unread.py" 127.0.0.1 "${base##*:}" "$server" euclid

# The interface's description takes a catalogue of one survey for granted: with more, the survey
# has to be named.
part "schemathesis" fuzz
publish vast-2023q3
until curl -sf "$base/v1/distributions?survey=vast&format=csv" | grep -q '^vast'; do sleep 0.1; done
for case in euclid-2027q1 vast-2023q3; do
    part "pyvo, astropy and mocpy: $case" \
        "$python" -W ignore "$scripts/service.py" "$base" "$work/$case" "$work/files"
    part "votlint: $case" lint_tables
done
part "the help page's examples: curl, pyvo, STILTS, Aladin" "$python" "$scripts/help.py" "$base"
part "nginx" "$python" "$scripts/proxy.py" "$base" "$work/nginx"
part "wrk" load
part "attacks" "$python" "$scripts/attacks.py" 127.0.0.1 "${base##*:}" 10000
part "the database restarted under load" restart_database
part "the server runs on" kill -0 "$server"
part "stopped under load" stop_under_load
grep -v 'listening on' "$work/server.log" | sort | uniq -c | head -20
exit "$status"
