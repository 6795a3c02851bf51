-- The queries of campaigns: what is to be swept, jobs and their inputs, and what becomes of them.

-- name: toSweep
-- The campaigns that a sweep looks at: the daily processing, those of which a job has changed, and
-- those for which it is time or that wait for something outside of them.  Where only jobs have
-- changed, their tasks are all that has to be looked at, but for a campaign that had as many orders
-- as it may have: then others can begin.
WITH touched AS (
    DELETE FROM sgs.campaign_touch u USING sgs.campaign_task t, sgs.campaign c
    WHERE t.campaign_task = u.campaign_task AND c.campaign = t.campaign
        AND ($1::text IS NULL OR c.survey = $1)
    RETURNING t.campaign, coalesce(t.part_of, t.campaign_task) AS campaign_task
), concerned AS (
    SELECT campaign, array_agg(DISTINCT campaign_task) AS tasks FROM touched GROUP BY campaign
)
SELECT c.campaign, w.is_whole, u.task
FROM sgs.campaign c
LEFT JOIN concerned n USING (campaign)
CROSS JOIN LATERAL (
    SELECT c.name = 'daily' OR $3 OR c.approved_at IS NOT NULL AND (
        c.is_watched OR c.wake_at <= to_timestamp($2) OR c.is_limited AND n.campaign IS NOT NULL
    ) IS TRUE AS is_whole
) w
LEFT JOIN LATERAL unnest(n.tasks) u (task) ON NOT w.is_whole
WHERE ($1::text IS NULL OR c.survey = $1) AND (w.is_whole OR n.campaign IS NOT NULL)
ORDER BY c.campaign, u.task

-- name: downstream
-- Tasks and all that read, over any number of others, what they make; and who makes what those read.
WITH RECURSIVE active AS (
    SELECT unnest($1::bigint[]) AS campaign_task
    UNION
    SELECT e.consumer FROM active a JOIN sgs.campaign_edge e ON e.producer = a.campaign_task
    WHERE e.consumer IS NOT NULL
)
SELECT campaign_task, true AS is_active FROM active
UNION ALL
SELECT e.producer, false FROM sgs.campaign_edge e
WHERE e.consumer IN (SELECT campaign_task FROM active) AND e.producer IS NOT NULL
    AND e.producer NOT IN (SELECT campaign_task FROM active)
GROUP BY e.producer

-- name: otherLive
-- How many orders of campaigns, but for those of some tasks, wait or run.
SELECT t.campaign, count(*) AS n
FROM sgs.campaign_task t JOIN sgs.campaign_job j USING (campaign_task)
WHERE t.campaign = ANY ($1) AND t.campaign_task <> ALL ($2) AND j.state IN ('defined', 'running')
GROUP BY t.campaign

-- name: lookUp
-- The items of a kind that a survey has now, each with what a selection looks at.
SELECT i.item, i.kind, i.id, coalesce(o.ra, t.ra) AS ra, coalesce(o.dec, t.dec) AS dec,
    extract(epoch FROM coalesce(lower(o.window_utc), d.release)) AS instant
FROM sgs.item i
LEFT JOIN sgs.observation o USING (item)
LEFT JOIN sgs.tile t USING (item)
LEFT JOIN sgs.processing_order d ON d.item = i.item AND d.lane = 0 AND d.state <> 'WITHDRAWN'
WHERE i.survey = $1 AND i.kind = $2
    AND EXISTS (SELECT FROM sgs.assignment a WHERE a.item = i.item AND a.is_current)

-- name: addJobs
-- Jobs of a task for items that it has none of yet, in the order of the list.
INSERT INTO sgs.campaign_job (campaign_task, item, place)
SELECT $1, u.item, u.place + $3
FROM unnest($2::bigint[]) WITH ORDINALITY u (item, place)
ON CONFLICT DO NOTHING

-- name: addItems
-- Items that no distribution assigns, in the order of the list.
WITH wanted AS (
    SELECT id, place FROM unnest($3::text[]) WITH ORDINALITY u (id, place)
), made AS (
    INSERT INTO sgs.item (survey, kind, id)
    SELECT $1, $2, w.id FROM wanted w
    WHERE NOT EXISTS (SELECT FROM sgs.item i WHERE (i.survey, i.kind, i.id) = ($1, $2, w.id))
    ORDER BY w.place
    RETURNING item, id
)
SELECT item FROM (
    SELECT item, id FROM made
    UNION ALL
    SELECT i.item, i.id FROM sgs.item i JOIN wanted w USING (id)
    WHERE i.survey = $1 AND i.kind = $2
) all_items JOIN wanted USING (id) ORDER BY place

-- name: tallies
SELECT campaign_task, state, count(*) AS n, count(*) FILTER (WHERE is_scout) AS scouts
FROM sgs.campaign_job WHERE campaign_task = ANY ($1) GROUP BY 1, 2

