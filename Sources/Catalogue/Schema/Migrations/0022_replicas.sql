-- What keeps a product from an SDC that is to have it.

CREATE TABLE sgs.replica_trial (
    product bigint NOT NULL CONSTRAINT replica_trial_product_fkey REFERENCES sgs.product,
    to_sdc text NOT NULL CONSTRAINT replica_trial_to_fkey REFERENCES sgs.sdc,
    from_sdc text NOT NULL CONSTRAINT replica_trial_from_fkey REFERENCES sgs.sdc,
    tries integer NOT NULL CONSTRAINT replica_trial_tries_positive CHECK (tries > 0),
    reason text NOT NULL,
    began_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT replica_trial_pkey PRIMARY KEY (product, to_sdc)
);
COMMENT ON TABLE sgs.replica_trial IS 'Products that could not be sent to an SDC that is to have them: how often it was tried, and why it failed last.';
ALTER TABLE sgs.replica_trial OWNER TO sgs_owner;
GRANT SELECT ON sgs.replica_trial TO sgs_reader, sgs_planner, sgs_runner;
GRANT INSERT, UPDATE ON sgs.replica_trial TO sgs_runner;
ALTER TABLE sgs.replica_trial ENABLE ROW LEVEL SECURITY;
CREATE POLICY replica_trial_read ON sgs.replica_trial FOR SELECT
    TO sgs_reader, sgs_planner, sgs_runner USING (true);
CREATE POLICY replica_trial_begun ON sgs.replica_trial FOR INSERT TO sgs_runner
    WITH CHECK (sgs.serves(from_sdc));
CREATE POLICY replica_trial_repeated ON sgs.replica_trial FOR UPDATE TO sgs_runner
    USING (true) WITH CHECK (sgs.serves(from_sdc));
