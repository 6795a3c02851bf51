#!/bin/bash
# Runs what README.md says as it stands: the main job, then each line of its blocks of commands.
#
#   test-readme.sh [FOLDER OF THE PROGRAMS]      status 1 where a line does not end as it should
#
# A line ends with 0; `diff` may find differences (2).  The service is asked while it runs.
set -uo pipefail
cd "$(dirname "$0")/../.."
if [ -x "${1:-}/sgs" ]; then bin=$(realpath "$1"); else
    bin=$(swift build -c release --show-bin-path)
fi
unset "${!PG@}"
work=$(mktemp -d "${TMPDIR:-/tmp}/sgs-readme.XXXXXX")
# The database's own user goes through it.
chmod 755 "$work"
end() {
    [ -z "${service:-}" ] || kill "$service" 2>/dev/null
    "$bin/sgs" catalogue stop >/dev/null 2>&1
    rm -rf "$work"
}
trap end EXIT
cp -r README.md contrib surveys sdcs "$work"
mkdir "$work/reports"
# The programs lie in .build/PLATFORM/release.
ln -s "$(dirname "$(dirname "$bin")")" "$work/.build"
cd "$work" || exit 1

failed=0
run() {
    local line=$1 status=0
    # shellcheck disable=SC2154 # README sets sgs.
    eval "$line" >said 2>&1 </dev/null || status=$?
    if [ "$status" = 0 ] || { [ "$status" = 2 ] && [[ $line == *" diff "* ]]; }; then
        echo "ok   $line"
    else
        echo "FAIL ($status) $line"
        sed 's/^/       /' said | tail -5
        failed=$((failed + 1))
    fi
}

# The commands of README's blocks below a heading, without their remarks.
block() {
    awk -v heading="## $1" '$0 == heading { on = 1; next } /^## / { on = 0 } on && /^    / { print }' \
        README.md | sed -e 's/^    //' -e 's/ \{1,\}# .*$//'
}

run "contrib/scripts/run.sh"
sgs=
while IFS= read -r line; do
    case $line in
    sgs=*) eval "$line" ;;
    '$sgs serve')
        $sgs serve >served 2>&1 &
        service=$!
        for _ in $(seq 100); do
            curl --silent --fail --output /dev/null http://127.0.0.1:8080/readyz && break
            kill -0 "$service" 2>/dev/null || break
            sleep 0.1
        done
        while IFS= read -r ask; do
            [ -z "$ask" ] || run "${ask/#curl/curl --fail --silent --show-error}"
        done < <(block "The service")
        kill "$service" && wait "$service"
        service=
        ;;
    ?*) run "$line" ;;
    esac
done < <(block "The steps by hand")
[ "$failed" = 0 ] && echo "README runs as it stands"
[ "$failed" = 0 ]
