-- The statements of a publication, in the order in which they run.

-- name: staging
-- The temporary tables, and settings for the transaction: compiling a statement takes longer
-- than running it, which its estimated cost hides (PostgreSQL manual, 32.2).
SET LOCAL jit = off;
CREATE TEMPORARY TABLE publication (
    distribution bigint, survey text, starts timestamptz, ends timestamptz,
    published_at timestamptz, mark text, software_release text, priority integer, lost text
) ON COMMIT DROP;
CREATE TEMPORARY TABLE staged_observation (
    id text CONSTRAINT observation_once PRIMARY KEY, primary_sdc text,
    secondary_sdc text, cause text, release float8, kind text,
    starts float8, ends float8, ra float8, dec float8, footprint float8[]
) ON COMMIT DROP;
CREATE TEMPORARY TABLE staged_tile (
    id text CONSTRAINT tile_once PRIMARY KEY, primary_sdc text, secondary_sdc text,
    cause text, release float8,
    ra float8, dec float8, west float8, east float8, south float8, north float8,
    polygon float8[]
) ON COMMIT DROP;
CREATE TEMPORARY TABLE staged_overlap (tile text, observation text, fraction float8)
ON COMMIT DROP;

-- name: items
-- Numbers the items; `planned` holds what the distribution says about each.
INSERT INTO sgs.item (survey, kind, id)
SELECT p.survey, s.kind, s.id
FROM publication p, (
    SELECT 'observation' AS kind, id FROM staged_observation
    UNION ALL
    SELECT 'tile', id FROM staged_tile
) s
WHERE NOT EXISTS (
    SELECT FROM sgs.item i
    WHERE i.survey = p.survey AND i.kind = s.kind AND i.id = s.id)
ORDER BY s.kind, s.id;
SELECT sgs.refresh_statistics('item');

CREATE TEMPORARY TABLE planned ON COMMIT DROP AS
SELECT i.item, i.kind, i.id, s.primary_sdc, s.secondary_sdc, s.cause,
    to_timestamp(s.release) AS release
FROM publication p, sgs.item i, (
    SELECT 'observation' AS kind, id, primary_sdc, secondary_sdc, cause, release
    FROM staged_observation
    UNION ALL
    SELECT 'tile', id, primary_sdc, secondary_sdc, cause, release FROM staged_tile
) s
WHERE i.survey = p.survey AND i.kind = s.kind AND i.id = s.id;
ANALYZE planned;

CREATE TEMPORARY TABLE planned_input ON COMMIT DROP AS
SELECT t.item AS tile, o.item AS observation, s.fraction
FROM staged_overlap s
JOIN planned t ON t.kind = 'tile' AND t.id = s.tile
JOIN planned o ON o.kind = 'observation' AND o.id = s.observation;
ANALYZE planned_input;

-- name: strayOverlap
-- The first overlap (tile, observation) whose two items the distribution does not assign.
--
-- An aggregate, because LIMIT would tempt the planner into a nested loop over everything.
SELECT min(ARRAY[s.tile, s.observation]) AS stray
FROM staged_overlap s
LEFT JOIN planned t ON t.kind = 'tile' AND t.id = s.tile
LEFT JOIN planned o ON o.kind = 'observation' AND o.id = s.observation
WHERE t.item IS NULL OR o.item IS NULL

-- name: otherAreas
-- The first tile whose inner area is not the one published before, and how many there are.
SELECT min(p.id) AS id, count(*) AS tiles
FROM planned p
JOIN staged_tile s ON p.kind = 'tile' AND p.id = s.id
JOIN sgs.tile t ON t.item = p.item
WHERE (t.west, t.east, t.south, t.north) <> (s.west, s.east, s.south, s.north)
    OR t.polygon IS DISTINCT FROM s.polygon

-- name: areas
INSERT INTO sgs.observation (item, kind, window_utc, ra, dec, footprint)
SELECT p.item, s.kind, tstzrange(to_timestamp(s.starts), to_timestamp(s.ends), '[]'),
    s.ra, s.dec, s.footprint
FROM staged_observation s JOIN planned p ON p.kind = 'observation' AND p.id = s.id
ON CONFLICT (item) DO UPDATE SET kind = excluded.kind, window_utc = excluded.window_utc,
    ra = excluded.ra, dec = excluded.dec, footprint = excluded.footprint
