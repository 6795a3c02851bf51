-- A sweep looks only at the tasks that have changed, and at what comes after them.

CREATE INDEX campaign_edge_producer ON sgs.campaign_edge (producer);
CREATE INDEX campaign_edge_consumer ON sgs.campaign_edge (consumer);

ALTER TABLE sgs.campaign ADD COLUMN is_limited boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN sgs.campaign.is_limited IS 'Whether it had as many orders as it may have: then a job that ends concerns all of its tasks.';
GRANT UPDATE (is_limited) ON sgs.campaign TO sgs_planner;
