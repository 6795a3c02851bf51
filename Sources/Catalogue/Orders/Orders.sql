-- The queries of the order queue and of the board.

-- name: take
-- Marks what an SDC may run now as taken.  SKIP LOCKED lets takers at the same time pass
-- each other (PostgreSQL manual, SELECT, "The Locking Clause").
WITH chosen AS (
    SELECT o.processing_order FROM sgs.processing_order o
    WHERE o.sdc = $1 AND o.state = 'ALLOCATED' AND o.release <= to_timestamp($2)
        AND NOT sgs.is_lost(o.item)
        AND NOT EXISTS (
            SELECT FROM sgs.campaign_task s
            JOIN sgs.campaign_task t ON t.campaign_task = coalesce(s.part_of, s.campaign_task)
            WHERE s.campaign_task = o.campaign_task
                AND t.state IN ('paused', 'aborting', 'toabort', 'aborted', 'finishing', 'passed',
                    'exhausted', 'tobroken', 'broken'))
        AND o.pipeline <> ALL ($5::text[])
        AND NOT EXISTS (
            SELECT FROM sgs.order_input i
            LEFT JOIN sgs.processing_order p ON p.item = i.item AND p.lane = i.lane
                AND p.state <> 'WITHDRAWN'
            WHERE i.processing_order = o.processing_order
                AND p.state IS DISTINCT FROM 'COMPLETED')
    ORDER BY o.priority DESC, o.release, o.processing_order
    LIMIT $3
    FOR UPDATE OF o SKIP LOCKED
), taken AS (
    UPDATE sgs.processing_order o
    SET state = 'EXECUTING', runner = $4, taken = taken + 1, taken_at = clock_timestamp()
    FROM chosen WHERE chosen.processing_order = o.processing_order
    RETURNING o.processing_order, o.taken, o.sdc, o.runner, o.taken_at
)
INSERT INTO sgs.order_taking (processing_order, taken, sdc, runner, taken_at)
SELECT processing_order, taken, sdc, runner, taken_at FROM taken
RETURNING processing_order

-- name: orders
SELECT o.processing_order, o.id AS order_id, i.survey, i.kind, i.id, o.pipeline,
    o.software_release, o.sdc, o.replica_at, extract(epoch FROM o.release) AS release,
    o.priority, c.name AS campaign, t.name AS task, o.memory_mib, o.walltime_s,
    o.disk_mib, o.job_walltime_s
FROM sgs.processing_order o JOIN sgs.item i USING (item)
LEFT JOIN sgs.campaign_task t ON t.campaign_task = o.campaign_task AND o.lane <> 0
LEFT JOIN sgs.campaign c ON c.campaign = t.campaign
WHERE o.processing_order = ANY ($1)
ORDER BY o.priority DESC, o.release, o.processing_order

-- name: inputs
SELECT n.processing_order AS consumer, i.kind, i.id, p.id AS producer,
    d.observation_tb AS volume
FROM sgs.order_input n
JOIN sgs.processing_order o USING (processing_order)
JOIN sgs.distribution d ON d.distribution = o.distribution
JOIN sgs.item i ON i.item = n.item
JOIN sgs.processing_order p ON p.item = n.item AND p.lane = n.lane AND p.state <> 'WITHDRAWN'
WHERE n.processing_order = ANY ($1)
ORDER BY n.processing_order, i.id

-- name: waiting
SELECT count(*) AS n FROM sgs.processing_order o
WHERE o.sdc = $1 AND (
    o.state = 'EXECUTING'
    OR o.state = 'ALLOCATED' AND o.release <= to_timestamp($2) AND NOT sgs.is_lost(o.item)
    AND o.pipeline <> ALL ($3::text[]) AND NOT EXISTS (
        SELECT FROM sgs.order_input i
        LEFT JOIN sgs.processing_order p ON p.item = i.item AND p.lane = i.lane
                AND p.state <> 'WITHDRAWN'
        WHERE i.processing_order = o.processing_order AND NOT coalesce(
            p.state IN ('COMPLETED', 'EXECUTING')
            OR p.state = 'ALLOCATED' AND p.release <= to_timestamp($2)
                AND NOT sgs.is_lost(p.item)
                AND NOT (p.sdc = $1 AND p.pipeline = ANY ($3::text[]))
                AND NOT EXISTS (SELECT FROM sgs.runner r
                    WHERE r.sdc = p.sdc AND p.pipeline = ANY (r.held_pipelines)), false)))

-- name: waitingFor
-- The SDCs whose allocated orders wait for an item.
SELECT DISTINCT o.sdc FROM sgs.order_input i
JOIN sgs.processing_order o USING (processing_order)
WHERE i.item = $1 AND i.lane = $2 AND o.state = 'ALLOCATED'

