#!/bin/bash
# What test-package.sh does in the Debian 12 that it has made; it needs mounts and processes of its
# own.
#
#   installed.sh ROOT PACKAGE LATER-PACKAGE
set -euo pipefail
root=$1
validators=$(dirname "$(realpath "$0")")
name=sgs-distribution-planner
status=0
said=$root/said

attach() {
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
}
attach
mkdir "$root/packages"
cp "$2" "$3" "$root/packages/"
first=/packages/${2##*/}
later=/packages/${3##*/}
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"

# The environment of the one who tests is not that of a site.
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME=/root "$@"; }
runner() {
    chroot --userspec=sdc-runner:sdc-runner "$root" env -i PATH=/usr/bin:/bin LANG=C.UTF-8 \
        HOME=/var/lib/sdc-runner "$@"
}
apt() { inside env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends "$@"; }
check() {
    local what=$1
    shift
    if "$@" >"$said" 2>&1; then echo "ok   $what"; else
        echo "FAIL $what"
        sed 's/^/       /' "$said" | tail -20
        status=1
    fi
}
not() { ! "$@"; }

# start UNIT [INSTANCE]: the unit's command; what it tells comes from ${unit[0]}.
start() {
    coproc unit { exec python3 "$validators/unit.py" "$root" "$1" "${2:-}" 2 2>>"$root/unit.log"; }
    # It stays where the coprocess, and bash with it, lets go.
    exec {heard}<&"${unit[0]}"
    unit_process=$unit_PID
    read -r -t 60 _ service <&"$heard"
}
# told WHAT: the service's next line within a minute is WHAT, signs of life aside.
told() {
    local line
    while read -r -t 60 line <&"$heard"; do
        if [ "$line" = "$1" ]; then return 0; fi
        if [ "$line" != WATCHDOG=1 ]; then echo "found $line, expected $1" && return 1; fi
    done
    echo "expected $1"
    tail -5 "$root/unit.log"
    return 1
}
alive() { told WATCHDOG=1 && told WATCHDOG=1 && told WATCHDOG=1; }
# Goes no further without it.
ready() {
    check "$1 tells that it is ready" told READY=1
    if ! kill -0 "$service"; then exit 1; fi
}
# Stopped, it gives no sign for twice the time that it is given.
silent() {
    local line
    kill -STOP "$service"
    while read -r -t 0.5 line <&"$heard"; do :; done
    if read -r -t 4 line <&"$heard"; then echo "found $line" && return 1; fi
    kill -CONT "$service"
}
stop() {
    kill -TERM "$unit_process" && told STOPPING=1 && told "ended 0" && wait "$unit_process"
}
stop_at_once() {
    kill -TERM "$unit_process" && told STOPPING=1 && kill -TERM "$unit_process" &&
        told "ended 130" && ! wait "$unit_process"
}
# completed NUMBER: there are so many runs, and all have completed.
completed() {
    runner sdc-runner run list --json --sdc SDC-FR >"$root/runs"
    python3 -c '
import json, sys
runs = json.load(open(sys.argv[1]))["runs"]
found = sorted((run["number"], run["state"]) for run in runs)
expected = [(number, "COMPLETED") for number in range(1, int(sys.argv[2]) + 1)]
sys.exit(found != expected and f"found {found}")' "$root/runs" "$1"
}
# Once more where systemd runs, with the confinement of the units.
boot() {
    local how=(--register=no)
    [ -d /run/systemd/system ] || how+=(--keep-unit)
    cp "$validators/booted.sh" "$root/booted.sh"
    cat >"$root/etc/systemd/system/booted.service" <<'UNIT'
[Unit]
DefaultDependencies=no
After=basic.target
Requires=basic.target
SuccessAction=poweroff
FailureAction=poweroff
[Service]
Type=oneshot
ExecStart=/bin/bash /booted.sh
StandardOutput=append:/booted
[Install]
WantedBy=multi-user.target
UNIT
    inside systemctl enable booted.service 2>/dev/null
    mv "$root/usr/sbin/policy-rc.d" "$root/policy-rc.d"
    umount --recursive --lazy "$root/proc" "$root/dev" "$root/tmp"
    timeout 300 systemd-nspawn --quiet --boot --private-network "${how[@]}" -D "$root" >"$said" 2>&1 ||
        true
    attach
    mv "$root/policy-rc.d" "$root/usr/sbin/policy-rc.d"
    inside systemctl disable booted.service 2>/dev/null
    grep -v "^end$" "$root/booted" || tail "$said"
    if [ "$(tail -1 "$root/booted")" != end ] || grep -q ^FAIL "$root/booted"; then status=1; fi
}

apt update >"$said" 2>&1 || { tail "$said" && exit 69; }
check "it is installed, with what it needs" apt install "$first"
check "systemd is installed" apt install systemd systemd-sysv
check "no Swift is there" not inside sh -c 'find / -xdev -name "libswift*" | grep .'
check "nothing is missing that it is linked with" not inside sh -c 'ldd /usr/lib/sgs/* | grep "not found"'
for program in sgs sdc-runner; do
    check "$program --version" inside "$program" --version
    check "$program.1 is a page of the manual" test -s "$root/usr/share/man/man1/$program.1.gz"
done
check "the manual names no folder of where it was built" \
    not sh -c "zgrep -l 'tmp/sgs-package' '$root'/usr/share/man/man1/*.gz"
check "the examples are read" inside \
    sgs check "/usr/share/doc/$name/examples/surveys/euclid-2027q1"
check "the self-test" runner sdc-runner selftest

for unit in sdc-runner@.service sgs-serve.service; do
    check "systemd takes $unit" systemd-analyze verify --root="$root" --man=no \
        "${unit/@./@SDC-FR.}"
    check "systemd says OK of $unit" systemd-analyze security --offline=true --root="$root" \
        --threshold=50 "${unit/@./@SDC-FR.}"
done

sed -i 's|^SDC_RUNNER_OPTIONS=$|SDC_RUNNER_OPTIONS=--orders /var/lib/sdc-runner/orders|' \
    "$root/etc/sgs/sdc-runner.conf"
start sdc-runner@.service SDC-FR
ready "the runner"
check "the runner tells that it is alive" alive
check "a runner that is stopped tells nothing" silent
check "the runner answers" runner sdc-runner ping --sdc SDC-FR
check "a run of the sample pipeline completes" \
    runner timeout 120 sdc-runner submit observation --sdc SDC-FR --wait
cat >"$root/var/lib/sdc-runner/long.json" <<'JSON'
{"format": "sgs-graph/2", "name": "long", "policy": {"attempts": 1}, "nodes": [
 {"id": "nap", "kind": "exec", "executable": {"name": "nap", "command": "/bin/sh",
  "arguments": ["-c", "while [ ! -e /var/lib/sdc-runner/go ]; do sleep 0.2; done", "sh"],
  "resources": {"cores": 1, "ram_MiB": 64, "walltime_s": 600}}}]}
JSON
chmod 644 "$root/var/lib/sdc-runner/long.json"
check "a long run begins" \
    runner sdc-runner submit /var/lib/sdc-runner/long.json --sdc SDC-FR --id long
under_way() {
    local found
    for _ in $(seq 300); do
        found=$(runner sdc-runner ping --sdc SDC-FR --json)
        if [[ $found =~ \"underWay\"\ :\ 1 ]]; then return 0; fi
        sleep 0.1
    done
    echo "$found"
    return 1
}
check "its payload is under way" under_way

check "it is upgraded while the runner works" apt install "$later"
check "the later version is there" inside dpkg --compare-versions \
    "$(inside dpkg-query -W -f '${Version}' $name)" eq 99.0.0-1
check "settings that were changed are kept" grep -q 'orders /var' "$root/etc/sgs/sdc-runner.conf"
check "the old runner goes on" runner sdc-runner ping --sdc SDC-FR
check "asked twice, it ends at once" stop_at_once
start sdc-runner@.service SDC-FR
ready "the new runner"
touch "$root/var/lib/sdc-runner/go"
wait_for_run() {
    until runner sdc-runner status 2 --sdc SDC-FR; do
        case $? in 14 | 15) sleep 0.1 ;; *) return 1 ;; esac
    done
    runner sdc-runner job show 2/nap --sdc SDC-FR --json >"$root/job"
    python3 -c '
import json, sys
job = json.load(open(sys.argv[1]))
found = [job[name] for name in ("attempts", "failures", "losses")]
sys.exit(found != [1, 0, 0] and f"attempts, failures, losses: {found}")' "$root/job"
}
check "the payload that was under way completes, in its first attempt" wait_for_run
check "both runs are there" completed 2
check "the runner ends well" stop

check "PostgreSQL is installed" apt install postgresql
postgres() { inside runuser -u postgres -- "$@"; }
check "PostgreSQL starts" postgres /usr/lib/postgresql/15/bin/pg_ctl -w -l /dev/null \
    -D /var/lib/postgresql/15/main \
    -o "-c config_file=/etc/postgresql/15/main/postgresql.conf -c listen_addresses=''" start
check "the catalogue is made" postgres sh -c 'createuser sgs-serve && createdb sgs &&
    sgs catalogue migrate --database "host=/run/postgresql dbname=sgs" &&
    sgs catalogue grant reader sgs-serve --database "host=/run/postgresql dbname=sgs"'
sed -i 's|^SGS_SERVE_OPTIONS=$|SGS_SERVE_OPTIONS=--port 0|' "$root/etc/sgs/sgs-serve.conf"
printf 'PGHOST=/run/postgresql\nPGDATABASE=sgs\n' >>"$root/etc/sgs/sgs-serve.conf"
start sgs-serve.service
ready "the service"
check "the service tells that it is alive" alive
check "a service that is stopped tells nothing" silent
base=$(grep -o 'http://[0-9.:]*' "$root/unit.log" | tail -1)
check "the service answers" python3 -c \
    'import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1] + "/readyz").read())' "$base"
check "the service ends well" stop

check "PostgreSQL ends" postgres /usr/lib/postgresql/15/bin/pg_ctl -w \
    -D /var/lib/postgresql/15/main stop
boot
check "it is removed" apt remove $name
check "no program is left" not ls "$root/usr/bin/sgs" "$root/usr/lib/sgs"
check "the runs are kept" test -s "$root/var/lib/sdc-runner/SDC-FR/runner.sqlite"
check "the settings are kept" grep -q 'orders /var' "$root/etc/sgs/sdc-runner.conf"
check "it is installed again" apt install "$later"
check "all three runs are there again" completed 3

check "it is purged" apt purge $name
check "the runs are gone" not ls "$root/var/lib/sdc-runner/SDC-FR"
check "the products are kept" sh -c "find '$root/var/lib/sdc-runner/storage' -type f | grep -q ."
check "the settings are gone" not ls "$root/etc/sgs"
exit "$status"
