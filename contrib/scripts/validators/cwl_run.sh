#!/bin/bash
# As `sdc-runner cwl [--outdir=DIR] [--quiet] TOOL [JOB]`, but the document is a run of the runner
# that serves SDC-CWL on SGS_CWL_STATE: prints what the run keeps as its output object.
set -euo pipefail
[ "$1" = cwl ] && shift
outdir=$PWD
files=()
while [ $# -gt 0 ]; do
    case $1 in
    --outdir=*) outdir=${1#*=} ;;
    --outdir) outdir=$2 && shift ;;
    --*) ;;
    *) files+=("$1") ;;
    esac
    shift
done
where=(--sdc SDC-CWL --state "$SGS_CWL_STATE/state" --storage "$SGS_CWL_STATE/storage")
status=0
run=$("$SGS_CWL_RUNNER" submit "${files[0]}" ${files[1]+--job "${files[1]}"} --outdir "$outdir" \
    "${where[@]}" --wait --json | sed -n 's/.*"run" : "\(.*\)",/\1/p') || status=$?
if [ "$status" -ne 0 ]; then
    [ -z "$run" ] || "$SGS_CWL_RUNNER" run show "$run" "${where[@]:2}" >&2
    exit "$status"
fi
cat "$SGS_CWL_STATE/storage/SDC-CWL/.runs/$run/outputs.json"