-- name: parts
-- The parts of the inputs ($1 to $4) of the jobs that wait, and whether each is there at $5.  Lane
-- -1 is data from outside that no order makes: there when their item is released.
WITH input AS (
    SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[])
        WITH ORDINALITY n (campaign_task, lane, mode, kind, place)
), job AS (
    SELECT j.campaign_task, j.item FROM sgs.campaign_job j
    WHERE j.campaign_task IN (SELECT campaign_task FROM input) AND j.state = 'pending'
), part AS (
    SELECT n.place, j.campaign_task, j.item, n.lane, j.item AS part
    FROM job j JOIN input n USING (campaign_task) WHERE n.mode = 'same'
    UNION ALL
    SELECT n.place, j.campaign_task, j.item, n.lane, x.item
    FROM job j JOIN input n USING (campaign_task)
    JOIN sgs.processing_order o ON o.item = j.item AND o.lane = 0 AND o.state <> 'WITHDRAWN'
    JOIN sgs.order_input x ON x.processing_order = o.processing_order
    WHERE n.mode = 'observations'
    UNION ALL
    SELECT n.place, j.campaign_task, j.item, n.lane, o.item
    FROM job j JOIN input n USING (campaign_task)
    JOIN sgs.order_input x ON x.item = j.item AND x.lane = 0
    JOIN sgs.processing_order o ON o.processing_order = x.processing_order AND o.lane = 0
        AND o.state <> 'WITHDRAWN'
    WHERE n.mode = 'tiles'
    UNION ALL
    SELECT n.place, j.campaign_task, j.item, n.lane, p.item
    FROM job j JOIN input n USING (campaign_task)
    JOIN sgs.campaign_job p ON p.campaign_task = n.lane
    WHERE n.mode = 'all'
    UNION ALL
    SELECT DISTINCT n.place, j.campaign_task, j.item, n.lane, p.item
    FROM job j JOIN input n USING (campaign_task)
    JOIN sgs.campaign_task own ON own.campaign_task = j.campaign_task
    JOIN sgs.campaign_task other ON other.campaign = own.campaign
    JOIN sgs.campaign_job p ON p.campaign_task = other.campaign_task
    JOIN sgs.item i ON i.item = p.item AND i.kind = n.kind
    WHERE n.mode = 'siblings'
), judged AS (
    SELECT p.*, o.release AS due, CASE
        WHEN p.lane > 0 THEN CASE
            WHEN q.state = 'finished' THEN 'there'
            WHEN q.state IS NULL OR q.state IN ('lost', 'closed')
                OR m.state IN ('done', 'finished', 'failed', 'aborted', 'broken') THEN 'lost'
            ELSE 'coming' END
        WHEN sgs.is_lost(p.part) THEN 'lost'
        WHEN p.lane = 0 THEN CASE
            WHEN o.state = 'COMPLETED' THEN 'there' WHEN o.state IS NULL THEN 'lost'
            ELSE 'coming' END
        WHEN o.release > to_timestamp($5) THEN 'coming'
        ELSE 'there' END AS standing
    FROM part p
    LEFT JOIN sgs.campaign_job q ON q.campaign_task = p.lane AND q.item = p.part
    LEFT JOIN sgs.campaign_task s ON s.campaign_task = p.lane
    LEFT JOIN sgs.campaign_task m ON m.campaign_task = coalesce(s.part_of, s.campaign_task)
    LEFT JOIN sgs.processing_order o ON p.lane <= 0 AND o.item = p.part AND o.lane = 0
        AND o.state <> 'WITHDRAWN'
)

-- name: outside
-- How the jobs that wait stand with each of the inputs: all of its parts there, some lost, or some
-- still to come, and when the next and the first overdue one is due.
SELECT place, count(*) FILTER (WHERE coming = 0 AND lost = 0) AS ready,
    count(*) FILTER (WHERE lost > 0) AS lost, count(*) FILTER (WHERE coming > 0) AS coming,
    extract(epoch FROM min(next)) AS next, extract(epoch FROM min(overdue)) AS overdue
FROM (
    SELECT place, item, count(*) FILTER (WHERE standing = 'coming') AS coming,
        count(*) FILTER (WHERE standing = 'lost') AS lost,
        min(due) FILTER (WHERE standing = 'coming' AND due > to_timestamp($5)) AS next,
        min(due) FILTER (WHERE standing = 'coming' AND due <= to_timestamp($5)) AS overdue
    FROM judged GROUP BY place, item
) j GROUP BY place

-- name: staging
CREATE TEMPORARY TABLE IF NOT EXISTS opened_task (
    campaign_task bigint PRIMARY KEY, most bigint, partial boolean, coverage float8,
    released boolean, pipeline text, software_release text, priority integer, memory_mib integer,
    walltime_s float8, disk_mib integer, job_walltime_s float8, is_scouting boolean, mark text
) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS job_part (
    campaign_task bigint, item bigint, lane bigint, part bigint, standing text
) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS ready_job (
    campaign_task bigint, item bigint, place integer, avoid text, primary_sdc text,
    secondary_sdc text, distribution bigint, release timestamptz, software_release text,
    here float8 DEFAULT 1, there float8 DEFAULT 1, place_group bigint
) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS chosen_place (
    place_group bigint PRIMARY KEY, sdc text, replica_at text, reason text
) ON COMMIT DELETE ROWS;
DELETE FROM opened_task;
DELETE FROM job_part;
DELETE FROM ready_job;
DELETE FROM chosen_place

