# Publications that meet, and that are cut off: whole distributions or nothing.

start_catalogue || return
clear_catalogue
folder=surveys/euclid-2027q1
for seed in 1 2 3 4; do
    "$sgs" plan "$folder" --effort quick --seed "$seed" --output "$work/seed-$seed" >/dev/null 2>&1
done
expect "a first publication" 0 published -- "$sgs" publish "${now[@]}" "$work/seed-1" --database "$database"
equal "a first publication, rows" "$(rows | cut -d' ' -f1-6)" "1 5877 1787 4090 5877 5877" \
    "1 distribution, 5877 items, assignments and orders"

# start_publishing SEED: publishes in the background.
start_publishing() {
    "$sgs" publish "${now[@]}" "$work/seed-$1" --database "$database" >"$work/publish-$1" 2>&1 &
    publisher=$!
}

# end_publishing SEED PID [SIGNAL]: waits for a publication's end.
end_publishing() {
    ended "$2" "${3:-}"
    cp "$work/publish-$1" "$work/said"
}

# Two at once.
start_publishing 2 && second=$publisher
start_publishing 3 && third=$publisher
end_publishing 2 "$second" && judge "two publications at once, one" '0|75'
ended=$status
end_publishing 3 "$third" && judge "two publications at once, other" '0|75'
done_count=$(((ended == 0) + (status == 0)))
((done_count > 0)) || fails "two publications at once" "none was published"
equal "two publications at once, distributions" "$(sql 'SELECT count(*) FROM sgs.distribution')" \
    $((1 + done_count))
equal "two publications at once, halves" "$(halves)" 0 "no distribution or order is incomplete"
for seed in 2 3; do
    # The one that the other has superseded meanwhile is not published again unasked.
    expect "a retry of plan $seed" '0|1' -- \
        "$sgs" publish "${now[@]}" "$work/seed-$seed" --database "$database"
done
equal "retries, distributions" "$(sql 'SELECT count(*) FROM sgs.distribution')" 3
equal "retries, halves" "$(halves)" 0 "no distribution or order is incomplete"

# One while another one writes: it says so and does not wait.
hold="SELECT pg_advisory_xact_lock(hashtextextended('sgs.publish euclid', 0))"
sql "BEGIN; $hold; SELECT pg_sleep(60)" >/dev/null 2>&1 &
holder=$!
held() { [ "$(sql "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")" != 0 ]; }
wait_for 10 held
expect "a publication while another one writes" 75 'is being published; try again later' -- \
    "$sgs" publish "${now[@]}" "$work/seed-4" --database "$database"
sql "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'" >/dev/null
ended "$holder"

# The publisher killed in the middle.
before=$(rows)
start_publishing 4
wait_for 30 publishing || fails "publish killed with -9" "it never wrote"
end_publishing 4 "$publisher" 9
equal "publish killed with -9 while it writes" "$status" 137 "exit 137, killed"
gone() { [ "$(sql "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")" = 0 ]; }
wait_for 30 gone
equal "publish killed with -9, rows" "$(rows)" "$before" "$before before and after"

# The server killed in the middle.
start_publishing 4
server=$(as_root head -1 "$catalogue/data/postmaster.pid" || head -1 "$catalogue/data/postmaster.pid")
wait_for 30 publishing && kill -9 "$server"
end_publishing 4 "$publisher"
judge "the server killed with -9 during a publication" '69'
expect "the server again" 0 'started the private catalogue' -- \
    "$sgs" catalogue start --directory "$catalogue"
equal "the server killed, rows" "$(rows)" "$before" "$before before and after"
expect "the publication again" 0 'published' -- "$sgs" publish "${now[@]}" "$work/seed-4" --database "$database"
equal "the publication again, halves" "$(halves)" 0 "no distribution or order is incomplete"

# The server's disk full in the middle.
small=$work/small-disk
mkdir "$small"
if as_root mount -t tmpfs -o size=120m,mode=777 tmpfs "$small"; then
    mounted=$small
    usual=$database
    database=$("$sgs" catalogue start --directory "$small/catalogue" 2>/dev/null)
    expect "a publication on a small disk" 0 'revision 1' -- \
        "$sgs" publish "${now[@]}" "$work/seed-1" --database "$database"
    before=$(rows)
    dd if=/dev/zero of="$small/filler" bs=64k 2>/dev/null
    expect "a full disk of the server" '69|73' -- \
        "$sgs" publish "${now[@]}" "$work/seed-2" --database "$database"
    rm "$small/filler"
    "$sgs" catalogue start --directory "$small/catalogue" >/dev/null 2>&1
    equal "a full disk of the server, rows" "$(rows)" "$before" "$before before and after"
    expect "the publication with room again" 0 'revision 2' -- \
        "$sgs" publish "${now[@]}" "$work/seed-2" --database "$database"
    equal "the publication with room again, halves" "$(halves)" 0 \
        "no distribution or order is incomplete"
    "$sgs" catalogue stop --directory "$small/catalogue" 2>/dev/null
    as_root umount "$small" && mounted=
    database=$usual
fi
