-- The catalogue of published distributions, of who owns which observation and tile, and of the
-- processing orders that follow from them.
--
-- Two times.  `validity` is the time of ownership: an assignment of a distribution holds from the
-- start of the distribution's period, and ends where the next distribution that assigns the item
-- begins; the data stay where they are when the period is over, so without a next one it has no
-- end.  `known` is the time of knowledge: from the publication until a later publication says
-- something else about the same time of ownership.  A new distribution of [S, E) takes over from
-- S until the first assignment already known to begin at or after E; what was known of the time
-- before S stays true and is known again from the new publication on, cut off at S.  An item
-- that lay in [S, E) and is not in the new distribution has no owner from S on.

-- The large tables have foreign keys to the items and SDCs.  They have none to the survey and the
-- distribution, which one statement writes into all rows of a publication, after their own row:
-- checking these a hundred thousand times takes seconds.

CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE sgs.survey (
    id text CONSTRAINT survey_pkey PRIMARY KEY
        CONSTRAINT survey_id_not_empty CHECK (id <> '')
);
COMMENT ON TABLE sgs.survey IS 'Surveys (missions); ids of observations and tiles are unique within one.';

CREATE TABLE sgs.sdc (
    id text CONSTRAINT sdc_pkey PRIMARY KEY
        CONSTRAINT sdc_id_not_empty CHECK (id <> ''),
    name text NOT NULL
);
COMMENT ON TABLE sgs.sdc IS 'Science Data Centres, as the newest distribution names them.';

CREATE TABLE sgs.distribution (
    distribution bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT distribution_pkey PRIMARY KEY,
    survey text NOT NULL CONSTRAINT distribution_survey_fkey REFERENCES sgs.survey,
    revision integer NOT NULL CONSTRAINT distribution_revision_positive CHECK (revision > 0),
    name text NOT NULL,
    digest text NOT NULL CONSTRAINT distribution_digest_hexadecimal CHECK (digest ~ '^[0-9a-f]{8,}$'),
    period tstzrange NOT NULL CONSTRAINT distribution_period_half_open
        CHECK (NOT isempty(period) AND lower_inc(period) AND NOT upper_inc(period)
            AND NOT lower_inf(period) AND NOT upper_inf(period)),
    bucket_days double precision NOT NULL CONSTRAINT distribution_bucket_positive CHECK (bucket_days > 0),
    observation_tb double precision NOT NULL CONSTRAINT distribution_observation_tb_sign CHECK (observation_tb >= 0),
    tile_tb double precision NOT NULL CONSTRAINT distribution_tile_tb_sign CHECK (tile_tb >= 0),
    published_at timestamptz NOT NULL,
    superseded_at timestamptz CONSTRAINT distribution_superseded_later CHECK (superseded_at > published_at),
    author text NOT NULL,
    comment text,
    plan text NOT NULL,
    CONSTRAINT distribution_digest_once UNIQUE (survey, digest),
    CONSTRAINT distribution_revision_once UNIQUE (survey, revision),
    CONSTRAINT distribution_published_once UNIQUE (survey, published_at)
);
COMMENT ON TABLE sgs.distribution IS 'Published distributions; never changed but for superseded_at.';
COMMENT ON COLUMN sgs.distribution.revision IS 'Counts the publications of a survey from 1.';
COMMENT ON COLUMN sgs.distribution.digest IS 'Lower-case hexadecimal digest of the plan''s content.';
COMMENT ON COLUMN sgs.distribution.bucket_days IS 'Length of a bucket, in days.';
COMMENT ON COLUMN sgs.distribution.observation_tb IS 'Planned volume of one observation, in TB.';
COMMENT ON COLUMN sgs.distribution.tile_tb IS 'Planned volume of one tile, in TB.';
COMMENT ON COLUMN sgs.distribution.superseded_at IS 'When a distribution of at least the same period was published.';
COMMENT ON COLUMN sgs.distribution.plan IS 'The plan.json, byte for byte.';

CREATE TABLE sgs.item (
    item bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT item_pkey PRIMARY KEY,
    survey text NOT NULL,
    kind text NOT NULL CONSTRAINT item_kind_known CHECK (kind IN ('observation', 'tile')),
    id text NOT NULL CONSTRAINT item_id_not_empty CHECK (id <> ''),
    CONSTRAINT item_once UNIQUE (survey, kind, id)
);
COMMENT ON TABLE sgs.item IS 'Whatever has ever been assigned: observations and tiles.';