WHERE (observation.kind, observation.window_utc, observation.ra, observation.dec,
        observation.footprint)
    <> (excluded.kind, excluded.window_utc, excluded.ra, excluded.dec, excluded.footprint);

INSERT INTO sgs.tile (item, survey, ra, dec, west, east, south, north, polygon)
SELECT p.item, publication.survey, s.ra, s.dec, s.west, s.east, s.south, s.north, s.polygon
FROM publication, staged_tile s JOIN planned p ON p.kind = 'tile' AND p.id = s.id
ON CONFLICT (item) DO NOTHING;
SELECT sgs.refresh_statistics('observation', 'tile');

-- name: dropped
-- What lay in the period and is not in the distribution: observations that start in it, and
-- tiles whose order waits for one of these or for one that is planned now.
CREATE TEMPORARY TABLE dropped ON COMMIT DROP AS
SELECT i.item
FROM publication p
JOIN sgs.item i ON i.survey = p.survey AND i.kind = 'observation'
JOIN sgs.observation o ON o.item = i.item
    AND lower(o.window_utc) >= p.starts AND lower(o.window_utc) < p.ends
WHERE NOT EXISTS (SELECT FROM planned WHERE planned.item = i.item);
INSERT INTO dropped
SELECT DISTINCT o.item
FROM sgs.order_input n
JOIN sgs.processing_order o USING (processing_order)
WHERE o.state <> 'WITHDRAWN' AND o.lane = 0
    AND (n.item IN (SELECT item FROM dropped) OR n.item IN (SELECT item FROM planned))
    AND NOT EXISTS (SELECT FROM planned WHERE planned.item = o.item);

-- name: touched
-- What is known of the items for the time that the distribution takes over.  What `stays` is
-- for exactly the time that the new assignment is for.
CREATE TEMPORARY TABLE touched ON COMMIT DROP AS
SELECT t.item, min(lower(a.validity)) AS next
FROM publication p, (SELECT item FROM planned UNION ALL SELECT item FROM dropped) t
LEFT JOIN sgs.assignment a ON a.item = t.item AND a.is_current
    AND lower(a.validity) >= (SELECT ends FROM publication)
GROUP BY t.item;
ANALYZE touched;

CREATE TEMPORARY TABLE closing ON COMMIT DROP AS
SELECT a.*, n.item IS NOT NULL AND a.validity = tstzrange(p.starts, t.next) AS stays
FROM publication p, touched t
JOIN sgs.assignment a ON a.item = t.item AND a.is_current
LEFT JOIN planned n ON n.item = t.item
WHERE a.validity && tstzrange(p.starts, t.next);
ANALYZE closing;

CREATE TEMPORARY TABLE before ON COMMIT DROP AS
SELECT c.item, c.primary_sdc, c.secondary_sdc
FROM publication p, closing c WHERE c.validity @> p.starts;
ANALYZE before;

-- name: ownership
-- Closes what was known of the items, keeps what stays true of it, adds what is new.
--
-- Where the time of ownership stays, the old assignment is copied into history and the new
-- one is written over it (migration 6 says why).  In no order of the items the index of the
-- exclusion constraint takes them in half the time: none extends the bounds of its page.
INSERT INTO sgs.assignment (
    item, distribution, primary_sdc, secondary_sdc, cause, validity, known)
SELECT c.item, c.distribution, c.primary_sdc, c.secondary_sdc, c.cause, c.validity,
    tstzrange(lower(c.known), p.published_at)
FROM publication p, closing c WHERE c.stays;

UPDATE sgs.assignment a SET distribution = p.distribution, primary_sdc = n.primary_sdc,
    secondary_sdc = n.secondary_sdc, cause = n.cause, known = tstzrange(p.published_at, NULL)
FROM publication p, closing c JOIN planned n USING (item)
WHERE c.stays AND a.item = c.item AND a.validity = c.validity AND a.is_current;

UPDATE sgs.assignment a SET known = tstzrange(lower(a.known), p.published_at)
FROM publication p, closing c
WHERE NOT c.stays AND a.item = c.item AND a.validity = c.validity AND a.is_current;

INSERT INTO sgs.assignment (
    item, distribution, primary_sdc, secondary_sdc, cause, validity, known)
SELECT c.item, c.distribution, c.primary_sdc, c.secondary_sdc, c.cause,
    tstzrange(lower(c.validity), p.starts), tstzrange(p.published_at, NULL)
