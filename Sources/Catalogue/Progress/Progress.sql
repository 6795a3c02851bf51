-- Plan against actual: what the distributions in force give to each SDC in each bucket, and what
-- became of it.  $1 is the survey, $2 the clock.  An order counts in the bucket of its release,
-- one that is released after the last bucket in the last.

-- name: base
-- What each of the following queries begins with.
WITH bucket AS MATERIALIZED (
    SELECT l.period, row_number() OVER (ORDER BY lower(l.period))::integer AS place
    FROM sgs.bucket_load l JOIN sgs.distribution d USING (distribution)
    WHERE d.state = 'published' AND d.survey = $1
    GROUP BY l.period
), live AS MATERIALIZED (
    SELECT o.processing_order, o.item, i.kind, o.sdc, o.replica_at, o.state, o.taken, b.period
    FROM sgs.processing_order o
    JOIN sgs.item i USING (item)
    JOIN (SELECT array_agg(lower(period) ORDER BY place) AS starts FROM bucket) a
        ON a.starts IS NOT NULL
    JOIN bucket b ON b.place = greatest(1, width_bucket(o.release, a.starts))
    WHERE i.survey = $1 AND o.state <> 'WITHDRAWN' AND o.lane = 0
)

-- name: planned
SELECT l.sdc, extract(epoch FROM lower(l.period)) AS starts,
    extract(epoch FROM upper(l.period)) AS ends,
    sum(l.observations)::bigint AS observations, sum(l.tiles)::bigint AS tiles, sum(l.work) AS work,
    sum(l.capacity) AS capacity, sum(l.volume) AS volume
FROM sgs.bucket_load l JOIN sgs.distribution d USING (distribution)
WHERE d.state = 'published' AND d.survey = $1
GROUP BY l.sdc, l.period

-- name: ended
SELECT o.sdc, extract(epoch FROM lower(o.period)) AS starts,
    count(*) AS orders,
    count(*) FILTER (WHERE o.kind = 'observation'
        AND (o.taken > 0 OR a.event IS NOT DISTINCT FROM 'arrived')) AS received,
    count(*) FILTER (WHERE a.event = 'lost') AS lost,
    count(*) FILTER (WHERE o.state = 'COMPLETED' AND r.ended_at <= upper(o.period)) AS on_time,
    count(*) FILTER (WHERE o.state = 'COMPLETED' AND r.ended_at > upper(o.period)) AS late,
    count(*) FILTER (WHERE o.state IN ('ALLOCATED', 'EXECUTING', 'ERROR')
        AND a.event IS DISTINCT FROM 'lost' AND upper(o.period) <= to_timestamp($2)) AS overdue,
    count(*) FILTER (WHERE o.state IN ('ERROR', 'ABORTED')) AS failed
FROM live o
LEFT JOIN sgs.order_report r ON r.processing_order = o.processing_order AND r.taken = o.taken
    AND r.event = 'complete'
LEFT JOIN sgs.arrival a ON a.item = o.item
GROUP BY o.sdc, o.period

-- name: used
SELECT o.sdc, extract(epoch FROM lower(o.period)) AS starts,
    sum(s.cores * extract(epoch FROM s.ended_at - s.started_at))::double precision / 3600
        AS occupied,
    coalesce(sum(s.cpu_seconds), 0) / 3600 AS busy
FROM live o
JOIN sgs.order_report r USING (processing_order)
JOIN sgs.step_run s USING (order_report)
GROUP BY o.sdc, o.period

-- name: stored
SELECT l.sdc, extract(epoch FROM lower(o.period)) AS starts, sum(p.bytes)::bigint AS bytes
FROM live o
JOIN sgs.product p USING (processing_order)
JOIN sgs.product_location l USING (product)
GROUP BY l.sdc, o.period

-- name: copied
SELECT c.to_sdc AS sdc, extract(epoch FROM lower(c.period)) AS starts, count(*) AS copies
FROM (
    SELECT DISTINCT t.to_sdc, o.period, p.item
    FROM live o
    JOIN sgs.order_report r USING (processing_order)
    JOIN sgs.transfer t USING (order_report)
    JOIN sgs.product p USING (product)
    WHERE t.purpose = 'copy'
) c
GROUP BY c.to_sdc, c.period

-- name: toCopy
-- Observations of which an SDC owns tiles and no replica: a copy each, when its first tile is ready.
SELECT c.sdc, extract(epoch FROM c.starts) AS starts, count(*) AS copies
FROM (
    SELECT t.sdc, n.item, min(lower(t.period)) AS starts
    FROM live t
    JOIN sgs.order_input n USING (processing_order)
    JOIN live o ON o.item = n.item
    WHERE t.sdc NOT IN (o.sdc, o.replica_at)
    GROUP BY t.sdc, n.item
) c
GROUP BY c.sdc, c.starts
