import GRDB

extension RunStore {
    /// The schema's versions; one that has been released is never edited.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 runs, payloads and what they leave") { database in
            try database.execute(sql: runs)
            try database.execute(sql: records)
        }
        migrator.registerMigration("2 the engine") { database in
            let old = try EarlierRuns(database)
            for table in ["outbox", "transfer", "output", "input", "attempt", "payload", "run"] {
                try database.execute(sql: "ALTER TABLE \(table) RENAME TO earlier_\(table)")
            }
            for index in ["run_state", "input_path", "outbox_waiting", "outbox_one_report"] {
                try database.execute(sql: "DROP INDEX \(index)")
            }
            try database.execute(
                sql: String(decoding: PackageResources._002_engine_sql, as: UTF8.self))
            try insertLegalSteps(database)
            try old.insert(database)
            for table in ["outbox", "transfer", "output", "input", "attempt", "payload", "run"] {
                try database.execute(sql: "DROP TABLE earlier_\(table)")
            }
        }
        migrator.registerMigration("3 what first payloads used") { database in
            try database.execute(
                sql: """
                    CREATE TABLE scouts (
                        run INTEGER NOT NULL REFERENCES run,
                        label TEXT NOT NULL,
                        document TEXT NOT NULL,
                        PRIMARY KEY (run, label)
                    ) WITHOUT ROWID
                    """)
        }
        migrator.registerMigration("4 the room of the last runner") { database in
            try database.execute(
                sql: """
                    CREATE TABLE room (
                        cores INTEGER NOT NULL, memory_mib INTEGER NOT NULL, gpus INTEGER NOT NULL
                    )
                    """)
        }
        migrator.registerMigration("5 the manager") { database in
            try database.execute(
                sql: String(decoding: PackageResources._005_manager_sql, as: UTF8.self))
        }
        migrator.registerMigration("6 where attempts are") { database in
            try database.execute(
                sql: """
                    CREATE TABLE placement (
                        run INTEGER NOT NULL, payload INTEGER NOT NULL,
                        attempt INTEGER NOT NULL,
                        host TEXT NOT NULL,
                        PRIMARY KEY (run, payload)
                    ) WITHOUT ROWID
                    """)
        }
        migrator.registerMigration("7 what operators did, and notices") { database in
            try database.execute(
                sql: String(decoding: PackageResources._007_history_sql, as: UTF8.self))
        }
        return migrator
    }

    /// The changes of state that payloads and runs may make.
    private static func insertLegalSteps(_ database: Database) throws {
        for state in PayloadState.allCases {
            for next in state.byOneEvent {
                try database.execute(
                    sql: "INSERT INTO payload_step VALUES (?, ?)",
                    arguments: [state.rawValue, next.rawValue])
            }
        }
        for state in RunState.allCases {
            for next in state.successors {
                try database.execute(
                    sql: "INSERT INTO run_step VALUES (?, ?)",
                    arguments: [state.rawValue, next.rawValue])
            }
        }
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

extension PayloadState {
    /// What may follow by one event: one or two steps, or three where a payload that holds others
    /// is started again and its parts begin at once.
    fileprivate var byOneEvent: Set<PayloadState> {
        let one = Set(successors)
        let two = one.filter { !$0.isFinal }.reduce(into: one) { $0.formUnion($1.successors) }
        return two.union([.running]).subtracting(self == .running ? [.running] : [])
    }
}
