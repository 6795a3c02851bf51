-- The self-tests that the SDCs' runners are asked for: whether all do the same.

CREATE TABLE sgs.self_test (
    self_test bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT self_test_pkey PRIMARY KEY,
    sdc text NOT NULL CONSTRAINT self_test_sdc_fkey REFERENCES sgs.sdc,
    state text NOT NULL DEFAULT 'ALLOCATED' CONSTRAINT self_test_state_known
        CHECK (state IN ('ALLOCATED', 'EXECUTING', 'COMPLETED', 'ERROR')),
    issued_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    issued_by text NOT NULL CONSTRAINT self_test_issuer_not_empty CHECK (issued_by <> ''),
    runner text,
    started_at timestamptz,
    ended_at timestamptz,
    digest text,
    features jsonb,
    message text NOT NULL DEFAULT '',
    CONSTRAINT self_test_ends CHECK ((state IN ('COMPLETED', 'ERROR')) = (ended_at IS NOT NULL))
);
COMMENT ON TABLE sgs.self_test IS 'Self-tests that the runners of SDCs were asked for.';
COMMENT ON COLUMN sgs.self_test.state IS 'COMPLETED where every feature is there, ERROR where one is not or it could not be done.';
COMMENT ON COLUMN sgs.self_test.issued_by IS 'Who asked for it.';
COMMENT ON COLUMN sgs.self_test.runner IS 'Who took it last.';
COMMENT ON COLUMN sgs.self_test.digest IS 'SHA-256, the same wherever the same release does the same; null where it could not be done.';
COMMENT ON COLUMN sgs.self_test.features IS 'A list of objects: feature, ok, found.';
COMMENT ON COLUMN sgs.self_test.message IS 'Why it could not be done.';
CREATE UNIQUE INDEX self_test_one_open ON sgs.self_test (sdc) WHERE ended_at IS NULL;

ALTER TABLE sgs.self_test OWNER TO sgs_owner;
GRANT SELECT ON sgs.self_test TO sgs_reader, sgs_planner, sgs_runner;
GRANT INSERT (sdc, issued_by) ON sgs.self_test TO sgs_planner;
GRANT UPDATE (state, runner, started_at, ended_at, digest, features, message)
    ON sgs.self_test TO sgs_runner;

ALTER TABLE sgs.self_test ENABLE ROW LEVEL SECURITY;
CREATE POLICY self_test_read ON sgs.self_test FOR SELECT
    TO sgs_reader, sgs_planner, sgs_runner USING (true);
CREATE POLICY self_test_issued ON sgs.self_test FOR INSERT TO sgs_planner WITH CHECK (true);
CREATE POLICY self_test_served ON sgs.self_test FOR UPDATE TO sgs_runner
    USING (sgs.serves(sdc)) WITH CHECK (sgs.serves(sdc));