FROM publication p, closing c
WHERE NOT c.stays AND lower(c.validity) < p.starts;

INSERT INTO sgs.assignment (
    item, distribution, primary_sdc, secondary_sdc, cause, validity, known)
SELECT n.item, p.distribution, n.primary_sdc, n.secondary_sdc, n.cause,
    tstzrange(p.starts, t.next), tstzrange(p.published_at, NULL)
FROM publication p, planned n JOIN touched t USING (item)
WHERE NOT EXISTS (SELECT FROM closing c WHERE c.item = n.item AND c.stays)
ORDER BY hashint8(n.item)

-- name: changes
-- Which items have got other SDCs than were known before for the period's start, or none.
INSERT INTO sgs.ownership_change (
    distribution, changed_at, item, previous_primary, previous_secondary, primary_sdc,
    secondary_sdc, cause)
SELECT p.distribution, p.published_at, t.item, b.primary_sdc, b.secondary_sdc, n.primary_sdc,
    n.secondary_sdc, n.cause
FROM publication p, touched t
LEFT JOIN planned n ON n.item = t.item
LEFT JOIN before b ON b.item = t.item
WHERE (b.primary_sdc, b.secondary_sdc) IS DISTINCT FROM (n.primary_sdc, n.secondary_sdc)

-- name: liveOrders
-- The orders of the daily processing that there are for the items, locked while allocated, each with its fate:
-- `kept` and `replaced` ones are allocated, or failed and get another try; `untouched` ones are
-- taken or have ended, and `overtaken` ones are taken while their item moves or is dropped.
--
-- `lost` ones are taken by the runner of a lost SDC that gives no sign; others do them.
--
-- An order that an operator moved counts as one of the SDCs that it was issued for: it stays
-- where it was moved to as long as its item keeps its owners.
CREATE TEMPORARY TABLE locked ON COMMIT DROP AS
SELECT o.processing_order, o.item, o.state, o.software_release, o.reassigned, o.sdc AS runs_at,
    CASE WHEN o.reassigned THEN o.replica_at ELSE o.sdc END AS sdc,
    CASE WHEN o.reassigned THEN o.sdc ELSE o.replica_at END AS replica_at
FROM sgs.processing_order o JOIN touched t ON t.item = o.item
WHERE o.state <> 'WITHDRAWN' AND o.lane = 0
FOR UPDATE OF o;
ANALYZE locked;

CREATE TEMPORARY TABLE live ON COMMIT DROP AS
SELECT l.processing_order, l.item, CASE
    WHEN l.state = 'EXECUTING' AND l.runs_at = p.lost AND n.item IS NOT NULL AND NOT EXISTS (
        SELECT FROM sgs.runner r WHERE r.sdc = p.lost AND r.ended_at IS NULL
            AND r.last_sign + make_interval(secs => r.lease_seconds) > clock_timestamp())
        THEN 'lost'
    WHEN l.state = 'EXECUTING' AND (l.sdc, l.replica_at)
        IS DISTINCT FROM (n.primary_sdc, n.secondary_sdc) THEN 'overtaken'
    WHEN l.state = 'ERROR' AND n.item IS NOT NULL THEN 'replaced'
    WHEN l.state <> 'ALLOCATED' THEN 'untouched'
    WHEN (l.sdc, l.replica_at, l.software_release)
            = (n.primary_sdc, n.secondary_sdc, p.software_release)
        AND other.item IS NULL THEN 'kept'
    ELSE 'replaced' END AS fate
FROM publication p, locked l
LEFT JOIN planned n ON n.item = l.item
LEFT JOIN (
    SELECT DISTINCT coalesce(b.item, i.tile) AS item
    FROM (
        SELECT l.item, i.item AS observation
        FROM sgs.order_input i JOIN locked l USING (processing_order)
    ) b
    FULL JOIN planned_input i ON i.tile = b.item AND i.observation = b.observation
    WHERE b.item IS NULL OR i.tile IS NULL
) other ON other.item = l.item;
ANALYZE live;