-- name: needed
SELECT DISTINCT i.kind, i.id FROM sgs.item i
JOIN sgs.order_input n USING (item)
JOIN sgs.processing_order o USING (processing_order)
WHERE i.survey = $1 AND i.kind = $2 AND i.id = ANY ($3)
    AND o.sdc = $4 AND o.state IN ('ALLOCATED', 'EXECUTING')

-- name: blocked
SELECT count(*) AS n FROM sgs.processing_order o
WHERE o.sdc = $1 AND o.state = 'ALLOCATED' AND o.release <= to_timestamp($2) AND EXISTS (
    SELECT FROM sgs.order_input i
    JOIN sgs.processing_order p ON p.item = i.item AND p.lane = i.lane
    WHERE i.processing_order = o.processing_order AND p.state IN ('ERROR', 'ABORTED'))

-- name: held
-- The orders of pipelines that are not started now, and that wait for nothing that has failed.
SELECT count(*) AS n FROM sgs.processing_order o
WHERE o.sdc = $1 AND o.state = 'ALLOCATED' AND o.release <= to_timestamp($2)
    AND o.pipeline = ANY ($3::text[]) AND NOT EXISTS (
        SELECT FROM sgs.order_input i
        JOIN sgs.processing_order p ON p.item = i.item AND p.lane = i.lane
        WHERE i.processing_order = o.processing_order AND p.state IN ('ERROR', 'ABORTED'))

-- name: heldProduct
SELECT p.product, max(r.order_report) AS report
FROM sgs.processing_order o
JOIN sgs.product p USING (processing_order)
JOIN sgs.order_report r USING (processing_order)
WHERE o.id = $1 AND p.name = $2 AND r.event = 'complete'
GROUP BY p.product

-- name: lateReplica
INSERT INTO sgs.transfer (
    order_report, product, from_sdc, to_sdc, purpose, bytes, started_at, ended_at)
SELECT $1, $2, $3, $4, 'replica', $5, to_timestamp($6), to_timestamp($7)
WHERE NOT EXISTS (
    SELECT FROM sgs.transfer t
    WHERE t.product = $2 AND t.to_sdc = $4 AND t.purpose = 'replica')

-- name: wishes
-- The orders that an SDC's runner has, their priorities, and why those have to stop that have to.
SELECT o.id AS order_id, o.priority, e.cancellation
FROM sgs.processing_order o
LEFT JOIN LATERAL (
    SELECT concat_ws(': ', 'cancelled by ' || e.actor, nullif(e.comment, '')) AS cancellation
    FROM sgs.order_event e
    WHERE e.processing_order = o.processing_order AND e.taken = o.taken AND e.event = 'cancel'
    ORDER BY e.order_event LIMIT 1
) e ON true
WHERE o.sdc = $1 AND o.state = 'EXECUTING'
ORDER BY o.processing_order

-- name: inputOrders
-- The input items of an order, each with the order that makes its products, where there is one.
SELECT i.kind, i.id, p.id AS order_id, p.sdc, p.state, extract(epoch FROM p.release) AS release,
    r.message, sgs.is_lost(n.item) AS is_lost
FROM sgs.order_input n
JOIN sgs.item i USING (item)
LEFT JOIN sgs.processing_order p ON p.item = n.item AND p.lane = n.lane AND p.state <> 'WITHDRAWN'
LEFT JOIN sgs.order_report r ON r.processing_order = p.processing_order AND r.taken = p.taken
WHERE n.processing_order = $1
ORDER BY i.kind, i.id

-- name: waits
-- What the released orders of an SDC that are not taken lack: each item with the order that makes
-- its products, where there is one.
SELECT o.id AS waiting, i.kind, i.id, p.id AS order_id, p.sdc, p.state,
    extract(epoch FROM p.release) AS release, r.message, sgs.is_lost(n.item) AS is_lost
FROM sgs.processing_order o
JOIN sgs.order_input n USING (processing_order)
JOIN sgs.item i ON i.item = n.item
LEFT JOIN sgs.processing_order p ON p.item = n.item AND p.lane = n.lane AND p.state <> 'WITHDRAWN'
LEFT JOIN sgs.order_report r ON r.processing_order = p.processing_order AND r.taken = p.taken
WHERE o.sdc = $1 AND o.state = 'ALLOCATED' AND o.release <= to_timestamp($2)
    AND p.state IS DISTINCT FROM 'COMPLETED'
ORDER BY o.priority DESC, o.release, o.processing_order, i.kind, i.id

-- name: register
-- Gives the lease of an SDC to a runner where nobody else has it.
INSERT INTO sgs.runner AS r (
    sdc, token, host, folder, process, since, last_sign, lease_seconds)
