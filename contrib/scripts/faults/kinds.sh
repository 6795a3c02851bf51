# Inputs that once went wrong without a word, each with its right answer (Tests/Inputs/faults).

kinds=Tests/Inputs/faults

# laid NAME FOLDER/CASE: the base case with the files of a folder over it; sets $folder.
laid() {
    folder=$work/kinds/$1
    mkdir -p "$folder"
    cp -r "$kinds/base/plan.yaml" "$kinds/base/survey.csv" "$kinds/base/sdcs" "$folder"
    cp -r "$kinds/$2/." "$folder"
}

# planned NAME COLUMNS WORDS...: plans $folder; its assignments, cut to COLUMNS, hold the words.
planned() {
    local name=$1 columns=$2
    shift 2
    expect "$name, planned" 0 -- "$sgs" plan "$folder" --effort quick --output "$folder/out" || return
    cut -d, -f"$columns" "$folder/out/assignments.csv" >"$work/said"
    judge "$name" 0 "$@"
}

laid lengths 01-dst-length/case
expect "days are nominal and hours exact over a change of clocks" 0 \
    '2027-03-27T19:00:00Z to 2027-03-28T07:00:00Z' '2027-03-27T17:00:00Z to 2027-03-28T16:00:00Z' \
    '2027-03-28T01:00:00Z to 2027-03-28T02:00:00Z' '2027-03-28T00:00:00Z to 2027-03-28T03:00:00Z' \
    -- "$sgs" check "$folder"

laid exceptions 03-exdate-other-form/case
expect "exceptions of another form count" 0 -- "$sgs" check "$folder"
equal "exceptions of another form count, windows" \
    "$(grep -c '2027-03-2[34]T.* availability' "$work/said" || true)" 0 "none on 23 and 24 March"

laid zones 04-tzid-escaped-comma/case
expect "a zone's name is its unescaped text" 0 '2027-03-23T07:00:00Z to 2027-03-23T11:00:00Z' \
    '2027-03-30T06:00:00Z to 2027-03-30T10:00:00Z' -- "$sgs" check "$folder"

laid units 06-ecsv-header-meaning/case-units
planned "the units of an ECSV header count" 2,6,7 'A1,150' ',2' 'A2,152'

laid mark 07-bom/case-csv
expect "a byte order mark before a table's comment" 0 'observations 16' -- "$sgs" check "$folder"

laid entity 09-xml-entity/case-part
planned "an XML entity is read" 2,6,7 ',153.29' ',13.166'

for case in storage volume work; do
    laid "huge-$case" "11-huge-number/case-$case"
    refused "a number that no plan can use, $case" 65 'expected'
done

for name in 31-vtimezone-faults 32-xml-not-utf8 33-endless-rule 35-nested-observation; do
    folder=$kinds/$name/case
    expect "$name" 65 'expected' -- timeout 10 "$sgs" check "$folder"
done

folder=$kinds/34-storage-exactly-full/case
expect "storage that is exactly full is enough" 0 -- \
    "$sgs" plan "$folder" --effort quick --output "$work/kinds/full"

# What is published and served, and what the runners make of it.
served() { run env SGS="$sgs" bash "$kinds/base/serve.sh" "$kinds/$1"; }
served 12-plus-in-query
judge "a plus is a blank in a query" 0 '%20             200' 'plus            200' \
    'time with plus  200' 'as a browser sends it  200' 'cone search     200'
served 13-media-types
judge "media types and quoted bodies" 0 'plain                              200' \
    'Content-Type: Text/CSV             200' 'Content-Type: Application/Json     200' \
    'quoted fields                      200' 'byte order mark                    200'
equal "a media type with q=0 is not served" \
    "$(grep -c '^Accept: .*200 .*json' "$work/said" || true)" 0 "no JSON"
served 14-ics-uid-twice
equal "a UID is in an SDC's calendar once" "$(grep -c '^ *[0-9]* UID' "$work/said" || true)" 0 \
    "no UID twice"
served 16-long-id
equal "ids that no file name can hold are processed" \
    "$(grep -c "runner's exit status 0" "$work/said" || true)" 3 "three runners done"
equal "ids that no file name can hold fail no order" "$(grep -c cannot "$work/said" || true)" 0 \
    "no order failed"
