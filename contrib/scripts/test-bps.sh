#!/bin/bash
# Rubin's real `bps` on a runner of its own, with pipelines of mock tasks: contrib/bps/tests.
#
#   test-bps.sh [PYTEST ARGUMENT...]
#
# SGS_BIN names the folder of sdc-runner and sdc-payload; by default that of the release build. All
# that it makes is in .state/bps, which is made anew each time; lsst's packages are in .state/bps-venv.
set -euo pipefail
cd "$(dirname "$0")/../.."

bin=$(realpath "${SGS_BIN:-$(swift build -c release --show-bin-path)}")
venv=$PWD/.state/bps-venv
state=$PWD/.state/bps
# Later versions of parsl do not know an argument that the plugin gives.
packages=(
    lsst-ctrl-bps==30.2026.300 lsst-ctrl-bps-parsl==30.2026.300 lsst-ctrl-mpexec==30.2026.500
    lsst-pipe-base==30.2026.500 parsl==2025.8.25 jsonschema==4.26.0 pytest==9.2.0
)
for program in sdc-runner sdc-payload; do
    [ -x "$bin/$program" ] || {
        echo "test-bps: $bin/$program is not there: swift build -c release" >&2
        exit 69
    }
done
mkdir -p .state
if [ "$(cat "$venv/packages" 2>/dev/null)" != "${packages[*]}" ]; then
    rm -rf "$venv"
    for python in python3.11 /usr/bin/python3; do
        "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break
    done
    "$python" -m venv "$venv"
    "$venv/bin/python" -m pip install -q --disable-pip-version-check "${packages[@]}"
    printf '%s' "${packages[*]}" >"$venv/packages"
fi

rm -rf "$state"
mkdir -p "$state/orders" "$state/pipelines" "$state/tests"
cp contrib/pipelines/observation.json "$state/pipelines"
place=(--sdc SDC-FR --state "$state/runners" --storage "$state/storage")
"$bin/sdc-runner" serve --orders "$state/orders" --pipelines "$state/pipelines" \
    "${place[@]}" --slots 2 --memory 4096 >"$state/runner.log" 2>&1 &
runner=$!
# What a test that failed has left is cancelled, its final payload too.
end() {
    local number
    for _ in 1 2; do
        "$bin/sdc-runner" run list --state-is PENDING,EXECUTING,HELD "${place[@]}" 2>/dev/null |
            awk 'NR > 1 { print $2 }' | while read -r number; do
            "$bin/sdc-runner" run cancel "$number" "${place[@]}" >/dev/null || true
        done
    done
    kill -TERM $runner 2>/dev/null || true
    wait $runner 2>/dev/null || true
}
trap end EXIT
for _ in $(seq 300); do
    "$bin/sdc-runner" ping "${place[@]}" >/dev/null 2>&1 && break
    kill -0 $runner 2>/dev/null || {
        cat "$state/runner.log" >&2
        exit 1
    }
    sleep 0.1
done

export PATH="$venv/bin:$PATH" CTRL_MPEXEC_DIR="$venv" DAF_BUTLER_DIR="$venv"
export PYTHONPATH="$PWD/contrib/bps/src:$PWD/contrib/bps/tests" PYTHONDONTWRITEBYTECODE=1
export BPS_WMS_SERVICE_CLASS=sgs_bps.SGSService
export SGS_BPS_RUNNER="$bin/sdc-runner" SGS_BPS_SDC=SDC-FR
export SGS_BPS_STATE="$state/runners" SGS_BPS_STORAGE="$state/storage"
export SGS_BPS_TEST_FOLDER="$state/tests"
export SGS_GRAPH_SCHEMA="$PWD/Sources/Workflows/Reading/sgs-graph-2.schema.json"
cd contrib/bps
python -m pytest -p no:cacheprovider -q "$@"
