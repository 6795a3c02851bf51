#!/bin/bash
# Prints the path of a Python that has pyvo, astropy, mocpy and schemathesis, the outside programs
# that the catalogue's answers are tested with; installs them below .state/validators if needed.
set -euo pipefail
cd "$(dirname "$0")/../../.."

python=$PWD/.state/validators/bin/python3
packages=(astropy==8.0.2 mocpy==0.21.0 pyvo==1.9.1 schemathesis==4.32.5)
stamp=.state/validators/packages
if [ "$(cat "$stamp" 2>/dev/null)" != "${packages[*]}" ]; then
    mkdir -p .state
    { python3 -m venv .state/validators &&
        "$python" -m pip install -q --disable-pip-version-check "${packages[@]}"; } >&2
    echo "${packages[*]}" >"$stamp"
fi
echo "$python"
