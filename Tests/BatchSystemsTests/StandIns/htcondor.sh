# A stand-in for the commands of HTCondor:
# htcondor.sh STATE SLOTS condor_submit|condor_q|condor_history|condor_rm|condor_config_val ...
# Its outputs are composed from the manual's pages of these commands and of the attributes of jobs.
. "$(dirname "$0")/engine.sh"

field() { sed -n "s/^$1 = //p" "$script" | tail -n 1; }

# JobStatus of a task, and whether it is still in the queue.
status_of() {
    queued=yes
    case $(get "$1" state) in
    waiting) job_status=1 ;;
    running) job_status=2 ;;
    *)
        if [ -e "$1/late" ]; then
            job_status=5
        elif [ -e "$1/cancelled" ]; then
            job_status=3 queued=no
        else
            job_status=4 queued=no
        fi
        ;;
    esac
    # What is removed leaves the queue, held or not.
    if [ $job_status = 5 ] && [ -e "$1/removed" ]; then job_status=3 queued=no; fi
}

show() {
    printf '{\n  "ClusterId": %s,\n  "ProcId": %s,\n  "TotalSubmitProcs": %s,\n  "JobBatchName": "%s",\n' \
        "$(job_of "$1")" $(($(task_of "$1") - 1)) "$(get "$1" count)" "$(get "$1" name)"
    [ $job_status != 2 ] || printf '  "RemoteHost": "slot1@node1",\n'
    [ $job_status != 5 ] || printf '  "HoldReason": "The job exceeded allowed execute duration",\n  "HoldReasonCode": 47,\n'
    [ $job_status != 3 ] || printf '  "RemoveReason": "via condor_rm (by user root)",\n'
    [ -z "$(get "$1" started)" ] || printf '  "JobStartDate": %s,\n' "$(get "$1" started)"
    code=$(get "$1" exit)
    if [ $job_status = 4 ] && [ "$code" -gt 128 ]; then
        printf '  "ExitBySignal": true,\n  "ExitSignal": %s,\n' $((code - 128))
    elif [ $job_status = 4 ]; then
        printf '  "ExitBySignal": false,\n  "ExitCode": %s,\n' "$code"
    fi
    printf '  "CompletionDate": %s,\n  "JobStatus": %s\n}\n' \
        "$([ $job_status = 4 ] && get "$1" ended || echo 0)" $job_status
}

# Lists what is in the queue (yes) or not (no), by clusters or by a name.
list() {
    wanted=$1
    shift
    name=
    clusters=
    while [ $# -gt 0 ]; do
        case $1 in
        -attributes) shift ;;
        -constraint) name=${2#*\"}; name=${name%\"*}; shift ;;
        -*) ;;
        *) clusters="$clusters $1" ;;
        esac
        shift
    done
    comma=
    printf '[\n'
    for task in $(if [ -n "$name" ]; then tasks_of; else for cluster in $clusters; do tasks_of "$cluster"; done; fi); do
        [ -z "$name" ] || [ "$(get "$task" name)" = "$name" ] || continue
        status_of "$task"
        [ $queued = "$wanted" ] || continue
        printf '%s' "$comma"
        show "$task"
        comma=',
'
    done
    printf ']\n'
}

case $verb in
condor_submit)
    script=$2
    count=$(sed -n 's/^queue //p' "$script")
    job=$(new_job)
    # The new syntax of arguments, as a shell's.
    arguments=$(field arguments | sed -e 's/^"//' -e 's/"$//' -e 's/""/"/g' -e "s/''/'\\\\''/g")
    eval "set -- $arguments"
    task=1
    while [ $task -le "$count" ]; do
        export BATCH_TASK=$task
        start_task "$job" $task "$(field batch_name)" "$count" "$(field allowed_execute_duration)" \
            "$(field initialdir)/condor.$job.$task" "$(field executable)" "$@"
        task=$((task + 1))
    done
    echo "$job.0 - $job.$((count - 1))"
    ;;
condor_q) list yes "$@" ;;
condor_history) list no "$@" ;;
condor_rm)
    status=0
    for id in "$@"; do
        task=1
        case $id in *.*) task=$((${id#*.} + 1)) ;; esac
        folder=$state/jobs/${id%%.*}.$task
        cancel_task "${id%%.*}" $task
        case $? in
        1) echo "Couldn't find/remove all jobs in cluster ${id%%.*}" >&2; status=1 ;;
        *) put "$folder" removed yes ;;
        esac
    done
    exit $status
    ;;
condor_config_val) echo 20000 ;;
esac
