#!/bin/bash
# Installs the Debian package into a fresh Debian 12 without Swift, and uses, upgrades, removes and
# purges it there.
#
#   test-package.sh [FOLDER OF PROGRAMS WITH A STATIC RUNTIME]
#
# Needs root or sudo, and Debian's packages from the network. The Debian 12 is kept as
# .state/package/bookworm.tar; everything else happens in a temporary folder. Status 1 if a check
# failed.
set -euo pipefail
cd "$(dirname "$0")/../.."
contrib/scripts/setup.sh package
as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo)

work=$(mktemp -d "${TMPDIR:-/tmp}/sgs-package-test.XXXXXX")
trap '"${as_root[@]}" rm -rf --one-file-system "$work"' EXIT
chmod 755 "$work"
programs=(${1:+--programs "$(realpath "$1")"})
status=0
check() {
    local what=$1
    shift
    if "$@" >"$work/said" 2>&1; then echo "ok   $what"; else
        echo "FAIL $what"
        sed 's/^/       /' "$work/said" | tail -20
        status=1
    fi
}

package=$(contrib/scripts/package.sh "${programs[@]}" "$work/first")
programs=(--programs "${programs[1]:-.build/package/release}")
again=$(contrib/scripts/package.sh "${programs[@]}" "$work/again")
later=$(contrib/scripts/package.sh "${programs[@]}" --version 99.0.0-1 "$work/later")
check "the same tree gives the same package" cmp "$package" "$again"
check "lintian" lintian --allow-root --fail-on error,warning "$package"

mkdir -p .state/package
if [ ! -e .state/package/bookworm.tar ]; then
    echo "test-package: making a Debian 12" >&2
    "${as_root[@]}" debootstrap --variant=minbase bookworm "$work/root" >"$work/said" 2>&1 || {
        tail -20 "$work/said" >&2
        exit 69
    }
    "${as_root[@]}" tar -C "$work/root" --one-file-system -cf "$work/bookworm.tar" .
    mv "$work/bookworm.tar" .state/package/
else
    mkdir "$work/root"
    "${as_root[@]}" tar -C "$work/root" -xpf .state/package/bookworm.tar
fi
# Processes and mounts of its own: what is left of them goes with it.
"${as_root[@]}" unshare --mount --pid --fork --kill-child --mount-proc --propagation private \
    contrib/scripts/validators/installed.sh "$work/root" "$package" "$later" || status=1
exit "$status"
