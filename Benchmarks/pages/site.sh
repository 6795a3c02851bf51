#!/bin/bash
# The pages of the ground segment with nine runners and the 107,000 orders of a whole mission:
# milliseconds of each page, median and most of 11. A third of the orders are done, some failed,
# nine in ten of the runners give signs.
#
#   Benchmarks/pages/site.sh [PROGRAM sgs]
set -euo pipefail
cd "$(dirname "$0")/../.."
sgs=$(realpath "${1:-$(swift build -c release --show-bin-path)/sgs}")
. contrib/scripts/private-catalogue.sh "$sgs" pages
database=$("$sgs" catalogue start --directory "$work/catalogue" 2>/dev/null)
sql() { "$sgs" catalogue psql --database "$database" -- -XAtqc "$1"; }
python3 Benchmarks/catalogue-plan.py 1 "$work/plan.json"
"$sgs" publish "$work/plan.json" --database "$database" --approve --comment first >/dev/null
sql "INSERT INTO sgs.runner (sdc, token, host, folder, process, since, last_sign, lease_seconds)
    SELECT sdc, 1, 'host', '/', 1, now(), now(), 60
    FROM (SELECT DISTINCT sdc FROM sgs.processing_order) s"
sql "UPDATE sgs.processing_order SET state = 'EXECUTING', runner = 'SDC', taken = 1,
        taken_at = clock_timestamp() WHERE processing_order % 3 = 0"
sql "UPDATE sgs.processing_order SET state = CASE WHEN processing_order % 99 = 0 THEN 'ERROR'
        ELSE 'COMPLETED' END WHERE state = 'EXECUTING' AND processing_order % 30 > 0"
sql "VACUUM ANALYZE sgs.processing_order"
"$sgs" serve --database "$database" --port 0 2>"$work/server.log" &
server=$!
until grep -q 'listening on' "$work/server.log"; do
    kill -0 "$server" || { cat "$work/server.log" >&2; exit 1; }
    sleep 0.05
done
base=$(grep -o 'http://[0-9.:]*' "$work/server.log" | head -1)
until curl -sf "$base/readyz" >/dev/null; do sleep 0.05; done
echo "$(sql 'SELECT count(*) FROM sgs.processing_order') orders, load $(cut -d' ' -f1-3 /proc/loadavg)"
order=$(sql "SELECT id FROM sgs.processing_order WHERE state = 'ERROR' ORDER BY 1 LIMIT 1")
tile=$(sql "SELECT id FROM sgs.item WHERE kind = 'tile' ORDER BY item LIMIT 1 OFFSET 31000")
for page in / /progress "/progress?state=ERROR" "/progress?late=yes" /actual /orders \
    "/orders?state=ERROR" "/orders?tile=$tile" "/orders/$order" /sdcs /sdcs/SDC-FR /tiles \
    "/tiles/$tile" /map /distributions /feed.atom /v1/progress; do
    curl -sf -o /dev/null "$base$page" || echo "no answer from $page" >&2
    for _ in $(seq 11); do curl -s -o /dev/null -w '%{time_total}\n' "$base$page"; done | sort -n |
        awk -v page="$page" '{ t[NR] = $1 * 1000 } END { printf "%7.1f %7.1f ms  %s\n", t[6], t[NR], page }'
done
awk '/VmRSS/ { printf "%7.0f MiB resident\n", $2 / 1024 }' "/proc/$server/status"
for _ in 1 2 3; do
    /usr/bin/time -f '%e s  sgs status --blocked' "$sgs" status --blocked --database "$database" \
        >/dev/null || true
done
