-- What jobs of campaigns ask for of the disk, and how long a job of the batch system should last that
-- does several of them.

ALTER TABLE sgs.processing_order
    ADD COLUMN disk_mib integer
        CONSTRAINT processing_order_disk_positive CHECK (disk_mib > 0),
    ADD COLUMN job_walltime_s double precision
        CONSTRAINT processing_order_job_walltime_positive CHECK (job_walltime_s > 0);
COMMENT ON COLUMN sgs.processing_order.disk_mib IS 'MiB of the folder of their own that its payloads ask for; null for what their pipeline says.';
COMMENT ON COLUMN sgs.processing_order.job_walltime_s IS 'Seconds that a job of the batch system should last which does several orders of its task; null for one order a job.';
GRANT UPDATE (disk_mib) ON sgs.processing_order TO sgs_planner;

-- Why a job was given up is not said of it any more when it is tried again.
CREATE OR REPLACE FUNCTION sgs.follow_order() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE sgs.campaign_job j SET state = CASE NEW.state
            WHEN 'ALLOCATED' THEN 'defined' WHEN 'EXECUTING' THEN 'running'
            WHEN 'COMPLETED' THEN 'finished' WHEN 'ERROR' THEN 'failed' ELSE 'closed' END,
        -- Whoever has it retried after it was given up begins to count anew.
        forgiven = CASE WHEN NEW.state = 'ALLOCATED' AND j.state IN ('lost', 'closed')
            THEN NEW.taken ELSE j.forgiven END,
        reason = CASE WHEN NEW.state = 'ALLOCATED' AND j.state IN ('lost', 'closed')
            THEN NULL ELSE j.reason END
    WHERE j.campaign_task = NEW.lane AND j.item = NEW.item
        -- What was given up stays lost, however its order ends.
        AND (j.state <> 'lost' OR NEW.state IN ('ALLOCATED', 'COMPLETED'));
    INSERT INTO sgs.campaign_touch (campaign_task) VALUES (NEW.lane);
    RETURN NULL;
END $$;
