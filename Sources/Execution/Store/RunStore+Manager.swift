import GRDB
public import GroundSegment

extension RunStore {
    /// The runs that a run needs, as they are now.
    static func needs(of run: Int64, _ database: Database) throws -> [RunNeed] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT n.needed, n.id, r.state, r.is_draft FROM need n
                LEFT JOIN run r ON r.number = n.needed WHERE n.run = ? ORDER BY n.needed
                """, arguments: [run]
        ).map { row in
            RunNeed(
                number: row["needed"], id: ID(row["id"] as String),
                state: (row["state"] as String?).flatMap(RunState.init(rawValue:)),
                isDraft: row["is_draft"] ?? false)
        }
    }

    /// The runs that need a run, by their numbers.
    static func needing(_ run: Int64, _ database: Database) throws -> [RunNeed] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT r.number, r.id, r.state, r.is_draft FROM need n
                JOIN run r ON r.number = n.run WHERE n.needed = ? ORDER BY r.number
                """, arguments: [run]
        ).map { row in
            RunNeed(
                number: row["number"], id: ID(row["id"] as String),
                state: (row["state"] as String?).flatMap(RunState.init(rawValue:)),
                isDraft: row["is_draft"])
        }
    }

    /// A link that an operator asks for.
    struct Link: Hashable, Sendable {
        let needed: RunNeed
        /// The runs through which the needed one needs the other already, both at the ends;
        /// empty where it does not.
        let way: [Int64]
    }

    /// What of a link the store knows; `nil` where there is no run of one of the names.
    func link(_ run: String, needs needed: String) async throws -> Link? {
        try await read { database in
            guard let number = try Self.number(ofRun: run, database),
                let row = try Row.fetchOne(
                    database,
                    sql: "SELECT number, id, state, is_draft FROM run WHERE id = ? OR number = ?",
                    arguments: [needed, Int64(needed) ?? 0])
            else { return nil }
            let need = RunNeed(
                number: row["number"], id: ID(row["id"] as String),
                state: RunState(rawValue: row["state"]), isDraft: row["is_draft"])
            return Link(
                needed: need, way: try Self.way(from: need.number, to: number, database))
        }
    }

    private static func number(ofRun name: String, _ database: Database) throws -> Int64? {
        try Int64.fetchOne(
            database, sql: "SELECT number FROM run WHERE id = ? OR number = ?",
            arguments: [name, Int64(name) ?? 0])
    }

    /// The shortest way from a run over what each needs to another one.
    private static func way(
        from start: Int64, to end: Int64, _ database: Database
    ) throws -> [Int64] {
        var before: [Int64: Int64] = [start: start]
        var next = [start]
        while !next.isEmpty, before[end] == nil {
            var found: [Int64] = []
            for run in next {
                let needed = try Int64.fetchAll(
                    database.cachedStatement(
                        sql: "SELECT needed FROM need WHERE run = ? ORDER BY needed"),
                    arguments: [run])
                for number in needed where before[number] == nil {
                    before[number] = run
                    found.append(number)
                }
            }
            next = found
        }
        guard before[end] != nil else { return [] }
        var way = [end]
        while let last = way.last, last != start, let previous = before[last] {
            way.append(previous)
        }
        return way.reversed()
    }

    /// When the run of this name or number was removed; `nil` where it was not.
    public func removal(of name: String) async throws -> MJD? {
        try await read { database in
            try Double.fetchOne(
                database, sql: "SELECT removed_at FROM removed_run WHERE id = ? OR number = ?",
                arguments: [name, Int64(name) ?? 0]
            ).map { MJD($0) }
        }
    }

    /// Whether something of a run has still to be told.
    func isOpen(_ run: Int64) async throws -> Bool {
        try await read { database in
            try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM outbox WHERE run = ? AND sent = 0)",
                arguments: [run]) ?? false
        }
    }

    static func save(_ row: StoreChanges.DraftRow, _ database: Database) throws {
        try database.execute(
            sql: "UPDATE run SET origin_document = ?, description = ? WHERE number = ?",
            arguments: [try row.origin.document, row.description, row.run])
    }

    static func queue(_ run: Int64, at now: MJD, _ database: Database) throws {
        try database.execute(
            sql: "UPDATE run SET is_draft = 0, queued_at = ? WHERE number = ?",
            arguments: [now.days, run])
    }

    static func save(_ row: StoreChanges.NeedRow, _ database: Database) throws {
        let needed = row.needed
        guard row.isNeeded else {
            return try database.execute(
                sql: "DELETE FROM need WHERE run = ? AND needed = ?",
                arguments: [row.run, needed.number])
        }
        try database.execute(
            sql: "INSERT INTO need VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            arguments: [row.run, needed.number, needed.id.text])
    }

    /// Removes all rows of a run; that it was there is kept.
    static func remove(_ run: Int64, at now: MJD, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO removed_run (number, id, origin, origin_id, attempt, removed_at)
                SELECT number, id, origin, origin_id, attempt, ? FROM run WHERE number = ?
                """, arguments: [now.days, run])
        for table in [
            "need", "scouts", "sample", "tag", "outbox", "transfer", "output", "input", "attempt",
            "placement", "payload", "expansion",
        ] {
            try database.execute(sql: "DELETE FROM \(table) WHERE run = ?", arguments: [run])
        }
        let graph = try Int64.fetchOne(
            database, sql: "SELECT graph FROM run WHERE number = ?", arguments: [run])
        try database.execute(sql: "DELETE FROM run WHERE number = ?", arguments: [run])
        try database.execute(
            sql: """
                DELETE FROM graph WHERE number = ?1
                    AND NOT EXISTS (SELECT 1 FROM run WHERE graph = ?1)
                """, arguments: [graph])
    }

    /// The runs that were removed and whose files are not gone, or not all.
    func unswept() async throws -> [ID<Run>] {
        try await read { database in
            try String.fetchAll(
                database, sql: "SELECT id FROM removed_run WHERE is_swept = 0 ORDER BY number"
            ).map { ID($0) }
        }
    }

    func markSwept(_ run: ID<Run>) async throws {
        try await write { database in
            try database.execute(
                sql: "UPDATE removed_run SET is_swept = 1 WHERE id = ?", arguments: [run.text])
        }
    }

    /// The files below a folder that runs read, or are to read.
    func filesInUse(below folder: String) async throws -> Set<String> {
        try await read { database in
            let staged = try String.fetchAll(
                database, sql: "SELECT DISTINCT path FROM input WHERE path > ? AND path < ?",
                arguments: ["\(folder)/", "\(folder)0"])
            var files = Set(staged)
            let origins = try String.fetchAll(
                database,
                sql: """
                    SELECT origin_document FROM run
                    WHERE origin = 'submission' AND state IN ('PENDING', 'HELD')
                    """)
            for text in origins {
                let submission: Submission = try Document.value(text, "submission")
                files.formUnion(
                    submission.inputs.values.joined().filter { $0.hasPrefix("\(folder)/") })
            }
            return files
        }
    }
}
