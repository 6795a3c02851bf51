import GRDB
public import GroundSegment
import Workflows

extension RunStore {
    /// The runs that a filter admits, oldest first.
    ///
    /// - Parameters:
    ///   - sdc: whose store this is.
    ///   - now: by this the filter's days are counted.
    ///   - isWhole: whether attempts, outputs and tags are read, too.
    public func facts(
        of sdc: ID<SDC>, _ filter: RunFilter = RunFilter(), at now: MJD, isWhole: Bool = false
    ) async throws -> [RunFacts] {
        try await read { database in
            var graphs: [Int64: Graph] = [:]
            let (condition, arguments) = Self.condition(filter, now)
            return try Row.fetchAll(
                database,
                sql: """
                    SELECT r.*, (SELECT digest FROM graph g WHERE g.number = r.graph) AS digest
                    FROM run r WHERE \(condition) ORDER BY taken_at, number
                    """, arguments: arguments
            ).compactMap { row in
                let origin = try RunOrigin(
                    kind: row["origin"], document: row["origin_document"], row["id"])
                guard filter.admits(origin) else { return nil }
                var facts = RunFacts(
                    sdc: sdc, run: try Self.run(row, &graphs, database),
                    ended: (row["ended_at"] as Double?).map { MJD($0) }, graphDigest: row["digest"])
                if isWhole { try Self.complete(&facts, database) }
                return facts
            }
        }
    }

    /// Numbers of the runs that a filter admits, oldest first.
    func numbers(of filter: RunFilter, at now: MJD) async throws -> [Int64] {
        try await read { database in
            let (condition, arguments) = Self.condition(filter, now)
            return try Row.fetchAll(
                database,
                sql: """
                    SELECT number, origin, origin_document, id FROM run WHERE \(condition)
                    ORDER BY number
                    """, arguments: arguments
            ).filter { row in
                filter.admits(
                    try RunOrigin(kind: row["origin"], document: row["origin_document"], row["id"]))
            }.map { $0["number"] }
        }
    }

    private static func condition(_ filter: RunFilter, _ now: MJD) -> (String, StatementArguments) {
        var conditions = ["TRUE"]
        var arguments: [(any DatabaseValueConvertible)?] = []
        if let name = filter.name {
            conditions.append("(id = ? OR number = ?)")
            arguments += [name, Int64(name) ?? 0]
        }
        if !filter.states.isEmpty {
            let marks = filter.states.map { _ in "?" }.joined(separator: ", ")
            conditions.append("state IN (\(marks))")
            arguments += filter.states.map(\.rawValue)
        }
        if let pipeline = filter.pipeline {
            conditions.append("pipeline = ?")
            arguments.append(pipeline)
        }
        if let days = filter.days {
            conditions.append("(ended_at IS NULL OR ended_at >= ?)")
            arguments.append(now.days - days)
        }
        return (conditions.joined(separator: " AND "), StatementArguments(arguments))
    }

    /// - Parameter payload: only what it left, where it is named.
    static func complete(
        _ facts: inout RunFacts, payload: Int? = nil, _ database: Database
    ) throws {
        let run = facts.run.number
        if facts.run.queued != nil || facts.run.isDraft {
            facts.needing = try needing(run, database)
        }
        facts.attempts = try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM attempt WHERE run = ?1 AND (?2 IS NULL OR payload = ?2)
                ORDER BY payload, number
                """, arguments: [run, payload]
        ).map(Self.attempt)
        if payload == nil {
            facts.outputs = try outputs(of: run, database)
            facts.history = try history(of: facts.run.id, database)
        }
        facts.hosts = try hosts(of: run, payload: payload, database)
        facts.tags = try Row.fetchAll(
            database,
            sql: "SELECT payload, name, value FROM tag WHERE run = ? ORDER BY payload, name",
            arguments: [run]
        ).map { row in
            let payload: Int = row["payload"]
            return TagFacts(
                payload: payload < 0 ? nil : payload, name: row["name"], value: row["value"])
        }
    }

    private static func attempt(_ row: Row) throws -> AttemptFacts {
        AttemptFacts(
            payload: row["payload"], number: row["number"],
            outcome: .init(rawValue: row["outcome"]) ?? .failed, cores: row["cores"],
            memory: row["memory_mib"], walltime: row["walltime_s"], exitCode: row["exit_code"],
            started: MJD(row["started_at"]), ended: MJD(row["ended_at"]),
            userSeconds: row["user_seconds"], systemSeconds: row["system_seconds"],
            peakProcess: row["peak_kib"], peakTree: row["tree_kib"],
            peakVirtual: row["virtual_kib"], readBytes: row["read_bytes"],
            writtenBytes: row["written_bytes"], message: row["message"])
    }

    /// The samples of an attempt, in the order of time.
    func samples(of run: Int64, payload: Int, attempt: Int) async throws -> [SampleFacts] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM sample WHERE run = ? AND payload = ? AND attempt = ?
                    ORDER BY time
                    """, arguments: [run, payload, attempt]
            ).map { row in
                SampleFacts(
                    time: MJD(posixSeconds: row["time"]), cpuSeconds: row["cpu_seconds"],
                    residentKiB: row["resident_kib"], virtualKiB: row["virtual_kib"],
                    readBytes: row["read_bytes"], writtenBytes: row["written_bytes"])
            }
        }
    }
}