-- name: keepParts
INSERT INTO job_part (campaign_task, item, lane, part, standing)
SELECT campaign_task, item, lane, part, standing FROM judged

-- name: loseJobs
-- Jobs of which an input is lost that they cannot do without.
UPDATE sgs.campaign_job j SET state = 'lost', reason = 'an input will never come'
FROM (
    SELECT campaign_task, item, count(*) AS parts,
        count(*) FILTER (WHERE standing = 'there') AS there,
        count(*) FILTER (WHERE standing = 'coming') AS coming
    FROM job_part GROUP BY 1, 2
) p JOIN opened_task t USING (campaign_task)
WHERE j.campaign_task = p.campaign_task AND j.item = p.item AND j.state = 'pending'
    AND p.coming = 0 AND p.there < p.parts
    AND NOT (t.partial AND p.there > 0 AND p.there >= t.coverage * p.parts)

-- name: readyJobs
-- Jobs whose inputs are there, as many as their task may define now and $2 in all.
INSERT INTO ready_job (
    campaign_task, item, place, avoid, primary_sdc, secondary_sdc, distribution, release,
    software_release)
SELECT r.campaign_task, r.item, r.place, r.avoid, a.primary_sdc, a.secondary_sdc,
    coalesce(a.distribution, n.distribution), least(coalesce(o.release, to_timestamp($1)),
        to_timestamp($1)),
    coalesce(nullif(t.software_release, ''), o.software_release, '')
FROM (
    SELECT j.campaign_task, j.item, j.place, j.avoid,
        row_number() OVER (PARTITION BY j.campaign_task ORDER BY j.place, j.item) AS rank
    FROM opened_task t
    JOIN sgs.campaign_job j ON j.campaign_task = t.campaign_task AND j.state = 'pending'
    LEFT JOIN (
        SELECT campaign_task, item, count(*) AS parts,
            count(*) FILTER (WHERE standing = 'there') AS there,
            count(*) FILTER (WHERE standing = 'coming') AS coming
        FROM job_part GROUP BY 1, 2
    ) p ON p.campaign_task = j.campaign_task AND p.item = j.item
    WHERE p.item IS NULL OR p.there = p.parts
        OR t.partial AND (p.coming = 0 OR t.released) AND p.there > 0
            AND p.there >= t.coverage * p.parts
) r
JOIN opened_task t USING (campaign_task)
JOIN sgs.campaign_task ct USING (campaign_task)
JOIN sgs.campaign c USING (campaign)
LEFT JOIN LATERAL (
    SELECT a.primary_sdc, a.secondary_sdc, a.distribution FROM sgs.assignment a
    WHERE a.item = r.item AND a.is_current ORDER BY lower(a.validity) DESC LIMIT 1
) a ON true
LEFT JOIN LATERAL (
    SELECT d.distribution FROM sgs.distribution d
    WHERE d.survey = c.survey AND d.state = 'published' AND a.distribution IS NULL
    ORDER BY d.revision DESC LIMIT 1
) n ON true
LEFT JOIN sgs.processing_order o ON o.item = r.item AND o.lane = 0 AND o.state <> 'WITHDRAWN'
WHERE r.rank <= t.most
ORDER BY r.campaign_task, r.place, r.item
LIMIT $2

-- name: availability
-- The part of the inputs that orders have made which each SDC of the item holds.
WITH made AS (
    SELECT r.campaign_task, r.item, p.part, p.lane, l.sdc
    FROM ready_job r
    JOIN job_part p ON p.campaign_task = r.campaign_task AND p.item = r.item
        AND p.lane >= 0 AND p.standing = 'there'
    JOIN sgs.processing_order o ON o.item = p.part AND o.lane = p.lane AND o.state = 'COMPLETED'
    JOIN sgs.product d ON d.processing_order = o.processing_order
    JOIN sgs.product_location l ON l.product = d.product
), share AS (
    SELECT r.campaign_task, r.item, count(DISTINCT (m.part, m.lane)) AS parts,
        count(DISTINCT (m.part, m.lane)) FILTER (WHERE m.sdc = r.primary_sdc) AS here,
        count(DISTINCT (m.part, m.lane)) FILTER (WHERE m.sdc = r.secondary_sdc) AS there
    FROM ready_job r JOIN made m USING (campaign_task, item)
    WHERE r.primary_sdc IS NOT NULL
    GROUP BY 1, 2
)
UPDATE ready_job r SET here = round(s.here::numeric / s.parts, 2),
    there = round(s.there::numeric / s.parts, 2)
FROM share s WHERE s.campaign_task = r.campaign_task AND s.item = r.item

-- name: groups
-- Jobs that are placed alike: of one pair of SDCs and with as much there; those of no item in 16
-- groups, so that they are spread.
WITH numbered AS (
    SELECT campaign_task, item, CASE WHEN primary_sdc IS NULL
        THEN -(row_number() OVER (PARTITION BY primary_sdc IS NULL ORDER BY place, item) % 16)
        ELSE dense_rank() OVER (
            ORDER BY primary_sdc, secondary_sdc, here, there, coalesce(avoid, '')) END AS n
    FROM ready_job
)
UPDATE ready_job r SET place_group = n.n
FROM numbered n WHERE n.campaign_task = r.campaign_task AND n.item = r.item

