import GRDB
import GroundSegment

/// A command as it was given.
struct InboxEntry: Hashable, Sendable {
    let sequence: Int64
    let by: String
    let document: String
}

extension RunStore {
    /// Keeps a command until it is applied, and gives its number; one that was given before keeps
    /// the number that it has.
    ///
    /// - Parameter request: made by whoever gives it, who may give it again.
    func give(_ command: RunnerCommand, request: String, by: String, at now: MJD) async throws
        -> Int64
    {
        let document = try Document.text(command)
        return try await write { database in
            try database.execute(
                sql: """
                    INSERT INTO inbox (given_at, given_by, request, document) VALUES (?, ?, ?, ?)
                    ON CONFLICT (request) DO NOTHING
                    """, arguments: [now.days, by, request, document])
            return try Int64.fetchOne(
                database, sql: "SELECT sequence FROM inbox WHERE request = ?",
                arguments: [request]) ?? 0
        }
    }

    /// The first command after this one that has not been applied.
    func nextCommand(after sequence: Int64) async throws -> InboxEntry? {
        try await read { database in
            try Row.fetchOne(
                database,
                sql: """
                    SELECT sequence, given_by, document FROM inbox
                    WHERE answer IS NULL AND sequence > ? ORDER BY sequence LIMIT 1
                    """, arguments: [sequence]
            ).map {
                InboxEntry(sequence: $0["sequence"], by: $0["given_by"], document: $0["document"])
            }
        }
    }

    /// What became of a command; `nil` where it has not been applied.
    func answer(to sequence: Int64) async throws -> CommandAnswer? {
        let text = try await read { database in
            try String.fetchOne(
                database, sql: "SELECT answer FROM inbox WHERE sequence = ?", arguments: [sequence])
        }
        return try text.map { try Document.value($0, "answer to command \(sequence)") }
    }

    static func save(_ answer: CommandAnswer, to sequence: Int64, _ database: Database) throws {
        try database.execute(
            sql: "UPDATE inbox SET answer = ? WHERE sequence = ?",
            arguments: [try Document.text(answer), sequence])
    }

    static func save(_ row: StoreChanges.TagRow, _ database: Database) throws {
        let payload = row.payload ?? -1
        guard let value = row.value else {
            return try database.execute(
                sql: "DELETE FROM tag WHERE run = ? AND payload = ? AND name = ?",
                arguments: [row.run, payload, row.name])
        }
        try database.execute(
            sql: "INSERT OR REPLACE INTO tag VALUES (?, ?, ?, ?)",
            arguments: [row.run, payload, row.name, value])
    }

    /// Whether the end of a run has been told, or is not to be told at all.
    func isTold(_ run: Int64) async throws -> Bool {
        try await read { database in
            try Bool.fetchOne(
                database,
                sql: """
                    SELECT NOT EXISTS (
                        SELECT 1 FROM outbox WHERE run = ? AND kind = 'report' AND sent = 0)
                    """, arguments: [run]) ?? true
        }
    }
}

extension RunStore {
    /// A word about a payload, or about the run.
    struct Tag: Hashable, Sendable {
        let payload: Int?
        let name: String
        let value: String
    }

    /// The tags of a run and of its payloads.
    func tags(of run: Int64) async throws -> [Tag] {
        try await read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM tag WHERE run = ? ORDER BY payload, name",
                arguments: [run]
            ).map { row in
                let payload: Int = row["payload"]
                return Tag(
                    payload: payload < 0 ? nil : payload, name: row["name"], value: row["value"])
            }
        }
    }
}
