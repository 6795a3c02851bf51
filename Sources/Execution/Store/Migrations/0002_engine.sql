-- Runs by number, payloads by number within their run, and what each attempt left.
-- A payload's change of state must be one of those in payload_step; so must a run's.

CREATE TABLE graph (
    number INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL
);

CREATE TABLE run (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    -- 'order', 'submission' or 'parent': where it comes from, and that as a JSON document
    origin TEXT NOT NULL CHECK (origin IN ('order', 'submission', 'parent')),
    origin_document TEXT NOT NULL,
    -- the order's or the submission's own identifier
    origin_id TEXT NOT NULL,
    attempt INTEGER NOT NULL CHECK (attempt >= 1),
    pipeline TEXT NOT NULL,
    graph INTEGER NOT NULL REFERENCES graph,
    state TEXT NOT NULL CHECK (state IN
        ('PENDING', 'EXECUTING', 'HELD', 'COMPLETED', 'ERROR', 'ABORTED')),
    held_from TEXT,
    stop_reason TEXT,
    is_partial INTEGER NOT NULL DEFAULT 0 CHECK (is_partial IN (0, 1)),
    return_code INTEGER,
    -- what an operator added to that of the order
    priority INTEGER NOT NULL,
    taken_at REAL NOT NULL,
    ended_at REAL,
    message TEXT NOT NULL DEFAULT '',
    UNIQUE (origin, origin_id, attempt)
);
CREATE INDEX run_open ON run (number) WHERE state IN ('PENDING', 'EXECUTING', 'HELD');

CREATE TABLE expansion (
    run INTEGER NOT NULL REFERENCES run,
    sequence INTEGER NOT NULL,
    payload INTEGER NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (run, sequence)
) WITHOUT ROWID;

CREATE TABLE payload (
    run INTEGER NOT NULL REFERENCES run,
    number INTEGER NOT NULL CHECK (number >= 0),
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    failures INTEGER NOT NULL CHECK (failures >= 0),
    losses INTEGER NOT NULL CHECK (losses >= 0),
    message TEXT NOT NULL,
    -- what is seldom there: granted memory, resources of its own, when it may run, priority
    more TEXT,
    PRIMARY KEY (run, number)
) WITHOUT ROWID;

CREATE TABLE payload_step (
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (before, after)
) WITHOUT ROWID;

CREATE TRIGGER payload_legal BEFORE UPDATE OF state ON payload
WHEN OLD.state <> NEW.state
    AND NOT EXISTS (SELECT 1 FROM payload_step WHERE before = OLD.state AND after = NEW.state)
BEGIN
    SELECT RAISE(ABORT, 'a payload never goes this way');
END;

CREATE TABLE run_step (
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (before, after)
) WITHOUT ROWID;

CREATE TRIGGER run_legal BEFORE UPDATE OF state ON run
WHEN OLD.state <> NEW.state
    AND NOT EXISTS (SELECT 1 FROM run_step WHERE before = OLD.state AND after = NEW.state)
BEGIN
    SELECT RAISE(ABORT, 'a run never goes this way');
END;

CREATE TABLE attempt (
    run INTEGER NOT NULL REFERENCES run,
    payload INTEGER NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    path TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('completed', 'failed', 'lost', 'aborted')),
    cores INTEGER NOT NULL,
    memory_mib INTEGER NOT NULL,
    walltime_s REAL NOT NULL,
    exit_code INTEGER NOT NULL,
    started_at REAL NOT NULL,
    ended_at REAL NOT NULL,
    user_seconds REAL NOT NULL,
    system_seconds REAL NOT NULL,
    peak_kib INTEGER NOT NULL,
    tree_kib INTEGER NOT NULL DEFAULT 0,
    virtual_kib INTEGER NOT NULL DEFAULT 0,
    read_bytes INTEGER NOT NULL DEFAULT 0,
    written_bytes INTEGER NOT NULL DEFAULT 0,
    message TEXT NOT NULL DEFAULT '',
    -- what the attempt was of: command, inputs and release; the same key is not done again
    content_key TEXT,
    PRIMARY KEY (run, payload, number)
) WITHOUT ROWID;
CREATE INDEX attempt_key ON attempt (content_key) WHERE content_key IS NOT NULL;

CREATE TABLE input (
    run INTEGER NOT NULL REFERENCES run,
    port TEXT NOT NULL,
    place INTEGER NOT NULL,
    product TEXT NOT NULL,
    path TEXT NOT NULL,
    cached INTEGER NOT NULL CHECK (cached IN (0, 1)),
    item_kind TEXT NOT NULL,
    item_id TEXT NOT NULL,
    sha256 TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (run, port, place)
) WITHOUT ROWID;
CREATE INDEX input_path ON input (path);

CREATE TABLE output (
    run INTEGER NOT NULL REFERENCES run,
    payload INTEGER NOT NULL,
    port TEXT NOT NULL,
    path TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (run, payload, port)
) WITHOUT ROWID;

CREATE TABLE transfer (
    sequence INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run,
    product TEXT NOT NULL,
    to_sdc TEXT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('copy', 'replica')),
    document TEXT NOT NULL,
    UNIQUE (run, product, to_sdc, purpose)
);

CREATE TABLE outbox (
    sequence INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run,
    kind TEXT NOT NULL CHECK (kind IN ('report', 'replica')),
    document TEXT NOT NULL,
    -- 0 waits, 1 was taken in, 2 was refused at the other end and set aside
    sent INTEGER NOT NULL DEFAULT 0 CHECK (sent IN (0, 1, 2)),
    answer TEXT NOT NULL DEFAULT ''
);
CREATE INDEX outbox_waiting ON outbox (sequence) WHERE sent = 0;
CREATE UNIQUE INDEX outbox_one_report ON outbox (run) WHERE kind = 'report' AND sent = 0;

CREATE TABLE tag (
    run INTEGER NOT NULL REFERENCES run,
    -- -1: of the run itself
    payload INTEGER NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (run, payload, name)
) WITHOUT ROWID;

CREATE TABLE sample (
    run INTEGER NOT NULL REFERENCES run,
    payload INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    time REAL NOT NULL,
    cpu_seconds REAL NOT NULL,
    resident_kib INTEGER NOT NULL,
    virtual_kib INTEGER NOT NULL,
    read_bytes INTEGER NOT NULL,
    written_bytes INTEGER NOT NULL,
    PRIMARY KEY (run, payload, attempt, time)
) WITHOUT ROWID;

-- The commands that operators gave, applied once each, in this order.
CREATE TABLE inbox (
    sequence INTEGER PRIMARY KEY,
    given_at REAL NOT NULL,
    given_by TEXT NOT NULL,
    -- made by whoever gives it: the same one given twice is one
    request TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL,
    -- NULL until it has been applied
    answer TEXT
);
CREATE INDEX inbox_open ON inbox (sequence) WHERE answer IS NULL;

-- The digests of files as they were last read, so that a product is not read again unless it changed.
CREATE TABLE known_file (
    path TEXT NOT NULL PRIMARY KEY,
    device INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    changed_ns INTEGER NOT NULL,
    sha256 TEXT NOT NULL
) WITHOUT ROWID;

-- Numbers that never come twice: the fencing tokens of attempts.
CREATE TABLE counter (
    name TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO counter VALUES ('token', 0);
