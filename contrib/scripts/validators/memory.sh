#!/bin/bash
# Asks a service for owners until it has given many answers, and looks at its memory meanwhile.
#
#   memory.sh URL PID ANSWERS       (CENTRES, SURVEY and AT as owner.lua wants them)
#
# One line for each round of 20 s with 64 connections: answers so far, answers a second, the 99th
# percentile, resident memory. Status 1 where an answer was not 200, or where the memory at the end
# is more than a tenth above that after the first quarter.
set -euo pipefail
base=$1 server=$2 wanted=$3
here=$(dirname "$0")
resident() { awk '/^VmRSS/ { print $2 }' "/proc/$server/status"; }

answers=0 early=0
echo "resident at first  $(resident) kB; load $(cut -d' ' -f1 /proc/loadavg)"
while ((answers < wanted)); do
    said=$(wrk -t 2 -c 64 -d 20 --latency -s "$here/owner.lua" "$base")
    if grep -q 'Socket errors\|Non-2xx' <<<"$said"; then
        echo "$said"
        exit 1
    fi
    answers=$((answers + $(awk '/requests in/ { print $1 }' <<<"$said")))
    resident=$(resident)
    if ((early == 0 && answers * 4 >= wanted)); then early=$resident; fi
    echo "$answers answers  $(awk '/Requests.sec/ { print $2 }' <<<"$said") a second" \
        " 99% within $(awk '$1 == "99%" { print $2 }' <<<"$said")  resident $resident kB"
done
((resident * 10 <= early * 11)) || { echo "the memory grew from $early to $resident kB"; exit 1; }
