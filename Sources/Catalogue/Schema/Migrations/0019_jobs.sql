-- Jobs of campaigns besides the daily processing.
--
-- A live order is the only one of its item in its lane.  Lane 0 is the daily processing; every
-- other lane is a task of another campaign, and is called by that task's key.  An order waits for
-- the live orders of its input items in the lanes that its inputs name.
--
-- A task's jobs are known from the approval on; an order is made of a job when its inputs are
-- there.  What becomes of the order is what becomes of the job: the trigger below sees to it, and
-- notes that the task has to be looked at.

ALTER TABLE sgs.item DROP CONSTRAINT item_kind_known,
    ADD CONSTRAINT item_kind_known CHECK (kind IN ('observation', 'tile', 'number', 'campaign'));
COMMENT ON TABLE sgs.item IS 'Whatever has ever been assigned, observations and tiles; and what campaigns'' other jobs are for, numbers and campaigns.';

ALTER TABLE sgs.processing_order
    ADD COLUMN lane bigint NOT NULL DEFAULT 0,
    ADD COLUMN memory_mib integer
        CONSTRAINT processing_order_memory_positive CHECK (memory_mib > 0),
    ADD COLUMN walltime_s double precision
        CONSTRAINT processing_order_walltime_positive CHECK (walltime_s > 0),
    ADD COLUMN booked double precision
        CONSTRAINT processing_order_booked_sign CHECK (booked >= 0),
    ADD CONSTRAINT processing_order_lane CHECK (lane = 0 OR lane = campaign_task),
    ADD CONSTRAINT processing_order_request CHECK ((memory_mib IS NULL) = (walltime_s IS NULL));
COMMENT ON COLUMN sgs.processing_order.lane IS '0 for the daily processing, else the task of another campaign that it is a job of.';
COMMENT ON COLUMN sgs.processing_order.memory_mib IS 'MiB for each core that its payloads ask for; null for what their pipeline says.';
COMMENT ON COLUMN sgs.processing_order.walltime_s IS 'Seconds that its payloads ask for; null for what their pipeline says.';
COMMENT ON COLUMN sgs.processing_order.booked IS 'Core-hours that its campaign''s share was charged with when it was taken; null where no share was.';
DROP INDEX sgs.processing_order_one_live;
CREATE UNIQUE INDEX processing_order_one_live ON sgs.processing_order (item, lane)
    WHERE state <> 'WITHDRAWN';
CREATE INDEX processing_order_lanes
    ON sgs.processing_order (sdc, lane, priority DESC, release, processing_order)
    WHERE state = 'ALLOCATED';

ALTER TABLE sgs.order_input
    ADD COLUMN lane bigint NOT NULL DEFAULT 0,
    DROP CONSTRAINT order_input_pkey,
    ADD CONSTRAINT order_input_pkey PRIMARY KEY (processing_order, item, lane);
COMMENT ON COLUMN sgs.order_input.lane IS 'The lane of the order that makes the products.';

ALTER TABLE sgs.campaign
    ADD COLUMN wake_at timestamptz,
    ADD COLUMN is_watched boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN sgs.campaign.wake_at IS 'When something may happen to it by itself; null where nothing will.';
COMMENT ON COLUMN sgs.campaign.is_watched IS 'Whether every sweep looks at it, for it waits for something outside of it.';

ALTER TABLE sgs.campaign_task
    ADD COLUMN looked_up timestamptz,
    ADD COLUMN scouts_off boolean NOT NULL DEFAULT false,
    ADD COLUMN measured integer NOT NULL DEFAULT 0,
    ADD COLUMN memory_mib integer,
    ADD COLUMN walltime_s double precision,
    ADD COLUMN output_mib integer,
    ADD COLUMN work_mib integer,
    ADD COLUMN job_work double precision
        CONSTRAINT campaign_task_work_sign CHECK (job_work >= 0);
