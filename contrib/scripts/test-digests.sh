#!/bin/bash
# Plans the sample cases and compares each plan's digest with the one on record: what moves in the
# code without being meant to change a plan leaves every byte of it as it is.
#
#   test-digests.sh [FOLDER OF THE PROGRAMS]     compare; status 1 where one differs
#   test-digests.sh --record [FOLDER]            write the record anew, where a change is meant
#
# The record is digests.tsv beside this script: name, base ("-" for none), digest, arguments.
set -uo pipefail
cd "$(dirname "$0")/../.."
record=contrib/scripts/digests.tsv
mode=compare
if [ "${1:-}" = --record ]; then mode=record && shift; fi
if [ -x "${1:-}/sgs" ]; then bin=$(realpath "$1"); else
    bin=$(swift build -c release --show-bin-path)
fi
unset "${!PG@}"
work=$(mktemp -d "${TMPDIR:-/tmp}/sgs-digests.XXXXXX")
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
: >"$work/new"
while IFS=$'\t' read -r name base expected arguments; do
    options=(--output "$work/$name")
    [ "$base" = - ] || options+=(--base "$work/$base/plan.json")
    # The arguments are words of our own record.
    # shellcheck disable=SC2086
    if ! "$bin/sgs" plan $arguments "${options[@]}" >"$work/said" 2>&1; then
        tail -3 "$work/said"
        found="no plan"
    else
        found=$(sed -n 's/.*"plan": *"\([0-9a-f]*\)".*/\1/p' "$work/$name/run.json")
        [ -n "$found" ] || found=$(sed -n 's/.*"plan" : "\([^"]*\)".*/\1/p' "$work/$name/run.json")
    fi
    printf '%s\t%s\t%s\t%s\n' "$name" "$base" "$found" "$arguments" >>"$work/new"
    if [ "$found" = "$expected" ]; then
        passed=$((passed + 1)) && echo "ok   $name: $found"
    else
        failed=$((failed + 1)) && echo "FAIL $name: $found, on record $expected"
    fi
done <"$record"
if [ "$mode" = record ]; then
    cp "$work/new" "$record"
    echo "recorded $((passed + failed)) digests"
    exit 0
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
