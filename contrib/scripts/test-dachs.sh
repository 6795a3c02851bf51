#!/bin/bash
# Serves the catalogue's views by GAVO DaCHS and asks for them as others would: STILTS's validator
# of TAP and ObsLocTAP services, and pyvo.
#
#   test-dachs.sh [FOLDER OF THE PROGRAMS]
#
# Everything happens on 127.0.0.1, in a temporary folder and in a private catalogue there, which
# are removed at the end. Status 1 if a check failed.
set -euo pipefail
cd "$(dirname "$0")/../.."

bin=$(realpath "${1:-$(swift build -c release --show-bin-path)}")
[ -x "$bin/sgs" ] || { echo "test-dachs: $bin/sgs is missing; build first" >&2; exit 69; }
. contrib/scripts/private-catalogue.sh "$bin/sgs" dachs

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# What taplint found: nothing that is an error or a failure, and all columns of ObsLocTAP.
check_taplint() {
    stilts taplint tapurl="$url" >"$work/taplint" || true
    grep '^[EF]-' "$work/taplint" && return 1
    grep -q '^S-LOC-PCLS-[0-9]* ivoa.obsplan columns: 26/26 required' "$work/taplint" &&
        grep -q '^Totals: Errors: 0;.* Failures: 0$' "$work/taplint"
}

python=$(contrib/scripts/validators/python.sh)
"$bin/sgs" catalogue start --directory "$work/catalogue" >/dev/null
for case in euclid-2027q1 vast-2023q3; do
    "$bin/sgs" plan "surveys/$case" --effort quick --output "$work/$case" >/dev/null
    "$bin/sgs" publish "$work/$case" --directory "$work/catalogue" --approve --comment "test" >/dev/null
done
port=$(free_port)
url=http://127.0.0.1:$port/tap
SGS=$bin/sgs contrib/dachs/setup.sh "$work/catalogue" "$work/dachs" "$port"
contrib/dachs/serve.sh "$work/dachs" >"$work/server.log" 2>&1 &
server=$!
curl -sf --retry 60 --retry-delay 1 --retry-all-errors -o /dev/null "$url/availability"

status=0
"$python" contrib/scripts/validators/tap.py "$url" "$work/euclid-2027q1" "$work/vast-2023q3" || status=1
check_taplint || { echo "taplint found faults; see above" >&2; status=1; }
grep '^S-\|^Totals' "$work/taplint"
exit "$status"