-- name: grouped
SELECT place_group, primary_sdc, secondary_sdc, here, there, min(avoid) AS avoid, count(*) AS n
FROM ready_job GROUP BY place_group, primary_sdc, secondary_sdc, here, there ORDER BY place_group

-- name: holders
-- The part of the inputs of jobs of no item that each SDC holds.
WITH made AS (
    SELECT DISTINCT r.place_group, p.part, p.lane, l.sdc
    FROM ready_job r
    JOIN job_part p ON p.campaign_task = r.campaign_task AND p.item = r.item
        AND p.lane >= 0 AND p.standing = 'there'
    JOIN sgs.processing_order o ON o.item = p.part AND o.lane = p.lane AND o.state = 'COMPLETED'
    JOIN sgs.product d ON d.processing_order = o.processing_order
    JOIN sgs.product_location l ON l.product = d.product
    WHERE r.primary_sdc IS NULL
), parts AS (
    SELECT place_group, count(DISTINCT (part, lane)) AS parts FROM made GROUP BY 1
)
SELECT m.place_group, m.sdc, count(*)::float8 / min(p.parts) AS held
FROM made m JOIN parts p USING (place_group) GROUP BY 1, 2

-- name: insertOrders
INSERT INTO sgs.processing_order (
    id, distribution, item, pipeline, software_release, sdc, replica_at, release, priority,
    campaign_task, lane, memory_mib, walltime_s, disk_mib, job_walltime_s)
SELECT t.mark || CASE i.kind WHEN 'observation' THEN '-OBS-' WHEN 'tile' THEN '-TILE-'
        WHEN 'number' THEN '-N-' ELSE '-ALL-' END || i.id || coalesce('+' || w.n, ''),
    r.distribution, r.item, t.pipeline, r.software_release, p.sdc, p.replica_at, r.release,
    t.priority, r.campaign_task, r.campaign_task, t.memory_mib, t.walltime_s,
    t.disk_mib, t.job_walltime_s
FROM ready_job r
JOIN opened_task t USING (campaign_task)
JOIN chosen_place p USING (place_group)
JOIN sgs.item i ON i.item = r.item
LEFT JOIN (
    SELECT o.campaign_task, o.item, count(*) AS n FROM sgs.processing_order o
    WHERE o.campaign_task IN (SELECT campaign_task FROM opened_task) AND o.state = 'WITHDRAWN'
    GROUP BY 1, 2
) w ON w.campaign_task = r.campaign_task AND w.item = r.item
ORDER BY r.campaign_task, r.place

-- name: insertInputs
INSERT INTO sgs.order_input (processing_order, item, fraction, lane)
SELECT DISTINCT o.processing_order, p.part, 1::float8, p.lane
FROM ready_job r
JOIN chosen_place c USING (place_group)
JOIN job_part p ON p.campaign_task = r.campaign_task AND p.item = r.item
    AND p.lane >= 0 AND p.standing = 'there'
JOIN sgs.processing_order o ON o.item = r.item AND o.lane = r.campaign_task
    AND o.state = 'ALLOCATED'
ORDER BY 1, 2

-- name: markDefined
UPDATE sgs.campaign_job j SET state = 'defined', is_scout = j.is_scout OR t.is_scouting,
    reason = c.reason
FROM ready_job r JOIN opened_task t USING (campaign_task) JOIN chosen_place c USING (place_group)
WHERE j.campaign_task = r.campaign_task AND j.item = r.item

-- name: placeLoads
-- What each SDC of a survey has to do, what of it is free, and what keeps it from taking jobs.
WITH current AS (
    SELECT d.distribution FROM sgs.distribution d
    WHERE d.survey = $1 AND d.state = 'published' ORDER BY d.revision DESC LIMIT 1
), load AS (
    SELECT l.sdc, sum(l.work) FILTER (WHERE l.period @> to_timestamp($2)) AS work,
        sum(l.capacity) FILTER (WHERE l.period @> to_timestamp($2)) AS capacity
    FROM sgs.bucket_load l JOIN current USING (distribution) GROUP BY l.sdc
), orders AS (
    SELECT o.sdc, count(*) FILTER (WHERE o.state = 'ALLOCATED') AS allocated,
        count(*) FILTER (WHERE o.state = 'EXECUTING') AS executing,
        count(*) FILTER (WHERE o.state = 'ALLOCATED' AND o.lane = 0
            AND o.release < to_timestamp($2) - interval '7 days') AS late
    FROM sgs.processing_order o WHERE o.state IN ('ALLOCATED', 'EXECUTING') GROUP BY o.sdc
)
SELECT l.sdc, coalesce(o.allocated, 0) AS allocated, coalesce(o.executing, 0) AS executing,
    coalesce(o.late, 0) AS late,
    CASE WHEN l.capacity > 0 THEN greatest(0.05, least(1, 1 - l.work / l.capacity))
        WHEN l.capacity = 0 THEN 0 ELSE 1 END AS free,
    extract(epoch FROM clock_timestamp() - r.last_sign)::float8 AS silence,
    r.ended_at IS NOT NULL OR r.last_sign + make_interval(secs => r.lease_seconds)
        < clock_timestamp() AS is_silent
