import GRDB
public import GroundSegment
import Markup

/// What an operator did to a run, one of its payloads, pilots or the runner, and what came of it.
public struct OperatorEvent: Hashable, Sendable, Encodable {
    /// ISO 8601 in UTC.
    public let at: String
    public let by: String
    /// `cancel`, `hold`, `priority`, `drain` and so on.
    public let action: String
    /// Identifier of the run; `nil` where it was about none, or about one that is not known.
    @OrNull public internal(set) var run: String?
    /// Path or number of the payload as it was given; `nil` for the whole run.
    @OrNull public internal(set) var payload: String?
    /// The pilots that were told to end.
    public let pilots: [String]
    /// What was given as the reason.
    public let reason: String
    public let isDone: Bool
    /// What the runner answered.
    public let answer: String
}

extension OperatorEvent {
    /// Events as a table; of one run without its name.
    public static func text(_ events: [OperatorEvent], isOfOneRun: Bool = false) -> String {
        guard !events.isEmpty else { return "nothing" }
        return table(events, isOfOneRun: isOfOneRun).text
    }

    static func table(_ events: [OperatorEvent], isOfOneRun: Bool) -> TextTable {
        let head: [TextTable.Column] = ["WHEN", "WHO", "WHAT"]
        var table = TextTable(
            head + (isOfOneRun ? ["JOB"] : ["OF"]) + ["WHY", "WHAT CAME OF IT"])
        for event in events {
            table.add(
                "\(event.at.prefix(19))Z", event.by, event.action,
                isOfOneRun ? event.payload ?? "" : event.subject, event.reason, event.answer)
        }
        return table
    }

    /// What it was done to: `RUN`, `RUN/PATH`, names of pilots, or `runner`.
    public var subject: String {
        if let run { return payload.map { "\(run)/\($0)" } ?? run }
        if !pilots.isEmpty { return pilots.joined(separator: ", ") }
        return action == SiteAction.drain && payload == nil ? "runner" : payload ?? ""
    }
}

/// What an operator does to pilots, or to the runner itself.
struct SiteAction: Hashable, Sendable {
    static let drain = "drain"

    let at: MJD
    let by: String
    /// `nil` where it is done to the runner.
    let pilots: [String]?
    let reason: String
}

extension RunStore {
    /// What was done to a run, oldest first.
    ///
    /// - Parameter limit: only the newest of more.
    public func history(of run: ID<Run>, limit: Int = 200) async throws -> [OperatorEvent] {
        try await read { try Self.history(of: run, limit: limit, $0) }
    }

    /// - Parameter limit: only the newest of more.
    static func history(
        of run: ID<Run>, limit: Int = 200, _ database: Database
    ) throws -> [OperatorEvent] {
        // By the index on this very expression.
        try commands(
            database, "json_extract(answer, '$.run') = ?", [run.text], limit
        ).reversed()
    }

    /// What operators did at the site, to runs, pilots and the runner, the newest first.
    ///
    /// - Parameters:
    ///   - limit: how many of them.
    ///   - days: only those of so many last days.
    public func operatorEvents(
        limit: Int, days: Double? = nil, at now: MJD
    ) async throws -> [OperatorEvent] {
        let begin = days.map { now.days - $0 } ?? 0
        return try await read { database in
            let commands = try Self.commands(
                database, "answer IS NOT NULL AND given_at >= ?", [begin], limit)
            let actions = try Self.siteActions(since: begin, limit, database)
            return Array(
                (commands + actions).sorted { $0.at > $1.at }.prefix(limit))
        }
    }

    /// What operators did to pilots and to the runner, the newest first.
    public func drains(limit: Int) async throws -> [OperatorEvent] {
        try await read { try Self.siteActions(since: 0, limit, $0) }
    }

    /// A command without the graph in it, which may be large and tells nothing of what was done.
    private static let withoutGraphs =
        "json_replace(document, '$.submit.graph', '', '$.create.graph', '', '$.restart.graph', '')"

    private static func commands(
        _ database: Database, _ condition: String, _ arguments: StatementArguments, _ limit: Int
    ) throws -> [OperatorEvent] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT given_at, given_by, answer, \(withoutGraphs) AS document FROM inbox
                WHERE \(condition) ORDER BY sequence DESC LIMIT \(limit)
                """, arguments: arguments
        ).compactMap { row in
            guard
                let command: RunnerCommand = try? Document.value(
                    row["document"] as String, "command"),
                let answer: CommandAnswer = try? Document.value(row["answer"] as String, "answer")
            else { return nil }
            return OperatorEvent(
                at: MJD(row["given_at"]).exactISO8601, by: row["given_by"], action: command.name,
                run: answer.run, payload: command.payload, pilots: [], reason: command.reason,
                isDone: answer.isDone, answer: answer.message)
        }
    }

    private static func siteActions(
        since begin: Double, _ limit: Int, _ database: Database
    ) throws -> [OperatorEvent] {
        // A store that is only read may be of an earlier version.
        guard try database.tableExists("site_action") else { return [] }
        return try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM site_action WHERE done_at >= ? ORDER BY sequence DESC LIMIT \(limit)
                """, arguments: [begin]
        ).map { row in
            let names: [String]? = try (row["pilots"] as String?).map {
                try Document.value($0, "pilots")
            }
            let answer = names.map { "\($0.count) pilots take nothing more and end" }
            return OperatorEvent(
                at: MJD(row["done_at"]).exactISO8601, by: row["done_by"], action: row["action"],
                run: nil, payload: nil, pilots: names ?? [], reason: row["reason"], isDone: true,
                answer: answer ?? "the runner takes nothing more and ends")
        }
    }

    /// Keeps what an operator does to pilots or the runner.
    func note(_ action: SiteAction) async throws {
        let pilots = try action.pilots.map { try Document.text($0) }
        try await write { database in
            try database.execute(
                sql: """
                    INSERT INTO site_action (done_at, done_by, action, pilots, reason)
                    VALUES (?, ?, ?, ?, ?)
                    """,
                arguments: [action.at.days, action.by, SiteAction.drain, pilots, action.reason])
        }
    }
}

extension RunnerCommand {
    /// Why it was given; empty where nothing was said.
    fileprivate var reason: String {
        switch self {
        case .cancel(_, let reason), .hold(_, _, let reason), .settle(_, _, _, let reason): reason
        case .expecting(_, let command): command.reason
        default: ""
        }
    }
}
