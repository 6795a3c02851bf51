-- Campaigns: graphs of tasks, whose jobs are processing orders.
--
-- A task is a node, a data set an edge from the task that makes it (none: it is there already) to
-- one that reads it (none: it is a result).  What a task may become is in sgs.task_transition: the
-- changes that rules make, and those of commands.  Every survey has the campaign `daily`: what its
-- publications make orders for.

CREATE TABLE sgs.campaign (
    campaign bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT campaign_pkey PRIMARY KEY,
    survey text NOT NULL CONSTRAINT campaign_survey_fkey REFERENCES sgs.survey,
    name text NOT NULL CONSTRAINT campaign_name_form CHECK (name ~ '^[A-Za-z0-9_-]{1,64}$'),
    title text NOT NULL,
    share double precision NOT NULL CONSTRAINT campaign_share_positive CHECK (share > 0),
    priority integer NOT NULL,
    document jsonb NOT NULL,
    approved_at timestamptz,
    author text NOT NULL CONSTRAINT campaign_author_not_empty CHECK (author <> ''),
    comment text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT campaign_once UNIQUE (survey, name)
);
COMMENT ON TABLE sgs.campaign IS 'Graphs of tasks over the whole ground segment.';
COMMENT ON COLUMN sgs.campaign.document IS 'The campaign as its file has it, templates filled in.';
COMMENT ON COLUMN sgs.campaign.approved_at IS 'Its tasks begin from then on; null before.';

CREATE TABLE sgs.task_transition (
    from_state text NOT NULL,
    to_state text NOT NULL,
    CONSTRAINT task_transition_pkey PRIMARY KEY (from_state, to_state)
);
COMMENT ON TABLE sgs.task_transition IS 'The legal changes of a task''s state.';
INSERT INTO sgs.task_transition VALUES
    ('aborted', 'toincexec'), ('aborted', 'toretry'), ('aborting', 'toabort'),
    ('assigning', 'aborting'), ('assigning', 'paused'), ('assigning', 'pending'),
    ('assigning', 'ready'), ('assigning', 'tobroken'), ('assigning', 'toreassign'),
    ('defined', 'aborting'), ('defined', 'assigning'), ('defined', 'paused'),
    ('defined', 'pending'), ('defined', 'tobroken'), ('defined', 'topreprocess'),
    ('defined', 'toreassign'), ('done', 'toincexec'), ('exhausted', 'aborting'),
    ('exhausted', 'finishing'), ('exhausted', 'toincexec'), ('exhausted', 'toreassign'),
    ('exhausted', 'toretry'), ('failed', 'toincexec'), ('failed', 'toretry'),
    ('finished', 'toincexec'), ('finished', 'toretry'), ('finishing', 'aborting'),
    ('finishing', 'passed'), ('merging', 'aborting'), ('merging', 'paused'),
    ('merging', 'prepared'), ('passed', 'prepared'), ('paused', 'aborting'),
    ('paused', 'assigning'), ('paused', 'defined'), ('paused', 'finishing'),
    ('paused', 'merging'), ('paused', 'pending'), ('paused', 'preprocessing'),
    ('paused', 'ready'), ('paused', 'registered'), ('paused', 'running'), ('paused', 'scouted'),
    ('paused', 'scouting'), ('paused', 'throttled'), ('pending', 'aborting'),
    ('pending', 'defined'), ('pending', 'finishing'), ('pending', 'paused'),
    ('pending', 'tobroken'), ('pending', 'toreassign'), ('prepared', 'done'),
    ('prepared', 'failed'), ('prepared', 'finished'), ('preprocessing', 'aborting'),
    ('preprocessing', 'defined'), ('preprocessing', 'paused'), ('ready', 'aborting'),
    ('ready', 'assigning'), ('ready', 'finishing'), ('ready', 'paused'), ('ready', 'pending'),
    ('ready', 'running'), ('ready', 'scouting'), ('ready', 'throttled'), ('ready', 'tobroken'),
    ('ready', 'toreassign'), ('reassigning', 'aborting'), ('reassigning', 'assigning'),
    ('registered', 'aborting'), ('registered', 'defined'), ('registered', 'paused'),
    ('rerefine', 'aborting'), ('rerefine', 'pending'), ('rerefine', 'ready'),
    ('rerefine', 'tobroken'), ('running', 'aborting'), ('running', 'finishing'),
    ('running', 'merging'), ('running', 'paused'), ('running', 'prepared'),
    ('running', 'toreassign'), ('scouted', 'aborting'), ('scouted', 'finishing'),
    ('scouted', 'paused'), ('scouted', 'running'), ('scouted', 'toreassign'),
    ('scouting', 'aborting'), ('scouting', 'exhausted'), ('scouting', 'finishing'),
    ('scouting', 'paused'), ('scouting', 'scouted'), ('scouting', 'toreassign'),
    ('throttled', 'aborting'), ('throttled', 'finishing'), ('throttled', 'paused'),
    ('throttled', 'pending'), ('throttled', 'ready'), ('throttled', 'tobroken'),
    ('throttled', 'toreassign'), ('toabort', 'aborted'), ('tobroken', 'broken'),
    ('toincexec', 'aborting'), ('toincexec', 'rerefine'), ('topreprocess', 'aborting'),
    ('topreprocess', 'pending'), ('topreprocess', 'preprocessing'), ('topreprocess', 'tobroken'),
    ('toreassign', 'aborting'), ('toreassign', 'reassigning'), ('toretry', 'aborting'),
    ('toretry', 'ready');

