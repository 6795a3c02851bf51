#!/bin/bash
# Gives the built sgs mutated surveys, tables, calendars, YAML and plan.json, two at a time, and
# fails on what no input may do: end it by a signal, take it more than 5 s or 500 MB, make it
# answer with an undocumented status or without a word, or leave a file where a fault was reported.
#
#   test-fuzz.sh [COUNT [SEED]] [--sgs PROGRAM] [--kind KIND]... [--limit-seconds S] [--only INDEX]
#
# 10,000 inputs from seed 1 by default.  The same seed makes the same inputs.  What fails is kept
# below .state/fuzz, each with replay.sh; --only INDEX makes one input again.
set -euo pipefail
cd "$(dirname "$0")/../.."
given=" $* "
if [[ "$given" != *" --sgs "* ]]; then
    set -- "$@" --sgs "$(swift build -c release --show-bin-path)/sgs"
fi
exec /usr/bin/python3 -B contrib/scripts/fuzz/fuzz.py "$@"
