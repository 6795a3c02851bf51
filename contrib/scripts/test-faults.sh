#!/bin/bash
# Provokes faults on the built programs: checks each exit status and message, and that neither
# files nor the catalogue are left half written.
#
#   test-faults.sh [FOLDER OF THE PROGRAMS] [PART...]
#
# The parts are input, kinds, planning, writing, catalogue, publishing, life, runners, campaign
# and pages; all of them by default.
# Everything happens in a temporary folder and in a private catalogue there; both are removed
# at the end.  Prints a line for each check; status 1 if one failed.
set -uo pipefail
cd "$(dirname "$0")/../.."

if [ -x "${1:-}/sgs" ]; then bin=$(realpath "$1") && shift; else
    bin=$(swift build -c release --show-bin-path)
fi
for program in sgs sdc-runner sample-step sdc-payload; do
    [ -x "$bin/$program" ] || { echo "test-faults: $bin/$program is missing; build first" >&2; exit 69; }
done
unset "${!PG@}"
sgs=$bin/sgs
scripts=contrib/scripts/faults
parts=("$@")
((${#parts[@]})) || parts=(input kinds planning writing catalogue publishing life runners
    campaign pages)
for part in "${parts[@]}"; do
    [ -f "$scripts/$part.sh" ] || { echo "test-faults: there is no part $part" >&2; exit 64; }
done

work=$(mktemp -d "${TMPDIR:-/tmp}/sgs-faults.XXXXXX")
chmod 711 "$work"       # the database's user has to enter it
catalogue=$work/catalogue
source "$scripts/checks.sh"
source "$scripts/cases.sh"
source "$scripts/database.sh"

mounted=                # the small file system, while it is mounted
clean_up() {
    for child in $(jobs -pr); do kill -9 "$child" 2>/dev/null; done
    [ -d "$catalogue" ] && "$sgs" catalogue stop --directory "$catalogue" 2>/dev/null
    [ -n "$mounted" ] && as_root umount "$mounted"
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

for part in "${parts[@]}"; do
    source "$scripts/$part.sh"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
