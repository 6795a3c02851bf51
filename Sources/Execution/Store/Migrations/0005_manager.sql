-- Runs that are made before they are submitted, runs that wait for other runs, and what is still
-- known of runs that were removed.

ALTER TABLE run ADD COLUMN is_draft INTEGER NOT NULL DEFAULT 0 CHECK (is_draft IN (0, 1));
-- when it was submitted; NULL before that
ALTER TABLE run ADD COLUMN queued_at REAL;
ALTER TABLE run ADD COLUMN description TEXT NOT NULL DEFAULT '';
UPDATE run SET queued_at = taken_at;

-- A run does not begin before those that it needs have completed. They stay here when they are
-- removed: it then waits until an operator decides.
CREATE TABLE need (
    run INTEGER NOT NULL REFERENCES run,
    needed INTEGER NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (run, needed)
) WITHOUT ROWID;
CREATE INDEX need_needed ON need (needed);

-- Their numbers, names and attempts do not come again.
CREATE TABLE removed_run (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    origin TEXT NOT NULL,
    origin_id TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    removed_at REAL NOT NULL,
    -- whether its files are gone, too
    is_swept INTEGER NOT NULL DEFAULT 0 CHECK (is_swept IN (0, 1))
);
CREATE INDEX removed_run_unswept ON removed_run (number) WHERE is_swept = 0;
