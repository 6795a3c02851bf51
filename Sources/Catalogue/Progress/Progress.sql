-- Plan against actual: what the distributions in force give to each SDC in each bucket, and what
-- became of it.  $1 is the survey, $2 the clock.  An order counts in the bucket of its release,
-- one that is released after the last bucket in the last.

-- name: settings
-- For the transaction: what is summed fits in memory, and compiling takes longer than it saves
-- (PostgreSQL manual, 20.4 and 32.2).
SET LOCAL work_mem = '64MB';
SET LOCAL jit = off

-- name: planned
SELECT l.sdc, extract(epoch FROM lower(l.period)) AS starts,
    extract(epoch FROM upper(l.period)) AS ends,
    sum(l.observations)::bigint AS observations, sum(l.tiles)::bigint AS tiles, sum(l.work) AS work,
    sum(l.capacity) AS capacity, sum(l.volume) AS volume
FROM sgs.bucket_load l JOIN sgs.distribution d USING (distribution)
WHERE d.state = 'published' AND d.survey = $1
GROUP BY l.sdc, l.period

-- name: figures
-- What became of it: each figure by SDC and bucket, in one pass over the orders.
WITH bucket AS MATERIALIZED (
    SELECT lower(l.period) AS starts, upper(l.period) AS ends,
        row_number() OVER (ORDER BY lower(l.period))::integer AS place
    FROM sgs.bucket_load l JOIN sgs.distribution d USING (distribution)
    WHERE d.state = 'published' AND d.survey = $1
    GROUP BY l.period
), live AS MATERIALIZED (
    SELECT o.processing_order, o.item, o.pipeline, o.sdc, o.replica_at, o.state, o.taken,
        greatest(1, width_bucket(o.release, a.starts)) AS place
    FROM sgs.processing_order o
    JOIN sgs.distribution d USING (distribution)
    JOIN (SELECT array_agg(starts ORDER BY place) AS starts FROM bucket) a
        ON a.starts IS NOT NULL
    WHERE d.survey = $1 AND o.state <> 'WITHDRAWN' AND o.lane = 0
), ended AS (
    SELECT o.sdc, o.place,
        count(*) AS orders,
        count(*) FILTER (WHERE o.pipeline = 'observation'
            AND (o.taken > 0 OR a.event IS NOT DISTINCT FROM 'arrived')) AS received,
        count(*) FILTER (WHERE a.event = 'lost') AS lost,
        count(*) FILTER (WHERE o.state = 'COMPLETED' AND r.ended_at <= b.ends) AS on_time,
        count(*) FILTER (WHERE o.state = 'COMPLETED' AND r.ended_at > b.ends) AS late,
        count(*) FILTER (WHERE o.state IN ('ALLOCATED', 'EXECUTING', 'ERROR')
            AND a.event IS DISTINCT FROM 'lost' AND b.ends <= to_timestamp($2)) AS overdue,
        count(*) FILTER (WHERE o.state IN ('ERROR', 'ABORTED')) AS failed
    FROM live o
    JOIN bucket b USING (place)
    LEFT JOIN sgs.order_report r ON r.processing_order = o.processing_order AND r.taken = o.taken
        AND r.event = 'complete'
    LEFT JOIN sgs.arrival a ON a.item = o.item
    GROUP BY o.sdc, o.place
), used AS (
    SELECT o.sdc, o.place,
        sum(s.cores * extract(epoch FROM s.ended_at - s.started_at)) / 3600 AS occupied,
        coalesce(sum(s.cpu_seconds), 0) / 3600 AS busy
    FROM live o
    JOIN sgs.order_report r USING (processing_order)
    JOIN sgs.step_run s USING (order_report)
    GROUP BY o.sdc, o.place
), stored AS (
    SELECT l.sdc, o.place, sum(p.bytes) AS bytes
    FROM live o
    JOIN sgs.product p USING (processing_order)
    JOIN sgs.product_location l USING (product)
    GROUP BY l.sdc, o.place
), copied AS (
    SELECT c.to_sdc AS sdc, c.place, count(*) AS copies
    FROM (
        SELECT DISTINCT t.to_sdc, o.place, p.item
        FROM live o
        JOIN sgs.order_report r USING (processing_order)
        JOIN sgs.transfer t USING (order_report)
        JOIN sgs.product p USING (product)
        WHERE t.purpose = 'copy'
    ) c
    GROUP BY c.to_sdc, c.place
), to_copy AS (
    -- Observations of which an SDC owns tiles and no replica: a copy each, when its first tile is
    -- ready.
    SELECT c.sdc, c.place, count(*) AS copies
    FROM (
        SELECT t.sdc, n.item, min(t.place) AS place
        FROM live t
        JOIN sgs.order_input n USING (processing_order)
        JOIN live o ON o.item = n.item
        WHERE t.sdc NOT IN (o.sdc, o.replica_at)
        GROUP BY t.sdc, n.item
    ) c
    GROUP BY c.sdc, c.place
), figures AS (
    SELECT sdc, place, f.figure, f.value::double precision
    FROM ended, LATERAL (VALUES
        ('orders', orders), ('received', received), ('lost', lost), ('on_time', on_time),
        ('late', late), ('overdue', overdue), ('failed', failed)) AS f (figure, value)
    UNION ALL SELECT sdc, place, 'occupied', occupied FROM used
    UNION ALL SELECT sdc, place, 'busy', busy FROM used
    UNION ALL SELECT sdc, place, 'stored', bytes FROM stored
    UNION ALL SELECT sdc, place, 'copies', copies FROM copied
    UNION ALL SELECT sdc, place, 'planned_copies', copies FROM to_copy
)
SELECT f.sdc, extract(epoch FROM b.starts) AS starts, f.figure, f.value
FROM figures f JOIN bucket b USING (place)
