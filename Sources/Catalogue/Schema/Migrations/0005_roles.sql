-- Who may do what.  The roles themselves are made before the migrations; they have no login of
-- their own.  Later migrations give what they create to sgs_owner, with grants as these.

CREATE TABLE sgs.runner_login (
    login name NOT NULL,
    sdc text NOT NULL CONSTRAINT runner_login_sdc_not_empty CHECK (sdc <> ''),
    CONSTRAINT runner_login_pkey PRIMARY KEY (login, sdc)
);
COMMENT ON TABLE sgs.runner_login IS 'Which SDCs the login of a runner serves.';

CREATE FUNCTION sgs.serves(sdc text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM sgs.runner_login r WHERE r.login = current_user AND r.sdc = serves.sdc)
$$;
COMMENT ON FUNCTION sgs.serves IS 'Whether the current user is a runner of the SDC.';

-- A publication needs new statistics at once, and only a table's owner may make them.
CREATE FUNCTION sgs.refresh_statistics(VARIADIC tables text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY tables LOOP
        EXECUTE format('ANALYZE sgs.%I', name);
    END LOOP;
END $$;
COMMENT ON FUNCTION sgs.refresh_statistics IS 'Analyses tables of the schema.';
REVOKE EXECUTE ON FUNCTION sgs.refresh_statistics FROM PUBLIC;

-- The owner.
DO $$
DECLARE
    object record;
BEGIN
    IF NOT pg_has_role(current_user, 'sgs_owner', 'MEMBER') THEN
        EXECUTE format('GRANT sgs_owner TO %I', current_user);
    END IF;
    EXECUTE format('GRANT CREATE ON DATABASE %I TO sgs_owner', current_database());
    ALTER SCHEMA sgs OWNER TO sgs_owner;
    GRANT USAGE, CREATE ON SCHEMA ivoa TO sgs_owner;
    FOR object IN
        SELECT c.oid::regclass AS name FROM pg_class c
        WHERE c.relnamespace = 'sgs'::regnamespace AND c.relkind IN ('r', 'v')
        ORDER BY c.oid
    LOOP
        EXECUTE format('ALTER TABLE %s OWNER TO sgs_owner', object.name);
    END LOOP;
    ALTER VIEW ivoa.obsplan OWNER TO sgs_owner;
    FOR object IN
        SELECT p.oid::regprocedure AS name FROM pg_proc p
        WHERE p.pronamespace = 'sgs'::regnamespace ORDER BY p.oid
    LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO sgs_owner', object.name);
    END LOOP;
END $$;

-- Everybody reads.
GRANT USAGE ON SCHEMA sgs, ivoa TO sgs_reader, sgs_planner, sgs_runner;
GRANT SELECT ON ALL TABLES IN SCHEMA sgs TO sgs_reader, sgs_planner, sgs_runner;
GRANT SELECT ON ivoa.obsplan TO sgs_reader, sgs_planner, sgs_runner;

-- The planner writes what a distribution is made of, and changes nothing else of it.
GRANT INSERT ON sgs.survey, sgs.sdc, sgs.distribution, sgs.distribution_event, sgs.item,
    sgs.observation, sgs.tile, sgs.assignment, sgs.ownership_change, sgs.bucket_load,
    sgs.processing_order, sgs.order_input, sgs.order_reschedule TO sgs_planner;
GRANT UPDATE (name) ON sgs.sdc TO sgs_planner;
GRANT UPDATE (state, revision, published_at, superseded_at, author, comment)
    ON sgs.distribution TO sgs_planner;
GRANT UPDATE (kind, window_utc, ra, dec, footprint) ON sgs.observation TO sgs_planner;
GRANT UPDATE (known) ON sgs.assignment TO sgs_planner;
GRANT UPDATE (state, release, priority, overtaken_by) ON sgs.processing_order TO sgs_planner;
GRANT USAGE ON SEQUENCE sgs.processing_order_processing_order_seq TO sgs_planner;
GRANT EXECUTE ON FUNCTION sgs.refresh_statistics TO sgs_planner;
GRANT INSERT, DELETE ON sgs.runner_login TO sgs_planner;

-- A runner sees all orders, for its own wait for those of others, and changes its own alone.
GRANT UPDATE (state, runner, taken, taken_at) ON sgs.processing_order TO sgs_runner;
GRANT INSERT ON sgs.order_report, sgs.step_run, sgs.product, sgs.product_input,
    sgs.product_location, sgs.transfer TO sgs_runner;

ALTER TABLE sgs.processing_order ENABLE ROW LEVEL SECURITY;
CREATE POLICY order_read ON sgs.processing_order FOR SELECT
    TO sgs_reader, sgs_planner, sgs_runner USING (true);
CREATE POLICY order_issued ON sgs.processing_order FOR INSERT TO sgs_planner WITH CHECK (true);
CREATE POLICY order_replanned ON sgs.processing_order FOR UPDATE TO sgs_planner USING (true);
CREATE POLICY order_served ON sgs.processing_order FOR UPDATE TO sgs_runner
    USING (sgs.serves(sdc)) WITH CHECK (sgs.serves(sdc));

ALTER TABLE sgs.order_report ENABLE ROW LEVEL SECURITY;
CREATE POLICY report_read ON sgs.order_report FOR SELECT
    TO sgs_reader, sgs_planner, sgs_runner USING (true);
CREATE POLICY report_served ON sgs.order_report FOR INSERT TO sgs_runner WITH CHECK (
    EXISTS (SELECT FROM sgs.processing_order o
        WHERE o.processing_order = order_report.processing_order AND sgs.serves(o.sdc)));

ALTER TABLE sgs.step_run ENABLE ROW LEVEL SECURITY;
CREATE POLICY step_read ON sgs.step_run FOR SELECT
    TO sgs_reader, sgs_planner, sgs_runner USING (true);
CREATE POLICY step_served ON sgs.step_run FOR INSERT TO sgs_runner WITH CHECK (
    EXISTS (SELECT FROM sgs.order_report r JOIN sgs.processing_order o USING (processing_order)
        WHERE r.order_report = step_run.order_report AND sgs.serves(o.sdc)));

ALTER TABLE sgs.product ENABLE ROW LEVEL SECURITY;
CREATE POLICY product_read ON sgs.product FOR SELECT
    TO sgs_reader, sgs_planner, sgs_runner USING (true);
CREATE POLICY product_served ON sgs.product FOR INSERT TO sgs_runner WITH CHECK (
    EXISTS (SELECT FROM sgs.processing_order o
        WHERE o.processing_order = product.processing_order AND sgs.serves(o.sdc)));

ALTER TABLE sgs.product_input ENABLE ROW LEVEL SECURITY;
CREATE POLICY product_input_read ON sgs.product_input FOR SELECT
    TO sgs_reader, sgs_planner, sgs_runner USING (true);
CREATE POLICY product_input_served ON sgs.product_input FOR INSERT TO sgs_runner WITH CHECK (
    EXISTS (SELECT FROM sgs.product p JOIN sgs.processing_order o USING (processing_order)
        WHERE p.product = product_input.product AND sgs.serves(o.sdc)));

ALTER TABLE sgs.product_location ENABLE ROW LEVEL SECURITY;
CREATE POLICY product_location_read ON sgs.product_location FOR SELECT
    TO sgs_reader, sgs_planner, sgs_runner USING (true);
CREATE POLICY product_location_served ON sgs.product_location FOR INSERT TO sgs_runner WITH CHECK (
    EXISTS (SELECT FROM sgs.product p JOIN sgs.processing_order o USING (processing_order)
        WHERE p.product = product_location.product AND sgs.serves(o.sdc)));

ALTER TABLE sgs.transfer ENABLE ROW LEVEL SECURITY;
CREATE POLICY transfer_read ON sgs.transfer FOR SELECT
    TO sgs_reader, sgs_planner, sgs_runner USING (true);
CREATE POLICY transfer_served ON sgs.transfer FOR INSERT TO sgs_runner WITH CHECK (
    EXISTS (SELECT FROM sgs.order_report r JOIN sgs.processing_order o USING (processing_order)
        WHERE r.order_report = transfer.order_report AND sgs.serves(o.sdc)));
