#!/bin/bash
# A private Slurm for tests: controller and virtual nodes of this machine, on the loopback only.
#
#   slurm.sh start DIR [NODES [CORES]]   4 nodes with 4 cores each: all in the partitions main and
#                                        urgent, whose jobs preempt others; the first in spare, too
#   slurm.sh stop DIR
#   slurm.sh restart-controller DIR      kills the controller (SIGKILL) and starts it anew
#
# Everything is below DIR, which may hold one engine; several run at once, each with ports of its
# own. It runs as whoever starts it, jobs too, behind a munged with a key of its own. When `start`
# returns its nodes are idle, and DIR/env.sh has what clients need in their environment. Ended jobs
# are forgotten after MIN_JOB_AGE seconds (300). There is no accounting, and nothing is installed:
# setup.sh full does that.
set -euo pipefail
usage() { echo "usage: slurm.sh start DIR [NODES [CORES]] | stop DIR | restart-controller DIR" >&2; exit 64; }
[ $# -ge 2 ] || usage
verb=$1
engine=slurm
mkdir -p "$2"
dir=$(realpath "$2")
nodes=${3:-4}
cores=${4:-4}
PATH=$PATH:/usr/sbin:/sbin
export SLURM_CONF=$dir/slurm.conf

. "$(dirname "$0")/private-engine.sh"
need slurmctld slurmd munged

# Ends the process that a file names, and waits until it is gone.
end() {
    [ -s "$1" ] || return 0
    local process
    process=$(cat "$1")
    kill "${2:--TERM}" "$process" 2>/dev/null || return 0
    until_gone "$process"
}

is_idle() {
    [ "$(sinfo -h -N -p main -t idle,mixed,allocated,completing -o %N 2>/dev/null | sort -u | wc -l)" -ge "$(cat "$dir/nodes")" ]
}

wait_until_idle() {
    until_done is_idle || { sinfo >&2 || true; return 1; }
}

start() {
    [ ! -e "$dir/slurm.conf" ] || { echo "slurm: $dir holds an engine; stop it first" >&2; exit 73; }
    rm -rf "${dir:?}"/{state,log,munge,spool}
    mkdir -p "$dir"/{state,log,munge,spool}
    chmod 711 "$dir"
    chmod 755 "$dir/munge"
    (umask 077; dd if=/dev/urandom of="$dir/munge/key" bs=128 count=1 status=none)
    munged --force --key-file="$dir/munge/key" --socket="$dir/munge/socket" \
        --pid-file="$dir/munge/pid" --log-file="$dir/log/munged.log" --seed-file="$dir/munge/seed" \
        2>/dev/null
    local host user first
    host=$(hostname -s)
    user=$(id -un)
    first=$(free_ports $((nodes + 1)))
    echo "$nodes" >"$dir/nodes"
    cat >"$dir/slurm.conf" <<C
ClusterName=private
SlurmctldHost=$host(127.0.0.1)
AuthType=auth/munge
AuthInfo=socket=$dir/munge/socket
CredType=cred/munge
SlurmUser=$user
SlurmdUser=$user
SlurmctldPort=$first
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd.%n.pid
SlurmctldLogFile=$dir/log/slurmctld.log
SlurmdLogFile=$dir/log/slurmd.%n.log
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool/%n
SlurmdParameters=config_overrides
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=1
JobAcctGatherParams=OverMemoryKill
MpiDefault=none
SwitchType=switch/none
ReturnToService=2
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,bf_interval=1,batch_sched_delay=0
PreemptType=preempt/partition_prio
PreemptMode=CANCEL
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
DefMemPerCPU=64
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
MinJobAge=${MIN_JOB_AGE:-300}
KillWait=2
CompleteWait=0
MaxArraySize=10001
MaxJobCount=20000
NodeName=n[1-$nodes] NodeHostname=$host NodeAddr=127.0.0.1 Port=[$((first + 1))-$((first + nodes))] CPUs=$cores RealMemory=16000 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
PartitionName=spare Nodes=n1 Default=NO MaxTime=10 State=UP
PartitionName=urgent Nodes=ALL Default=NO MaxTime=INFINITE State=UP PriorityTier=10
C
    cat >"$dir/env.sh" <<C
export SLURM_CONF=$dir/slurm.conf
C
    slurmctld 2>>"$dir/log/start"
    for ((node = 1; node <= nodes; node++)); do slurmd -N "n$node" 2>>"$dir/log/start"; done
    wait_until_idle
}

stop() {
    [ -e "$dir/slurm.conf" ] || return 0
    timeout 10 scancel -u "$(id -un)" 2>/dev/null || true
    for ((node = 1; node <= $(cat "$dir/nodes"); node++)); do
        end "$dir/slurmd.n$node.pid"
    done
    end "$dir/slurmctld.pid"
    end "$dir/munge/pid"
    rm -f "$dir/slurm.conf"
}

case $verb in
start) start || { stop; exit 70; } ;;
stop) stop ;;
restart-controller)
    end "$dir/slurmctld.pid" -KILL
    slurmctld 2>>"$dir/log/start"
    wait_until_idle
    ;;
*) usage ;;
esac
