-- An order that its SDC cannot do runs at the other SDC of its item.
--
-- Its two SDCs are exchanged, and nothing else of it changes: the item keeps its owners, and the
-- products are replicated to the one at which the order does not run.

ALTER TABLE sgs.processing_order ADD COLUMN reassigned boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN sgs.processing_order.reassigned IS 'Whether an operator moved it to the SDC that it was to be replicated to.';
GRANT UPDATE (sdc, replica_at, reassigned) ON sgs.processing_order TO sgs_planner;

CREATE OR REPLACE TRIGGER processing_order_stays BEFORE UPDATE OF item
    ON sgs.processing_order FOR EACH ROW EXECUTE FUNCTION sgs.refuse_removal();
CREATE TRIGGER processing_order_only_exchanged BEFORE UPDATE OF sdc, replica_at, reassigned
    ON sgs.processing_order FOR EACH ROW WHEN (
        (NEW.sdc, NEW.replica_at, NEW.reassigned)
            IS DISTINCT FROM (OLD.sdc, OLD.replica_at, OLD.reassigned)
        AND (NEW.state <> 'ALLOCATED' OR (NEW.sdc, NEW.replica_at, NEW.reassigned)
            IS DISTINCT FROM (OLD.replica_at, OLD.sdc, NOT OLD.reassigned)))
    EXECUTE FUNCTION sgs.refuse_change();

ALTER TABLE sgs.order_event
    ADD COLUMN to_sdc text,
    DROP CONSTRAINT order_event_known,
    ADD CONSTRAINT order_event_known CHECK (event IN (
        'retry', 'withdraw', 'cancel', 'priority', 'reassign')),
    ADD CONSTRAINT order_event_destination CHECK ((event = 'reassign') = (to_sdc IS NOT NULL)),
    ADD CONSTRAINT order_event_reassign_reason CHECK (
        event <> 'reassign' OR comment ~ '[^[:space:]]');
COMMENT ON COLUMN sgs.order_event.to_sdc IS 'The SDC that it was moved to.';
