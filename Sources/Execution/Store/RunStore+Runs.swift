import Digests
import Foundation
import GRDB
import GroundSegment
import Workflows

extension RunStore {
    /// Remembers a new run of an order or submission; `nil` where an earlier run of it is not over.
    ///
    /// An order that was reported and comes again was sent back by an operator: its run counts
    /// one more.  One whose report has not been sent yet is over as far as this runner can do.
    ///
    /// - Parameter draft: the description of a run that is not submitted yet.
    func begin(
        _ origin: RunOrigin, _ pipeline: Pipeline, at now: MJD, draft: String? = nil
    ) async throws -> Run? {
        try await write { database in
            let kind = origin.kind
            let last = try Row.fetchOne(
                database,
                sql: """
                    SELECT attempt, state, EXISTS (
                        SELECT 1 FROM outbox WHERE run = number AND kind = 'report' AND sent = 0) AS waits
                    FROM run WHERE origin = ? AND origin_id = ? ORDER BY attempt DESC LIMIT 1
                    """, arguments: [kind, origin.identifier])
            if let last {
                let state: String = last["state"]
                let isOver = RunState(rawValue: state)?.isFinal ?? false
                if !isOver || last["waits"] || kind != "order" { return nil }
            }
            let removed = try Int.fetchOne(
                database,
                sql: "SELECT max(attempt) FROM removed_run WHERE origin = ? AND origin_id = ?",
                arguments: [kind, origin.identifier])
            let attempt = max(last?["attempt"] ?? 0, removed ?? 0) + 1
            let graph = try Self.number(ofGraph: pipeline.document, database)
            var run = Run(
                number: try Self.freeNumber(database),
                id: try Self.freeName(pipeline.graph.name, now, database),
                origin: origin, attempt: attempt, taken: now, life: RunLife(graph: pipeline.graph))
            if let draft {
                run.isDraft = true
                run.description = draft
                _ = try run.life.apply(.hold(nil, Run.draftReason), at: now)
            } else {
                run.queued = now
            }
            let record = run.life.record
            try database.execute(
                sql: """
                    INSERT INTO run (number, id, origin, origin_document, origin_id, attempt,
                        pipeline, graph, state, held_from, message, priority, taken_at, is_draft,
                        queued_at, description)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    run.number, run.id.text, kind, try origin.document, origin.identifier, attempt,
                    pipeline.graph.name, graph, record.state.rawValue, record.heldFrom?.rawValue,
                    record.message, 0, now.days, run.isDraft, run.queued?.days, run.description,
                ])
            return run
        }
    }

    /// A number that no run has or had.
    private static func freeNumber(_ database: Database) throws -> Int64 {
        let last = try Int64.fetchOne(
            database,
            sql: """
                SELECT max(coalesce((SELECT max(number) FROM run), 0),
                    coalesce((SELECT max(number) FROM removed_run), 0))
                """)
        return (last ?? 0) + 1
    }

    /// The run of a submission of this identifier; `nil` where there is none.
    func run(ofSubmission id: String) async throws -> Run? {
        let name = try await read { database in
            try String.fetchOne(
                database,
                sql: """
                    SELECT id FROM run WHERE origin = 'submission' AND origin_id = ?
                    ORDER BY attempt DESC LIMIT 1
                    """, arguments: [id])
        }
        guard let name else { return nil }
        return try await run(named: name)
    }

    /// A run's name of this moment that no other run has.
    private static func freeName(_ pipeline: String, _ now: MJD, _ database: Database) throws
        -> ID<Run>
    {
        var instant = now
        while true {
            let name = Run.name(pipeline: pipeline, at: instant)
            let isTaken = try Bool.fetchOne(
                database,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM run WHERE id = ?1)
                        OR EXISTS (SELECT 1 FROM removed_run WHERE id = ?1)
                    """, arguments: [name.text])
            if isTaken != true { return name }
            instant = MJD(posixSeconds: instant.posixSeconds + 2e-6)
        }
    }

    static func number(ofGraph document: String, _ database: Database) throws -> Int64 {
        let digest = SHA256Digest.hex(of: Data(document.utf8))
        try database.execute(
            sql: "INSERT INTO graph (digest, document) VALUES (?, ?) ON CONFLICT DO NOTHING",
            arguments: [digest, document])
        return try Int64.fetchOne(
            database, sql: "SELECT number FROM graph WHERE digest = ?", arguments: [digest]) ?? 0
    }