CREATE TABLE sgs.observation (
    item bigint CONSTRAINT observation_pkey PRIMARY KEY
        CONSTRAINT observation_item_fkey REFERENCES sgs.item,
    kind text NOT NULL,
    window_utc tstzrange NOT NULL,
    ra double precision NOT NULL CONSTRAINT observation_ra CHECK (ra >= 0 AND ra < 360),
    dec double precision NOT NULL CONSTRAINT observation_dec CHECK (dec BETWEEN -90 AND 90),
    footprint double precision[] NOT NULL CONSTRAINT observation_footprint_corners
        CHECK (cardinality(footprint) >= 9 AND cardinality(footprint) % 3 = 0)
);
COMMENT ON TABLE sgs.observation IS 'Facts of the observations, as the newest distribution gives them.';
COMMENT ON COLUMN sgs.observation.kind IS 'The survey''s own class of it; may be empty.';
COMMENT ON COLUMN sgs.observation.window_utc IS 'When it is observed.';
COMMENT ON COLUMN sgs.observation.ra IS 'Right ascension of the centre, degrees, ICRS.';
COMMENT ON COLUMN sgs.observation.dec IS 'Declination of the centre, degrees, ICRS.';
COMMENT ON COLUMN sgs.observation.footprint IS 'Unit vectors x, y, z of the corners in order, ICRS.';

CREATE TABLE sgs.tile (
    item bigint CONSTRAINT tile_pkey PRIMARY KEY
        CONSTRAINT tile_item_fkey REFERENCES sgs.item,
    survey text NOT NULL,
    ra double precision NOT NULL CONSTRAINT tile_ra CHECK (ra >= 0 AND ra < 360),
    dec double precision NOT NULL CONSTRAINT tile_dec CHECK (dec BETWEEN -90 AND 90),
    west double precision NOT NULL,
    east double precision NOT NULL,
    south double precision NOT NULL,
    north double precision NOT NULL,
    polygon double precision[] CONSTRAINT tile_polygon_corners
        CHECK (cardinality(polygon) >= 9 AND cardinality(polygon) % 3 = 0),
    CONSTRAINT tile_bounds CHECK (
        west >= 0 AND west < east AND east <= CASE WHEN polygon IS NULL THEN 360 ELSE 720 END
        AND south >= -90 AND south < north AND north <= 90)
);
COMMENT ON TABLE sgs.tile IS 'Inner areas of the tiles; they partition a survey''s sky and never change.';
COMMENT ON COLUMN sgs.tile.survey IS 'The item''s survey, for the index over positions.';
COMMENT ON COLUMN sgs.tile.west IS 'Western edge, degrees.  Without a polygon the edges are the inner area: half-open boxes that hold their western and southern edge.';
COMMENT ON COLUMN sgs.tile.east IS 'Eastern edge, degrees; a polygon''s box that crosses RA 0 reaches beyond 360.';
COMMENT ON COLUMN sgs.tile.polygon IS 'Inner area as a convex polygon: unit vectors x, y, z of its corners in order, ICRS; the edges are then a box around it.';
CREATE INDEX tile_bounds_index ON sgs.tile USING gist (box(point(west, south), point(east, north)));

CREATE TABLE sgs.assignment (
    item bigint NOT NULL CONSTRAINT assignment_item_fkey REFERENCES sgs.item,
    distribution bigint NOT NULL,
    primary_sdc text NOT NULL CONSTRAINT assignment_primary_fkey REFERENCES sgs.sdc,
    secondary_sdc text NOT NULL CONSTRAINT assignment_secondary_fkey REFERENCES sgs.sdc,
    cause text CONSTRAINT assignment_cause_known
        CHECK (cause IN ('survey', 'maintenance', 'capacity', 'pin', 'free')),
    validity tstzrange NOT NULL CONSTRAINT assignment_validity_not_empty CHECK (NOT isempty(validity)),
    known tstzrange NOT NULL CONSTRAINT assignment_known_not_empty CHECK (NOT isempty(known)),
    CONSTRAINT assignment_sdcs_differ CHECK (primary_sdc <> secondary_sdc),
    CONSTRAINT assignment_one_owner EXCLUDE USING gist (item WITH =, validity WITH &&)
        WHERE (upper_inf(known))
);
CREATE INDEX assignment_item ON sgs.assignment (item);
COMMENT ON TABLE sgs.assignment IS 'Primary and secondary SDC of an item: of what is known now, one of each at any time of ownership.';
COMMENT ON COLUMN sgs.assignment.cause IS 'Why it differs from the distribution''s base; null where it does not.';
COMMENT ON COLUMN sgs.assignment.validity IS 'Time of ownership, half-open; without an end until a later distribution says otherwise.';
COMMENT ON COLUMN sgs.assignment.known IS 'Time of knowledge: from publication until superseded, half-open.';
