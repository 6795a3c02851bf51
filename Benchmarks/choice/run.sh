#!/bin/sh
# Simulates the choice of payloads for pilots on the LCG-2005 log and writes RESULTS.md and
# choice.svg beside this script: Benchmarks/choice/run.sh LOG [FOLDER]
#
# LOG is LCG-2005.swf.gz of the Parallel Workloads Archive
# (https://www.cs.huji.ac.il/labs/parallel/workload/l_lcg/), 2.3 MB, also in
# https://github.com/manoelcampos/cloudsimplus as src/test/resources/LCG.swf.gz. It is free to use;
# acknowledge Hui Li and the e-Science Group of HEP at Imperial College London.
# FOLDER gets the raw answers; a temporary folder by default, which is removed. It takes about
# twenty minutes.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
test $# -ge 1 || { sed -n '2,10p' "$0" | cut -c3- >&2; exit 64; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
raw=${2:-$work/raw}
mkdir -p "$raw"
case $1 in
*.gz) gzip -dc "$1" > "$work/log.swf" ;;
*) cp "$1" "$work/log.swf" ;;
esac
cd "$here/../.."
program=${SIMULATION:-}
if [ -z "$program" ]; then
    swift build -c release --product choice-simulation
    program=$(swift build -c release --show-bin-path)/choice-simulation
fi

# NAME ARGUMENT...: one simulation.
simulate() {
    name=$1
    shift
    "$program" "$work/log.swf" "$@" > "$raw/$name.json"
    echo "$name done"
}

for seed in 1 2 3; do
    some="--pilots 146 --seed $seed"
    for policy in fcfs easy rank fitness; do simulate "$policy-$seed" --policy "$policy" $some; done
    simulate "reserve-$seed" --policy fitness --reserve $some
    simulate "starving-$seed" --policy fitness --starving 50 $some
done
# Seeds that the defaults were not chosen by.
for seed in 4 5; do
    some="--pilots 146 --seed $seed"
    simulate "easy-$seed" --policy easy $some
    simulate "starving-$seed" --policy fitness --starving 50 $some
done
# A thousand pilots: the log's arrivals 6.8 times as close.
many="--density 6.8 --pilots 1000 --queued 500 --per-pass 100"
simulate many-easy --policy easy $many
simulate many-starving --policy fitness --starving 50 $many
python3 "$here/table.py" "$raw" "$here"