-- name: frozen
-- How many items whose order has been taken and has ended would leave the SDCs that they have
-- and at which it ran, and the first of these orders.
SELECT count(*) AS orders, min(o.id) AS id, (array_agg(o.sdc ORDER BY o.id))[1] AS sdc
FROM locked l
JOIN sgs.processing_order o USING (processing_order)
JOIN before b ON b.item = l.item
LEFT JOIN planned n ON n.item = l.item
WHERE l.state NOT IN ('ALLOCATED', 'EXECUTING', 'ERROR')
    AND (l.sdc, l.replica_at) IS DISTINCT FROM (n.primary_sdc, n.secondary_sdc)
    AND (b.primary_sdc, b.secondary_sdc)
        IS DISTINCT FROM (n.primary_sdc, n.secondary_sdc)

-- name: overtaken
-- How many orders are overtaken, and the first of them.
SELECT count(*) AS orders, min(o.id) AS id, (array_agg(o.sdc ORDER BY o.id))[1] AS sdc
FROM live JOIN sgs.processing_order o USING (processing_order)
WHERE live.fate = 'overtaken'

-- name: overtake
UPDATE sgs.processing_order o SET overtaken_by = p.distribution
FROM publication p, live
WHERE live.processing_order = o.processing_order AND live.fate = 'overtaken'

-- name: abortLost
UPDATE sgs.processing_order o SET state = 'ABORTED'
FROM live
WHERE live.processing_order = o.processing_order AND live.fate = 'lost'

-- name: retryFailed
-- What failed or was lost is allocated again for a moment: only that may be withdrawn.
UPDATE sgs.processing_order o SET state = 'ALLOCATED'
FROM live
WHERE live.processing_order = o.processing_order
    AND (live.fate = 'replaced' AND o.state = 'ERROR' OR live.fate = 'lost')

-- name: withdraw
UPDATE sgs.processing_order o SET state = 'WITHDRAWN', withdrawn_by = p.distribution
FROM publication p, live
WHERE live.processing_order = o.processing_order AND live.fate IN ('replaced', 'lost')

-- name: reschedule
-- Release and priority of kept orders follow; the former ones are written down.
WITH former AS (
    INSERT INTO sgs.order_reschedule (distribution, processing_order, release, priority)
    SELECT p.distribution, o.processing_order, o.release, o.priority
    FROM publication p, live
    JOIN planned n ON n.item = live.item
    JOIN sgs.processing_order o ON o.processing_order = live.processing_order
    WHERE live.fate = 'kept' AND (o.release, o.priority) <> (n.release, p.priority)
    RETURNING processing_order
)
UPDATE sgs.processing_order o SET release = n.release, priority = p.priority
FROM publication p, former, planned n
WHERE former.processing_order = o.processing_order AND n.item = o.item

-- name: daily
-- The campaign that the orders are jobs of.
SELECT sgs.ensure_daily(survey, $1) FROM publication

-- name: touchCampaigns
-- Other campaigns may take new items.
INSERT INTO sgs.campaign_touch (campaign_task)
SELECT t.campaign_task FROM publication p
JOIN sgs.campaign c ON c.survey = p.survey AND c.name <> 'daily' AND c.approved_at IS NOT NULL
JOIN sgs.campaign_task t USING (campaign)

-- name: createOrders
INSERT INTO sgs.processing_order (
    id, distribution, item, pipeline, software_release, sdc, replica_at, release, priority,
    campaign_task)
SELECT p.survey || '-' || p.mark
        || CASE n.kind WHEN 'tile' THEN '-TILE-' ELSE '-OBS-' END || n.id,
    p.distribution, n.item, n.kind, p.software_release, n.primary_sdc, n.secondary_sdc,
    n.release, p.priority, t.campaign_task
FROM publication p
CROSS JOIN planned n
LEFT JOIN sgs.campaign c ON c.survey = p.survey AND c.name = 'daily'
LEFT JOIN sgs.campaign_task t ON t.campaign = c.campaign AND t.name = n.kind
WHERE NOT EXISTS (
    SELECT FROM live WHERE live.item = n.item AND live.fate NOT IN ('replaced', 'lost'))
ORDER BY n.release, n.item

-- name: createInputs
INSERT INTO sgs.order_input (processing_order, item, fraction)
SELECT o.processing_order, i.observation, i.fraction
FROM publication p
JOIN sgs.processing_order o ON o.distribution = p.distribution AND o.lane = 0
JOIN planned_input i ON i.tile = o.item
ORDER BY 1, 2

-- name: analyze
-- Statistics of what has grown at once, or the next queries are planned for empty tables.
SELECT sgs.refresh_statistics('assignment', 'processing_order', 'order_input')
