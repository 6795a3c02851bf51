-- The documented views, and what a publication writes down for them.  Their comments are written
-- after the migrations, from the list that describes each column.

CREATE TABLE sgs.ownership_change (
    distribution bigint NOT NULL,
    changed_at timestamptz NOT NULL,
    item bigint NOT NULL,
    previous_primary text,
    previous_secondary text,
    primary_sdc text,
    secondary_sdc text,
    cause text,
    CONSTRAINT ownership_change_pkey PRIMARY KEY (distribution, changed_at, item),
    CONSTRAINT ownership_change_differs CHECK (
        (previous_primary, previous_secondary) IS DISTINCT FROM (primary_sdc, secondary_sdc))
);
COMMENT ON TABLE sgs.ownership_change IS 'The items that a publication, or its withdrawal, gave another owner: new, moved and dropped ones.';
CREATE INDEX ownership_change_item ON sgs.ownership_change (item);

CREATE TABLE sgs.bucket_load (
    distribution bigint NOT NULL CONSTRAINT bucket_load_distribution_fkey REFERENCES sgs.distribution,
    sdc text NOT NULL CONSTRAINT bucket_load_sdc_fkey REFERENCES sgs.sdc,
    period tstzrange NOT NULL,
    observations integer NOT NULL,
    tiles integer NOT NULL,
    work double precision NOT NULL,
    capacity double precision NOT NULL,
    volume double precision NOT NULL,
    CONSTRAINT bucket_load_pkey PRIMARY KEY (distribution, sdc, period),
    CONSTRAINT bucket_load_signs CHECK (
        observations >= 0 AND tiles >= 0 AND work >= 0 AND capacity >= 0 AND volume >= 0)
);
COMMENT ON TABLE sgs.bucket_load IS 'What a distribution gives to each SDC in each of its buckets.';
COMMENT ON COLUMN sgs.bucket_load.work IS 'Core-hours.';
COMMENT ON COLUMN sgs.bucket_load.capacity IS 'Core-hours.';
COMMENT ON COLUMN sgs.bucket_load.volume IS 'New data in TB, both replicas counted.';

-- What earlier publications changed; their loads are not known any more.
INSERT INTO sgs.ownership_change (
    distribution, changed_at, item, previous_primary, previous_secondary, primary_sdc,
    secondary_sdc, cause)
SELECT d.distribution, d.published_at, a.item, b.primary_sdc, b.secondary_sdc, a.primary_sdc, a.secondary_sdc,
    a.cause
FROM sgs.distribution d
JOIN sgs.assignment a ON a.distribution = d.distribution
    AND lower(a.known) = d.published_at AND lower(a.validity) = lower(d.period)
LEFT JOIN sgs.assignment b ON b.item = a.item
    AND upper(b.known) = d.published_at AND b.validity @> lower(d.period)
WHERE (b.primary_sdc, b.secondary_sdc) IS DISTINCT FROM (a.primary_sdc, a.secondary_sdc);

-- Text for people and for STC-S of an outline given as unit vectors.
CREATE FUNCTION sgs.outline(corners double precision[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 'Polygon ICRS ' || string_agg(
        round(mod(degrees(atan2(corners[i + 1], corners[i]))::numeric + 360, 360), 7)::text || ' '
            || round(degrees(asin(greatest(-1, least(1, corners[i + 2]))))::numeric, 7)::text,
        ' ' ORDER BY i)
    FROM generate_series(1, cardinality(corners), 3) i
$$;
COMMENT ON FUNCTION sgs.outline IS 'A polygon of unit vectors x, y, z in STC-S, degrees, ICRS.';

CREATE FUNCTION sgs.diameter(
    longitude double precision, latitude double precision, corners double precision[])
RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 2 * degrees(acos(greatest(-1, least(1, min(
        cos(radians(latitude)) * cos(radians(longitude)) * corners[i]
        + cos(radians(latitude)) * sin(radians(longitude)) * corners[i + 1]
        + sin(radians(latitude)) * corners[i + 2])))))
    FROM generate_series(1, cardinality(corners), 3) i
$$;
COMMENT ON FUNCTION sgs.diameter IS 'Diameter in degrees of the circle around a centre that holds all corners.';

CREATE VIEW sgs.tile_ownership AS
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
WHERE i.kind = 'tile' AND upper_inf(a.known);

CREATE VIEW sgs.observation_ownership AS
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
WHERE i.kind = 'observation' AND upper_inf(a.known);

CREATE VIEW sgs.sdc_load AS
SELECT d.survey, l.sdc,
    lower(l.period) AT TIME ZONE 'UTC' AS starts, upper(l.period) AT TIME ZONE 'UTC' AS ends,
    l.observations, l.tiles, l.work, l.capacity, l.volume, d.name AS plan, d.revision
FROM sgs.bucket_load l
JOIN sgs.distribution d USING (distribution)
WHERE d.superseded_at IS NULL;

CREATE VIEW sgs.changes AS
SELECT d.survey, d.revision, c.changed_at AT TIME ZONE 'UTC' AS published_at, i.kind, i.id,
    lower(d.period) AT TIME ZONE 'UTC' AS valid_from,
    c.previous_primary, c.previous_secondary, c.primary_sdc, c.secondary_sdc, c.cause,
    d.name AS plan, d.digest, d.author, d.comment
FROM sgs.ownership_change c
JOIN sgs.distribution d USING (distribution)
JOIN sgs.item i USING (item);

CREATE SCHEMA IF NOT EXISTS ivoa;

-- A modified Julian date of an instant, UTC.
CREATE FUNCTION sgs.mjd(instant timestamptz) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT extract(epoch FROM instant)::double precision / 86400 + 40587
$$;
COMMENT ON FUNCTION sgs.mjd IS 'Modified Julian date of an instant, UTC.';

CREATE VIEW ivoa.obsplan AS
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
    WHERE a.item = i.item AND upper_inf(a.known)
    ORDER BY lower(a.validity) DESC LIMIT 1
) a ON true
JOIN sgs.distribution d USING (distribution);