    /// The runs that are not over, oldest first.
    func unfinished() async throws -> [Run] {
        try await read { database in
            var graphs: [Int64: Graph] = [:]
            return try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM run WHERE state IN ('PENDING', 'EXECUTING', 'HELD')
                    ORDER BY taken_at, number
                    """
            ).map { try Self.run($0, &graphs, database) }
        }
    }

    /// The orders whose run is not over, or has not been told yet.
    func openOrders() async throws -> Set<ID<ProcessingOrder>> {
        try await read { database in
            let ids = try String.fetchAll(
                database,
                sql: """
                    SELECT origin_id FROM run WHERE origin = 'order'
                        AND (state IN ('PENDING', 'EXECUTING', 'HELD') OR number IN (
                            SELECT run FROM outbox WHERE kind = 'report' AND sent = 0))
                    """)
            return Set(ids.map { ID($0) })
        }
    }

    /// The run of this name or number; `nil` where there is none.
    func run(named name: String) async throws -> Run? {
        try await read { database in
            var graphs: [Int64: Graph] = [:]
            return try Row.fetchOne(
                database, sql: "SELECT * FROM run WHERE id = ? OR number = ?",
                arguments: [name, Int64(name) ?? 0]
            ).map { try Self.run($0, &graphs, database) }
        }
    }

    static func run(
        _ row: Row, _ graphs: inout [Int64: Graph], _ database: Database
    ) throws -> Run {
        let number: Int64 = row["number"]
        let id: String = row["id"]
        guard let state = RunState(rawValue: row["state"]) else {
            throw ExecutionError(.store, "run \(id) has no known state")
        }
        let place: Int64 = row["graph"]
        let graph = try graphs[place] ?? Self.graph(place, database)
        graphs[place] = graph
        let life = try RunLife(
            graph: graph,
            restored: RunRecord(
                state: state,
                heldFrom: (row["held_from"] as String?).flatMap(RunState.init(rawValue:)),
                stopReason: row["stop_reason"], returnCode: row["return_code"],
                isPartial: row["is_partial"], priority: row["priority"], message: row["message"],
                expansions: try expansions(of: number, database),
                payloads: try payloads(of: number, database)))
        var run = Run(
            number: number, id: ID(id),
            origin: try RunOrigin(kind: row["origin"], document: row["origin_document"], id),
            attempt: row["attempt"], taken: MJD(row["taken_at"]), life: life,
            inputs: try inputs(of: number, database), scouts: try scouts(of: number, database))
        // A store that no runner of this release has opened yet is only read.
        guard row.hasColumn("is_draft") else { return run }
        run.isDraft = row["is_draft"]
        run.queued = (row["queued_at"] as Double?).map { MJD($0) }
        run.description = row["description"]
        run.needs = try needs(of: number, database)
        return run
    }

    private static func scouts(of run: Int64, _ database: Database) throws -> [String: Scouts] {
        // A store that is only read may be of an earlier version.
        guard try database.tableExists("scouts") else { return [:] }
        let rows = try Row.fetchAll(
            database, sql: "SELECT label, document FROM scouts WHERE run = ?", arguments: [run])
        return Dictionary(
            try rows.map { row in
                let text: String = row["document"]
                return (row["label"], try Document.value(text, "scouts of run \(run)"))
            }, uniquingKeysWith: { first, _ in first })
    }

    static func graph(_ number: Int64, _ database: Database) throws -> Graph {
        guard
            let document = try String.fetchOne(
                database, sql: "SELECT document FROM graph WHERE number = ?", arguments: [number])
        else { throw ExecutionError(.store, "there is no graph \(number)") }
        do {
            return try Graph(document: document, file: "graph \(number)")
        } catch {
            throw ExecutionError(.store, error.description, diagnostics: error.diagnostics)
        }
    }

    private static func expansions(of run: Int64, _ database: Database) throws -> [Expansion] {
        try String.fetchAll(
            database, sql: "SELECT document FROM expansion WHERE run = ? ORDER BY sequence",
            arguments: [run]
        ).map { text in
            let document: ExpansionDocument = try Document.value(text, "expansion of run \(run)")
            return document.expansion
        }
    }

    private static func payloads(of run: Int64, _ database: Database) throws -> [Int: PayloadLife] {
        var lives: [Int: PayloadLife] = [:]
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT number, state, attempts, failures, losses, message, more
                FROM payload WHERE run = ? ORDER BY number
                """, arguments: [run])
        while let row = try rows.next() {
            guard let state = PayloadState(rawValue: row[1]) else {
                throw ExecutionError(.store, "a payload of run \(run) has no known state")
            }
            let details: PayloadDetails? = try (row[6] as String?).map {
                try Document.value($0, "payload of run \(run)")
            }
            lives[row[0]] = PayloadLife(
                state: state, attempts: row[2], failures: row[3], losses: row[4], message: row[5],
                details: details)
        }
        return lives
    }

    /// The largest fencing token that was ever given out.
    func lastToken() async throws -> Int64 {
        try await read { database in
            try Int64.fetchOne(database, sql: "SELECT value FROM counter WHERE name = 'token'") ?? 0
        }
    }
}

extension RunOrigin {
    var kind: String {
        switch self {
        case .order: "order"
        case .submission: "submission"
        case .parent: "parent"
        }
    }

    var priority: Int {
        switch self {
        case .order(let order): order.priority
        case .submission(let submission), .parent(_, _, let submission): submission.priority
        }
    }

    private struct Parent: Codable {
        let run: String
        let payload: String
        let submission: Submission
    }

    var document: String {
        get throws {
            switch self {
            case .order(let order): try Document.text(OrderDocument(order))
            case .submission(let submission): try Document.text(submission)
            case .parent(let run, let payload, let submission):
                try Document.text(Parent(run: run.text, payload: payload, submission: submission))
            }
        }
    }

    init(kind: String, document: String, _ run: String) throws {
        switch kind {
        case "order":
            let order: OrderDocument = try Document.value(document, "order of \(run)")
            self = .order(order.order)
        case "submission":
            self = .submission(try Document.value(document, "submission of \(run)"))
        default:
            let parent: Parent = try Document.value(document, "parent of \(run)")
            self = .parent(ID(parent.run), payload: parent.payload, parent.submission)
        }
    }
}
