#!/bin/bash
# A run's provenance in PROV-JSON against another program, the Python package `prov`: it is read,
# written again as PROV-JSON and read as the same document, and printed in PROV-N.
#
#   validate-prov.sh [FILE]
#
# Without FILE, the sample of the tests (`swift build --build-tests` first).
set -euo pipefail
cd "$(dirname "$0")/../.."
python=.state/python/bin/python3
mkdir -p .state
if ! "$python" -c 'import prov' 2>/dev/null; then
    [ -x "$python" ] || /usr/bin/python3 -m venv .state/python
    "$python" -m pip install -q --disable-pip-version-check prov==3.2.3
fi
file=${1:-}
if [ -z "$file" ]; then
    file=$PWD/.state/prov.json
    rm -f "$file"
    SGS_PROV_FILE=$file swift test --skip-build --filter ProvenanceTests >/dev/null 2>&1
fi
"$python" - "$file" <<'PYTHON'
import sys
from prov.model import ProvActivity, ProvDocument, ProvEntity

with open(sys.argv[1]) as file:
    document = ProvDocument.deserialize(file, format="json")
again = ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
if document != again:
    sys.exit("prov: written again it is another document")
print(document.get_provn())
entities = len(list(document.get_records(ProvEntity)))
activities = len(list(document.get_records(ProvActivity)))
if not entities or not activities:
    sys.exit("prov: no entities or no activities")
print(f"prov: {entities} entities, {activities} activities, {len(list(document.get_records()))} records")
PYTHON