COMMENT ON COLUMN sgs.campaign_task.looked_up IS 'The newest publication when its items were looked up; null before.';
COMMENT ON COLUMN sgs.campaign_task.scouts_off IS 'Whether an operator does not want to wait for its first jobs to be measured.';
COMMENT ON COLUMN sgs.campaign_task.measured IS 'How many jobs the estimate rests on.';
COMMENT ON COLUMN sgs.campaign_task.memory_mib IS 'MiB for each core that its jobs ask for, as estimated; null before.';
COMMENT ON COLUMN sgs.campaign_task.walltime_s IS 'Seconds that the payloads of its jobs ask for, as estimated; null before.';
COMMENT ON COLUMN sgs.campaign_task.output_mib IS 'MiB of outputs of a job, as estimated; null before.';
COMMENT ON COLUMN sgs.campaign_task.work_mib IS 'MiB that the folder of a job takes, as estimated; null before.';
COMMENT ON COLUMN sgs.campaign_task.job_work IS 'Core-hours that a job takes, as measured; null before.';

-- Without foreign keys, as sgs.order_input: a task has them by the hundred thousand, they are made
-- by a join of the tables that they would refer to, and nothing is ever deleted from these.
CREATE TABLE sgs.campaign_job (
    campaign_task bigint NOT NULL,
    item bigint NOT NULL,
    place integer NOT NULL,
    state text NOT NULL DEFAULT 'pending' CONSTRAINT campaign_job_state_known CHECK (state IN (
        'pending', 'defined', 'running', 'failed', 'finished', 'lost', 'closed')),
    is_scout boolean NOT NULL DEFAULT false,
    avoid text,
    forgiven integer NOT NULL DEFAULT 0,
    reason text,
    CONSTRAINT campaign_job_pkey PRIMARY KEY (campaign_task, item)
);
COMMENT ON TABLE sgs.campaign_job IS 'The jobs of the tasks of campaigns besides the daily processing, those too of which no order was made yet.';
COMMENT ON COLUMN sgs.campaign_job.place IS 'The order in which they are defined.';
COMMENT ON COLUMN sgs.campaign_job.state IS 'Pending: it waits for its inputs, its task or an SDC. Failed: what is done about it is not decided yet. Lost: nothing is; closed: an operator ended it.';
COMMENT ON COLUMN sgs.campaign_job.avoid IS 'The SDC that it is not placed at again; null for none.';
COMMENT ON COLUMN sgs.campaign_job.forgiven IS 'Takings of its order that do not count as attempts, for an operator had it retried since.';
COMMENT ON COLUMN sgs.campaign_job.reason IS 'Why it runs where it does, or why it is lost.';
CREATE INDEX campaign_job_state ON sgs.campaign_job (campaign_task, state, place) INCLUDE (is_scout);

CREATE TABLE sgs.campaign_touch (
    campaign_touch bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT campaign_touch_pkey PRIMARY KEY,
    campaign_task bigint NOT NULL
);
COMMENT ON TABLE sgs.campaign_touch IS 'Tasks of which a job has changed since the last sweep, each change a row.';

CREATE FUNCTION sgs.follow_order() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE sgs.campaign_job j SET state = CASE NEW.state
            WHEN 'ALLOCATED' THEN 'defined' WHEN 'EXECUTING' THEN 'running'
            WHEN 'COMPLETED' THEN 'finished' WHEN 'ERROR' THEN 'failed' ELSE 'closed' END,
        -- Whoever has it retried after it was given up begins to count anew.
        forgiven = CASE WHEN NEW.state = 'ALLOCATED' AND j.state IN ('lost', 'closed')
            THEN NEW.taken ELSE j.forgiven END
    WHERE j.campaign_task = NEW.lane AND j.item = NEW.item
        -- What was given up stays lost, however its order ends.
        AND (j.state <> 'lost' OR NEW.state IN ('ALLOCATED', 'COMPLETED'));
    INSERT INTO sgs.campaign_touch (campaign_task) VALUES (NEW.lane);
    RETURN NULL;
END $$;
COMMENT ON FUNCTION sgs.follow_order IS 'Brings a campaign''s job to the state of its order.';
CREATE TRIGGER processing_order_followed AFTER UPDATE OF state ON sgs.processing_order
    FOR EACH ROW WHEN (NEW.lane <> 0 AND OLD.state <> NEW.state)
    EXECUTE FUNCTION sgs.follow_order();