FROM load l LEFT JOIN orders o USING (sdc) LEFT JOIN sgs.runner r USING (sdc) ORDER BY l.sdc

-- name: failedJobs
-- Jobs of which an attempt failed, with what is known of it.
SELECT j.campaign_task, j.item, o.id AS order_id, o.processing_order, o.sdc, o.replica_at,
    o.pipeline, o.software_release, o.memory_mib, o.walltime_s, o.taken - j.forgiven AS attempts,
    coalesce(r.message, '') AS message, s.exit_code
FROM sgs.campaign_job j
JOIN sgs.processing_order o ON o.item = j.item AND o.lane = j.campaign_task AND o.state = 'ERROR'
LEFT JOIN sgs.order_report r ON r.processing_order = o.processing_order AND r.taken = o.taken
LEFT JOIN LATERAL (
    SELECT s.exit_code FROM sgs.step_run s
    WHERE s.order_report = r.order_report AND s.exit_code <> 0 ORDER BY s.place DESC LIMIT 1
) s ON true
WHERE j.campaign_task = ANY ($1) AND j.state = 'failed'
ORDER BY j.campaign_task, j.place

-- name: runningScouts
SELECT j.campaign_task, j.item, o.id AS order_id, o.walltime_s,
    extract(epoch FROM clock_timestamp() - o.taken_at)::float8 AS age
FROM sgs.campaign_job j
JOIN sgs.processing_order o ON o.item = j.item AND o.lane = j.campaign_task
    AND o.state = 'EXECUTING'
WHERE j.campaign_task = ANY ($1) AND j.state = 'running' AND j.is_scout
ORDER BY j.campaign_task, j.place

-- name: measures
-- What the last finished jobs of tasks used, 1,000 of each.
SELECT m.*
FROM unnest($1::bigint[]) t (campaign_task)
CROSS JOIN LATERAL (
    SELECT o.lane AS campaign_task, max(s.cores) AS cores,
        coalesce(sum(s.cpu_seconds), 0)::float8 AS processor,
        max(extract(epoch FROM s.ended_at - s.started_at))::float8 AS walltime,
        coalesce(max(s.peak_mib / s.cores) * max(s.cores), 0)::float8 AS peak,
        sum(s.cores * extract(epoch FROM s.ended_at - s.started_at))::float8 / 3600 AS work,
        (SELECT coalesce(sum(p.bytes), 0) FROM sgs.product p
            WHERE p.processing_order = o.processing_order)::float8 / 1048576 AS output,
        (coalesce(sum(s.written_bytes), 0))::float8 / 1048576 AS written
    FROM sgs.processing_order o
    JOIN sgs.order_report r ON r.processing_order = o.processing_order AND r.taken = o.taken
        AND r.event = 'complete'
    JOIN sgs.step_run s ON s.order_report = r.order_report AND s.exit_code = 0
    WHERE o.campaign_task = t.campaign_task AND o.lane <> 0 AND o.state = 'COMPLETED'
    GROUP BY o.processing_order ORDER BY o.processing_order DESC LIMIT 1000
) m

-- name: raised
-- What the orders of tasks ask for that runners have had: more than their task's jobs ask for where
-- they had to be given more memory.
SELECT o.campaign_task, o.memory_mib FROM sgs.processing_order o
JOIN sgs.campaign_task t USING (campaign_task)
WHERE o.campaign_task = ANY ($1) AND o.lane <> 0 AND o.state <> 'WITHDRAWN' AND o.taken > 0
    AND o.memory_mib > coalesce(t.memory_mib, 0)

-- name: renewRequests
-- Orders that no runner has had yet ask for what was learnt since.
UPDATE sgs.processing_order o SET memory_mib = t.memory_mib, walltime_s = t.walltime_s,
    disk_mib = nullif(t.work_mib, 0)
FROM sgs.campaign_task t
WHERE t.campaign_task = ANY ($1) AND o.campaign_task = t.campaign_task AND o.lane <> 0
    AND o.state = 'ALLOCATED' AND o.taken = 0 AND t.memory_mib IS NOT NULL
    AND (o.memory_mib, o.walltime_s, o.disk_mib)
        IS DISTINCT FROM (t.memory_mib, t.walltime_s, nullif(t.work_mib, 0))

