-- Processing orders and what the SDC runners report about them.
--
-- An item has at most one order that is not withdrawn.  A later distribution keeps an allocated
-- order whose SDCs and inputs it does not change (only its release and priority follow), and
-- otherwise withdraws it and creates another.  An order that a runner has taken, or that has
-- ended, stays: the item gets no second one.  An order waits for the orders of its input items,
-- whichever distribution these come from.

CREATE TABLE sgs.order_transition (
    from_state text NOT NULL,
    event text NOT NULL,
    to_state text NOT NULL,
    CONSTRAINT order_transition_pkey PRIMARY KEY (from_state, event)
);
COMMENT ON TABLE sgs.order_transition IS 'The legal changes of an order''s state.';
INSERT INTO sgs.order_transition VALUES
    ('ALLOCATED', 'take', 'EXECUTING'),
    ('ALLOCATED', 'withdraw', 'WITHDRAWN'),
    ('EXECUTING', 'complete', 'COMPLETED'),
    ('EXECUTING', 'fail', 'ERROR'),
    ('EXECUTING', 'abort', 'ABORTED'),
    ('ERROR', 'retry', 'ALLOCATED'),
    ('ABORTED', 'retry', 'ALLOCATED');

CREATE TABLE sgs.processing_order (
    processing_order bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT processing_order_pkey PRIMARY KEY,
    id text NOT NULL CONSTRAINT processing_order_id_once UNIQUE,
    distribution bigint NOT NULL,
    item bigint NOT NULL CONSTRAINT processing_order_item_fkey REFERENCES sgs.item,
    pipeline text NOT NULL,
    software_release text NOT NULL,
    sdc text NOT NULL CONSTRAINT processing_order_sdc_fkey REFERENCES sgs.sdc,
    replica_at text NOT NULL CONSTRAINT processing_order_replica_fkey REFERENCES sgs.sdc,
    release timestamptz NOT NULL,
    priority integer NOT NULL,
    state text NOT NULL DEFAULT 'ALLOCATED' CONSTRAINT processing_order_state_known
        CHECK (state IN ('ALLOCATED', 'EXECUTING', 'COMPLETED', 'ERROR', 'ABORTED', 'WITHDRAWN')),
    taken integer NOT NULL DEFAULT 0 CONSTRAINT processing_order_taken_sign CHECK (taken >= 0),
    runner text,
    taken_at timestamptz,
    CONSTRAINT processing_order_sdcs_differ CHECK (sdc <> replica_at),
    CONSTRAINT processing_order_runner_named CHECK (state <> 'EXECUTING'
        OR (runner IS NOT NULL AND taken_at IS NOT NULL AND taken > 0))
);
COMMENT ON TABLE sgs.processing_order IS 'Pipeline processing orders (PPO): run this pipeline on this item at this SDC.';
COMMENT ON COLUMN sgs.processing_order.release IS 'It does not start before: the observation''s arrival, or when the tile is ready.';
COMMENT ON COLUMN sgs.processing_order.priority IS 'Larger runs first; equal ones by release.';
COMMENT ON COLUMN sgs.processing_order.taken IS 'How often a runner has taken it.';
COMMENT ON COLUMN sgs.processing_order.runner IS 'Who took it last.';
CREATE UNIQUE INDEX processing_order_one_live ON sgs.processing_order (item) WHERE state <> 'WITHDRAWN';
CREATE INDEX processing_order_queue ON sgs.processing_order (sdc, priority DESC, release, processing_order)
    WHERE state = 'ALLOCATED';
CREATE INDEX processing_order_executing ON sgs.processing_order (sdc) WHERE state = 'EXECUTING';

CREATE FUNCTION sgs.check_order_transition() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before text := CASE TG_OP WHEN 'INSERT' THEN 'nothing' ELSE OLD.state END;
BEGIN
    IF NOT EXISTS (
        SELECT FROM sgs.order_transition t WHERE t.from_state = before AND t.to_state = NEW.state
    ) THEN
        RAISE EXCEPTION 'processing order % cannot change from % to %', NEW.id, before, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'processing_order_transition';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER processing_order_begins_allocated BEFORE INSERT ON sgs.processing_order
    FOR EACH ROW WHEN (NEW.state <> 'ALLOCATED') EXECUTE FUNCTION sgs.check_order_transition();
CREATE TRIGGER processing_order_transition BEFORE UPDATE OF state ON sgs.processing_order
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION sgs.check_order_transition();

-- Without foreign keys: a publication writes ten of these for each order, by a join of the two
-- tables that they would refer to, nothing is ever deleted from these, and checking each row
-- again takes longer than all the rest of the publication.
CREATE TABLE sgs.order_input (
    processing_order bigint NOT NULL,
    item bigint NOT NULL,
    fraction double precision NOT NULL CONSTRAINT order_input_fraction CHECK (fraction >= 0 AND fraction <= 1.000001),
    CONSTRAINT order_input_pkey PRIMARY KEY (processing_order, item)
);
COMMENT ON TABLE sgs.order_input IS 'The items whose products an order needs; it waits for their orders.';
COMMENT ON COLUMN sgs.order_input.fraction IS 'The part of the tile''s outer area that the observation covers.';
CREATE INDEX order_input_item ON sgs.order_input (item);

