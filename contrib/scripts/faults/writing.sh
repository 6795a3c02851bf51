# Files: all or none, whatever the disk says.

folder=surveys/euclid-2027q1

# A full disk: a file system of 6 MB, or else a limit on the size of a file.
small=$work/small
mkdir "$small"
if as_root mount -t tmpfs -o size=6m,mode=777 tmpfs "$small"; then
    mounted=$small
    how="a tmpfs of 6 MB"
    plan_small() { run "$sgs" plan "$folder" --output "$small" "$@"; }
    reason='No space left on device'
else
    how="no tmpfs without root: files limited to 1 MB by ulimit"
    plan_small() { run bash -c 'trap "" XFSZ; ulimit -f 1024; exec "$@"' - \
        "$sgs" plan "$folder" --output "$small" "$@"; }
    reason='File too large'
fi
"$sgs" plan "$folder" --effort quick --output "$work/first" >/dev/null 2>&1
cp "$work/first"/* "$small"
digests() { (cd "$1" && sha256sum -- *); }
before=$(digests "$small")
plan_small --effort quick --seed 2
judge "a full disk" 73 'cannot write' "$reason"
equal "a full disk, the files of the run before" "$(digests "$small")" "$before" \
    "whole ($how)"
equal "a full disk, partial files" "$(find "$small" -name '*.partial-*' | wc -l)" 0 "none are left"
if [ -n "$mounted" ]; then as_root umount "$mounted" && mounted=; fi

# Folders that cannot be written to.
touch "$work/file"
expect "an output folder below a file" 73 'cannot write' 'Not a directory' -- \
    "$sgs" plan "$folder" --effort quick --output "$work/file/run"
expect "an output folder of the kernel's" 73 'cannot write' -- \
    "$sgs" plan "$folder" --effort quick --output /proc/sgs-faults
mkdir -p "$work/held/plan.json"
run "$sgs" plan "$folder" --effort quick --output "$work/held"
judge "a folder in a file's place" 73 'cannot write' 'plan.json'
equal "a folder in a file's place, other files" "$(ls "$work/held")" plan.json "none was written"
if [ "$(id -u)" -ne 0 ]; then
    mkdir -m 555 "$work/closed"
    expect "an output folder without permission" 73 'Permission denied' -- \
        "$sgs" plan "$folder" --effort quick --output "$work/closed"
fi