-- What each campaign has used of an SDC, by which those take turns whose jobs wait there.
CREATE TABLE sgs.share_account (
    sdc text NOT NULL,
    campaign bigint NOT NULL CONSTRAINT share_account_campaign_fkey REFERENCES sgs.campaign,
    used double precision NOT NULL,
    clock double precision NOT NULL,
    served double precision NOT NULL DEFAULT 0,
    is_busy boolean NOT NULL,
    CONSTRAINT share_account_pkey PRIMARY KEY (sdc, campaign)
);
COMMENT ON TABLE sgs.share_account IS 'What campaigns have used of SDCs, counted from when several had jobs there.';
COMMENT ON COLUMN sgs.share_account.used IS 'Core-hours.';
COMMENT ON COLUMN sgs.share_account.clock IS 'Goes on by core-hours over share; the campaign that is behind is next.';
COMMENT ON COLUMN sgs.share_account.served IS 'The clock when a job of it was started last.';
COMMENT ON COLUMN sgs.share_account.is_busy IS 'Whether it had jobs that could start when somebody looked last.';

-- An observation counts as made when its daily order has completed.
CREATE OR REPLACE VIEW ivoa.obsplan AS
SELECT sgs.mjd(d.published_at) AS t_planning,
    i.id AS target_name,
    i.id AS obs_id,
    i.survey AS obs_collection,
    o.ra AS s_ra,
    o.dec AS s_dec,
    sgs.diameter(o.ra, o.dec, o.footprint) AS s_fov,
    sgs.outline(o.footprint) AS s_region,
    NULL::double precision AS s_resolution,
    sgs.mjd(lower(o.window_utc)) AS t_min,
    sgs.mjd(upper(o.window_utc)) AS t_max,
    extract(epoch FROM upper(o.window_utc) - lower(o.window_utc))::double precision AS t_exptime,
    NULL::double precision AS t_resolution,
    NULL::double precision AS em_min,
    NULL::double precision AS em_max,
    NULL::double precision AS em_res_power,
    NULL::text AS o_ucd,
    NULL::text AS pol_states,
    NULL::bigint AS pol_xel,
    i.survey AS facility_name,
    NULL::text AS instrument_name,
    extract(epoch FROM upper(o.window_utc) - lower(o.window_utc))::double precision
        AS t_plan_exptime,
    'Fixed'::text AS category,
    1 AS priority,
    CASE WHEN EXISTS (
        SELECT FROM sgs.processing_order p
        WHERE p.item = i.item AND p.lane = 0 AND p.state = 'COMPLETED')
        THEN 'Performed' ELSE 'Scheduled' END AS execution_status,
    'Sidereal'::text AS tracking_type
FROM sgs.item i
JOIN sgs.observation o USING (item)
JOIN LATERAL (
    SELECT a.distribution FROM sgs.assignment a
    WHERE a.item = i.item AND a.is_current
    ORDER BY lower(a.validity) DESC LIMIT 1
) a ON true
JOIN sgs.distribution d USING (distribution);

ALTER TABLE sgs.campaign_job OWNER TO sgs_owner;
ALTER TABLE sgs.campaign_touch OWNER TO sgs_owner;
ALTER TABLE sgs.share_account OWNER TO sgs_owner;
ALTER FUNCTION sgs.follow_order OWNER TO sgs_owner;
GRANT SELECT ON sgs.campaign_job, sgs.campaign_touch, sgs.share_account
    TO sgs_reader, sgs_planner, sgs_runner;
GRANT INSERT, UPDATE ON sgs.campaign_job TO sgs_planner;
GRANT INSERT, DELETE ON sgs.campaign_touch TO sgs_planner;
GRANT UPDATE (wake_at, is_watched) ON sgs.campaign TO sgs_planner;
GRANT UPDATE (looked_up, scouts_off, measured, memory_mib, walltime_s, output_mib, work_mib, job_work)
    ON sgs.campaign_task TO sgs_planner;
GRANT UPDATE (memory_mib, walltime_s) ON sgs.processing_order TO sgs_planner;
GRANT UPDATE (booked) ON sgs.processing_order TO sgs_runner;
GRANT INSERT, UPDATE ON sgs.share_account TO sgs_runner;
ALTER TABLE sgs.share_account ENABLE ROW LEVEL SECURITY;
CREATE POLICY share_read ON sgs.share_account FOR SELECT
    TO sgs_reader, sgs_planner, sgs_runner USING (true);
CREATE POLICY share_begun ON sgs.share_account FOR INSERT TO sgs_runner
    WITH CHECK (sgs.serves(sdc));
CREATE POLICY share_served ON sgs.share_account FOR UPDATE TO sgs_runner
    USING (sgs.serves(sdc)) WITH CHECK (sgs.serves(sdc));
