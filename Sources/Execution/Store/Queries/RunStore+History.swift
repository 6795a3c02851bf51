import GRDB
public import GroundSegment

/// What an operator did to a run or one of its payloads, and what came of it.
public struct OperatorEvent: Hashable, Sendable, Encodable {
    /// ISO 8601 in UTC.
    public let at: String
    public let by: String
    /// `cancel`, `hold`, `priority` and so on.
    public let action: String
    /// Path or number of the payload as it was given; `nil` for the whole run.
    @OrNull public internal(set) var payload: String?
    /// What was given as the reason.
    public let reason: String
    public let isDone: Bool
    /// What the runner answered.
    public let answer: String
}

extension RunStore {
    /// What was done to a run, oldest first.
    ///
    /// - Parameter limit: only the newest of more.
    public func history(of run: ID<Run>, limit: Int = 200) async throws -> [OperatorEvent] {
        let rows = try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT given_at, given_by, document, answer FROM inbox
                    WHERE json_extract(answer, '$.run') = ? ORDER BY sequence DESC LIMIT ?
                    """, arguments: [run.text, limit]
            ).map { row -> (MJD, String, String, String) in
                (MJD(row["given_at"]), row["given_by"], row["document"], row["answer"])
            }
        }
        return rows.reversed().compactMap { at, by, document, answer in
            guard let command: RunnerCommand = try? Document.value(document, "command"),
                let answer: CommandAnswer = try? Document.value(answer, "answer")
            else { return nil }
            return OperatorEvent(
                at: at.exactISO8601, by: by, action: command.name, payload: command.payload,
                reason: command.reason, isDone: answer.isDone, answer: answer.message)
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
