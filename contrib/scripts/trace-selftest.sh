#!/bin/bash
# Writes the graphs of the self-test's Pipeline Script anew, as documents beside it.
#
#   trace-selftest.sh [FOLDER]
#
# FOLDER has the programs; those of the release build without it.
set -euo pipefail
cd "$(dirname "$0")/../.."
bin=${1:-$(swift build -c release --show-bin-path)}
folder=contrib/pipelines/selftest
for pipeline in features quarry mason; do
    "$bin/sdc-runner" graph $folder/selftest_pipelines.py --function selftest_$pipeline |
        /usr/bin/python3 -m json.tool --indent 2 >$folder/selftest_$pipeline.json.new
    mv $folder/selftest_$pipeline.json.new $folder/selftest_$pipeline.json
done
