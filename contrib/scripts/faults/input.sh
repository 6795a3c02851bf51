# Bad input: each fault is told with file, place, field, found and expected, and nothing is written.

# Pins and identifiers.
new_case pin
echo 'pins: [{observation: "1", sdc: SDC-XX, role: primary}]' >>"$folder/plan.yaml"
refused "unknown SDC in a pin" 65 'SDC-XX' 'plan.yaml:' 'no SDC' 'SDC-CH, SDC-DE'

new_case twice
sed -i 's|<ObservationRequest id="2">|<ObservationRequest id="1">|' "$folder/survey-r0.xml"
refused "an observation id twice, XML" 65 'observation 1 a second time' 'survey-r0.xml:' 'each once'

new_case twice-csv vast-2023q3
sed -n 5p "$folder/observations.csv" >>"$folder/observations.csv"
refused "an observation id twice, CSV" 65 'a second time' 'observations.csv:' 'each once'

# Times and periods.
new_case timeless
sed -i '0,/<Mjd2000>[0-9]*<.Mjd2000>/s|||' "$folder/survey-r0.xml"
refused "a pointing without a time, XML" 65 'Mjd2000' 'survey-r0.xml:' 'expected'

new_case timeless-csv vast-2023q3
sed -i '3s|,2023-[^,]*,|,,|' "$folder/observations.csv"
refused "an observation without a time, CSV" 65 'observations.csv:' 'start_utc' 'expected'

new_case elsewhere
sed -i 's|^period: .*|period: {start: 2031-01-06, end: 2031-04-07}|' "$folder/plan.yaml"
refused "a period without observations" 65 'some that start in the period' 'survey-r0.xml'

# Files that are not what they are said to be.
new_case malformed
sed -i '1000s|</|<|' "$folder/survey-r0.xml"
refused "a malformed XML" 65 'survey-r0.xml:' 'well-formed'

new_case truncated
truncate -s 100000 "$folder/survey-r0.xml"
refused "a truncated XML" 65 'survey-r0.xml:' 'expected'

new_case calendar
sed -i 's|^DTSTART:.*|DTSTART:2027-99-99|' "$folder/sdcs/SDC-DE.ics"
refused "a malformed time in an iCalendar" 65 'SDC-DE.ics:' 'DTSTART' '2027-99-99'

new_case calendar-cut
sed -i '$d' "$folder/sdcs/SDC-DE.ics" && sed -i '$d' "$folder/sdcs/SDC-DE.ics"
refused "a truncated iCalendar" 65 'SDC-DE.ics' 'END:V'

new_case empty
echo '<ReferenceSurveyDefinition><ObservationRequestList/></ReferenceSurveyDefinition>' \
    >"$folder/survey-r0.xml"
refused "an empty survey, XML" 65 'no ObservationRequest' 'survey-r0.xml' 'at least one'

new_case empty-csv vast-2023q3
sed -i '1!d' "$folder/observations.csv"
refused "an empty survey, CSV" 65 'no observation' 'observations.csv' 'at least one'

new_case blank
: >"$folder/survey-r0.xml"
refused "a survey file of no bytes" 65 'survey-r0.xml' 'expected'

