#!/bin/bash
# The sample run through a batch system: a private Slurm on this machine, with virtual nodes, runs
# the orders of two SDCs, SDC-CH's payloads as jobs and SDC-DE's in pilots. The other SDCs use this
# machine. All that it makes is in .state/slurm, which is made anew each time; Slurm ends with it.
set -euo pipefail
cd "$(dirname "$0")/../.."

state=.state/slurm
engine=$state/engine
bin=$(swift build -c release --show-bin-path)
"$bin/sgs" catalogue stop --directory "$state/catalogue" >/dev/null 2>&1 || true
contrib/scripts/slurm.sh stop "$engine"
rm -rf "$state"
mkdir -p "$state"
cp -r sdcs "$state/sdcs"

# Says in an SDC's description how its batch system is used.
use_slurm() {
    sed -i '/^batch:/d' "$state/sdcs/$1.yaml"
    { echo "batch: slurm"; cat; } >>"$state/sdcs/$1.yaml"
}
use_slurm SDC-CH <<'Y'
site:
  batch:
    mode: direct
    max_jobs: 8
    interval: 2
    file_delay: 5
Y
use_slurm SDC-DE <<'Y'
site:
  batch:
    mode: pilots
    interval: 2
    file_delay: 5
    pilots:
      idle: 20
      classes:
        light: {cores: 2, memory: 2048, walltime: 1800, max_instances: 4}
Y

contrib/scripts/slurm.sh start "$engine" 4 4 >"$state/slurm.log" 2>&1
trap 'contrib/scripts/slurm.sh stop "$engine"' EXIT
. "$engine/env.sh"
printf '%-10s %s\n' slurm "$(sinfo --noheader --partition=main --format='%D nodes, %C cores (allocated/idle/other/total)')"
# One line for each time that what is there changes.
watch() {
    local line last=""
    while sleep 1; do
        line=$(squeue --noheader --array --format='%j %T' 2>/dev/null |
            awk '{ kind = $1 ~ /pilot/ ? "pilots" : "jobs"; count[kind " " tolower($2)]++ }
                 END { for (what in count) print count[what], what }' | sort -k2 | paste -sd, | sed 's/,/, /g')
        [ "$line" = "$last" ] || printf '%-10s %s\n' slurm "${line:-nothing in the queue}"
        last=$line
    done
}
watch &
watching=$!
trap 'kill $watching 2>/dev/null || true; contrib/scripts/slurm.sh stop "$engine"' EXIT
contrib/scripts/run.sh --state "$state" --sdcs "$state/sdcs" "$@"
