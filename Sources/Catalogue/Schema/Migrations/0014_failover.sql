-- What a failover moves has a cause of its own; what earlier failovers moved keeps the cause it has.

ALTER TABLE sgs.assignment
    DROP CONSTRAINT assignment_cause_known,
    ADD CONSTRAINT assignment_cause_known
        CHECK (cause IN ('survey', 'maintenance', 'capacity', 'pin', 'free', 'failover'));
