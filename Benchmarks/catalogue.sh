#!/bin/bash
# Size and speed of the catalogue and its service with a whole mission: 45,000 observations, 62,000
# tiles and 24 published revisions, in a private cluster that is removed at the end.
#
#   catalogue.sh [REVISIONS [ANSWERS]]
#
# Shows the seconds of each publication (reading the plan included), the database's size, the
# plans and 99th percentiles of the three point queries, 200 readers at the time of a publication,
# each of whose looks has to be of one distribution, and how fast and in how much memory the service
# starts and gives a million answers. Beside each publication stands the machine's load before it.
set -euo pipefail
cd "$(dirname "$0")/.."
revisions=${1:-24} answers=${2:-1000000}
sgs=$(swift build -c release --show-bin-path)/sgs
pgbench=$(ls -d /usr/lib/postgresql/*/bin/pgbench | tail -1)
. contrib/scripts/private-catalogue.sh "$sgs" bench
database=$("$sgs" catalogue start --directory "$work/catalogue" 2>/dev/null)
sql() { "$sgs" catalogue psql --database "$database" -- -XAtqc "$1"; }
publish() {
    python3 Benchmarks/catalogue-plan.py "$1" "$work/plan.json"
    local load=$(cut -d' ' -f1 /proc/loadavg)
    /usr/bin/time -f "revision %%s  %e s  %M kB  load $load" -o "$work/time" \
        "$sgs" publish "$work/plan.json" --database "$database" --approve \
        --comment "revision $1" >"$work/out"
    printf "$(cat "$work/time")\n" "$1"
}

for revision in $(seq "$revisions"); do publish "$revision"; done
sed 's/^/  /' "$work/out"
echo "size       $(sql "SELECT pg_size_pretty(pg_database_size(current_database()))")," \
    "$(sql 'SELECT count(*) FROM sgs.assignment') assignments," \
    "$(sql 'SELECT count(*) FROM sgs.distribution') distributions"
sql "SELECT '  ' || relname || ' ' || pg_size_pretty(pg_total_relation_size(oid)) FROM pg_class
    WHERE relnamespace = 'sgs'::regnamespace AND relkind = 'r'
    ORDER BY pg_total_relation_size(oid) DESC LIMIT 6"

valid="valid_from <= '2028-05-01' AND (valid_until > '2028-05-01' OR valid_until IS NULL)"
answer="SELECT primary_sdc, secondary_sdc, plan, revision FROM"
tile="$answer sgs.tile_ownership WHERE survey = 'mission' AND tile = (100000000 + :tile)::text AND $valid"
observation="$answer sgs.observation_ownership WHERE survey = 'mission' AND observation = (1 + :observation)::text AND $valid"
position="$answer sgs.tile_ownership WHERE survey = 'mission' AND $valid
    AND box(point(west, south), point(east, north)) @> box(point(:ra, :dec), point(:ra, :dec))"
position=$(tr '\n' ' ' <<<"$position")
for query in tile observation position; do
    {
        echo '\set tile random(0, 61999)'
        echo '\set observation random(0, 44999)'
        echo '\set ra random(1, 359999) / 1000.0'
        echo '\set dec random(-24000, 15000) / 1000.0'
        echo "${!query};"
    } >"$work/$query.sql"
    text=${!query}
    text=${text//:tile/31000}; text=${text//:observation/22000}; text=${text//:ra/123.4}
    echo "== $query"
    sql "EXPLAIN (ANALYZE, COSTS OFF, BUFFERS) ${text//:dec/-3.2}"
    (cd "$work" && "$pgbench" -n -M prepared -t 20000 -l -f "$query.sql" "$database" >/dev/null 2>&1)
    cat "$work"/pgbench_log.* | awk '{ print $3 }' | sort -n |
        awk '{ all[NR] = $1 } END { printf "%d answers: median %.3f ms, 99%% within %.3f ms\n", NR,
            all[int(NR / 2)] / 1000, all[int(NR * 0.99)] / 1000 }'
    rm -f "$work"/pgbench_log.*
done

echo '== 200 readers at the time of a publication'
cat >"$work/whole.sql" <<'SQL'
\set tile random(0, 61900)
SELECT 1 / (count(*) = 40 AND count(DISTINCT digest) = 1)::int FROM sgs.tile_ownership
WHERE survey = 'mission' AND tile IN (
    SELECT (100000000 + (:tile + 1543 * n) % 62000)::text FROM generate_series(1, 40) n);
SQL
"$pgbench" -n -c 200 -j 2 -T "${READING:-60}" -f "$work/whole.sql" "$database" \
    >"$work/readers" 2>&1 &
readers=$!
publish $((revisions + 1))
failed=0
wait "$readers" || failed=1
grep -E 'transactions actually|failed|aborted|latency average|tps' "$work/readers"
((failed == 0)) || { echo "a reader saw parts of two distributions" >&2; exit 1; }

echo '== the service'
start=$(date +%s%N)
"$sgs" serve --database "$database" --port 0 2>"$work/server.log" &
server=$!
until grep -q 'listening on' "$work/server.log"; do
    kill -0 "$server" || { cat "$work/server.log" >&2; exit 1; }
    sleep 0.05
done
base=$(grep -o 'http://[0-9.:]*' "$work/server.log" | head -1)
until curl -sf "$base/readyz" >/dev/null; do sleep 0.05; done
echo "ready after $((($(date +%s%N) - start) / 1000000)) ms"
sql "SELECT ra || ',' || dec FROM sgs.tile ORDER BY random()" >"$work/centres"
CENTRES=$work/centres SURVEY=mission AT=2028-05-01T00:00:00Z \
    contrib/scripts/validators/memory.sh "$base" "$server" "$answers"