SELECT $1, 1, $2, $3, $4, n.now, n.now, $5 FROM (SELECT clock_timestamp() AS now) n
ON CONFLICT (sdc) DO UPDATE SET token = r.token + 1, host = excluded.host,
    folder = excluded.folder, process = excluded.process, since = excluded.since,
    last_sign = excluded.last_sign, lease_seconds = excluded.lease_seconds, ended_at = NULL,
    held_pipelines = '{}', held_reasons = '{}'
WHERE r.ended_at IS NOT NULL OR (r.host, r.folder) = (excluded.host, excluded.folder)
    OR r.last_sign + make_interval(secs => r.lease_seconds) <= clock_timestamp()
RETURNING r.token

-- name: runners
SELECT sdc, host, folder, process, extract(epoch FROM since) AS since,
    extract(epoch FROM last_sign) AS last_sign, extract(epoch FROM ended_at) AS ended_at,
    last_sign + make_interval(secs => lease_seconds) <= clock_timestamp() AS is_over,
    extract(epoch FROM clock_timestamp() - last_sign)::float8 AS silence,
    held_pipelines, held_reasons
FROM sgs.runner
WHERE $1::text IS NULL OR sdc = $1
ORDER BY sdc

-- name: board
-- How many orders each SDC has by state, and what arrived there.
WITH orders AS (
    SELECT o.sdc,
           count(*) FILTER (WHERE o.state = 'ALLOCATED') AS allocated,
           count(*) FILTER (WHERE o.state = 'EXECUTING') AS executing,
           count(*) FILTER (WHERE o.state = 'COMPLETED') AS completed,
           count(*) FILTER (WHERE o.state = 'ERROR') AS error,
           count(*) FILTER (WHERE o.state = 'ABORTED') AS aborted,
           count(*) FILTER (WHERE o.state = 'WITHDRAWN') AS withdrawn,
           count(*) FILTER (WHERE o.state IN ('ALLOCATED', 'EXECUTING')
                            AND o.release <= to_timestamp($1)) AS due
    FROM sgs.processing_order o
    JOIN sgs.item i USING (item)
    WHERE $2::text IS NULL OR i.survey = $2
    GROUP BY o.sdc
), moved AS (
    SELECT t.to_sdc AS sdc,
           count(*) FILTER (WHERE t.purpose = 'copy') AS copies,
           count(*) FILTER (WHERE t.purpose = 'replica') AS replicas,
           sum(t.bytes)::bigint AS bytes
    FROM sgs.transfer t
    JOIN sgs.order_report r USING (order_report)
    JOIN sgs.processing_order o USING (processing_order)
    JOIN sgs.item i USING (item)
    WHERE $2::text IS NULL OR i.survey = $2
    GROUP BY t.to_sdc
)
SELECT orders.*, coalesce(copies, 0) AS copies, coalesce(replicas, 0) AS replicas,
       coalesce(bytes, 0) AS bytes
FROM orders LEFT JOIN moved USING (sdc)
ORDER BY sdc

-- name: dueOrders
-- How many orders are due and not ended, and how many that were due ended without products.
SELECT count(*) FILTER (WHERE o.state IN ('ALLOCATED', 'EXECUTING')) AS open,
    count(*) FILTER (WHERE o.state IN ('ERROR', 'ABORTED')) AS failed,
    count(*) FILTER (WHERE o.state = 'COMPLETED') AS completed
FROM sgs.processing_order o JOIN sgs.item i USING (item)
WHERE o.release <= to_timestamp($1) AND ($2::text IS NULL OR i.survey = $2)