-- name: candidates
-- What an SDC could run now of each campaign, $3 of each, the next ones last, with what each is
-- expected to take: as measured of its task, else as its order asks for it.
WITH RECURSIVE lanes (lane) AS (
    (SELECT lane FROM sgs.processing_order WHERE sdc = $1 AND state = 'ALLOCATED'
    ORDER BY lane LIMIT 1)
    UNION ALL
    SELECT (SELECT o.lane FROM sgs.processing_order o
        WHERE o.sdc = $1 AND o.state = 'ALLOCATED' AND o.lane > l.lane ORDER BY o.lane LIMIT 1)
    FROM lanes l WHERE l.lane IS NOT NULL
), chosen AS (
    SELECT o.*
    FROM lanes l
    CROSS JOIN LATERAL (
        SELECT o.processing_order, o.campaign_task, o.priority, o.release, o.walltime_s
        FROM sgs.processing_order o
        WHERE o.sdc = $1 AND o.lane = l.lane AND o.state = 'ALLOCATED'
            AND o.release <= to_timestamp($2)
            AND NOT sgs.is_lost(o.item)
            AND NOT EXISTS (
                SELECT FROM sgs.campaign_task s
                JOIN sgs.campaign_task t ON t.campaign_task = coalesce(s.part_of, s.campaign_task)
                WHERE s.campaign_task = o.campaign_task
                    AND t.state IN ('paused', 'aborting', 'toabort', 'aborted', 'finishing',
                        'passed', 'exhausted', 'tobroken', 'broken'))
            AND o.pipeline <> ALL ($4::text[])
            AND NOT EXISTS (
                SELECT FROM sgs.order_input i
                LEFT JOIN sgs.processing_order p ON p.item = i.item AND p.lane = i.lane
                    AND p.state <> 'WITHDRAWN'
                WHERE i.processing_order = o.processing_order
                    AND p.state IS DISTINCT FROM 'COMPLETED')
        ORDER BY o.priority DESC, o.release, o.processing_order
        LIMIT $3
        FOR UPDATE OF o SKIP LOCKED
    ) o
), ranked AS (
    SELECT c.campaign, c.survey || '/' || c.name AS campaign_name, c.share, o.processing_order,
        coalesce(t.job_work, o.walltime_s / 3600, 1) AS work,
        row_number() OVER (PARTITION BY c.campaign
            ORDER BY o.priority DESC, o.release, o.processing_order) AS rank
    FROM chosen o
    JOIN sgs.campaign_task t USING (campaign_task)
    JOIN sgs.campaign c USING (campaign)
)
SELECT campaign, campaign_name, share, processing_order, work FROM ranked
WHERE rank <= $3 ORDER BY campaign, rank DESC

-- name: takeChosen
WITH taken AS (
    UPDATE sgs.processing_order o
    SET state = 'EXECUTING', runner = $3, taken = taken + 1, taken_at = clock_timestamp(),
        booked = u.work
    FROM unnest($1::bigint[], $2::float8[]) u (processing_order, work)
    WHERE o.processing_order = u.processing_order
    RETURNING o.processing_order, o.taken, o.sdc, o.runner, o.taken_at
)
INSERT INTO sgs.order_taking (processing_order, taken, sdc, runner, taken_at)
SELECT processing_order, taken, sdc, runner, taken_at FROM taken
RETURNING processing_order

-- name: cost
-- What each task of a campaign has used and what is left to do.
SELECT t.campaign_task, t.name AS task, coalesce(u.used, 0)::float8 AS used,
    coalesce(u.lost, 0)::float8 AS lost, coalesce(u.busy, 0)::float8 AS busy,
    coalesce(u.attempts, 0) AS attempts,
    coalesce(p.bytes, 0)::bigint AS bytes, coalesce(m.moved, 0)::bigint AS moved
FROM sgs.campaign_task t
LEFT JOIN LATERAL (
    SELECT sum(s.cores * extract(epoch FROM s.ended_at - s.started_at)) / 3600 AS used,
        sum(s.cores * extract(epoch FROM s.ended_at - s.started_at)) FILTER (
            WHERE s.exit_code <> 0 OR r.event <> 'complete') / 3600 AS lost,
        sum(s.cpu_seconds) / 3600 AS busy, count(DISTINCT r.order_report) AS attempts
    FROM sgs.processing_order o
    JOIN sgs.order_report r USING (processing_order)
    JOIN sgs.step_run s USING (order_report)
    WHERE o.campaign_task = t.campaign_task
) u ON true
LEFT JOIN LATERAL (
    SELECT sum(d.bytes) AS bytes FROM sgs.processing_order o
    JOIN sgs.product d USING (processing_order) WHERE o.campaign_task = t.campaign_task
) p ON true
LEFT JOIN LATERAL (
    SELECT sum(x.bytes) AS moved FROM sgs.processing_order o
    JOIN sgs.order_report r USING (processing_order) JOIN sgs.transfer x USING (order_report)
    WHERE o.campaign_task = t.campaign_task
) m ON true
WHERE t.campaign = $1 ORDER BY t.place, t.step DESC NULLS FIRST

-- name: taskStates
-- How many tasks of each campaign, of a survey or of all, are in which state.
SELECT t.campaign, t.state, count(*) AS n
FROM sgs.campaign c JOIN sgs.campaign_task t USING (campaign)
WHERE ($1::text IS NULL OR c.survey = $1) AND t.part_of IS NULL GROUP BY 1, 2

-- name: jobStates
-- How many orders of each campaign, of a survey or of all, are in which state; counted by task
-- before they are joined, which one walk along an index does.
SELECT t.campaign, o.state, sum(o.n)::bigint AS n
FROM (
    SELECT campaign_task, state, count(*) AS n FROM sgs.processing_order
    WHERE state <> 'WITHDRAWN' GROUP BY 1, 2
) o
JOIN sgs.campaign_task t USING (campaign_task)
JOIN sgs.campaign c USING (campaign)
WHERE $1::text IS NULL OR c.survey = $1 GROUP BY 1, 2

