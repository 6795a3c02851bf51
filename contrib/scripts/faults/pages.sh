# The pages of a runner: a log larger than memory that is read slowly, two operators at once, a runner
# killed and started again under an open page, a disk that is full.

site=(--sdc SDC-FR --state "$work/served/state" --storage "$work/served/storage")
mkdir -p "$work/served/orders"

# serve_pages [PORT]: starts a runner with its pages; sets $served and $address.
serve_pages() {
    "$bin/sdc-runner" serve "${site[@]}" --orders "$work/served/orders" --slots 4 \
        --http "127.0.0.1:${1:-0}" 2>"$work/served/log" &
    served=$!
    wait_for 30 grep -q ' port=' "$work/served/log" || { fails "a runner with pages" "$(cat "$work/served/log")"; return 1; }
    address=http://127.0.0.1:$(grep -o ' port=[0-9]*' "$work/served/log" | cut -d= -f2)
}
# graph NAME SCRIPT: a pipeline of one step, a line of shell.
graph() {
    printf '{"format": "sgs-graph/2", "name": "%s", "policy": {"attempts": 1}, "nodes": [{"id": "step",
        "kind": "exec", "executable": {"name": "step", "command": "/bin/sh", "arguments": ["-c", "%s", "sh"],
        "resources": {"cores": 1, "ram_MiB": 16, "walltime_s": 3600}}}]}' "$1" "$2" >"$work/served/$1.json"
}
submit() { "$bin/sdc-runner" submit "$work/served/$1.json" "${site[@]}" --force --quiet; }
# state RUN: the state that the page's data tell.
state() { curl -s --max-time 10 "$address/v1/runs/$1" | grep -o '"state": *"[A-Z_]*"' | head -1 | grep -o '[A-Z_]*"$' | tr -d '"'; }
is_in() { [ "$(state "$1")" = "$2" ]; }
resident() { awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$served/status"; }
# command_run RUN JSON: gives a command with the token; leaves the answer's status in $status.
command_run() {
    status=$(curl -s --max-time 30 -o "$work/said" -w '%{http_code}' -X POST "$address/v1/runs/$1/commands" \
        -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d "$2")
}

serve_pages || return
token=$("$bin/sdc-runner" token add anna "${site[@]:0:4}" | awk '{ print $NF }')
graph large 'truncate -s 10G /dev/stdout'
graph waits 'sleep 600'
submit large
wait_for 60 is_in 1 COMPLETED || fails "a log of 10 GB" "its run is $(state 1)"
before=$(resident)
readers=()
for _ in 1 2 3 4; do
    curl -sN --limit-rate 100k -o /dev/null "$address/v1/runs/1/jobs/step/log" &
    readers+=("$!")
done
curl -s --max-time 20 "$address/v1/runs/1/jobs/step/log" | head -c 300000000 >/dev/null
slowest=$(for page in / /runs /jobs /runs/1 /runs/1/jobs/step; do
    curl -s -o /dev/null -w '%{time_total}\n' "$address$page"
done | sort -n | tail -1)
after=$(resident)
if ((after - before < 64)); then
    ok "slow readers of a log of 10 GB" "$((after - before)) MiB more for four of them; the slowest page took $slowest s"
else fails "slow readers of a log of 10 GB" "$((after - before)) MiB more"; fi
kill "${readers[@]}" 2>/dev/null
wait "${readers[@]}" 2>/dev/null

# Two operators give the same command at once: one of them is told that the state has moved.
submit waits
wait_for 30 is_in 2 EXECUTING || fails "a run to steer" "it is $(state 2)"
for operator in 1 2; do
    curl -s -o "$work/said.$operator" -w '%{http_code}\n' -X POST "$address/v1/runs/2/commands" \
        -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
        -d '{"action": "hold", "reason": "by mistake"}' >"$work/code.$operator" &
    operators[operator]=$!
done
wait "${operators[@]}"
equal "two operators who hold a run at once" \
    "$(sort "$work/code.1" "$work/code.2" | tr '\n' ' ')" '200 409 ' \
    "one did, one was told: $(cat "$work"/said.[12] | grep -o '"detail": *"[^"]*"' | head -1)"
command_run 2 '{"action": "cancel", "if_state": "PENDING"}'
judge "an action of a page that is old" 409 PENDING
command_run 2 '{"action": "cancel"}'
wait_for 30 is_in 2 ABORTED || fails "a run that was held and cancelled" "it is $(state 2)"

# Killed under an open page: what was open ends, the same address serves the same run afterwards.
submit waits
wait_for 30 is_in 3 EXECUTING || fails "a run under an open page" "it is $(state 3)"
: >"$work/events"
curl -sN "$address/v1/events" >"$work/events" &
page=$!
wait_for 30 grep -q '^id:' "$work/events" || fails "events of an open page" "none came"
ended "$served" 9
ended "$page"
equal "a page open at a runner that is killed" "$((status == 0 || status == 18))" 1 "its stream ended, curl's status $status"
serve_pages "${address##*:}"
wait_for 60 is_in 3 EXECUTING
equal "its run, after the next start" "$(state 3)" EXECUTING
command_run 3 '{"action": "cancel", "reason": "enough"}'
judge "its token, after the next start" 200
ended "$served" TERM

# A disk that is full: nothing that was said to be done is lost.
small=$work/small-pages
mkdir -p "$small"
if as_root mount -t tmpfs -o size=12m,mode=777 tmpfs "$small"; then
    mounted=$small
    site=(--sdc SDC-FR --state "$small/state" --storage "$work/served/storage")
    serve_pages
    token=$("$bin/sdc-runner" token add anna "${site[@]:0:4}" | awk '{ print $NF }')
    submit waits
    wait_for 30 is_in 1 EXECUTING || fails "a run on a small disk" "it is $(state 1)"
    head -c 20m /dev/zero >"$small/filling" 2>/dev/null
    taken=0
    for try in $(seq 300); do
        command_run 1 "{\"action\": \"priority\", \"value\": $try}"
        [ "$status" = 200 ] || break
        taken=$try
    done
    refused=$status
    ended "$served"
    equal "commands with a full disk" "$status" 73 "$taken done, then the answer $refused, and the runner ended with 73"
    rm -f "$small/filling"
    serve_pages
    wait_for 30 is_in 1 EXECUTING || fails "a runner whose disk has room again" "its run is $(state 1)"
    found=$(curl -s "$address/v1/runs/1" | grep -o '"priority": *[0-9]*' | head -1 | grep -o '[0-9]*$')
    # The command that was refused may have been written down before its answer was.
    case $found in
    "$taken" | $((taken + 1))) ok "what was done before the disk was full" "priority $found" ;;
    *) fails "what was done before the disk was full" "priority ${found:-unknown}, expected $taken: $(cat "$work/served/log")" ;;
    esac
    command_run 1 '{"action": "cancel", "reason": "enough"}'
    ended "$served" TERM
    as_root umount "$small" && mounted=
else
    echo "skip a full disk under a runner's pages: cannot mount a small file system"
fi
