-- What is published stays as it was approved, whoever is connected.

CREATE FUNCTION sgs.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table "%" keeps what was published: %', TG_TABLE_NAME, TG_NAME
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, SCHEMA = TG_TABLE_SCHEMA,
            TABLE = TG_TABLE_NAME;
END $$;
COMMENT ON FUNCTION sgs.refuse_change IS 'Refuses to change what was published.';

CREATE TRIGGER distribution_publication_kept BEFORE UPDATE ON sgs.distribution
    FOR EACH ROW WHEN (OLD.revision IS NOT NULL
        AND (NEW.revision, NEW.published_at, NEW.author, NEW.comment)
            IS DISTINCT FROM (OLD.revision, OLD.published_at, OLD.author, OLD.comment))
    EXECUTE FUNCTION sgs.refuse_change();
CREATE TRIGGER distribution_kept BEFORE DELETE ON sgs.distribution
    FOR EACH ROW EXECUTE FUNCTION sgs.refuse_change();
CREATE TRIGGER distribution_event_kept BEFORE UPDATE OR DELETE ON sgs.distribution_event
    FOR EACH ROW EXECUTE FUNCTION sgs.refuse_change();
CREATE TRIGGER ownership_change_kept BEFORE UPDATE OR DELETE ON sgs.ownership_change
    FOR EACH ROW EXECUTE FUNCTION sgs.refuse_change();

-- Only a later distribution writes over an assignment, and only over what is known now.
CREATE TRIGGER assignment_content_kept BEFORE UPDATE ON sgs.assignment
    FOR EACH ROW WHEN (
        (NEW.primary_sdc, NEW.secondary_sdc, NEW.cause)
            IS DISTINCT FROM (OLD.primary_sdc, OLD.secondary_sdc, OLD.cause)
        AND (NEW.distribution = OLD.distribution OR lower(NEW.known) <= lower(OLD.known)))
    EXECUTE FUNCTION sgs.refuse_change();
CREATE TRIGGER assignment_history_kept BEFORE UPDATE ON sgs.assignment
    FOR EACH ROW WHEN (NOT upper_inf(OLD.known)) EXECUTE FUNCTION sgs.refuse_change();
CREATE TRIGGER assignment_kept BEFORE DELETE ON sgs.assignment
    FOR EACH ROW EXECUTE FUNCTION sgs.refuse_change();

-- Approved is what somebody has approved, for a reason.
CREATE FUNCTION sgs.check_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM sgs.distribution_event e WHERE e.distribution = NEW.distribution
            AND e.event = 'approve' AND e.comment ~ '[^[:space:]]')
    THEN
        RAISE EXCEPTION 'nobody has approved distribution %', NEW.digest
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, SCHEMA = TG_TABLE_SCHEMA,
                TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION sgs.check_approval IS 'Refuses an approval of which nothing is written down.';
CREATE CONSTRAINT TRIGGER distribution_approved_by AFTER UPDATE ON sgs.distribution
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.state = 'checked' AND NEW.state = 'approved')
    EXECUTE FUNCTION sgs.check_approval();

ALTER FUNCTION sgs.refuse_change OWNER TO sgs_owner;
ALTER FUNCTION sgs.check_approval OWNER TO sgs_owner;

-- Who serves an SDC is for the owner to say.
REVOKE INSERT, DELETE ON sgs.runner_login FROM sgs_planner;