-- name: counts
-- Jobs of a campaign's tasks by SDC and state; those without an order have no SDC.
SELECT t.name AS task, o.sdc, o.state, count(*) AS n
FROM sgs.campaign_task t JOIN sgs.processing_order o USING (campaign_task)
WHERE t.campaign = $1 AND o.state <> 'WITHDRAWN' GROUP BY t.place, 1, 2, 3
UNION ALL
SELECT t.name, NULL, j.state, count(*)
FROM sgs.campaign_task t JOIN sgs.campaign_job j USING (campaign_task)
WHERE t.campaign = $1 AND j.state IN ('pending', 'lost') AND NOT EXISTS (
    SELECT FROM sgs.processing_order o WHERE o.item = j.item AND o.lane = j.campaign_task
        AND o.state <> 'WITHDRAWN')
GROUP BY t.place, 1, 3
ORDER BY 1, 2 NULLS FIRST, 3

-- name: errors
-- Orders of a campaign that failed, the newest first, with what became of their jobs.
SELECT t.name AS task, o.id AS order_id, i.kind, i.id, o.sdc, o.taken AS attempts, r.message,
    extract(epoch FROM r.reported_at) AS instant, o.state, j.state AS job_state, j.reason
FROM sgs.campaign_task t
JOIN sgs.processing_order o USING (campaign_task)
JOIN sgs.item i USING (item)
JOIN LATERAL (
    SELECT r.message, r.reported_at FROM sgs.order_report r
    WHERE r.processing_order = o.processing_order AND r.event <> 'complete'
    ORDER BY r.order_report DESC LIMIT 1
) r ON true
LEFT JOIN sgs.campaign_job j ON j.campaign_task = o.lane AND j.item = o.item
WHERE t.campaign = $1 AND o.state IN ('ERROR', 'ABORTED') AND ($2::text IS NULL OR t.name = $2
    OR t.part_of = (
        SELECT w.campaign_task FROM sgs.campaign_task w WHERE w.campaign = $1 AND w.name = $2))
ORDER BY r.reported_at DESC, o.processing_order DESC LIMIT $3

-- name: weeks
-- Jobs of a campaign by week, Mondays in UTC: those released in it, and those that completed in it.
WITH jobs AS (
    SELECT o.processing_order, o.release, o.state, o.taken
    FROM sgs.campaign_task t JOIN sgs.processing_order o USING (campaign_task)
    WHERE t.campaign = $1 AND o.state <> 'WITHDRAWN'
), told AS (
    SELECT release AS at, 1 AS released, 0 AS completed FROM jobs
    UNION ALL
    SELECT r.ended_at, 0, 1 FROM jobs j JOIN sgs.order_report r USING (processing_order)
    WHERE j.state = 'COMPLETED' AND r.event = 'complete' AND r.taken = j.taken
)
SELECT extract(epoch FROM date_trunc('week', at, 'UTC')) AS week,
    sum(released)::bigint AS released, sum(completed)::bigint AS completed
FROM told GROUP BY 1 ORDER BY 1

-- name: progress
-- Jobs of a campaign that ended on each day, by the runners' clocks.
SELECT extract(epoch FROM date_trunc('day', r.ended_at, 'UTC')) AS day,
    count(*) FILTER (WHERE r.event = 'complete') AS finished,
    count(*) FILTER (WHERE r.event <> 'complete') AS failed,
    coalesce(sum(u.work), 0)::float8 AS work
FROM sgs.campaign_task t
JOIN sgs.processing_order o USING (campaign_task)
JOIN sgs.order_report r USING (processing_order)
LEFT JOIN LATERAL (
    SELECT sum(s.cores * extract(epoch FROM s.ended_at - s.started_at)) / 3600 AS work
    FROM sgs.step_run s WHERE s.order_report = r.order_report
) u ON true
WHERE t.campaign = $1 GROUP BY 1 ORDER BY 1

-- name: remaining
-- Jobs of approved campaigns besides the daily processing that are not given up, by task and SDC:
-- that of their order, else their item's primary; null for those of no item.
SELECT p.campaign_task, p.sdc, count(*) AS n FROM (
    SELECT j.campaign_task, coalesce(o.sdc, a.primary_sdc) AS sdc
    FROM sgs.campaign_job j
    LEFT JOIN sgs.processing_order o ON o.item = j.item AND o.lane = j.campaign_task
        AND o.state <> 'WITHDRAWN'
    LEFT JOIN LATERAL (
        SELECT a.primary_sdc FROM sgs.assignment a
        WHERE a.item = j.item AND a.is_current AND o.sdc IS NULL
        ORDER BY lower(a.validity) DESC LIMIT 1
    ) a ON true
    WHERE j.campaign_task = ANY ($1) AND j.state NOT IN ('lost', 'closed')
) p GROUP BY 1, 2 ORDER BY 1, 2 NULLS FIRST

-- name: supply
-- What the plans in force of a survey have for each SDC, bucket by bucket.
SELECT l.sdc, extract(epoch FROM lower(l.period)) AS starts,
    extract(epoch FROM upper(l.period)) AS ends, l.capacity, l.work
