# Checks and how they are told.  A check's command leaves what it printed in $work/said and
# its status in $status.
passed=0
failed=0
status=0

# ok NAME TEXT, fails NAME TEXT: tells and counts a check.
ok() { passed=$((passed + 1)) && printf 'ok   %s: %s\n' "$1" "$2"; }
fails() { failed=$((failed + 1)) && printf 'FAIL %s: %s\n' "$1" "$2"; }

# run COMMAND...: runs it, at most five minutes.
run() {
    status=0
    timeout 300 "$@" >"$work/said.out" 2>"$work/said.err" || status=$?
    cat "$work/said.err" "$work/said.out" >"$work/said"
}

# said [WORDS]: the first line that was printed with these words in it, and how many more there are.
said() {
    local lines line
    lines=$(wc -l <"$work/said")
    line=$(grep -m1 -F -e "${1:-}" "$work/said" || head -1 "$work/said")
    line=${line//"$work/"/}
    if [ "$lines" -gt 1 ]; then echo "$line (and $((lines - 1)) more lines)"; else echo "$line"; fi
}

# judge NAME STATUS[|STATUS] [WORDS...]: checks the last command's status and that it said all words.
judge() {
    local name=$1 expected=$2 words
    shift 2
    if [[ "|$expected|" != *"|$status|"* ]]; then
        fails "$name" "exit $status, expected $expected: $(said)"
        return 1
    fi
    for words in "$@"; do
        grep -qF -e "$words" "$work/said" || {
            fails "$name" "exit $status, but \"$words\" is not in: $(said)"
            return 1
        }
    done
    ok "$name" "exit $status, $(said "${1:-}")"
}

# expect NAME STATUS [WORDS...] -- COMMAND...
expect() {
    local told=()
    while [ "$1" != -- ]; do told+=("$1") && shift; done
    shift
    run "$@"
    judge "${told[@]}"
}

# equal NAME FOUND EXPECTED [TEXT]: checks that two values are the same.
equal() {
    if [ "$2" = "$3" ]; then ok "$1" "${4:-$2}"; else fails "$1" "found $2, expected $3"; fi
}

# same_files NAME FILE OTHER: checks that two files hold the same bytes.
same_files() {
    if [ ! -s "$2" ]; then fails "$1" "${2##*/} is missing or empty"; return; fi
    if cmp -s "$2" "$3"; then ok "$1" "$(wc -c <"$2") same bytes of ${2##*/}"
    else fails "$1" "${2##*/} differs"; fi
}

# ended PID [SIGNAL]: waits for a process started here, after a signal if one is named; sets $status.
ended() {
    status=0
    { [ -z "${2:-}" ] || kill "-$2" "$1"; wait "$1"; } 2>/dev/null || status=$?
}

# wait_for SECONDS COMMAND...: asks again and again until it succeeds; fails after the time.
wait_for() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS < end)) || return 1
        sleep 0.02
    done
}

# as_root COMMAND...: as root itself, or by sudo where that asks nothing.
as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@" 2>/dev/null; fi; }
