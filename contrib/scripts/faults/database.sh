# The private catalogue of these checks, started by the first part that needs it.

start_catalogue() {
    [ -z "${database:-}" ] || return 0
    run "$sgs" catalogue start --directory "$catalogue"
    [ "$status" -eq 0 ] || { fails "a private catalogue" "exit $status, $(said)"; return 1; }
    database=$("$sgs" catalogue url --directory "$catalogue")
}

# What publishes in one step.
now=(--approve --comment "provoked faults")

# sql QUERY: its result, unaligned and without a heading.
sql() { "$sgs" catalogue psql --database "$database" -- -XAtqc "$1"; }

# clear_catalogue: makes the catalogue empty again: all of its tables but those that come with it.
clear_catalogue() {
    sql "DO \$\$ BEGIN EXECUTE (SELECT 'TRUNCATE ' || string_agg('sgs.' || quote_ident(tablename), ', ')
        FROM pg_tables WHERE schemaname = 'sgs' AND tablename <> 'migration'
            AND tablename NOT LIKE '%\\_transition'); END \$\$" >/dev/null
}

# rows: how many rows of each table a publication writes, on one line.
rows() {
    sql "SELECT concat_ws(' ', (SELECT count(*) FROM sgs.distribution),
        (SELECT count(*) FROM sgs.item), (SELECT count(*) FROM sgs.observation),
        (SELECT count(*) FROM sgs.tile), (SELECT count(*) FROM sgs.assignment),
        (SELECT count(*) FROM sgs.processing_order), (SELECT count(*) FROM sgs.order_input))"
}

# halves: published distributions that do not have an assignment for each item of their plan, and
# items without exactly one order that counts.
halves() {
    sql "SELECT (SELECT count(*) FROM sgs.distribution d
            WHERE d.state IN ('published', 'superseded') AND (SELECT count(*) FROM sgs.assignment a
                    WHERE a.distribution = d.distribution AND lower(a.known) = d.published_at)
                < jsonb_array_length(d.plan::jsonb #> '{plan,observations}')
                + jsonb_array_length(d.plan::jsonb #> '{plan,tiles}'))
        + (SELECT count(*) FROM sgs.item i
            JOIN sgs.assignment a ON a.item = i.item AND upper_inf(a.known) AND upper_inf(a.validity)
            WHERE (SELECT count(*) FROM sgs.processing_order o
                WHERE o.item = i.item AND o.state <> 'WITHDRAWN') <> 1)"
}

# publishing: whether a session is in the middle of writing a publication.
publishing() {
    [ "$(sql "SELECT count(*) FROM pg_stat_activity a JOIN pg_locks l USING (pid)
        WHERE l.relation = 'sgs.item'::regclass AND l.mode = 'RowExclusiveLock'")" != 0 ]
}