FROM sgs.bucket_load l
JOIN sgs.distribution d USING (distribution)
WHERE d.survey = $1 AND d.state = 'published'
    AND NOT EXISTS (
        SELECT FROM sgs.distribution o
        WHERE o.survey = d.survey AND o.state = 'published'
            AND o.revision > d.revision AND o.period && l.period)
ORDER BY l.sdc, l.period

-- name: placed
-- Where the jobs of a task run and why, and how many wait for a place.
SELECT o.sdc, j.reason, count(*) AS n FROM sgs.campaign_job j
LEFT JOIN sgs.processing_order o ON o.item = j.item AND o.lane = j.campaign_task
    AND o.state <> 'WITHDRAWN'
WHERE j.campaign_task = $1 GROUP BY 1, 2 ORDER BY 1 NULLS LAST, 3 DESC, 2

-- name: soleProducts
-- Finished jobs of tasks whose products exist at an SDC alone.
SELECT count(DISTINCT o.processing_order) AS n FROM sgs.processing_order o
JOIN sgs.product p USING (processing_order)
JOIN sgs.product_location l USING (product)
WHERE o.campaign_task = ANY ($1) AND o.lane <> 0 AND l.sdc = $2 AND NOT EXISTS (
    SELECT FROM sgs.product_location e WHERE e.product = p.product AND e.sdc <> $2)

-- name: stranded
-- Orders of tasks that the silent runner of an SDC had, or that failed there.
SELECT o.id, o.state FROM sgs.processing_order o
WHERE o.campaign_task = ANY ($1) AND o.lane <> 0 AND o.sdc = $2
    AND o.state IN ('EXECUTING', 'ERROR', 'ABORTED')
    AND (o.state <> 'EXECUTING' OR NOT EXISTS (
        SELECT FROM sgs.runner r WHERE r.sdc = o.sdc AND r.ended_at IS NULL
            AND r.last_sign + make_interval(secs => r.lease_seconds) > clock_timestamp()))
ORDER BY o.id

-- name: replicas
-- Of each task's orders, how many of what they make is at the SDCs that are to have it: the owners
-- in force for the daily processing, else where the order runs and where it is replicated to.
WITH rule AS (
    SELECT t.campaign_task, t.place, t.name AS task, o.processing_order, o.state, w.sdc
    FROM sgs.campaign_task t
    JOIN sgs.processing_order o ON o.campaign_task = t.campaign_task AND o.state <> 'WITHDRAWN'
    LEFT JOIN LATERAL (
        SELECT a.primary_sdc, a.secondary_sdc FROM sgs.assignment a
        WHERE a.item = o.item AND a.is_current AND o.lane = 0
        ORDER BY lower(a.validity) DESC LIMIT 1
    ) a ON true
    CROSS JOIN LATERAL (
        VALUES (coalesce(a.primary_sdc, o.sdc)), (coalesce(a.secondary_sdc, o.replica_at))
    ) w (sdc)
    WHERE t.campaign = $1 AND ($2::text IS NULL OR t.name = $2)
), missing AS (
    SELECT r.processing_order, r.sdc, count(*) AS products, sum(p.bytes) AS bytes,
        max(n.tries) AS tries, min(n.began_at) AS began_at,
        (array_agg(n.reason ORDER BY n.last_at DESC) FILTER (WHERE n.reason IS NOT NULL))[1]
            AS reason,
        bool_and(EXISTS (
            SELECT FROM sgs.product_location l JOIN sgs.runner u USING (sdc)
            WHERE l.product = p.product AND u.ended_at IS NULL
                AND u.last_sign + make_interval(secs => u.lease_seconds) > clock_timestamp()
        )) AS is_served
    FROM rule r
    JOIN sgs.product p USING (processing_order)
    LEFT JOIN sgs.replica_trial n ON n.product = p.product AND n.to_sdc = r.sdc
    WHERE NOT EXISTS (
        SELECT FROM sgs.product_location l WHERE l.product = p.product AND l.sdc = r.sdc)
    GROUP BY r.processing_order, r.sdc
), made AS (
    SELECT processing_order, max(reported_at) AS at FROM sgs.order_report
    WHERE event = 'complete' GROUP BY processing_order
), judged AS (
    SELECT r.*, m.products, m.bytes, m.tries, m.reason,
        CASE WHEN r.state <> 'COMPLETED' THEN 'INJECT' WHEN m.products IS NULL THEN 'OK'
            WHEN NOT m.is_served THEN 'SUSPENDED' WHEN m.tries > 0 THEN 'STUCK'
            ELSE 'REPLICATING' END AS standing,
        CASE WHEN m.products IS NOT NULL THEN coalesce(m.began_at, d.at) END AS since
    FROM rule r
    LEFT JOIN missing m USING (processing_order, sdc)
    LEFT JOIN made d USING (processing_order)
)
SELECT task, sdc, standing, count(*) AS orders, coalesce(sum(products), 0)::bigint AS products,
    coalesce(sum(bytes), 0)::bigint AS bytes, coalesce(max(tries), 0) AS tries,
    extract(epoch FROM min(since)) AS since,
    (array_agg(reason) FILTER (WHERE reason IS NOT NULL))[1] AS reason
FROM judged GROUP BY place, task, sdc, standing
ORDER BY place, sdc, standing
