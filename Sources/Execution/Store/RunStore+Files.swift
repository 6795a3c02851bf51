import GRDB
import GroundSegment

/// A file that a run reads.
struct StagedInput: Hashable, Sendable {
    /// The pipeline's input.
    let port: String
    let product: String
    /// `nil` for a file that a submission names.
    let item: ItemID?
    let path: String
    /// Whether it is a copy made here for orders, which goes when none needs it.
    let isCached: Bool
    /// Lower-case hexadecimal, as it was when the file was staged.
    let sha256: String
}

extension RunStore {
    /// Remembers the inputs of a run before it goes on with them.
    static func save(
        _ inputs: [StagedInput], transfers: [Transfer], of run: Int64, _ database: Database
    ) throws {
        try database.execute(sql: "DELETE FROM input WHERE run = ?", arguments: [run])
        for (place, input) in inputs.enumerated() {
            try database.execute(
                sql: "INSERT INTO input VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    run, input.port, place, input.product, input.path, input.isCached,
                    input.item?.kind.rawValue ?? "", input.item?.text ?? "", input.sha256,
                ])
        }
        for transfer in transfers { try insert(transfer, run, database) }
    }

    /// The files that a run reads, in the order in which they were staged.
    static func inputs(of run: Int64, _ database: Database) throws -> [StagedInput] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM input WHERE run = ? ORDER BY place", arguments: [run]
        ).map { row in
            let kind: String = row["item_kind"]
            return try StagedInput(
                port: row["port"], product: row["product"],
                item: kind.isEmpty ? nil : item(row), path: row["path"], isCached: row["cached"],
                sha256: row["sha256"])
        }
    }

    private static func item(_ row: Row) throws -> ItemID {
        try ItemID(kind: row["item_kind"] as String, id: row["item_id"])
    }

    /// What the payloads of a run left at their output ports.
    func outputs(of run: Int64) async throws -> [StoredOutput] {
        try await read { try Self.outputs(of: run, $0) }
    }

    static func outputs(of run: Int64, _ database: Database) throws -> [StoredOutput] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM output WHERE run = ? ORDER BY payload, port",
            arguments: [run]
        ).map { row in
            StoredOutput(
                payload: row["payload"], port: row["port"], path: row["path"],
                digest: FileDigest(bytes: row["bytes"], sha256: row["sha256"]))
        }
    }

    /// Remembers a transfer; the same one a second time changes nothing.
    func insert(_ transfer: Transfer, of run: Int64) async throws {
        try await write { try Self.insert(transfer, run, $0) }
    }

    static func insert(_ transfer: Transfer, _ run: Int64, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO transfer (run, product, to_sdc, purpose, document) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (run, product, to_sdc, purpose) DO NOTHING
                """,
            arguments: [
                run, transfer.product, transfer.to.text, transfer.purpose.rawValue,
                try Document.text(TransferDocument(transfer)),
            ])
    }

    /// Whether a run has this file among its inputs as a copy that is still here.
    func isCached(_ path: String) async throws -> Bool {
        try await read { database in
            try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM input WHERE path = ? AND cached = 1)",
                arguments: [path]) ?? false
        }
    }

    /// A copy that is still here, for which no run of this runner has use any more.
    struct IdleCopy: Hashable, Sendable {
        let path: String
        let item: ItemID
        let survey: ID<SurveyPlan>
    }

    func idleCopies() async throws -> [IdleCopy] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT i.path, i.item_kind, i.item_id,
                        json_extract(r.origin_document, '$.survey') AS survey
                    FROM input i JOIN run r ON r.number = i.run
                    WHERE i.cached = 1 AND NOT EXISTS (
                        SELECT 1 FROM input j JOIN run s ON s.number = j.run
                        WHERE j.path = i.path AND s.state IN ('PENDING', 'EXECUTING', 'HELD'))
                    """
            ).map {
                try IdleCopy(
                    path: $0["path"], item: Self.item($0), survey: ID($0["survey"] as String))
            }
        }
    }

    /// The runs that are over, and when each ended.
    func ended() async throws -> [(id: ID<Run>, ended: MJD)] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT id, coalesce(ended_at, taken_at) AS ended FROM run
                    WHERE state IN ('COMPLETED', 'ERROR', 'ABORTED')
                    """
            ).map { (ID($0["id"] as String), MJD($0["ended"] as Double)) }
        }
    }

    /// Remembers that a copy is gone.
    func forgetCopy(_ path: String) async throws {
        try await write { database in
            try database.execute(
                sql: "UPDATE input SET cached = 0 WHERE path = ?", arguments: [path])
        }
    }
}