CREATE TABLE sgs.order_report (
    order_report bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT order_report_pkey PRIMARY KEY,
    processing_order bigint NOT NULL CONSTRAINT order_report_order_fkey REFERENCES sgs.processing_order,
    taken integer NOT NULL,
    attempt integer NOT NULL CONSTRAINT order_report_attempt_positive CHECK (attempt > 0),
    event text NOT NULL CONSTRAINT order_report_event_known CHECK (event IN ('complete', 'fail', 'abort')),
    started_at timestamptz NOT NULL,
    ended_at timestamptz NOT NULL,
    message text NOT NULL,
    reported_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT order_report_once UNIQUE (processing_order, taken),
    CONSTRAINT order_report_window CHECK (started_at <= ended_at)
);
COMMENT ON TABLE sgs.order_report IS 'How an order ended, once for each time it was taken.';
COMMENT ON COLUMN sgs.order_report.attempt IS 'Number of the runner''s attempt that ended it.';

CREATE TABLE sgs.step_run (
    order_report bigint NOT NULL CONSTRAINT step_run_report_fkey REFERENCES sgs.order_report,
    place integer NOT NULL,
    name text NOT NULL,
    attempt integer NOT NULL,
    exit_code integer NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at timestamptz NOT NULL,
    cores integer NOT NULL,
    memory_mib integer NOT NULL,
    CONSTRAINT step_run_pkey PRIMARY KEY (order_report, place),
    CONSTRAINT step_run_window CHECK (started_at <= ended_at)
);
COMMENT ON TABLE sgs.step_run IS 'Every run of a step''s process, failed attempts included.';
COMMENT ON COLUMN sgs.step_run.place IS 'Order of the ends, from 1.';
COMMENT ON COLUMN sgs.step_run.memory_mib IS 'Memory that the step declares, in MiB.';

CREATE TABLE sgs.product (
    product bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT product_pkey PRIMARY KEY,
    survey text NOT NULL CONSTRAINT product_survey_fkey REFERENCES sgs.survey,
    name text NOT NULL,
    item bigint NOT NULL CONSTRAINT product_item_fkey REFERENCES sgs.item,
    processing_order bigint NOT NULL CONSTRAINT product_order_fkey REFERENCES sgs.processing_order,
    bytes bigint NOT NULL CONSTRAINT product_bytes_sign CHECK (bytes >= 0),
    sha256 text NOT NULL CONSTRAINT product_sha256_hexadecimal CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    CONSTRAINT product_name_once UNIQUE (survey, name)
);
COMMENT ON TABLE sgs.product IS 'Files made by completed orders.';
CREATE INDEX product_item ON sgs.product (item);

CREATE TABLE sgs.product_input (
    product bigint NOT NULL CONSTRAINT product_input_product_fkey REFERENCES sgs.product,
    name text NOT NULL,
    CONSTRAINT product_input_pkey PRIMARY KEY (product, name)
);
COMMENT ON TABLE sgs.product_input IS 'The names of what a product was made from: products of the survey, or raw data.';

CREATE TABLE sgs.product_location (
    product bigint NOT NULL CONSTRAINT product_location_product_fkey REFERENCES sgs.product,
    sdc text NOT NULL CONSTRAINT product_location_sdc_fkey REFERENCES sgs.sdc,
    CONSTRAINT product_location_pkey PRIMARY KEY (product, sdc)
);
COMMENT ON TABLE sgs.product_location IS 'The SDC storages that hold a product for good; copies for an order are transient and not here.';

CREATE TABLE sgs.transfer (
    transfer bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT transfer_pkey PRIMARY KEY,
    order_report bigint NOT NULL CONSTRAINT transfer_report_fkey REFERENCES sgs.order_report,
    product bigint NOT NULL CONSTRAINT transfer_product_fkey REFERENCES sgs.product,
    from_sdc text NOT NULL CONSTRAINT transfer_from_fkey REFERENCES sgs.sdc,
    to_sdc text NOT NULL CONSTRAINT transfer_to_fkey REFERENCES sgs.sdc,
    purpose text NOT NULL CONSTRAINT transfer_purpose_known CHECK (purpose IN ('copy', 'replica')),
    bytes bigint NOT NULL CONSTRAINT transfer_bytes_sign CHECK (bytes >= 0),
    started_at timestamptz NOT NULL,
    ended_at timestamptz NOT NULL,
    CONSTRAINT transfer_moves CHECK (from_sdc <> to_sdc),
    CONSTRAINT transfer_window CHECK (started_at <= ended_at)
);
COMMENT ON TABLE sgs.transfer IS 'Products copied from one SDC to another and verified there.';
CREATE INDEX transfer_report ON sgs.transfer (order_report);
