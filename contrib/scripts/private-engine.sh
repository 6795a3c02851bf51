# What slurm.sh and gridengine.sh share, which read this file. `engine` is the name in messages, and
# `dir` the folder of the engine.

# Ends where a program is missing.
need() {
    local program
    for program in "$@"; do
        command -v "$program" >/dev/null || { echo "$engine: $program is missing; setup.sh full installs it" >&2; exit 69; }
    done
}

# A port from which on COUNT ports are free, below those that the kernel gives away.
free_ports() {
    local count=$1 first port
    while true; do
        first=$((20000 + RANDOM % 10000))
        for ((port = first; port < first + count; port++)); do
            ! grep -qi ":$(printf %04X $port) " /proc/net/tcp || continue 2
        done
        echo $first
        return
    done
}

# Runs a command until it succeeds, for at most 30 s.
until_done() {
    for _ in $(seq 300); do
        ! "$@" >/dev/null 2>&1 || return 0
        sleep 0.1
    done
    echo "$engine: $* does not succeed within 30 s; see $dir/log" >&2
    return 1
}

# Waits until a process is gone; kills it after 10 s.
until_gone() {
    for _ in $(seq 100); do
        kill -0 "$1" 2>/dev/null || return 0
        sleep 0.1
    done
    kill -KILL "$1" 2>/dev/null || true
}
