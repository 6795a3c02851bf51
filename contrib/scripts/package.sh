#!/bin/bash
# Builds a Debian package of the programs, which need no Swift where it is installed, and prints its
# path.
#
#   package.sh [--version VERSION] [--programs FOLDER] [FOLDER]
#
# FOLDER, .state/package by default, gets it. VERSION is what the programs say of themselves, with
# -1; --programs takes programs that were built before. The same tree gives the same bytes: the
# package's dates are that of the newest commit, or SOURCE_DATE_EPOCH. Its maintainer is DEBFULLNAME with
# the address DEBEMAIL, or the newest commit's author.
set -euo pipefail
cd "$(dirname "$0")/../.."

version=
programs=
folder=.state/package
while (($#)); do
    case $1 in
    --version) version=$2 && shift 2 ;;
    --programs) programs=$2 && shift 2 ;;
    -*) echo "package: $1: expected --version, --programs" >&2 && exit 64 ;;
    *) folder=$1 && shift ;;
    esac
done
for program in dpkg-deb dpkg-shlibdeps strip objdump chrpath; do
    command -v "$program" >/dev/null || {
        echo "package: $program is missing; contrib/scripts/setup.sh package installs it" >&2
        exit 69
    }
done
name=sgs-distribution-planner
products=(sgs sdc-runner sdc-payload sample-step)
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}" LC_ALL=C TZ=UTC
umask 022

if [ -z "$programs" ]; then
    # Flags of its own: with those of other builds in one folder each would begin anew.
    build=(-c release --scratch-path .build/package --static-swift-stdlib
        --explicit-target-dependency-import-check error -Xlinker -z -Xlinker now
        -Xcc "-ffile-prefix-map=$PWD=.")
    echo "package: building, about 6 minutes the first time on two cores" >&2
    swift build "${build[@]}" --quiet >&2
    programs=$(swift build "${build[@]}" --show-bin-path)
fi
for product in "${products[@]}"; do
    [ -x "$programs/$product" ] || { echo "package: $programs/$product is missing" >&2; exit 69; }
done
if ldd "$programs/sgs" "$programs/sdc-runner" "$programs/sdc-payload" | grep -q 'libswift\|libFoundation'; then
    echo "package: the programs in $programs need Swift's libraries: build them with" \
        "--static-swift-stdlib" >&2
    exit 65
fi
version=${version:-$("$programs/sgs" --version)-1}