new_case nobody
rm "$folder"/sdcs/*
refused "no SDC" 65 'sdcs: found no SDC' 'at least two'

new_case single
find "$folder/sdcs" -type f ! -name 'SDC-FR.*' -delete
refused "a single SDC" 65 'at least two'

# Numbers that are none, or make no sense.
new_case negative
sed -i 's|^cores: .*|cores: -5|' "$folder/sdcs/SDC-FR.yaml"
sed -i 's|^storage: .*|storage: .nan|' "$folder/sdcs/SDC-IT.yaml"
sed -i 's|^efficiency: .*|efficiency: .inf|' "$folder/sdcs/SDC-DE.yaml"
sed -i 's|work: 2000|work: .nan|; s|gap: 4 |gap: -1 |' "$folder/plan.yaml"
sed -i '0,/<Longitude>[0-9.]*</s||<Longitude>nan<|' "$folder/survey-r0.xml"
refused "negative numbers and NaN" 65 '6 faults' 'cores: found "-5"' 'storage: found ".nan"' \
    'efficiency: found ".inf"' 'work: found ".nan"' 'balance.gap: found "-1"' 'Longitude of'

# Bytes of no meaning: the same in each run.
noise() { openssl enc -aes-128-ctr -nosalt -k noise -md sha256 -in /dev/zero 2>/dev/null | head -c "$1"; }
new_case noise
noise 100000 >"$folder/survey-r0.xml"
noise 3000 >"$folder/sdcs/SDC-FR.yaml"
noise 3000 >"$folder/sdcs/SDC-DE.ics"
refused "random bytes in three files" 65 'survey-r0.xml:' 'SDC-FR.yaml:' 'SDC-DE.ics:'
new_case noise-plan
noise 3000 >"$folder/plan.yaml"
refused "random bytes as a request" 65 'plan.yaml: found bytes that are no UTF-8'

# 10,000 pins that contradict each other: of one observation, and of many.
new_case pins-of-one
{ echo pins:; for ((k = 0; k < 5000; k++)); do
    echo '  - {observation: "5", sdc: SDC-FR, role: primary}'
    echo '  - {observation: "5", sdc: SDC-IT, role: primary}'
done; } >>"$folder/plan.yaml"
refused "10,000 pins of one observation" 65 'pinned to a second primary' '8999 more faults'
new_case pins-of-many
{ echo pins:; for ((k = 1; k <= 1700; k++)); do
    for sdc in FR IT DE; do
        printf '  - {observation: "%d", sdc: SDC-%s, role: %s}\n' $k $sdc primary $k $sdc secondary
    done
done; } >>"$folder/plan.yaml"
refused "10,200 pins of 1,700 observations" 65 'pinned to a second primary' \
    'SDC-FR as primary and secondary of observation 1' 'more faults'

# Several at once, and none at all.
new_case several
echo 'pins: [{observation: "1", sdc: SDC-XX, role: primary}]' >>"$folder/plan.yaml"
sed -i '0,/<Mjd2000>[0-9]*<.Mjd2000>/s|||' "$folder/survey-r0.xml"
sed -i 's|^cores: .*|cores: many|' "$folder/sdcs/SDC-IT.yaml"
sed -i 's|^DTSTART:.*|DTSTART:2027-99-99|' "$folder/sdcs/SDC-DE.ics"
refused "faults in four files at once" 65 'faults; nothing was written' \
    plan.yaml: survey-r0.xml: SDC-IT.yaml: SDC-DE.ics:

folder=$work/surveys/nowhere
refused "a missing case" 65 'surveys/nowhere' 'plan.yaml'

# What can be read, and cannot be planned.
new_case overloaded
sed -i 's|observation: {work: 2000,|observation: {work: 90000,|' "$folder/plan.yaml"
refused "capacity below the work" 3 'no distribution satisfies the hard rules' \
    'H2 SDC-CH 2027-01-04: capacity of' 'H2 bucket 2027-03-29' 'smallest' 'confirmed'
buckets=$(grep -c 'H2 bucket' "$work/said")
equal "capacity below the work, every bucket named" "$buckets" 13 "13 buckets of 13"

new_case dark
for sdc in "$folder"/sdcs/*.yaml; do
    printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//SGS//test//EN BEGIN:VEVENT \
        UID:dark@sgs.example DTSTAMP:20261115T120000Z DTSTART:20270120T000000Z \
        DTEND:20270120T120000Z SUMMARY:dark X-SGS-AVAILABILITY:0 END:VEVENT END:VCALENDAR \
        >"${sdc%.yaml}.ics"
done
refused "all SDCs out at an arrival" 3 'H4 SDC-CH: full outage 2027-01-20T' 'smallest'

new_case dark-week
for sdc in "$folder"/sdcs/*.yaml; do
    printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//SGS//test//EN BEGIN:VEVENT \
        UID:dark@sgs.example DTSTAMP:20261115T120000Z DTSTART:20270118T000000Z \
        DTEND:20270125T000000Z SUMMARY:dark X-SGS-AVAILABILITY:0 END:VEVENT END:VCALENDAR \
        >"${sdc%.yaml}.ics"
done
refused "all SDCs out for a week" 3 'H4 SDC-US: full outage 2027-01-18T' 'smallest' \
    'H2 SDC-US 2027-01-18: capacity of 0 core-hours'

new_case one-owner
{ echo pins:; for ((k = 1; k <= 1787; k++)); do
    echo "  - {observation: \"$k\", sdc: SDC-NL, role: primary}"
done; } >>"$folder/plan.yaml"
refused "all observations pinned to a small SDC" 3 'pinned to SDC-NL as primary' 'H2 SDC-NL' 'smallest'

new_case cramped
sed -i 's|^storage: [0-9]*|storage: 100|; s|^used: [0-9]*|used: 0|' "$folder"/sdcs/*.yaml
refused "storage too small" 3 'H3 SDC-CH: 100 TB free' 'smallest'

# A tile of some hundred observations is no fault.
new_case deep
python3 - "$folder/survey-r0.xml" <<'END'
import re, sys
path, count = sys.argv[1], 0
def aim(match):
    global count
    count += 1
    text = re.sub("<Longitude>[^<]*", "<Longitude>100.0", match[0])
    return match[0] if count > 600 else re.sub("<Latitude>[^<]*", "<Latitude>60.0", text)
text = re.sub("<ObservationRequest .*?</ObservationRequest>", aim, open(path).read(), flags=re.S)
open(path, "w").write(text)
END
expect "600 observations of one field" 0 'overlaps' '0 cells outside' -- \
    "$sgs" plan "$folder" --effort normal --overlaps --output "$work/deep"
most=$(cut -d, -f2 "$work/deep/overlaps.csv" | sort | uniq -c | sort -n | tail -1 | awk '{print $1}')
equal "600 observations of one field, most of a tile" "$((most >= 600))" 1 "$most observations"

# Arguments.
expect "an unknown option" 64 'Unknown option' -- "$sgs" plan --fast surveys/euclid-2027q1
expect "no case" 64 'Missing expected argument' -- "$sgs" plan
expect "an unknown command" 64 'Error:' -- "$sgs" distribute
expect "an unknown effort" 64 "'enormous' is invalid" -- "$sgs" plan x --effort enormous
expect "no steps" 64 'must be at least 1' -- "$sgs" plan x --steps 0
expect "two things to own" 64 'name one of' -- "$sgs" owner --tile 1 --observation 1
expect "a position off the sky" 64 'expected RA,DEC' -- "$sgs" owner --position 10,91
expect "a runner without its SDC" 64 "Missing expected argument '--sdc" -- "$bin/sdc-runner"
