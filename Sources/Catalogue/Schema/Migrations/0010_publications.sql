-- A publication has an identity of its own, which is not the plan's digest.
--
-- Each row is one publication of a plan, or the proposal of one.  A plan that was superseded or
-- withdrawn is proposed and published again as another row with the next revision, and only where
-- that was asked for.  Of one plan there is at most one proposal, and at most one publication in
-- force; the latter is judged when the transaction ends, for a publication comes before what it
-- supersedes.

ALTER TABLE sgs.distribution
    ADD COLUMN again boolean NOT NULL DEFAULT false,
    DROP CONSTRAINT distribution_digest_once,
    ADD CONSTRAINT distribution_in_force_once EXCLUDE USING btree (survey WITH =, digest WITH =)
        WHERE (state = 'published') DEFERRABLE INITIALLY DEFERRED;
CREATE UNIQUE INDEX distribution_digest_once ON sgs.distribution (survey, digest)
    WHERE NOT again;
CREATE UNIQUE INDEX distribution_proposed_once ON sgs.distribution (survey, digest)
    WHERE state IN ('draft', 'checked', 'approved');
CREATE INDEX distribution_digest ON sgs.distribution (survey, digest);
COMMENT ON TABLE sgs.distribution IS 'Publications of plans and proposals of them; their content never changes.';
COMMENT ON COLUMN sgs.distribution.again IS 'Whether the same plan was published or withdrawn before, and this was asked for all the same.';
COMMENT ON COLUMN sgs.distribution.digest IS 'Lower-case hexadecimal digest of the plan''s content; one plan may be published several times.';

-- What is published again was so before; the first time it is not.
CREATE FUNCTION sgs.check_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM sgs.distribution d WHERE d.survey = NEW.survey AND d.digest = NEW.digest
            AND d.distribution <> NEW.distribution AND d.state NOT IN ('draft', 'checked', 'approved'))
    THEN
        RAISE EXCEPTION 'distribution % has not been published or withdrawn before', NEW.digest
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, SCHEMA = TG_TABLE_SCHEMA,
                TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
COMMENT ON FUNCTION sgs.check_again IS 'Refuses a repetition of what there never was.';
ALTER FUNCTION sgs.check_again OWNER TO sgs_owner;
CREATE TRIGGER distribution_again_after BEFORE INSERT ON sgs.distribution
    FOR EACH ROW WHEN (NEW.again) EXECUTE FUNCTION sgs.check_again();

CREATE OR REPLACE TRIGGER distribution_immutable BEFORE UPDATE OF
    survey, name, digest, period, bucket_days, observation_tb, tile_tb, plan, base, failover_of,
    again
    ON sgs.distribution FOR EACH ROW EXECUTE FUNCTION sgs.refuse_distribution_edit();
