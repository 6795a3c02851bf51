import Markup

/// A run or a payload in the manager's list, in the columns of brownthrower's.
public struct ManagedJob: Hashable, Sendable, Encodable {
    /// A run's number, or that with the payload's path.
    public let id: String
    /// What holds it: the run, or the payload that it is a part of.
    @OrNull public internal(set) var superId: String?
    /// The pipeline, or the program.
    public let name: String
    public let status: String
    /// ISO 8601 in UTC.
    public let created: String
    /// When its run was submitted.
    @OrNull public internal(set) var queued: String?
    /// When it first began, and last ended.
    @OrNull public internal(set) var started: String?
    @OrNull public internal(set) var ended: String?

    private enum CodingKeys: String, CodingKey {
        case id
        case superId = "super_id"
        case name, status, created, queued, started, ended
    }

    /// A run and its payloads.
    ///
    /// - Parameter facts: read whole.
    public static func rows(_ facts: RunFacts, _ filters: [JobFilter] = []) -> [ManagedJob] {
        let (run, life) = (facts.run, facts.life)
        let created = run.taken.exactISO8601
        let queued = run.queued?.exactISO8601
        let attempts = Dictionary(grouping: facts.attempts, by: \.payload)
        let first = facts.attempts.map(\.started).min()
        var rows = [
            ManagedJob(
                id: "\(run.number)", superId: nil, name: life.graph.name,
                status: life.state.rawValue, created: created, queued: queued,
                started: first?.exactISO8601, ended: facts.ended?.exactISO8601)
        ]
        for number in 0..<life.count where life.isCounted(number) {
            let own = attempts[number] ?? []
            let holder = life.container(of: number).map { "/\(life.path($0))" } ?? ""
            rows.append(
                ManagedJob(
                    id: "\(run.number)/\(life.path(number))", superId: "\(run.number)\(holder)",
                    name: life.node(number).executable?.name ?? life.node(number).id,
                    status: life[number].state.rawValue, created: created, queued: queued,
                    started: own.map(\.started).min()?.exactISO8601,
                    ended: life[number].state.isFinal
                        ? own.map(\.ended).max()?.exactISO8601 : nil))
        }
        return rows.filter { row in filters.allSatisfy { $0.admits(row) } }
    }

    public static func text(_ rows: [ManagedJob]) -> String {
        var table = TextTable(
            "ID", "SUPER_ID", "NAME", "STATUS", "CREATED", "QUEUED", "STARTED", "ENDED")
        for row in rows {
            table.add(
                row.id, row.superId ?? "", row.name, row.status, row.created, row.queued ?? "",
                row.started ?? "", row.ended ?? "")
        }
        return table.text
    }
}
