#!/bin/bash
# A private Grid Engine cell for tests: master and one execution host, on this machine.
#
#   gridengine.sh start DIR [SLOTS]   queue main.q with 4 slots, parallel environment smp
#   gridengine.sh stop DIR
#
# Everything is below DIR, which may hold one cell; several run at once, each with ports of its
# own. As root its daemons are those of sgeadmin, else of whoever starts it. When `start` returns
# the host has reported, so that jobs start, and DIR/env.sh has what clients need in their
# environment. Nothing is installed: setup.sh full does that.
set -euo pipefail
usage() { echo "usage: gridengine.sh start DIR [SLOTS] | stop DIR" >&2; exit 64; }
[ $# -ge 2 ] || usage
verb=$1
engine=gridengine
mkdir -p "$2"
dir=$(realpath "$2")
slots=${3:-4}
PATH=$PATH:/usr/sbin
host=$(hostname -s)
shared=/usr/share/gridengine
library=/usr/lib/gridengine

. "$(dirname "$0")/private-engine.sh"
need sge_qmaster sge_execd qconf

as_admin() { "$@"; }
admin=$(id -un)
if [ "$(id -u)" -eq 0 ]; then
    admin=sgeadmin
    as_admin() { runuser -u sgeadmin -- "$@"; }
fi

# Whether the queue has no state that keeps it from taking jobs, such as `u`: no report yet.
is_ready() { qstat -f | awk '/^main.q@/ { ready = NF == 5 && $4 != "-NA-" } END { exit !ready }'; }

start() {
    [ ! -e "$dir/env.sh" ] || { echo "gridengine: $dir holds a cell; stop it first" >&2; exit 73; }
    local first architecture kind
    first=$(free_ports 2)
    rm -rf "${dir:?}"/{default,spool,log}
    mkdir -p "$dir"/default/common "$dir"/spool/{qmaster/job_scripts,db,execd}
    chmod 755 "$dir"
    ln -sfn $shared/util "$dir/util"
    architecture=$($shared/util/arch)
    for kind in bin lib utilbin; do
        mkdir -p "$dir/$kind"
        ln -sfn $library "$dir/$kind/$architecture"
    done
    cat >"$dir/env.sh" <<C
export SGE_ROOT=$dir SGE_CELL=default SGE_QMASTER_PORT=$first SGE_EXECD_PORT=$((first + 1))
C
    . "$dir/env.sh"
    sed -e "s#/var/spool/gridengine/spooldb#$dir/spool/db#; s#/var/spool/gridengine/qmaster#$dir/spool/qmaster#" \
        -e "s#^binary_path.*#binary_path /usr/sbin#; s#^admin_user.*#admin_user $admin#" \
        $shared/default-bootstrap >"$dir/default/common/bootstrap"
    sed -e "s#/var/spool/gridengine/execd#$dir/spool/execd#; s/^min_uid.*/min_uid 0/; s/^min_gid.*/min_gid 0/" \
        -e "s/^load_report_time.*/load_report_time 00:00:02/; s/flush_time=00:00:15/flush_time=00:00:01/" \
        $shared/default-configuration >"$dir/configuration"
    echo "$host localhost" >"$dir/default/common/host_aliases"
    echo "$host" >"$dir/default/common/act_qmaster"
    [ "$(id -u)" -ne 0 ] || chown -R sgeadmin:sgeadmin "$dir"
    as_admin $library/spoolinit berkeleydb libspoolb "$dir/spool/db" init
    for kind in "configuration $dir/configuration" "complexes $shared/util/resources/centry" \
        "usersets $shared/util/resources/usersets" "managers $admin"; do
        # shellcheck disable=SC2086
        as_admin $library/spooldefaults $kind >/dev/null
    done
    sge_qmaster
    until_done qconf -sh
    for kind in "-am $(id -un)" "-as $host" "-ah $host"; do
        # shellcheck disable=SC2086
        as_admin qconf $kind >/dev/null 2>&1 || true
    done
    printf 'group_name @allhosts\nhostlist %s\n' "$host" >"$dir/hosts"
    qconf -Ahgrp "$dir/hosts" >>"$dir/log" 2>&1
    cat >"$dir/smp" <<C
pe_name smp
slots 999
user_lists NONE
xuser_lists NONE
start_proc_args NONE
stop_proc_args NONE
allocation_rule \$pe_slots
control_slaves FALSE
job_is_first_task TRUE
urgency_slots min
accounting_summary TRUE
qsort_args NONE
C
    qconf -Ap "$dir/smp" >>"$dir/log" 2>&1
    sge_execd
    until_done qconf -sel
    cat >"$dir/queue" <<C
qname main.q
hostlist @allhosts
seq_no 0
load_thresholds NONE
suspend_thresholds NONE
nsuspend 1
suspend_interval 00:05:00
priority 0
min_cpu_interval 00:05:00
processors UNDEFINED
qtype BATCH
ckpt_list NONE
pe_list smp
rerun FALSE
slots $slots
tmpdir /tmp
shell /bin/sh
prolog NONE
epilog NONE
shell_start_mode unix_behavior
starter_method NONE
suspend_method NONE
resume_method NONE
terminate_method NONE
notify 00:00:05
owner_list NONE
user_lists NONE
xuser_lists NONE
subordinate_list NONE
complex_values NONE
projects NONE
xprojects NONE
calendar NONE
initial_state default
C
    for kind in s h; do
        for limit in rt cpu fsize data stack core rss vmem; do echo "${kind}_$limit INFINITY"; done
    done >>"$dir/queue"
    qconf -Aq "$dir/queue" >>"$dir/log" 2>&1
    qconf -ssconf | sed -e 's/^schedule_interval.*/schedule_interval 0:0:1/' \
        -e 's/^flush_submit_sec.*/flush_submit_sec 1/; s/^flush_finish_sec.*/flush_finish_sec 1/' \
        -e 's/^load_adjustment_decay_time.*/load_adjustment_decay_time 0:0:0/' >"$dir/scheduler"
    qconf -Msconf "$dir/scheduler" >>"$dir/log" 2>&1
    until_done is_ready
}

stop() {
    [ -e "$dir/env.sh" ] || return 0
    . "$dir/env.sh"
    local file
    timeout 10 qdel -f -u "$(id -un)" >/dev/null 2>&1 || true
    timeout 10 qconf -ke all >/dev/null 2>&1 || true
    timeout 10 qconf -km >/dev/null 2>&1 || true
    for file in "$dir"/spool/execd/*/execd.pid "$dir/spool/qmaster/qmaster.pid"; do
        [ ! -s "$file" ] || until_gone "$(cat "$file")"
    done
    rm -f "$dir/env.sh"
}

case $verb in
start) start || { stop; exit 70; } ;;
stop) stop ;;
*) usage ;;
esac
