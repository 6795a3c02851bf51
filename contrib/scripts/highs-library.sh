#!/bin/bash
# Prints the path of HiGHS's shared library, or nothing where there is none: what
# SGS_HIGHS_LIBRARY names, or that of the highspy package which `setup.sh test` installed, or that
# of python3's own.
set -euo pipefail
cd "$(dirname "$0")/../.."

if [ -n "${SGS_HIGHS_LIBRARY:-}" ]; then
    echo "$SGS_HIGHS_LIBRARY"
    exit
fi
find_package='
import importlib.util
package = importlib.util.find_spec("highspy")
print(package.submodule_search_locations[0] if package else "")'
for python in .state/python/bin/python3 python3; do
    folder=$("$python" -c "$find_package" 2>/dev/null) || continue
    if [ -e "$folder/libhighs.so.1" ]; then
        echo "$folder/libhighs.so.1"
        exit
    fi
done
