# Planning cases to spoil: copies of the samples below $work/surveys, with SDCs of their own.

# new_case NAME [SAMPLE]: a copy of a sample (its plan.yaml and its survey); sets $folder.
new_case() {
    folder=$work/surveys/$1
    mkdir -p "$folder"
    cp -r sdcs "$folder/sdcs"
    local sample=surveys/${2:-euclid-2027q1}
    sed 's|^sdcs: .*|sdcs: sdcs|' "$sample/plan.yaml" >"$folder/plan.yaml"
    if [ "${2:-}" = vast-2023q3 ]; then cp "$sample/observations.csv" "$folder"
    else cp "$sample/survey-r0.xml" "$folder"; fi
}

# refused NAME STATUS WORDS...: `sgs plan` of $folder ends so and writes nothing; where the input
# is at fault, `sgs check` says the same.
refused() {
    local name=$1 expected=$2 output=$work/refused
    rm -rf "$output"
    expect "$@" -- "$sgs" plan "$folder" --effort quick --output "$output" || return
    if [ -e "$output" ]; then fails "$name, files" "$output was written"; return; fi
    if [ "$expected" = 65 ]; then
        cp "$work/said.err" "$work/said.plan"
        run "$sgs" check "$folder"
        [ "$status" = 65 ] && cmp -s "$work/said.plan" "$work/said.err" \
            || fails "$name, check" "exit $status, $(said)"
    fi
}
