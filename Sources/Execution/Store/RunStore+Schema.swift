import GRDB

extension RunStore {
    /// The schema's versions; one that has been released is never edited.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 runs, payloads and what they leave") { database in
            try database.execute(sql: runs)
            try database.execute(sql: records)
        }
        return migrator
    }

    private static let runs = """
        CREATE TABLE run (
            id TEXT NOT NULL PRIMARY KEY,
            order_id TEXT NOT NULL,
            attempt INTEGER NOT NULL CHECK (attempt >= 1),
            order_document TEXT NOT NULL,
            graph TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('PENDING', 'EXECUTING', 'COMPLETED', 'ERROR')),
            taken_at REAL NOT NULL,
            ended_at REAL,
            message TEXT NOT NULL DEFAULT '',
            UNIQUE (order_id, attempt)
        );
        CREATE INDEX run_state ON run (state);

        CREATE TABLE payload (
            run TEXT NOT NULL REFERENCES run,
            node TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN
                ('UNREADY', 'READY', 'ASSIGNED', 'RUNNING', 'COMPLETED', 'FAILED', 'PRUNED')),
            failures INTEGER NOT NULL CHECK (failures >= 0),
            losses INTEGER NOT NULL CHECK (losses >= 0),
            message TEXT NOT NULL,
            PRIMARY KEY (run, node)
        );

        CREATE TABLE attempt (
            sequence INTEGER PRIMARY KEY,
            run TEXT NOT NULL,
            node TEXT NOT NULL,
            number INTEGER NOT NULL CHECK (number >= 1),
            cores INTEGER NOT NULL,
            memory_mib INTEGER NOT NULL,
            exit_code INTEGER NOT NULL,
            started_at REAL NOT NULL,
            ended_at REAL NOT NULL,
            user_seconds REAL NOT NULL,
            system_seconds REAL NOT NULL,
            peak_kib INTEGER NOT NULL,
            UNIQUE (run, node, number),
            FOREIGN KEY (run, node) REFERENCES payload
        );
        """

    private static let records = """
        CREATE TABLE input (
            run TEXT NOT NULL REFERENCES run,
            port TEXT NOT NULL,
            place INTEGER NOT NULL,
            product TEXT NOT NULL,
            path TEXT NOT NULL,
            cached INTEGER NOT NULL CHECK (cached IN (0, 1)),
            item_kind TEXT NOT NULL,
            item_id TEXT NOT NULL,
            PRIMARY KEY (run, port, place)
        );
        CREATE INDEX input_path ON input (path);

        CREATE TABLE output (
            run TEXT NOT NULL,
            node TEXT NOT NULL,
            port TEXT NOT NULL,
            path TEXT NOT NULL,
            bytes INTEGER NOT NULL,
            sha256 TEXT NOT NULL,
            PRIMARY KEY (run, node, port),
            FOREIGN KEY (run, node) REFERENCES payload
        );

        CREATE TABLE transfer (
            sequence INTEGER PRIMARY KEY,
            run TEXT NOT NULL REFERENCES run,
            product TEXT NOT NULL,
            to_sdc TEXT NOT NULL,
            purpose TEXT NOT NULL CHECK (purpose IN ('copy', 'replica')),
            document TEXT NOT NULL,
            UNIQUE (run, product, to_sdc, purpose)
        );

        CREATE TABLE outbox (
            sequence INTEGER PRIMARY KEY,
            run TEXT NOT NULL REFERENCES run,
            kind TEXT NOT NULL CHECK (kind IN ('report', 'replica')),
            document TEXT NOT NULL,
            sent INTEGER NOT NULL DEFAULT 0 CHECK (sent IN (0, 1))
        );
        CREATE INDEX outbox_waiting ON outbox (sequence) WHERE sent = 0;
        CREATE UNIQUE INDEX outbox_one_report ON outbox (run) WHERE kind = 'report';
        """
}
