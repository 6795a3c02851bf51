-- What a publication of a whole mission writes is checked in sets.
--
-- A foreign key looks each row up by a statement of its own, which for the three of an assignment
-- takes longer than writing it.  Here one statement checks all rows that another one wrote; what
-- they refer to is never removed, and never changes its key.  The rules keep their names.

CREATE FUNCTION sgs.check_references() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    missing text;
BEGIN
    -- The arguments, in fours: the rule, the column, the table that it refers to, and its key.
    FOR place IN 0 .. TG_NARGS - 1 BY 4 LOOP
        EXECUTE format(
            'SELECT min(n.%1$I::text) FROM added n
            WHERE NOT EXISTS (SELECT FROM sgs.%2$I r WHERE r.%3$I = n.%1$I)',
            TG_ARGV[place + 1], TG_ARGV[place + 2], TG_ARGV[place + 3]) INTO missing;
        IF missing IS NOT NULL THEN
            RAISE EXCEPTION 'table "%" has no % that table "%" refers to',
                TG_ARGV[place + 2], missing, TG_TABLE_NAME
                USING ERRCODE = 'foreign_key_violation', CONSTRAINT = TG_ARGV[place],
                    SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION sgs.check_references IS 'Refuses rows that refer to what there is not.';

CREATE FUNCTION sgs.refuse_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A TRUNCATE is over by now, and leaves nothing behind where it took all that refers to it.
    IF TG_OP = 'TRUNCATE' AND NOT EXISTS (SELECT FROM sgs.assignment)
        AND NOT EXISTS (SELECT FROM sgs.processing_order)
        AND NOT EXISTS (SELECT FROM sgs.observation) AND NOT EXISTS (SELECT FROM sgs.tile)
    THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'rows of table "%" stay, and keep their keys: others refer to them',
        TG_TABLE_NAME
        USING ERRCODE = 'foreign_key_violation', CONSTRAINT = TG_TABLE_NAME || '_stays',
            SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
END $$;
COMMENT ON FUNCTION sgs.refuse_removal IS 'Refuses to remove what others refer to.';

ALTER FUNCTION sgs.check_references OWNER TO sgs_owner;
ALTER FUNCTION sgs.refuse_removal OWNER TO sgs_owner;

CREATE TRIGGER item_stays BEFORE DELETE OR UPDATE OF item, survey, kind, id ON sgs.item
    FOR EACH ROW EXECUTE FUNCTION sgs.refuse_removal();
CREATE TRIGGER item_not_truncated AFTER TRUNCATE ON sgs.item
    FOR EACH STATEMENT EXECUTE FUNCTION sgs.refuse_removal();
CREATE TRIGGER sdc_stays BEFORE DELETE OR UPDATE OF id ON sgs.sdc
    FOR EACH ROW EXECUTE FUNCTION sgs.refuse_removal();
CREATE TRIGGER sdc_not_truncated AFTER TRUNCATE ON sgs.sdc
    FOR EACH STATEMENT EXECUTE FUNCTION sgs.refuse_removal();

ALTER TABLE sgs.observation DROP CONSTRAINT observation_item_fkey;
CREATE TRIGGER observation_references AFTER INSERT ON sgs.observation
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT
    EXECUTE FUNCTION sgs.check_references('observation_item_fkey', 'item', 'item', 'item');
CREATE TRIGGER observation_stays BEFORE UPDATE OF item ON sgs.observation
    FOR EACH ROW EXECUTE FUNCTION sgs.refuse_removal();

ALTER TABLE sgs.tile DROP CONSTRAINT tile_item_fkey;
CREATE TRIGGER tile_references AFTER INSERT ON sgs.tile
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT
    EXECUTE FUNCTION sgs.check_references('tile_item_fkey', 'item', 'item', 'item');
CREATE TRIGGER tile_stays BEFORE UPDATE OF item ON sgs.tile
    FOR EACH ROW EXECUTE FUNCTION sgs.refuse_removal();

ALTER TABLE sgs.assignment DROP CONSTRAINT assignment_item_fkey,
    DROP CONSTRAINT assignment_primary_fkey, DROP CONSTRAINT assignment_secondary_fkey;
CREATE TRIGGER assignment_references AFTER INSERT ON sgs.assignment
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT
    EXECUTE FUNCTION sgs.check_references('assignment_item_fkey', 'item', 'item', 'item',
        'assignment_primary_fkey', 'primary_sdc', 'sdc', 'id',
        'assignment_secondary_fkey', 'secondary_sdc', 'sdc', 'id');
CREATE TRIGGER assignment_references_changed AFTER UPDATE ON sgs.assignment
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT
    EXECUTE FUNCTION sgs.check_references(
        'assignment_primary_fkey', 'primary_sdc', 'sdc', 'id',
        'assignment_secondary_fkey', 'secondary_sdc', 'sdc', 'id');
CREATE TRIGGER assignment_stays BEFORE UPDATE OF item ON sgs.assignment
    FOR EACH ROW EXECUTE FUNCTION sgs.refuse_removal();

-- An order that has to run elsewhere is withdrawn, and another one issued.
ALTER TABLE sgs.processing_order DROP CONSTRAINT processing_order_item_fkey,
    DROP CONSTRAINT processing_order_sdc_fkey, DROP CONSTRAINT processing_order_replica_fkey;
