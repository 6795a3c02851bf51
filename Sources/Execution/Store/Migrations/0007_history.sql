-- What operators did is found by its run; what they did to pilots and to the runner itself is kept;
-- runs are found by the item of their order, attempts by the pilot that has them; and what people are
-- to be told of is kept until they have been.

CREATE INDEX inbox_run ON inbox (json_extract(answer, '$.run'));

CREATE TABLE site_action (
    sequence INTEGER PRIMARY KEY,
    done_at REAL NOT NULL,
    done_by TEXT NOT NULL,
    action TEXT NOT NULL,
    -- names of pilots as a JSON list; NULL where it was done to the runner
    pilots TEXT,
    reason TEXT NOT NULL
);

CREATE INDEX run_item ON run (
    json_extract(origin_document, '$.item.kind'), json_extract(origin_document, '$.item.id')
) WHERE origin = 'order';

CREATE INDEX placement_host ON placement (host);

CREATE TABLE notice (
    -- never given again, also where the last ones were removed
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    made_at REAL NOT NULL,
    kind TEXT NOT NULL,
    -- NULL where it is of no run
    run INTEGER,
    -- made by whoever tells of it: the same again is told once
    key TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL
);
CREATE INDEX notice_run ON notice (run, kind);

-- Who is told of notices, and the last one that was.
CREATE TABLE hook (
    url TEXT NOT NULL PRIMARY KEY,
    delivered INTEGER NOT NULL
) WITHOUT ROWID;