CREATE TABLE sgs.campaign_task (
    campaign_task bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT campaign_task_pkey PRIMARY KEY,
    campaign bigint NOT NULL CONSTRAINT campaign_task_campaign_fkey REFERENCES sgs.campaign,
    place integer NOT NULL,
    name text NOT NULL,
    pipeline text NOT NULL,
    state text NOT NULL DEFAULT 'registered',
    interrupted text,
    released boolean NOT NULL DEFAULT false,
    cut_short boolean NOT NULL DEFAULT false,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT campaign_task_once UNIQUE (campaign, name),
    CONSTRAINT campaign_task_paused CHECK ((state = 'paused') = (interrupted IS NOT NULL))
);
COMMENT ON TABLE sgs.campaign_task IS 'The nodes of campaigns: jobs of one pipeline.';
COMMENT ON COLUMN sgs.campaign_task.interrupted IS 'Where a paused task was.';
COMMENT ON COLUMN sgs.campaign_task.released IS 'Whether an operator let it go on with what there is.';
COMMENT ON COLUMN sgs.campaign_task.cut_short IS 'Whether an operator ended it early.';

CREATE TABLE sgs.campaign_edge (
    campaign bigint NOT NULL CONSTRAINT campaign_edge_campaign_fkey REFERENCES sgs.campaign,
    data_set text NOT NULL,
    producer bigint CONSTRAINT campaign_edge_producer_fkey REFERENCES sgs.campaign_task,
    consumer bigint CONSTRAINT campaign_edge_consumer_fkey REFERENCES sgs.campaign_task,
    output_state text CONSTRAINT campaign_edge_output_known
        CHECK (output_state IN ('defined', 'ready', 'running', 'prepared', 'done')),
    input_state text CONSTRAINT campaign_edge_input_known
        CHECK (input_state IN ('defined', 'toupdate', 'pending', 'broken', 'ready', 'done')),
    CONSTRAINT campaign_edge_once UNIQUE NULLS NOT DISTINCT (campaign, data_set, producer, consumer),
    CONSTRAINT campaign_edge_output CHECK ((output_state IS NULL) = (producer IS NULL)),
    CONSTRAINT campaign_edge_input CHECK ((input_state IS NULL) = (consumer IS NULL))
);
COMMENT ON TABLE sgs.campaign_edge IS 'The edges of campaigns: data sets on their way from one task to another.';
COMMENT ON COLUMN sgs.campaign_edge.producer IS 'Who makes it; null where it comes from outside.';
COMMENT ON COLUMN sgs.campaign_edge.consumer IS 'Who reads it; null where it is a result.';

CREATE TABLE sgs.campaign_event (
    campaign_event bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT campaign_event_pkey PRIMARY KEY,
    campaign bigint NOT NULL CONSTRAINT campaign_event_campaign_fkey REFERENCES sgs.campaign,
    campaign_task bigint CONSTRAINT campaign_event_task_fkey REFERENCES sgs.campaign_task,
    data_set text,
    event text NOT NULL,
    is_command boolean NOT NULL,
    from_state text,
    to_state text,
    actor text NOT NULL CONSTRAINT campaign_event_actor_not_empty CHECK (actor <> ''),
    comment text NOT NULL DEFAULT '',
    occurred_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE sgs.campaign_event IS 'What happened to campaigns, tasks and data sets: which rule or command, who, and why.';
COMMENT ON COLUMN sgs.campaign_event.event IS 'Name of the rule, or of the command.';
CREATE INDEX campaign_event_of ON sgs.campaign_event (campaign, campaign_event);

ALTER TABLE sgs.processing_order ADD COLUMN campaign_task bigint
    CONSTRAINT processing_order_task_fkey REFERENCES sgs.campaign_task;
COMMENT ON COLUMN sgs.processing_order.campaign_task IS 'The task of a campaign that it is a job of.';
CREATE INDEX processing_order_task ON sgs.processing_order (campaign_task, state);

CREATE FUNCTION sgs.check_task_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM sgs.task_transition t
        WHERE t.from_state = OLD.state AND t.to_state = NEW.state
    ) THEN
        RAISE EXCEPTION 'task % cannot change from % to %', NEW.name, OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'campaign_task_transition';
    END IF;
    NEW.changed_at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER campaign_task_transition BEFORE UPDATE OF state ON sgs.campaign_task
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION sgs.check_task_transition();
CREATE TRIGGER campaign_event_kept BEFORE UPDATE OR DELETE ON sgs.campaign_event
    FOR EACH ROW EXECUTE FUNCTION sgs.refuse_change();