CREATE TRIGGER processing_order_references AFTER INSERT ON sgs.processing_order
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT
    EXECUTE FUNCTION sgs.check_references('processing_order_item_fkey', 'item', 'item', 'item',
        'processing_order_sdc_fkey', 'sdc', 'sdc', 'id',
        'processing_order_replica_fkey', 'replica_at', 'sdc', 'id');
CREATE TRIGGER processing_order_stays BEFORE UPDATE OF item, sdc, replica_at
    ON sgs.processing_order FOR EACH ROW EXECUTE FUNCTION sgs.refuse_removal();

-- A plan of tens of megabytes is compressed in a tenth of the time (PostgreSQL manual, 73.2.2;
-- not every server is built with it).
DO $$
BEGIN
    IF EXISTS (
        SELECT FROM pg_settings
        WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)
    ) THEN
        ALTER TABLE sgs.distribution ALTER COLUMN plan SET COMPRESSION lz4;
    END IF;
END $$;

-- What is known now of an item is found beside its history, however long that is.
DROP INDEX sgs.assignment_item;
CREATE INDEX assignment_item ON sgs.assignment (item, is_current);

CREATE OR REPLACE VIEW sgs.tile_ownership AS
SELECT i.survey, i.id AS tile, a.primary_sdc, a.secondary_sdc,
    lower(a.validity) AT TIME ZONE 'UTC' AS valid_from,
    upper(a.validity) AT TIME ZONE 'UTC' AS valid_until,
    t.ra, t.dec, t.west, t.east, t.south, t.north,
    a.cause, d.name AS plan, d.revision, d.digest,
    d.published_at AT TIME ZONE 'UTC' AS published_at
FROM sgs.item i
JOIN sgs.tile t USING (item)
JOIN sgs.assignment a USING (item)
JOIN sgs.distribution d USING (distribution)
WHERE i.kind = 'tile' AND a.is_current;

CREATE OR REPLACE VIEW sgs.observation_ownership AS
SELECT i.survey, i.id AS observation, a.primary_sdc, a.secondary_sdc,
    lower(a.validity) AT TIME ZONE 'UTC' AS valid_from,
    upper(a.validity) AT TIME ZONE 'UTC' AS valid_until,
    lower(o.window_utc) AT TIME ZONE 'UTC' AS starts,
    upper(o.window_utc) AT TIME ZONE 'UTC' AS ends,
    o.ra, o.dec, o.kind AS class,
    a.cause, d.name AS plan, d.revision, d.digest,
    d.published_at AT TIME ZONE 'UTC' AS published_at
FROM sgs.item i
JOIN sgs.observation o USING (item)
JOIN sgs.assignment a USING (item)
JOIN sgs.distribution d USING (distribution)
WHERE i.kind = 'observation' AND a.is_current;

CREATE OR REPLACE VIEW ivoa.obsplan AS
SELECT sgs.mjd(d.published_at) AS t_planning,
    i.id AS target_name,
    i.id AS obs_id,
    i.survey AS obs_collection,
    o.ra AS s_ra,
    o.dec AS s_dec,
    sgs.diameter(o.ra, o.dec, o.footprint) AS s_fov,
    sgs.outline(o.footprint) AS s_region,
    NULL::double precision AS s_resolution,
    sgs.mjd(lower(o.window_utc)) AS t_min,
    sgs.mjd(upper(o.window_utc)) AS t_max,
    extract(epoch FROM upper(o.window_utc) - lower(o.window_utc))::double precision AS t_exptime,
    NULL::double precision AS t_resolution,
    NULL::double precision AS em_min,
    NULL::double precision AS em_max,
    NULL::double precision AS em_res_power,
    NULL::text AS o_ucd,
    NULL::text AS pol_states,
    NULL::bigint AS pol_xel,
    i.survey AS facility_name,
    NULL::text AS instrument_name,
    extract(epoch FROM upper(o.window_utc) - lower(o.window_utc))::double precision
        AS t_plan_exptime,
    'Fixed'::text AS category,
    1 AS priority,
    CASE WHEN EXISTS (
        SELECT FROM sgs.processing_order p WHERE p.item = i.item AND p.state = 'COMPLETED')
        THEN 'Performed' ELSE 'Scheduled' END AS execution_status,
    'Sidereal'::text AS tracking_type
FROM sgs.item i
JOIN sgs.observation o USING (item)
JOIN LATERAL (
    SELECT a.distribution FROM sgs.assignment a
    WHERE a.item = i.item AND a.is_current
    ORDER BY lower(a.validity) DESC LIMIT 1
) a ON true
JOIN sgs.distribution d USING (distribution);

-- A failover is told from other publications.
ALTER TABLE sgs.distribution ADD COLUMN failover_of text
    CONSTRAINT distribution_failover_fkey REFERENCES sgs.sdc;
COMMENT ON COLUMN sgs.distribution.failover_of IS 'The lost SDC whose work it gives to others; null where it is no failover.';
CREATE OR REPLACE TRIGGER distribution_immutable BEFORE UPDATE OF
    survey, name, digest, period, bucket_days, observation_tb, tile_tb, plan, base, failover_of
    ON sgs.distribution FOR EACH ROW EXECUTE FUNCTION sgs.refuse_distribution_edit();
