-- What the steps of orders used, and observations that came, or never will.

ALTER TABLE sgs.step_run
    ADD COLUMN executable text,
    ADD COLUMN cpu_seconds double precision
        CONSTRAINT step_run_cpu_sign CHECK (cpu_seconds >= 0),
    ADD COLUMN peak_mib double precision
        CONSTRAINT step_run_peak_sign CHECK (peak_mib >= 0),
    ADD COLUMN read_bytes bigint
        CONSTRAINT step_run_read_sign CHECK (read_bytes >= 0),
    ADD COLUMN written_bytes bigint
        CONSTRAINT step_run_written_sign CHECK (written_bytes >= 0);
COMMENT ON COLUMN sgs.step_run.executable IS 'Name of the program; null where the runner did not tell it.';
COMMENT ON COLUMN sgs.step_run.cpu_seconds IS 'Processor time, measured; null where the runner did not tell it.';
COMMENT ON COLUMN sgs.step_run.peak_mib IS 'Largest resident set of its processes, measured, in MiB.';
COMMENT ON COLUMN sgs.step_run.read_bytes IS 'Bytes that went through read calls.';
COMMENT ON COLUMN sgs.step_run.written_bytes IS 'Bytes that went through write calls.';

CREATE TABLE sgs.arrival_event (
    arrival_event bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT arrival_event_pkey PRIMARY KEY,
    item bigint NOT NULL CONSTRAINT arrival_event_item_fkey REFERENCES sgs.item,
    event text NOT NULL
        CONSTRAINT arrival_event_known CHECK (event IN ('arrived', 'lost', 'expected')),
    actor text NOT NULL CONSTRAINT arrival_event_actor_not_empty CHECK (actor <> ''),
    comment text NOT NULL DEFAULT '',
    occurred_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE sgs.arrival_event IS 'What is known of the data of observations: they came, never will, or are expected again; the newest counts.';
COMMENT ON COLUMN sgs.arrival_event.comment IS 'Why.';
CREATE INDEX arrival_event_of ON sgs.arrival_event (item, arrival_event);

-- The newest of each observation.
CREATE VIEW sgs.arrival AS
SELECT DISTINCT ON (item) item, event, actor, comment, occurred_at
FROM sgs.arrival_event ORDER BY item, arrival_event DESC;
COMMENT ON VIEW sgs.arrival IS 'What is known last of the data of each observation of which somebody said something.';

ALTER TABLE sgs.arrival_event OWNER TO sgs_owner;
ALTER VIEW sgs.arrival OWNER TO sgs_owner;
GRANT SELECT ON sgs.arrival_event, sgs.arrival TO sgs_reader, sgs_planner, sgs_runner;
GRANT INSERT ON sgs.arrival_event TO sgs_planner;

CREATE TRIGGER arrival_event_kept BEFORE UPDATE OR DELETE ON sgs.arrival_event
    FOR EACH ROW EXECUTE FUNCTION sgs.refuse_change();

CREATE FUNCTION sgs.is_lost(item bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce((
        SELECT e.event = 'lost' FROM sgs.arrival_event e WHERE e.item = is_lost.item
        ORDER BY e.arrival_event DESC LIMIT 1), false)
$$;
COMMENT ON FUNCTION sgs.is_lost IS 'Whether the data of an observation will never come.';
ALTER FUNCTION sgs.is_lost OWNER TO sgs_owner;
