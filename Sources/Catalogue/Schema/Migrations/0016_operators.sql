-- Each taking of an order by a runner is kept, and long lists of orders are read in their order.

CREATE TABLE sgs.order_taking (
    processing_order bigint NOT NULL
        CONSTRAINT order_taking_order_fkey REFERENCES sgs.processing_order,
    taken integer NOT NULL,
    sdc text NOT NULL,
    runner text NOT NULL,
    taken_at timestamptz NOT NULL,
    CONSTRAINT order_taking_pkey PRIMARY KEY (processing_order, taken)
);
COMMENT ON TABLE sgs.order_taking IS 'Which runner took an order, each time that one did.';
COMMENT ON COLUMN sgs.order_taking.taken IS 'How often the order has been taken, this time counted.';
INSERT INTO sgs.order_taking
SELECT processing_order, taken, sdc, runner, taken_at FROM sgs.processing_order
WHERE taken > 0 AND runner IS NOT NULL AND taken_at IS NOT NULL;

ALTER TABLE sgs.order_taking OWNER TO sgs_owner;
GRANT SELECT ON sgs.order_taking TO sgs_reader, sgs_planner, sgs_runner;
GRANT INSERT ON sgs.order_taking TO sgs_runner;
ALTER TABLE sgs.order_taking ENABLE ROW LEVEL SECURITY;
CREATE POLICY taking_read ON sgs.order_taking FOR SELECT
    TO sgs_reader, sgs_planner, sgs_runner USING (true);
CREATE POLICY taking_served ON sgs.order_taking FOR INSERT TO sgs_runner
    WITH CHECK (sgs.serves(sdc));
CREATE TRIGGER order_taking_kept BEFORE UPDATE OR DELETE ON sgs.order_taking
    FOR EACH ROW EXECUTE FUNCTION sgs.refuse_change();

CREATE FUNCTION sgs.order_rank(state text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE state WHEN 'ERROR' THEN 0 WHEN 'ABORTED' THEN 1 WHEN 'EXECUTING' THEN 2
        WHEN 'ALLOCATED' THEN 3 WHEN 'COMPLETED' THEN 4 ELSE 5 END
$$;
COMMENT ON FUNCTION sgs.order_rank IS 'Where orders of a state stand in lists: those first that somebody has to do something about.';
ALTER FUNCTION sgs.order_rank OWNER TO sgs_owner;
CREATE INDEX processing_order_listing
    ON sgs.processing_order (sgs.order_rank(state), release, processing_order);

-- What a runner does not start, because it would run into an outage of its SDC.
ALTER TABLE sgs.runner
    ADD COLUMN held_pipelines text[] NOT NULL DEFAULT '{}',
    ADD COLUMN held_reasons text[] NOT NULL DEFAULT '{}',
    ADD CONSTRAINT runner_held_reasons CHECK (
        cardinality(held_pipelines) = cardinality(held_reasons));
COMMENT ON COLUMN sgs.runner.held_pipelines IS 'The pipelines of which it starts no order now.';
COMMENT ON COLUMN sgs.runner.held_reasons IS 'Why, for each: would end in the outage that begins then.';
GRANT UPDATE (held_pipelines, held_reasons) ON sgs.runner TO sgs_runner;