# blank PROGRAM SECTION BEGIN: puts zeros for the section's bytes from BEGIN on.
blank() {
    local size offset
    read -r size offset < <(objdump -h "$1" | awk -v name="$2" '$2 == name { print $3, $6 }')
    dd if=/dev/zero of="$1" bs=1 conv=notrunc status=none \
        seek=$((16#$offset + $3)) count=$((16#$size - $3))
}

work=$(mktemp -d "${TMPDIR:-/tmp}/sgs-package.XXXXXX")
trap 'rm -rf "$work"' EXIT
root=$work/root
doc=$root/usr/share/doc/$name
mkdir -p "$root"/usr/{bin,lib/sgs,lib/tmpfiles.d,share/sgs,share/lintian/overrides} \
    "$root"/lib/systemd/system "$root"/etc/sgs "$doc/examples" "$root/DEBIAN"

# The programs find one another in their own folder.
for product in "${products[@]}"; do
    program=$root/usr/lib/sgs/$product
    install -m 755 "$programs/$product" "$program"
    strip --strip-unneeded --remove-section=.comment --remove-section=.note "$program"
    # What alone differs between two builds of the same tree, and is of no use at run time: the
    # compiler's digests of what it was told, and the linker's digest of these.
    blank "$program" .swift_modhash 0
    blank "$program" .note.gnu.build-id 16
    # No libraries lie beside the programs.
    chrpath -d "$program" >/dev/null
    [ "$product" = sample-step ] || ln -s "../lib/sgs/$product" "$root/usr/bin/$product"
done
cp -R contrib/pipelines contrib/schemas "$root/usr/share/sgs/"
find "$root/usr/share/sgs" -name __pycache__ -prune -exec rm -r {} +
find "$root/usr/share/sgs" -type f -exec chmod 644 {} +

SGS_PROGRAMS=$root/usr/lib/sgs contrib/scripts/install-help.sh "$root/usr" >/dev/null
sed -i '1{/^#!/d}' "$root"/usr/share/bash-completion/completions/*
mv "$root/usr/share/zsh/site-functions" "$root/usr/share/zsh/vendor-completions"
sed "s/@VERSION@/$("$programs/sgs" --version)/" contrib/debian/sdc-payload.1 \
    >"$root/usr/share/man/man1/sdc-payload.1"
# Defaults are those of programs in /usr.
sed -i "s|${root//-/\\\\*-}/|/|g" "$root"/usr/share/man/man1/*.1
gzip -9n "$root"/usr/share/man/man1/*.1

install -m 644 contrib/systemd/*.service "$root/lib/systemd/system/"
install -m 644 contrib/systemd/*.conf "$root/etc/sgs/"
install -m 644 contrib/systemd/sgs.tmpfiles "$root/usr/lib/tmpfiles.d/sgs.conf"

install -m 644 README.md contrib/execution.md contrib/formats.md contrib/debian/copyright "$doc/"
cp -R contrib/nginx contrib/examples/replan.sh sdcs surveys "$doc/examples/"
find "$doc/examples" -type f -exec chmod 644 {} +
chmod 755 "$doc/examples/replan.sh"
while IFS= read -r package; do
    grep -qi "[ :]$package/\*" contrib/debian/copyright || {
        echo "package: contrib/debian/copyright says nothing of $package" >&2
        exit 65
    }
done < <(sed -n 's/.*"identity" : "\(.*\)".*/\1/p' Package.resolved)
checkouts=.build/checkouts
[ ! -d .build/package/checkouts ] || checkouts=.build/package/checkouts
for notice in "$checkouts"/*/NOTICE.txt; do
    printf '\n==== %s\n\n' "$(basename "$(dirname "$notice")")"
    cat "$notice"
done | gzip -9n >"$doc/third-party-notices.gz"
maintainer="${DEBFULLNAME:-$(git log -1 --format=%an)} <${DEBEMAIL:-$(git log -1 --format=%ae)}>"
gzip -9n <CHANGELOG.md >"$doc/changelog.gz"
printf '%s (%s) stable; urgency=medium\n\n  * See changelog.gz.\n\n -- %s  %s\n' \
    "$name" "$version" "$maintainer" "$(date -R -d "@$SOURCE_DATE_EPOCH")" |
    gzip -9n >"$doc/changelog.Debian.gz"
install -m 644 contrib/debian/lintian-overrides "$root/usr/share/lintian/overrides/$name"

# What the programs are linked with says which of Debian's packages they need.
mkdir -p "$work/source/debian"
printf 'Source: %s\n\nPackage: %s\nArchitecture: any\n' "$name" "$name" >"$work/source/debian/control"
depends=$(cd "$work/source" && dpkg-shlibdeps -O "$root"/usr/lib/sgs/* 2>"$work/said") || {
    cat "$work/said" >&2
    exit 65
}
sed -e "s|@VERSION@|$version|" -e "s|@MAINTAINER@|$maintainer|" \
    -e "s|@ARCHITECTURE@|$(dpkg --print-architecture)|" \
    -e "s|@DEPENDS@|${depends#shlibs:Depends=}|" \
    -e "s|@SIZE@|$(du -sk --apparent-size "$root" | cut -f1)|" \
    contrib/debian/control.in >"$root/DEBIAN/control"
install -m 755 contrib/debian/{postinst,prerm,postrm} "$root/DEBIAN/"
find "$root/etc" -type f -printf '/etc/%P\n' | sort >"$root/DEBIAN/conffiles"
(cd "$root" && find usr lib -type f -print0 | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"

find "$root" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
mkdir -p "$folder"
package=$folder/${name}_${version}_$(dpkg --print-architecture).deb
dpkg-deb --root-owner-group --threads-max=1 -Zxz -z2 --build "$root" "$package" >/dev/null
echo "$package"
