-- Withdrawing a publication issues again just those orders that it had withdrawn.

ALTER TABLE sgs.processing_order ADD COLUMN withdrawn_by bigint;
COMMENT ON COLUMN sgs.processing_order.withdrawn_by IS 'The distribution that replaced or dropped it; null where none did, or before this was recorded.';
GRANT UPDATE (withdrawn_by) ON sgs.processing_order TO sgs_planner;
