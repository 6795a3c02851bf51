# The catalogue: not there, not reachable, and what it does not know.

start_catalogue || return
"$sgs" plan surveys/euclid-2027q1 --effort quick --output "$work/first" >/dev/null 2>&1
absent=(--database 'postgresql:///sgs?host=/nonexistent')
site=(--storage "$work/storage" --pipelines contrib/pipelines --state "$work/runners" --sdcs sdcs)
unreachable='connection to server on socket "/nonexistent/.s.PGSQL.5432" failed'

expect "no PostgreSQL, publish" 69 "$unreachable" -- "$sgs" publish "${now[@]}" "$work/first" "${absent[@]}"
expect "no PostgreSQL, owner" 69 "$unreachable" -- "$sgs" owner --tile 1 "${absent[@]}"
expect "no PostgreSQL, status" 69 "$unreachable" -- "$sgs" status "${absent[@]}"
expect "no PostgreSQL, sdc-runner" 69 "$unreachable" -- \
    "$bin/sdc-runner" --sdc SDC-FR "${absent[@]}" "${site[@]}" --until-idle
expect "no PostgreSQL, TCP" 69 'Connection refused' -- \
    "$sgs" publish "${now[@]}" "$work/first" --database 'postgresql://127.0.0.1:9/sgs'
expect "no PostgreSQL by PGHOST" 69 "$unreachable" -- \
    env PGHOST=/nonexistent "$sgs" catalogue status
for command in "publish --approve --comment faults $work/first" "owner --tile 1" status "catalogue status"; do
    # shellcheck disable=SC2086 -- the words of the command
    expect "catalogue not started, ${command%% *}" 69 'run: sgs catalogue start' -- \
        "$sgs" $command --directory "$work/never"
done
expect "catalogue not started, sdc-runner" 69 'run: sgs catalogue start' -- \
    "$bin/sdc-runner" --sdc SDC-FR --directory "$work/never" "${site[@]}" --until-idle
sql 'CREATE DATABASE blank' >/dev/null
expect "a database without the catalogue" 69 'migrate' -- \
    "$sgs" publish "${now[@]}" "$work/first" --database "${database/\/\/\/sgs/\/\/\/blank}"

# Plans that are not as they were written.
before=$(rows)
mkdir "$work/tampered" "$work/cut" "$work/blank"
sed 's/"primary":"SDC-FR"/"primary":"SDC-US"/' "$work/first/plan.json" >"$work/tampered/plan.json"
head -c 100000 "$work/first/plan.json" >"$work/cut/plan.json"
: >"$work/blank/plan.json"
expect "a tampered plan.json" 65 'changed after it was written' 'tampered/plan.json' -- \
    "$sgs" publish "${now[@]}" "$work/tampered" --database "$database"
expect "a cut plan.json" 65 'not a plan.json' 'cut/plan.json' -- \
    "$sgs" publish "${now[@]}" "$work/cut" --database "$database"
expect "an empty plan.json" 65 'not a plan.json' -- \
    "$sgs" publish "${now[@]}" "$work/blank" --database "$database"
expect "no plan.json" 65 'found no plan; looked for' -- \
    "$sgs" publish "${now[@]}" "$work/nowhere" --database "$database"
equal "bad plans, rows in the catalogue" "$(rows)" "$before"

# What the catalogue does not know.
expect "an owner before anything is published" 66 -- "$sgs" owner --tile 1 --database "$database"
expect "a publication" 0 'revision 1' -- "$sgs" publish "${now[@]}" "$work/first" --database "$database"
expect "the same plan again" 0 'unchanged' -- "$sgs" publish "${now[@]}" "$work/first" --database "$database"
expect "an unknown tile" 66 'tile 7' -- "$sgs" owner --tile 7 --database "$database"
expect "an unknown observation" 66 'observation 999999' -- \
    "$sgs" owner --observation 999999 --database "$database"
expect "a position on no tile" 66 'no published tile' 'RA 10.0, Dec 80.0' -- \
    "$sgs" owner --position 10,80 --database "$database"
expect "an unknown survey" 66 'nosuch' -- \
    "$sgs" owner --survey nosuch --tile 7 --database "$database"
expect "an unknown SDC" 66 'SDC-XX is not in' -- \
    "$bin/sdc-runner" --sdc SDC-XX --database "$database" "${site[@]}" --until-idle
