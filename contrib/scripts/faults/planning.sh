# Planning: reproducible, and cut short without harm.

# plan_to NAME [OPTIONS...]: plans $folder into $work/NAME.
plan_to() {
    local output=$work/$1
    shift
    run "$sgs" plan "$folder" --output "$output" "$@"
}

# steps NAME: the steps that the search of a run took, by its plan.json.
steps() { grep -o '"search":{[^}]*}' "$work/$1/plan.json" | grep -o '"steps":[0-9]*' | cut -d: -f2; }

# whole NAME: checks that a run's folder holds its four files, the coverage maps of the SDCs, and
# nothing besides.
whole() {
    local sdcs
    sdcs=$(grep -o '"batch":' "$work/$1/plan.json" | wc -l)
    equal "$1, files" "$(cd "$work/$1" && ls | grep -v '^coverage-' | xargs)" \
        "assignments.csv plan.json report.html run.json"
    equal "$1, coverage maps" "$(ls "$work/$1" | grep -c '^coverage-.*\.\(fits\|json\)$')" \
        "$((2 * sdcs))"
}

# repeated NAME: checks that the steps taken give the same assignments again.
repeated() {
    local steps
    steps=$(steps "$1")
    plan_to "$1-again" --effort "$2" --steps "$steps"
    same_files "$1, --steps $steps" "$work/$1/assignments.csv" "$work/$1-again/assignments.csv"
}

# seconds NAME STAGE: how long a stage took, by its run.json.
seconds() { grep -o "\"$2\" : [0-9.]*" "$work/$1/run.json" | cut -d' ' -f3; }

folder=surveys/euclid-2027q1
plan_to quick --effort quick && judge "a quick plan" 0 'written'
plan_to quick-again --effort quick
same_files "the same inputs twice" "$work/quick/plan.json" "$work/quick-again/plan.json"

new_case vast vast-2023q3
plan_to straight --effort quick && judge "a plan of real observations" 0 'written'
{ head -1 "$folder/observations.csv"; sed 1d "$folder/observations.csv" | sort -t, -k3,3r -k1,1; } \
    >"$work/rows.csv"
cmp -s "$work/rows.csv" "$folder/observations.csv" && fails "shuffled rows" "they are as they were"
mv "$work/rows.csv" "$folder/observations.csv"
plan_to shuffled --effort quick
same_files "shuffled rows" "$work/straight/assignments.csv" "$work/shuffled/assignments.csv"

# A time limit.
folder=surveys/euclid-2027q1
plan_to limited --effort thorough --time-limit 2
judge "a time limit" 4 'the time limit came before'
whole limited
spent=$(awk -v a="$(seconds limited search)" -v b="$(seconds limited 'linear program')" \
    'BEGIN {printf "%.2f", a + b}')
text="--time-limit 2: searched for $spent s on a machine with load $(cut -d' ' -f1 /proc/loadavg)"
if awk -v spent="$spent" 'BEGIN {exit !(spent >= 1 && spent < 3)}'; then
    ok "a time limit is kept" "$text"
else
    fails "a time limit is kept" "$text"
fi
repeated limited thorough

# An interrupt during the search keeps the best plan; a second one leaves nothing.
# start_planning NAME: starts a long planning run and waits until it searches.
start_planning() {
    "$sgs" plan "$folder" --effort thorough --output "$work/$1" \
        >"$work/said.out" 2>"$work/said.err" &
    planner=$!
    wait_for 60 grep -q overlaps "$work/said.err"
    sleep 1.5
}

# end_planning SIGNAL: waits for its end.
end_planning() {
    ended "$planner" "$1"
    cat "$work/said.err" "$work/said.out" >"$work/said"
}

start_planning interrupted
end_planning INT
judge "Ctrl-C" 130 'interrupted; the best plan was kept'
whole interrupted
repeated interrupted thorough

start_planning stopped
kill -INT "$planner" && sleep 0.1
end_planning INT
equal "Ctrl-C twice" "$status $(ls "$work/stopped" 2>/dev/null)" "130 " "exit 130, nothing was written"

plan_to limited --effort quick
start_planning limited
cp "$work/limited/plan.json" "$work/before.json"
end_planning 9
equal "a plan killed with -9" "$status" 137 "exit 137, killed"
whole limited
same_files "a plan killed with -9, the run before" "$work/limited/plan.json" "$work/before.json"
