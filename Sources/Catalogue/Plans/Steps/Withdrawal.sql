-- The statements that undo a publication, in the order in which they run.
--
-- They rest on `known`: of what a publication touched, the one range begins at its time or the
-- other ends then.

-- name: staging
SET LOCAL jit = off;
CREATE TEMPORARY TABLE withdrawal (
    distribution bigint, survey text, published_at timestamptz, withdrawn_at timestamptz
) ON COMMIT DROP

-- name: begin
-- `$1` the distribution, which was the newest published one of its survey.
INSERT INTO withdrawal
SELECT distribution, survey, published_at,
    greatest(clock_timestamp(), published_at + interval '1 microsecond')
FROM sgs.distribution WHERE distribution = $1

-- name: ownership
-- Knows again what was known just before the publication, of the items that it touched.
--
-- What the publication added may have been closed and restored since, by a later one that was
-- withdrawn before: so what is known now is compared with what was, not with its times.
CREATE TEMPORARY TABLE undone ON COMMIT DROP AS
SELECT DISTINCT a.item FROM withdrawal w
JOIN sgs.item i USING (survey)
JOIN sgs.assignment a USING (item)
WHERE lower(a.known) = w.published_at OR upper(a.known) = w.published_at;
ANALYZE undone;

CREATE TEMPORARY TABLE former ON COMMIT DROP AS
SELECT a.* FROM withdrawal w, undone
JOIN sgs.assignment a USING (item)
WHERE lower(a.known) < w.published_at
    AND (a.is_current OR upper(a.known) >= w.published_at);
ANALYZE former;

CREATE TEMPORARY TABLE restored ON COMMIT DROP AS
SELECT f.* FROM former f
WHERE NOT EXISTS (
    SELECT FROM sgs.assignment a WHERE a.item = f.item AND a.is_current
        AND (a.distribution, a.primary_sdc, a.secondary_sdc, a.validity)
            = (f.distribution, f.primary_sdc, f.secondary_sdc, f.validity));
CREATE INDEX ON restored (item);
ANALYZE restored;

UPDATE sgs.assignment a SET known = tstzrange(lower(a.known), w.withdrawn_at)
FROM withdrawal w, undone u
WHERE a.item = u.item AND a.is_current AND NOT EXISTS (
    SELECT FROM former f WHERE f.item = a.item
        AND (f.distribution, f.primary_sdc, f.secondary_sdc, f.validity)
            = (a.distribution, a.primary_sdc, a.secondary_sdc, a.validity));

INSERT INTO sgs.assignment (
    item, distribution, primary_sdc, secondary_sdc, cause, validity, known)
SELECT r.item, r.distribution, r.primary_sdc, r.secondary_sdc, r.cause, r.validity,
    tstzrange(w.withdrawn_at, NULL)
FROM withdrawal w, restored r
ORDER BY hashint8(r.item);

-- name: changes
INSERT INTO sgs.ownership_change (
    distribution, changed_at, item, previous_primary, previous_secondary, primary_sdc,
    secondary_sdc)
SELECT distribution, w.withdrawn_at, c.item, c.primary_sdc, c.secondary_sdc,
    c.previous_primary, c.previous_secondary
FROM withdrawal w JOIN sgs.ownership_change c USING (distribution)
WHERE c.changed_at = w.published_at

-- name: running
-- The orders of the distribution that runners have, and the first of them.
SELECT count(*) AS orders, min(o.id) AS id, (array_agg(o.sdc ORDER BY o.id))[1] AS sdc
FROM withdrawal JOIN sgs.processing_order o USING (distribution)
WHERE o.state = 'EXECUTING' AND o.lane = 0

-- name: withdrawOrders
UPDATE sgs.processing_order o SET state = 'WITHDRAWN'
FROM withdrawal w WHERE o.distribution = w.distribution AND o.state = 'ALLOCATED'
    AND o.lane = 0

-- name: rescheduleBack
-- Gives orders that the publication kept their former release and priority.
UPDATE sgs.processing_order o SET release = r.release, priority = r.priority
FROM withdrawal w JOIN sgs.order_reschedule r USING (distribution)
WHERE o.processing_order = r.processing_order AND o.state = 'ALLOCATED'

-- name: reissue
-- Issues again the orders that the publication had withdrawn: the last of each restored item
-- which has none that counts, with what earlier publications had rescheduled of it, at the SDC
-- that an operator had moved it to.
CREATE TEMPORARY TABLE reissued ON COMMIT DROP AS
SELECT DISTINCT ON (o.item) o.processing_order AS former, nextval(
    pg_get_serial_sequence('sgs.processing_order', 'processing_order')) AS processing_order
FROM withdrawal w, restored r
JOIN sgs.processing_order o ON o.item = r.item AND o.state = 'WITHDRAWN' AND o.lane = 0
WHERE NOT EXISTS (
        SELECT FROM sgs.distribution d
        WHERE d.distribution = o.distribution AND d.state = 'withdrawn')
    AND coalesce(o.withdrawn_by, w.distribution) = w.distribution
    AND CASE WHEN o.reassigned THEN (o.replica_at, o.sdc) ELSE (o.sdc, o.replica_at) END
        = (r.primary_sdc, r.secondary_sdc)
    AND NOT EXISTS (
        SELECT FROM sgs.processing_order l
        WHERE l.item = r.item AND l.lane = 0 AND l.state <> 'WITHDRAWN')
ORDER BY o.item, o.processing_order DESC;
ANALYZE reissued;

INSERT INTO sgs.processing_order (
    processing_order, id, distribution, item, pipeline, software_release, sdc, replica_at,
    reassigned, release, priority, campaign_task)
OVERRIDING SYSTEM VALUE
SELECT n.processing_order, o.id || '+' || c.orders, o.distribution, o.item, o.pipeline,
    o.software_release, o.sdc, o.replica_at, o.reassigned, o.release, o.priority,
    o.campaign_task
FROM reissued n JOIN sgs.processing_order o ON o.processing_order = n.former
JOIN (
    SELECT item, count(*) AS orders FROM sgs.processing_order WHERE lane = 0 GROUP BY item
) c ON c.item = o.item;

INSERT INTO sgs.order_input (processing_order, item, fraction)
SELECT n.processing_order, i.item, i.fraction
FROM reissued n JOIN sgs.order_input i ON i.processing_order = n.former;

INSERT INTO sgs.order_reschedule (distribution, processing_order, release, priority)
SELECT r.distribution, n.processing_order, r.release, r.priority
FROM reissued n JOIN sgs.order_reschedule r ON r.processing_order = n.former;

-- name: counts
SELECT (SELECT count(*) FROM restored) AS restored, (SELECT count(*) FROM reissued) AS orders

-- name: centres
SELECT DISTINCT o.sdc FROM withdrawal w JOIN sgs.item i USING (survey)
JOIN sgs.processing_order o USING (item) WHERE o.state = 'ALLOCATED' ORDER BY 1
