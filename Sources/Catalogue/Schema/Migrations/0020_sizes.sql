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
