# Read by the stand-ins of batch systems: runs tasks on $slots slots, and keeps what is known of
# them in $state/jobs/JOB.TASK. A stand-in for tests: it imitates what the manuals say of the
# commands, and is no proof of what the systems do.
state=$1
slots=$2
verb=$3
shift 3
mkdir -p "$state/jobs"

# The next job's number.
new_job() {
    (
        flock 8
        number=$(($(cat "$state/number" 2>/dev/null || echo 0) + 1))
        echo $number >"$state/number"
        echo $number
    ) 8>"$state/number.lock"
}

# Writes a field of a task, whole.
put() { echo "$3" >"$1/$2.new" && mv "$1/$2.new" "$1/$2"; }
get() { cat "$1/$2" 2>/dev/null; }

# Takes a free slot as descriptor 9, in the order of asking as near as may be.
take_slot() {
    while :; do
        [ ! -e "$1/cancelled" ] || return 1
        slot=0
        while [ $slot -lt "$slots" ]; do
            exec 9>"$state/slot.$slot"
            ! flock -n 9 || return 0
            slot=$((slot + 1))
        done
        sleep 0.05
    done
}

# Runs a task: FOLDER WALLTIME OUTPUT COMMAND...
run_task() {
    task=$1 walltime=$2 output=$3
    shift 3
    if ! take_slot "$task"; then
        put "$task" state gone
        return
    fi
    setsid "$@" </dev/null >"$output" 2>&1 9>&- &
    child=$!
    put "$task" started "$(date +%s)"
    put "$task" child $child
    put "$task" state running
    [ ! -e "$task/cancelled" ] || kill -KILL -$child
    watch=
    if [ -n "$walltime" ]; then
        { sleep "$walltime"; put "$task" late yes; kill -TERM -$child; sleep 1; kill -KILL -$child; } \
            >/dev/null 2>&1 9>&- &
        watch=$!
    fi
    wait $child 2>/dev/null
    put "$task" exit $?
    [ -z "$watch" ] || kill $watch 2>/dev/null
    put "$task" ended "$(date +%s)"
    put "$task" state ended
}

# Makes a task and has it run: JOB TASK NAME COUNT WALLTIME OUTPUT COMMAND...
start_task() {
    folder=$state/jobs/$1.$2
    mkdir -p "$folder"
    put "$folder" name "$3"
    put "$folder" count "$4"
    put "$folder" state waiting
    walltime=$5 output=$6
    shift 6
    run_task "$folder" "$walltime" "$output" "$@" </dev/null >/dev/null 2>&1 &
}

# Cancels a task: JOB TASK; status 1 where there is none, 2 where it has ended.
cancel_task() {
    folder=$state/jobs/$1.$2
    [ -d "$folder" ] || return 1
    case $(get "$folder" state) in ended | gone) return 2 ;; esac
    put "$folder" cancelled yes
    child=$(get "$folder" child)
    [ -z "$child" ] || kill -KILL "-$child" 2>/dev/null
    return 0
}

# Folders of a job's tasks, by their numbers; of all jobs without an argument.
tasks_of() {
    if [ $# -gt 0 ]; then ls -d "$state/jobs/$1".*; else ls -d "$state"/jobs/*.*; fi 2>/dev/null |
        grep -v '\.new$' | sort -t. -k2,2n
}
job_of() { n=${1##*/}; echo "${n%%.*}"; }
task_of() { echo "${1##*.}"; }
