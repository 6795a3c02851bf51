# The life of a plan: nothing is published that was not approved, on a base that moved, or without
# a reason; and what was published can be taken back, moved away from an SDC, and kept in a file.

start_catalogue || return
clear_catalogue
for seed in 1 2 3; do
    "$sgs" plan surveys/euclid-2027q1 --effort quick --seed "$seed" --output "$work/life-$seed" \
        >/dev/null 2>&1
done
in=(--database "$database")
first=$work/life-1
second=$work/life-2
third=$work/life-3

expect "a publication without a comment" 64 '--comment' -- "$sgs" publish "$first" "${in[@]}"
expect "a publication with an empty comment" 64 'found an empty one' -- \
    "$sgs" publish "$first" --comment ' ' "${in[@]}"
expect "a plan that nobody approved" 1 'expected approved' -- \
    "$sgs" publish "$first" --comment first "${in[@]}"
expect "a proposal" 0 'checked' -- "$sgs" draft "$first" "${in[@]}"
expect "a proposal that is not approved" 1 'is checked, expected approved' -- \
    "$sgs" publish "$first" --comment first "${in[@]}"
expect "an approval" 0 'approved' -- "$sgs" approve "$first" --comment agreed "${in[@]}"
expect "a look at a publication" 0 'would be' '5877 new' -- \
    "$sgs" publish "$first" --comment first --dry-run "${in[@]}"
equal "a look at a publication, assignments" "$(sql 'SELECT count(*) FROM sgs.assignment')" 0
expect "an approved plan" 0 'revision 1' -- "$sgs" publish "$first" --comment first "${in[@]}"

for plan in "$second" "$third"; do
    "$sgs" draft "$plan" "${in[@]}" >/dev/null && "$sgs" approve "$plan" --comment ok "${in[@]}" >/dev/null
done
expect "the second plan" 0 'revision 2' -- "$sgs" publish "$second" --comment second "${in[@]}"
before=$(rows)
expect "a plan whose base moved" 5 'plan again' -- "$sgs" publish "$third" --comment third "${in[@]}"
equal "a plan whose base moved, rows" "$(rows)" "$before" "$before before and after"
expect "the log" 0 'revision 2' 'second' 'first' -- "$sgs" log "${in[@]}"
expect "the log of everything" 0 'approve' 'agreed' -- "$sgs" log --all "${in[@]}"

# A failover, looked at and done; then taken back.
owned() { sql "SELECT count(*) FROM sgs.assignment WHERE upper_inf(known) AND primary_sdc = 'SDC-FR'"; }
french=$(owned)
lost=(--sdc SDC-FR --from 2027-02-01 --to 2027-02-15)
expect "a look at a failover" 0 'items of SDC-FR' 'would be' -- \
    "$sgs" failover "${lost[@]}" --dry-run "${in[@]}"
moved=$(sed -nE 's/^failover +([0-9]+) items.*/\1/p' "$work/said")
equal "a look at a failover, items of SDC-FR" "$(owned)" "$french"
expect "a failover" 0 'revision 3' -- "$sgs" failover "${lost[@]}" "${in[@]}"
equal "a failover, items of SDC-FR" "$(owned)" $((french - moved))
equal "a failover, orders at SDC-FR" "$(sql "SELECT count(*) FROM sgs.processing_order
    WHERE sdc = 'SDC-FR' AND state = 'ALLOCATED'")" $((french - moved))
equal "a failover, halves" "$(halves)" 0 "no distribution or order is incomplete"
expect "a failover of an unknown SDC" 66 'no SDC SDC-XX' -- \
    "$sgs" failover --sdc SDC-XX "${in[@]}"
digest=$(sql "SELECT digest FROM sgs.distribution WHERE revision = 3")
expect "the failover withdrawn" 0 'revision 2 counts again' -- \
    "$sgs" withdraw "$digest" --comment "it is back" "${in[@]}"
equal "the failover withdrawn, items of SDC-FR" "$(owned)" "$french"
equal "the failover withdrawn, halves" "$(halves)" 0 "no distribution or order is incomplete"

expect "the failover made again" 0 'revision 4' -- "$sgs" failover "${lost[@]}" "${in[@]}"
expect "the same withdrawn by its revision" 0 'revision 2 counts again' -- \
    "$sgs" withdraw 4 --comment "it is back again" "${in[@]}"
expect "a superseded plan" 1 'only with --again' -- \
    "$sgs" publish "$first" --comment back "${in[@]}"
expect "a plan in force" 0 'unchanged' 'revision 2' -- \
    "$sgs" publish "$second" --comment back "${in[@]}"
expect "a superseded plan again" 0 'revision 5' -- \
    "$sgs" publish "$first" --comment back --again "${in[@]}"
expect "the plan in force beside its file" 0 -- \
    "$sgs" diff published "$first" --exit-code "${in[@]}"
expect "the same withdrawn" 0 'revision 2 counts again' -- \
    "$sgs" withdraw "$first" --comment "not again" "${in[@]}"

# A backup, brought into another database.
expect "a backup" 0 'backup' -- "$sgs" catalogue backup "$work/backup" "${in[@]}"
expect "a backup over a file" 73 'exists already' -- \
    "$sgs" catalogue backup "$work/backup" "${in[@]}"
expect "a restore over a catalogue" 1 'an empty database' -- \
    "$sgs" catalogue restore "$work/backup" "${in[@]}"
sql 'CREATE DATABASE restored' >/dev/null
expect "a restore" 0 'restored' -- "$sgs" catalogue restore "$work/backup" \
    --database "${database/\/\/\/sgs/\/\/\/restored}"
equal "a restore, rows" "$(database=${database/\/\/\/sgs/\/\/\/restored} rows)" "$(rows)" \
    "$(rows) in both"
expect "a restore of something else" 65 'is no backup' -- \
    "$sgs" catalogue restore "$first/plan.json" "${in[@]}"

expect "a password on a command line" 64 'PGPASSFILE' -- \
    "$sgs" owner --tile 1 --database 'postgresql://sgs:secret@127.0.0.1:9/sgs'

# A plan says what it was made from.
expect "a plan made from the published one" 0 -- "$sgs" plan surveys/euclid-2027q1 --effort quick \
    --base published --output "$work/life-4" "${in[@]}"
expect "its base withdrawn" 0 'revision 1 counts again' -- \
    "$sgs" withdraw "$second" --comment "not this one" "${in[@]}"
expect "a proposal whose own base moved" 5 'plan again' -- "$sgs" draft "$work/life-4" "${in[@]}"
expect "a publication whose own base moved" 5 'plan again' -- \
    "$sgs" publish "${now[@]}" "$work/life-4" "${in[@]}"
expect "the same, told to go from the newest" 0 'checked' -- \
    "$sgs" draft "$work/life-4" --base published "${in[@]}"
