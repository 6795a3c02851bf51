import GRDB
import GroundSegment

/// A file that a run reads.
struct StagedInput: Hashable, Sendable {
    /// The pipeline's input.
    let port: String
    let product: String
    let item: ItemID
    let path: String
    /// Whether it is a copy made here for orders, which goes when none needs it.
    let isCached: Bool
}

extension RunStore {
    /// Remembers the inputs of a run together with the run, which they let go on.
    func save(_ run: Run, inputs: [StagedInput], transfers: [Transfer]) async throws {
        try await write { database in
            try Self.save(run, database)
            try database.execute(sql: "DELETE FROM input WHERE run = ?", arguments: [run.id.text])
            for (place, input) in inputs.enumerated() {
                try database.execute(
                    sql: "INSERT INTO input VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    arguments: [
                        run.id.text, input.port, place, input.product, input.path, input.isCached,
                        input.item.kind.rawValue, input.item.text,
                    ])
            }
            for transfer in transfers { try Self.insert(transfer, run.id, database) }
        }
    }

    /// The files that a run reads, in the order in which they were staged.
    func inputs(of run: ID<Run>) async throws -> [StagedInput] {
        try await read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM input WHERE run = ? ORDER BY place",
                arguments: [run.text]
            ).map { row in
                try StagedInput(
                    port: row["port"], product: row["product"], item: Self.item(row),
                    path: row["path"], isCached: row["cached"])
            }
        }
    }

    private static func item(_ row: Row) throws -> ItemID {
        try ItemID(kind: row["item_kind"] as String, id: row["item_id"])
    }

    /// The file of an output port and its digest.
    struct StoredOutput: Hashable, Sendable {
        let node: String
        let port: String
        let path: String
        let digest: FileDigest
    }

    func outputs(of run: ID<Run>) async throws -> [StoredOutput] {
        try await read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM output WHERE run = ? ORDER BY node, port",
                arguments: [run.text]
            ).map { row in
                StoredOutput(
                    node: row["node"], port: row["port"], path: row["path"],
                    digest: FileDigest(bytes: row["bytes"], sha256: row["sha256"]))
            }
        }
    }

    /// Remembers a transfer; the same one a second time changes nothing.
    func insert(_ transfer: Transfer, of run: ID<Run>) async throws {
        try await write { try Self.insert(transfer, run, $0) }
    }

    static func insert(_ transfer: Transfer, _ run: ID<Run>, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO transfer (run, product, to_sdc, purpose, document) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (run, product, to_sdc, purpose) DO NOTHING
                """,
            arguments: [
                run.text, transfer.product, transfer.to.text, transfer.purpose.rawValue,
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
                        json_extract(r.order_document, '$.survey') AS survey
                    FROM input i JOIN run r ON r.id = i.run
                    WHERE i.cached = 1 AND NOT EXISTS (
                        SELECT 1 FROM input j JOIN run s ON s.id = j.run
                        WHERE j.path = i.path AND s.state IN ('PENDING', 'EXECUTING'))
                    """
            ).map {
                try IdleCopy(
                    path: $0["path"], item: Self.item($0), survey: ID($0["survey"] as String))
            }
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
