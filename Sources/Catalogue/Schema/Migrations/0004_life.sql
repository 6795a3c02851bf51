-- The life of a distribution: draft, checked, approved, published, superseded or withdrawn.
--
-- Its content never changes from the draft on.  It gets its revision when it is published, from
-- the state approved only.  What superseded it being withdrawn makes it count again.

CREATE TABLE sgs.distribution_transition (
    from_state text NOT NULL,
    event text NOT NULL,
    to_state text NOT NULL,
    CONSTRAINT distribution_transition_pkey PRIMARY KEY (from_state, event)
);
COMMENT ON TABLE sgs.distribution_transition IS 'The legal changes of a distribution''s state.';
INSERT INTO sgs.distribution_transition VALUES
    ('draft', 'check', 'checked'),
    ('checked', 'approve', 'approved'),
    ('approved', 'publish', 'published'),
    ('published', 'supersede', 'superseded'),
    ('superseded', 'reinstate', 'published'),
    ('draft', 'withdraw', 'withdrawn'),
    ('checked', 'withdraw', 'withdrawn'),
    ('approved', 'withdraw', 'withdrawn'),
    ('published', 'withdraw', 'withdrawn');

ALTER TABLE sgs.distribution
    ADD COLUMN state text NOT NULL DEFAULT 'draft',
    ADD COLUMN base text,
    ALTER COLUMN revision DROP NOT NULL,
    ALTER COLUMN published_at DROP NOT NULL;
UPDATE sgs.distribution SET
    state = CASE WHEN superseded_at IS NULL THEN 'published' ELSE 'superseded' END,
    comment = CASE WHEN comment ~ '[^[:space:]]' THEN comment ELSE 'published without a comment' END;
ALTER TABLE sgs.distribution
    ADD CONSTRAINT distribution_state_known CHECK (
        state IN ('draft', 'checked', 'approved', 'published', 'superseded', 'withdrawn')),
    ADD CONSTRAINT distribution_base_hexadecimal CHECK (base ~ '^[0-9a-f]{8,}$'),
    ADD CONSTRAINT distribution_revision_published CHECK (
        (revision IS NULL) = (published_at IS NULL)
        AND CASE WHEN state IN ('published', 'superseded') THEN revision IS NOT NULL
            WHEN state = 'withdrawn' THEN true ELSE revision IS NULL END),
    ADD CONSTRAINT distribution_superseded_state CHECK (
        (state = 'superseded') = (superseded_at IS NOT NULL)),
    ADD CONSTRAINT distribution_comment_given CHECK (
        revision IS NULL OR coalesce(comment ~ '[^[:space:]]', false));
COMMENT ON TABLE sgs.distribution IS 'Distributions, drafts included; their content never changes.';
COMMENT ON COLUMN sgs.distribution.state IS 'Where it is in its life; sgs.distribution_transition has the legal changes.';
COMMENT ON COLUMN sgs.distribution.base IS 'Digest of the newest published distribution of the survey when it was drafted; null where there was none.';
COMMENT ON COLUMN sgs.distribution.revision IS 'Counts the publications of a survey from 1; null before it is published.';
COMMENT ON COLUMN sgs.distribution.author IS 'Who published it; before that, who drafted it.';

CREATE TABLE sgs.distribution_event (
    distribution_event bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT distribution_event_pkey PRIMARY KEY,
    distribution bigint NOT NULL
        CONSTRAINT distribution_event_distribution_fkey REFERENCES sgs.distribution,
    event text NOT NULL CONSTRAINT distribution_event_known CHECK (event IN (
        'draft', 'check', 'approve', 'publish', 'supersede', 'reinstate', 'withdraw')),
    actor text NOT NULL CONSTRAINT distribution_event_actor_not_empty CHECK (actor <> ''),
    comment text,
    occurred_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE sgs.distribution_event IS 'What happened to each distribution: who, when, and why.';
CREATE INDEX distribution_event_of ON sgs.distribution_event (distribution, event);
INSERT INTO sgs.distribution_event (distribution, event, actor, comment, occurred_at)
SELECT distribution, 'publish', author, comment, published_at FROM sgs.distribution
ORDER BY distribution;

CREATE FUNCTION sgs.check_distribution_transition() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before text := CASE TG_OP WHEN 'INSERT' THEN 'nothing' ELSE OLD.state END;
BEGIN
    IF NOT EXISTS (
        SELECT FROM sgs.distribution_transition t
        WHERE t.from_state = before AND t.to_state = NEW.state
    ) THEN
        RAISE EXCEPTION 'distribution % cannot change from % to %', NEW.digest, before, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'distribution_transition';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER distribution_begins_as_draft BEFORE INSERT ON sgs.distribution
    FOR EACH ROW WHEN (NEW.state <> 'draft') EXECUTE FUNCTION sgs.check_distribution_transition();
CREATE TRIGGER distribution_transition BEFORE UPDATE OF state ON sgs.distribution
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION sgs.check_distribution_transition();

CREATE FUNCTION sgs.refuse_distribution_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the content of distribution % cannot be changed', OLD.digest
        USING ERRCODE = 'check_violation', CONSTRAINT = 'distribution_immutable';
END $$;
CREATE TRIGGER distribution_immutable BEFORE UPDATE OF
    survey, name, digest, period, bucket_days, observation_tb, tile_tb, plan, base
    ON sgs.distribution FOR EACH ROW EXECUTE FUNCTION sgs.refuse_distribution_edit();

ALTER TABLE sgs.processing_order ADD COLUMN overtaken_by bigint
    CONSTRAINT processing_order_overtaken_fkey REFERENCES sgs.distribution;
COMMENT ON COLUMN sgs.processing_order.overtaken_by IS 'The distribution that moved or dropped its item while a runner had it; null where none did.';

CREATE TABLE sgs.order_reschedule (
    distribution bigint NOT NULL,
    processing_order bigint NOT NULL,
    release timestamptz NOT NULL,
    priority integer NOT NULL,
    CONSTRAINT order_reschedule_pkey PRIMARY KEY (distribution, processing_order)
);
COMMENT ON TABLE sgs.order_reschedule IS 'Release and priority that an order had before a publication changed them.';

CREATE OR REPLACE VIEW sgs.sdc_load AS
SELECT d.survey, l.sdc,
    lower(l.period) AT TIME ZONE 'UTC' AS starts, upper(l.period) AT TIME ZONE 'UTC' AS ends,
    l.observations, l.tiles, l.work, l.capacity, l.volume, d.name AS plan, d.revision
FROM sgs.bucket_load l
JOIN sgs.distribution d USING (distribution)
WHERE d.state = 'published';
