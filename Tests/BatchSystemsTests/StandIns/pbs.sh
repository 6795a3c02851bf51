# A stand-in for the commands of PBS: pbs.sh STATE SLOTS qsub|qstat|qselect|qdel|qmgr ARGUMENTS...
# Its outputs are composed from qsub(1B), qstat(1B), qselect(1B) and qdel(1B).
. "$(dirname "$0")/engine.sh"

directive() { sed -n "s/^#PBS $1//p" "$script" | tail -n 1; }
# 12[3].server, and 12.server where there is one task.
name_of() {
    if [ "$(get "$1" count)" -gt 1 ]; then echo "$(job_of "$1")[$(task_of "$1")].server"; else echo "$(job_of "$1").server"; fi
}
is_active() {
    for other in $(tasks_of "$(job_of "$1")"); do
        case $(get "$other" state) in waiting | running) return 0 ;; esac
    done
    return 1
}

show() {
    ended=F
    [ "$(get "$1" count)" -le 1 ] || ! is_active "$1" || ended=X
    exit_status=$(get "$1" exit)
    [ "${exit_status:-0}" -le 128 ] || exit_status=$((exit_status - 128 + 256))
    substate=92
    [ "${exit_status:-0}" -eq 0 ] || substate=93
    [ ! -e "$1/late" ] || exit_status=-29
    [ ! -e "$1/cancelled" ] || substate=91
    case $(get "$1" state) in
    waiting) letter=Q substate=10 exit_status= ;;
    running) letter=R substate=42 exit_status= ;;
    *) letter=$ended ;;
    esac
    printf '        "%s":{\n            "Job_Name":"%s",\n            "job_state":"%s",\n            "queue":"workq",\n' \
        "$(name_of "$1")" "$(get "$1" name)" $letter
    [ -z "$(get "$1" started)" ] || printf '            "exec_host":"node1/0*1",\n            "stime":"%s",\n' \
        "$(TZ=UTC LC_ALL=C date -d "@$(get "$1" started)" '+%a %b %e %H:%M:%S %Y')"
    [ -z "$exit_status" ] || printf '            "Exit_status":%s,\n' "$exit_status"
    printf '            "substate":%s\n        }' $substate
}

case $verb in
qsub)
    script=$1
    queue=$(directive '-q ')
    case ${queue:-workq} in workq) ;; *) echo "qsub: Unknown queue" >&2; exit 170 ;; esac
    count=$(directive '-J 1-')
    walltime=$(directive '-l walltime=')
    [ -z "$walltime" ] || walltime=$(echo "$walltime" | awk -F: '{ print $1 * 3600 + $2 * 60 + $3 }')
    folder=$(directive '-o ')
    job=$(new_job)
    task=1
    while [ $task -le "${count:-1}" ]; do
        [ -z "$count" ] || export PBS_ARRAY_INDEX=$task
        start_task "$job" $task "$(directive '-N ')" "${count:-1}" "$walltime" "$folder/pbs.$job.$task" sh "$script"
        task=$((task + 1))
    done
    if [ -n "$count" ]; then echo "$job[].server"; else echo "$job.server"; fi
    ;;
qstat)
    status=0
    comma=
    printf '{\n    "timestamp":1795883973,\n    "pbs_version":"22.05.11",\n    "pbs_server":"server",\n    "Jobs":{\n'
    while [ $# -gt 0 ]; do
        id=$1
        shift
        case $id in -F) shift; continue ;; -*) continue ;; esac
        tasks=$(tasks_of "${id%%[!0-9]*}")
        case $id in *\[[0-9]*) tasks=$state/jobs/${id%%\[*}.$(echo "$id" | tr -cd '[0-9\[' | cut -d'[' -f2) ;; esac
        if [ -z "$tasks" ]; then
            echo "qstat: Unknown Job Id $id.server" >&2
            status=153
        fi
        for task in $tasks; do
            printf '%s' "$comma"
            show "$task"
            comma=',
'
        done
    done
    printf '\n    }\n}\n'
    exit $status
    ;;
qselect)
    while [ $# -gt 1 ]; do [ "$1" != -N ] || name=$2; shift; done
    for task in $(tasks_of); do
        [ "$(get "$task" name)" != "$name" ] || name_of "$task"
    done
    ;;
qdel)
    status=0
    for id in "$@"; do
        task=1
        case $id in *\[*) task=${id#*\[}; task=${task%%\]*} ;; esac
        cancel_task "${id%%[!0-9]*}" "$task"
        case $? in
        1) echo "qdel: Unknown Job Id $id.server" >&2; status=153 ;;
        2) echo "qdel: Job has finished $id.server" >&2; status=35 ;;
        esac
    done
    exit $status
    ;;
qmgr)
    printf 'create queue workq\nset server max_array_size = 10000\nset server job_history_duration = 336:00:00\n'
    ;;
esac