-- name: blockedOrders
-- The due orders that do not go on by themselves, by SDC and by what is in their way: an order
-- that ended without its products or is not released, none, the absence of an SDC's runner, or an
-- outage that comes too soon.
-- What waits for a blocked order is blocked by the same.  Of several causes the first counts that
-- somebody has to do something about.
WITH RECURSIVE due AS MATERIALIZED (
    SELECT o.processing_order, o.item, o.lane, o.sdc, o.state, o.pipeline
    FROM sgs.processing_order o JOIN sgs.item i USING (item)
    WHERE o.state IN ('ALLOCATED', 'EXECUTING') AND o.release <= to_timestamp($1)
        AND ($2::text IS NULL OR i.survey = $2)
), blocked (processing_order, item, lane, cause, origin, origin_item, origin_sdc) AS (
    (SELECT d.processing_order, d.item, d.lane, CASE WHEN p.state = 'ERROR' THEN 'failed'
            WHEN p.state = 'ABORTED' THEN 'stopped' WHEN sgs.is_lost(n.item) THEN 'lost'
            WHEN p.state = 'ALLOCATED' THEN 'release' ELSE 'missing' END,
        p.processing_order, n.item, p.sdc
    FROM due d
    JOIN sgs.order_input n USING (processing_order)
    LEFT JOIN sgs.processing_order p ON p.item = n.item AND p.lane = n.lane AND p.state <> 'WITHDRAWN'
    WHERE d.state = 'ALLOCATED' AND (p.processing_order IS NULL
        OR p.state IN ('ERROR', 'ABORTED')
        OR p.state = 'ALLOCATED' AND (p.release > to_timestamp($1) OR sgs.is_lost(n.item)))
    UNION
    SELECT d.processing_order, d.item, d.lane, 'lost', d.processing_order, d.item, d.sdc
    FROM due d WHERE d.state = 'ALLOCATED' AND sgs.is_lost(d.item)
    UNION
    SELECT d.processing_order, d.item, d.lane, 'runner', NULL, NULL, d.sdc
    FROM due d
    WHERE NOT EXISTS (
        SELECT FROM sgs.runner r WHERE r.sdc = d.sdc AND r.ended_at IS NULL
            AND r.last_sign + make_interval(secs => r.lease_seconds) > clock_timestamp()))
    UNION
    SELECT d.processing_order, d.item, d.lane, 'outage', NULL, NULL, d.sdc
    FROM due d JOIN sgs.runner r USING (sdc)
    WHERE d.state = 'ALLOCATED' AND d.pipeline = ANY (r.held_pipelines) AND r.ended_at IS NULL
    UNION
    SELECT d.processing_order, d.item, d.lane, b.cause, b.origin, b.origin_item, b.origin_sdc
    FROM blocked b
    JOIN sgs.order_input n ON n.item = b.item AND n.lane = b.lane
    JOIN due d ON d.processing_order = n.processing_order AND d.state = 'ALLOCATED'
), first AS (
    SELECT DISTINCT ON (b.processing_order) b.*, d.sdc
    FROM blocked b JOIN due d USING (processing_order)
    ORDER BY b.processing_order,
        array_position(ARRAY['failed', 'stopped', 'lost', 'missing', 'runner', 'outage', 'release'],
            b.cause),
        b.origin, b.origin_item
)
SELECT f.sdc, f.cause, f.origin_sdc, i.kind, i.id, p.id AS order_id,
    extract(epoch FROM p.release) AS release, r.message,
    count(*) AS orders, min(o.id) AS first
FROM first f
JOIN sgs.processing_order o USING (processing_order)
LEFT JOIN sgs.processing_order p ON p.processing_order = f.origin
LEFT JOIN sgs.item i ON i.item = f.origin_item
LEFT JOIN sgs.order_report r ON r.processing_order = p.processing_order AND r.taken = p.taken
GROUP BY f.sdc, f.cause, f.origin_sdc, i.kind, i.id, p.id, p.release, r.message
ORDER BY f.sdc, array_position(ARRAY['failed', 'stopped', 'lost', 'missing', 'runner', 'outage', 'release'], f.cause),
    f.origin_sdc, count(*) DESC, i.kind, i.id

-- name: orderTakings
SELECT taken, sdc, runner, extract(epoch FROM taken_at) AS taken_at
FROM sgs.order_taking WHERE processing_order = $1 ORDER BY taken

-- name: orderIssue
-- The publication that an order came with, the one that its item moved with while a runner had
-- it, and what withdrew it: a later publication, or the withdrawal of its own.
SELECT d.name, d.revision, extract(epoch FROM d.published_at) AS published_at, d.author,
    d.comment, v.revision AS overtaken_revision,
    extract(epoch FROM v.published_at) AS overtaken_at, v.author AS overtaken_author,
    v.comment AS overtaken_comment, w.revision AS withdrawn_revision,
    extract(epoch FROM coalesce(w.published_at, e.occurred_at)) AS withdrawn_at,
    coalesce(w.author, e.actor) AS withdrawn_author,
    coalesce(w.comment, e.comment) AS withdrawn_comment
FROM sgs.processing_order o
JOIN sgs.distribution d ON d.distribution = o.distribution
LEFT JOIN sgs.distribution v ON v.distribution = o.overtaken_by
LEFT JOIN sgs.distribution w ON w.distribution = o.withdrawn_by AND o.state = 'WITHDRAWN'
LEFT JOIN LATERAL (
    SELECT e.actor, e.comment, e.occurred_at FROM sgs.distribution_event e
    WHERE e.distribution = o.distribution AND e.event = 'withdraw' AND o.state = 'WITHDRAWN'
        AND o.withdrawn_by IS NULL
        AND NOT EXISTS (SELECT FROM sgs.order_event x
            WHERE x.processing_order = o.processing_order AND x.event = 'withdraw')
    ORDER BY e.distribution_event DESC LIMIT 1
) e ON true
WHERE o.processing_order = $1
