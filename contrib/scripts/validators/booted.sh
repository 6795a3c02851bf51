#!/bin/bash
# What test-package.sh looks at where systemd runs: in the Debian 12 that installed.sh has booted.
#
# Prints `ok` or FAIL for each check; ends the machine.
unit=sdc-runner@SDC-FR.service
said=/said
check() {
    local what=$1
    shift
    if "$@" >"$said" 2>&1; then echo "ok   $what"; else
        echo "FAIL $what"
        sed 's/^/       /' "$said" | tail -20
        journalctl --no-pager -n 20 -o cat -u "$unit" -u sgs-serve | sed 's/^/       /'
    fi
}
as() { setpriv --reuid sdc-runner --regid sdc-runner --init-groups "$@"; }
# Half a minute for what happens by itself.
soon() {
    for _ in $(seq 300); do
        if "$@" >/dev/null 2>&1; then return 0; fi
        sleep 0.1
    done
    "$@"
}
answers() { as sdc-runner ping --sdc SDC-FR; }
under_way() { as sdc-runner ping --sdc SDC-FR --json | grep '"underWay" : 1'; }
started_again() { test "$(systemctl show -P NRestarts $unit)" = "$1" && answers; }
service_started_again() { test "$(systemctl show -P NRestarts sgs-serve)" = 1; }
kill_main() { systemctl kill --kill-who=main -s "$1" $unit; }
completed() { as sdc-runner status 3 --sdc SDC-FR; }
in_first_attempt() {
    as sdc-runner job show 3/nap --sdc SDC-FR | tee /job
    grep '^Retry  *1 attempts, 0 failed, 0 lost' /job
}
ready() {
    local port
    port=$(journalctl -o cat -u sgs-serve | grep -o '127.0.0.1:[0-9]*' | tail -1)
    exec 3<>"/dev/tcp/127.0.0.1/${port#*:}"
    printf 'GET /readyz HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n' >&3
    grep '200 OK' <&3
}

# As the units are, but for how long nobody has to wait.
for service in sdc-runner@ sgs-serve; do
    mkdir -p /run/systemd/system/$service.service.d
    printf '[Service]\nWatchdogSec=3\nRestartSec=1\n' >/run/systemd/system/$service.service.d/short.conf
done
systemctl daemon-reload

check "systemd starts the runner" systemctl start $unit
cat >/var/lib/sdc-runner/confined.json <<'JSON'
{"format": "sgs-graph/2", "name": "confined", "policy": {"attempts": 1}, "nodes": [
 {"id": "nap", "kind": "exec", "executable": {"name": "nap", "command": "/bin/sh",
  "arguments": ["-c", "for file in /etc/x /usr/x /home/x /root/x /sys/x; do if touch $file; then exit 3; fi; done; touch /tmp/here && while [ ! -e /var/lib/sdc-runner/gone ]; do sleep 0.2; done; rm /tmp/here", "sh"],
  "resources": {"cores": 1, "ram_MiB": 64, "walltime_s": 600}}}]}
JSON
chmod 644 /var/lib/sdc-runner/confined.json
check "a run begins" as sdc-runner submit /var/lib/sdc-runner/confined.json --sdc SDC-FR
check "its payload is under way" soon under_way
kill_main KILL
check "a runner that is killed is started again" soon started_again 1
kill_main STOP
check "a runner that hangs is ended and started again" soon started_again 2
check "that was the watchdog's doing" grep 'Watchdog timeout' <(journalctl -u $unit)
touch /var/lib/sdc-runner/gone
check "its payload could write to its own folders alone, and completes" soon completed
check "all that in one attempt" in_first_attempt
check "systemd stops the runner" systemctl stop $unit
check "it has not failed" test "$(systemctl show -P Result $unit)" = success

check "systemd starts PostgreSQL and the service" systemctl start postgresql sgs-serve
check "the service answers" soon ready
systemctl kill --kill-who=main -s STOP sgs-serve
check "a service that hangs is ended and started again" \
    soon service_started_again
check "it answers again" soon ready
check "systemd stops the service" systemctl stop sgs-serve
echo end
