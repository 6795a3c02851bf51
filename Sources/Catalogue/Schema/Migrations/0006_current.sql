-- Whether an assignment is known now becomes a column of its own.
--
-- A publication gives nearly every item a new assignment for the same time of ownership.  Written
-- over the one that ends, which is copied into history first, it leaves the index of the exclusion
-- constraint alone as long as no indexed column changes (PostgreSQL manual, 73.7): `known` does
-- change, and may not be in the index's condition.  The update needs room on the row's page.

ALTER TABLE sgs.assignment
    ADD COLUMN is_current boolean NOT NULL GENERATED ALWAYS AS (upper_inf(known)) STORED,
    DROP CONSTRAINT assignment_one_owner,
    SET (fillfactor = 50);
ALTER TABLE sgs.assignment ADD CONSTRAINT assignment_one_owner
    EXCLUDE USING gist (item WITH =, validity WITH &&) WHERE (is_current);
COMMENT ON COLUMN sgs.assignment.is_current IS 'Whether it is known now.';
GRANT UPDATE (distribution, primary_sdc, secondary_sdc, cause) ON sgs.assignment TO sgs_planner;