-- The daily processing of a survey, made where it is not there yet.
CREATE FUNCTION sgs.ensure_daily(survey text, author text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    own bigint;
    observations bigint;
    tiles bigint;
BEGIN
    INSERT INTO sgs.campaign (survey, name, title, share, priority, document, approved_at, author)
    VALUES (ensure_daily.survey, 'daily', 'Daily processing', 1, 0, jsonb_build_object(
        'name', 'daily', 'title', 'Daily processing', 'survey', ensure_daily.survey,
        'data', jsonb_build_array(
            jsonb_build_object('name', 'frames', 'per', 'observation', 'product', 'frames')),
        'tasks', jsonb_build_array(
            jsonb_build_object('name', 'observation', 'title', 'Observations',
                'pipeline', 'observation', 'per', 'observation',
                'inputs', jsonb_build_array('frames'),
                'outputs', jsonb_build_array('exposures'),
                'policy', jsonb_build_object('open', true)),
            jsonb_build_object('name', 'tile', 'title', 'Tiles', 'pipeline', 'tile',
                'per', 'tile', 'inputs', jsonb_build_array('exposures'),
                'outputs', jsonb_build_array('catalogue'),
                'policy', jsonb_build_object('open', true)))),
        clock_timestamp(), ensure_daily.author)
    ON CONFLICT ON CONSTRAINT campaign_once DO NOTHING
    RETURNING campaign INTO own;
    IF own IS NULL THEN
        RETURN;
    END IF;
    INSERT INTO sgs.campaign_task (campaign, place, name, pipeline)
    VALUES (own, 1, 'observation', 'observation') RETURNING campaign_task INTO observations;
    INSERT INTO sgs.campaign_task (campaign, place, name, pipeline)
    VALUES (own, 2, 'tile', 'tile') RETURNING campaign_task INTO tiles;
    INSERT INTO sgs.campaign_edge (campaign, data_set, producer, consumer, output_state, input_state)
    VALUES (own, 'frames', NULL, observations, NULL, 'defined'),
        (own, 'exposures', observations, tiles, 'defined', 'defined'),
        (own, 'catalogue', tiles, NULL, 'defined', NULL);
    INSERT INTO sgs.campaign_event (campaign, event, is_command, actor, comment)
    VALUES (own, 'approve', true, ensure_daily.author, 'what is published is processed');
END $$;
COMMENT ON FUNCTION sgs.ensure_daily IS 'Makes the campaign of a survey''s daily processing where there is none.';

SELECT sgs.ensure_daily(id, 'catalogue') FROM sgs.survey ORDER BY id;
UPDATE sgs.processing_order o SET campaign_task = t.campaign_task
FROM sgs.item i, sgs.campaign c, sgs.campaign_task t
WHERE i.item = o.item AND c.survey = i.survey AND c.name = 'daily' AND t.campaign = c.campaign
    AND t.name = o.pipeline;

ALTER TABLE sgs.campaign OWNER TO sgs_owner;
ALTER TABLE sgs.task_transition OWNER TO sgs_owner;
ALTER TABLE sgs.campaign_task OWNER TO sgs_owner;
ALTER TABLE sgs.campaign_edge OWNER TO sgs_owner;
ALTER TABLE sgs.campaign_event OWNER TO sgs_owner;
ALTER FUNCTION sgs.check_task_transition OWNER TO sgs_owner;
ALTER FUNCTION sgs.ensure_daily OWNER TO sgs_owner;
GRANT SELECT ON sgs.campaign, sgs.task_transition, sgs.campaign_task, sgs.campaign_edge,
    sgs.campaign_event TO sgs_reader, sgs_planner, sgs_runner;
GRANT INSERT ON sgs.campaign, sgs.campaign_task, sgs.campaign_edge, sgs.campaign_event
    TO sgs_planner;
GRANT UPDATE (approved_at) ON sgs.campaign TO sgs_planner;
GRANT UPDATE (state, interrupted, released, cut_short, changed_at) ON sgs.campaign_task
    TO sgs_planner;
GRANT UPDATE (output_state, input_state) ON sgs.campaign_edge TO sgs_planner;
