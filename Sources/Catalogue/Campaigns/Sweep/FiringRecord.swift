import Campaigns
import PostgreSQL

/// Writes what rules have changed: the states at the end, each change an event.
///
/// A task's state is written change by change, for the database holds each against its table;
/// edges are written once.
struct FiringRecord {
    private let actor: String
    private let firings: [(firing: Firing, campaign: Int, task: Int)]

    /// - Returns: `nil` where no rule fired.
    init?(_ firings: [Firing], of campaigns: [CampaignRows.Found], by actor: String) {
        guard !firings.isEmpty else { return nil }
        var keys: [TaskKey: (campaign: Int, task: Int)] = [:]
        for found in campaigns {
            for (task, key) in zip(found.stored.tasks, found.taskKeys) {
                keys[task.vector.key] = (found.key, key)
            }
        }
        self.actor = actor
        self.firings = firings.compactMap { firing in
            keys[firing.key].map { (firing, $0.campaign, $0.task) }
        }
    }

    func write(on connection: isolated Connection) throws {
        try writeEdges(on: connection)
        try writeTasks(on: connection)
        let (actor, firings) = (actor, firings)
        try connection.copy(
            into: "sgs.campaign_event",
            columns: [
                "campaign", "campaign_task", "data_set", "event", "is_command", "from_state",
                "to_state", "actor",
            ]
        ) { writer in
            for entry in firings {
                try writer.write(
                    entry.campaign, entry.task, entry.firing.data?.text, entry.firing.rule,
                    false, entry.firing.from, entry.firing.change.name, actor)
            }
        }
    }

    /// The tasks' states, a round of the sweep at a time.
    private func writeTasks(on connection: isolated Connection) throws {
        let changes = firings.filter { if case .task = $0.firing.change { true } else { false } }
        for (_, round) in Dictionary(grouping: changes, by: \.firing.round)
            .sorted(by: { $0.key < $1.key })
        {
            try connection.query(
                """
                UPDATE sgs.campaign_task t SET state = u.state
                FROM unnest($1::bigint[], $2::text[]) u (campaign_task, state)
                WHERE t.campaign_task = u.campaign_task
                """, round.map(\.task), round.map(\.firing.change.name))
        }
    }

    private func writeEdges(on connection: isolated Connection) throws {
        struct Edge: Hashable {
            let task: Int
            let data: String
        }
        var inputs: [Edge: String] = [:]
        var outputs: [Edge: String] = [:]
        for entry in firings {
            let edge = Edge(task: entry.task, data: entry.firing.data?.text ?? "")
            switch entry.firing.change {
            case .input(let state): inputs[edge] = state.rawValue
            case .output(let state): outputs[edge] = state.rawValue
            case .task: break
            }
        }
        for (edges, end, column) in [
            (inputs, "consumer", "input_state"), (outputs, "producer", "output_state"),
        ] where !edges.isEmpty {
            let all = Array(edges)
            try connection.query(
                """
                UPDATE sgs.campaign_edge e SET \(column) = u.state
                FROM unnest($1::bigint[], $2::text[], $3::text[]) u (task, data_set, state)
                WHERE e.\(end) = u.task AND e.data_set = u.data_set
                """, all.map(\.key.task), all.map(\.key.data), all.map(\.value))
        }
    }
}
