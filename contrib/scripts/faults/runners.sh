# Runners: killed, stopped and started twice in the middle of real orders.

start_catalogue || return
clear_catalogue
"$sgs" plan surveys/euclid-2027q1 --effort quick --output "$work/seed-1" >/dev/null 2>&1
expect "a plan with orders" 0 'published' -- "$sgs" publish "${now[@]}" "$work/seed-1" --database "$database"
clock=2027-01-07T00:00:00Z
storage=$work/storage
runner=("$bin/sdc-runner" --database "$database" --clock "$clock" --sdcs sdcs
    --pipelines contrib/pipelines --storage "$storage" --state "$work/runners" --slots 2)

# The SDC with the most orders that are due.
sdc=$(sql "SELECT sdc FROM sgs.processing_order WHERE release <= '$clock'
    GROUP BY sdc ORDER BY count(*) DESC, sdc LIMIT 1")

# count CONDITION: orders of $sdc with it.
count() { sql "SELECT count(*) FROM sgs.processing_order WHERE sdc = '$sdc' AND $1"; }
# under_way N: whether $sdc has completed N orders and executes others.
under_way() {
    (($(count "state = 'COMPLETED'") >= $1 && $(count "state = 'EXECUTING'") > 0))
}
start_runner() {
    "${runner[@]}" --sdc "$sdc" --until-idle >"$work/runner.out" 2>"$work/runner.err" &
    served=$!
}
# end_runner [SIGNAL]: waits for its end.
end_runner() {
    ended "$served" "${1:-}"
    cat "$work/runner.err" "$work/runner.out" >"$work/said"
}

due=$(count "release <= '$clock'")
for killed in 1 2 3; do
    start_runner
    wait_for 30 under_way "$killed" || fails "a runner to kill" "it never completed $killed orders"
    end_runner 9
    equal "a runner killed with -9, time $killed" "$status" 137 "exit 137 with $(count \
        "state = 'COMPLETED'") completed, $(count "state = 'EXECUTING'") executing of $due due"
done

start_runner
wait_for 30 under_way 4
expect "a second runner of an SDC" 75 "another runner serves $sdc" -- \
    "${runner[@]}" --sdc "$sdc" --until-idle
end_runner TERM
judge "a runner asked to end by TERM" 0 "$sdc:" ' 0 unfinished'
equal "a runner asked to end by TERM, executing" "$(count "state = 'EXECUTING'")" 0 "none is executing"

# All SDCs to the end.
failures=0
runners=()
for each in sdcs/*.yaml; do
    each=$(basename "$each" .yaml)
    "${runner[@]}" --sdc "$each" --until-idle >"$work/$each.out" 2>"$work/$each.err" &
    runners+=("$!")
done
for pid in "${runners[@]}"; do wait "$pid" || failures=$((failures + 1)); done
equal "nine runners to the end" "$failures" 0 "exit 0 each; $(cat "$work/$sdc.out")"

orders=$(sql "SELECT count(*) FROM sgs.processing_order WHERE release <= '$clock'")
equal "due orders" "$(sql "SELECT count(*) FROM sgs.processing_order
    WHERE release <= '$clock' AND state = 'COMPLETED' AND taken = 1")" "$orders" \
    "all $orders COMPLETED, taken once"
equal "orders that were not due" "$(sql "SELECT count(*) FROM sgs.processing_order
    WHERE release > '$clock' AND state <> 'ALLOCATED'")" 0 "none was touched"
equal "reports" "$(sql "SELECT count(*) || ' ' || count(DISTINCT processing_order)
    FROM sgs.order_report WHERE event = 'complete'")" "$orders $orders" "one for each order"
equal "steps that ended well" "$(sql "SELECT count(*) FROM (SELECT FROM sgs.step_run
    WHERE exit_code = 0 GROUP BY order_report, name HAVING count(*) > 1) twice")" 0 \
    "$(sql 'SELECT count(*) FROM sgs.step_run WHERE exit_code = 0'), none of them twice"
equal "products" "$(sql 'SELECT count(*) || $$ $$ || count(DISTINCT (survey, name)) FROM sgs.product')" \
    "$((2 * orders)) $((2 * orders))" "$((2 * orders)), two of each order, each once"
sql "SELECT p.sha256 || '  ' || l.sdc || '/' || p.survey || '/' || p.name
    FROM sgs.product p JOIN sgs.product_location l USING (product)" >"$work/sums"
equal "places of products" "$(wc -l <"$work/sums")" $((4 * orders)) \
    "$((4 * orders)), at the primary and the secondary SDC each"
if (cd "$storage" && sha256sum --quiet -c "$work/sums") >"$work/said" 2>&1; then
    ok "files at the SDCs" "$(wc -l <"$work/sums") with the catalogue's SHA-256"
else
    fails "files at the SDCs" "$(said)"
fi
equal "files on their way" "$(find "$storage" -path '*/.incoming/*' -type f | wc -l)" 0 "none are left"
