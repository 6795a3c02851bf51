-- The runner of each SDC, and what operators do to single orders.
--
-- A runner has a lease, and renews it whenever it looks at its orders.  Whoever gets the lease
-- gets a token one higher than any before; what comes with an older one is refused.

CREATE TABLE sgs.runner (
    sdc text CONSTRAINT runner_pkey PRIMARY KEY CONSTRAINT runner_sdc_not_empty CHECK (sdc <> ''),
    token bigint NOT NULL CONSTRAINT runner_token_positive CHECK (token > 0),
    host text NOT NULL,
    folder text NOT NULL,
    process bigint NOT NULL,
    since timestamptz NOT NULL,
    last_sign timestamptz NOT NULL,
    lease_seconds double precision NOT NULL
        CONSTRAINT runner_lease_positive CHECK (lease_seconds > 0),
    ended_at timestamptz,
    CONSTRAINT runner_times CHECK (since <= last_sign)
);
COMMENT ON TABLE sgs.runner IS 'The runner that serves an SDC, or served it last.';
COMMENT ON COLUMN sgs.runner.token IS 'Counts the runners that have got the lease, from 1.';
COMMENT ON COLUMN sgs.runner.folder IS 'Where on its host it keeps its state.';
COMMENT ON COLUMN sgs.runner.last_sign IS 'When it was last heard of.';
COMMENT ON COLUMN sgs.runner.lease_seconds IS 'Another runner may serve the SDC when it has not been heard of for so long.';
COMMENT ON COLUMN sgs.runner.ended_at IS 'When it gave the lease back; null while it has it.';

CREATE TABLE sgs.order_event (
    order_event bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT order_event_pkey PRIMARY KEY,
    processing_order bigint NOT NULL CONSTRAINT order_event_order_fkey REFERENCES sgs.processing_order,
    taken integer NOT NULL,
    event text NOT NULL CONSTRAINT order_event_known CHECK (event IN (
        'retry', 'withdraw', 'cancel', 'priority')),
    priority integer,
    actor text NOT NULL CONSTRAINT order_event_actor_not_empty CHECK (actor <> ''),
    comment text NOT NULL DEFAULT '',
    occurred_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT order_event_priority CHECK ((event = 'priority') = (priority IS NOT NULL))
);
COMMENT ON TABLE sgs.order_event IS 'What operators did to single orders: who, when, and why.';
COMMENT ON COLUMN sgs.order_event.taken IS 'How often a runner had taken the order by then; a runner stops what it took that time.';
COMMENT ON COLUMN sgs.order_event.priority IS 'The priority that it was given.';
CREATE INDEX order_event_of ON sgs.order_event (processing_order);

ALTER TABLE sgs.runner OWNER TO sgs_owner;
ALTER TABLE sgs.order_event OWNER TO sgs_owner;
GRANT SELECT ON sgs.runner, sgs.order_event TO sgs_reader, sgs_planner, sgs_runner;
GRANT INSERT ON sgs.order_event TO sgs_planner;
GRANT INSERT ON sgs.runner TO sgs_runner;
GRANT UPDATE (token, host, folder, process, since, last_sign, lease_seconds, ended_at)
    ON sgs.runner TO sgs_runner;

ALTER TABLE sgs.runner ENABLE ROW LEVEL SECURITY;
CREATE POLICY runner_read ON sgs.runner FOR SELECT
    TO sgs_reader, sgs_planner, sgs_runner USING (true);
CREATE POLICY runner_begins ON sgs.runner FOR INSERT TO sgs_runner WITH CHECK (sgs.serves(sdc));
CREATE POLICY runner_goes_on ON sgs.runner FOR UPDATE TO sgs_runner
    USING (sgs.serves(sdc)) WITH CHECK (sgs.serves(sdc));

CREATE TRIGGER order_event_kept BEFORE UPDATE OR DELETE ON sgs.order_event
    FOR EACH ROW EXECUTE FUNCTION sgs.refuse_change();
