-- Pipelines that run once for a task: before its jobs, to prepare what they read, and after them, to
-- join what they wrote.  Each is a row beside its task's, with one job, in a lane of its own.

ALTER TABLE sgs.campaign_task
    ADD COLUMN part_of bigint
        CONSTRAINT campaign_task_part_fkey REFERENCES sgs.campaign_task,
    ADD COLUMN step text CONSTRAINT campaign_task_step_known CHECK (step IN ('prepare', 'merge')),
    ADD CONSTRAINT campaign_task_part CHECK ((part_of IS NULL) = (step IS NULL)),
    ADD CONSTRAINT campaign_task_step_once UNIQUE (part_of, step);
COMMENT ON COLUMN sgs.campaign_task.part_of IS 'The task that it prepares or merges for; null for tasks. Its own state is not used.';
COMMENT ON COLUMN sgs.campaign_task.step IS 'Prepare: before the jobs of the task. Merge: after them.';
