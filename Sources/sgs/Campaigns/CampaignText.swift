import Campaigns
import Catalogue
import GroundSegment
import Service
import Markup

/// Campaigns as a terminal shows them.
struct CampaignText {
    let campaign: StoredCampaign

    var lines: [String] {
        let found = campaign.campaign
        var lines = [
            "campaign   \(found.id) of survey \(campaign.survey)"
                + (found.title.isEmpty ? "" : ": \(found.title)"),
            "state      " + (campaign.approvedAt.map { "approved at \($0)" } ?? "not approved"),
            "share      \(found.share), priority \(found.priority)",
            "made       at \(campaign.createdAt) by \(campaign.author)", "",
        ]
        lines += Self.table(campaign.tasks, named: false).lines
        return lines
    }

    /// An edge a line: who makes it, what it is, who reads it.
    var edges: [String] {
        TextTable(
            [.left("from"), .left("data"), .left("to")],
            rows: campaign.campaign.graph.edges.map {
                ["\($0.from)", $0.data.text, "\($0.to)"]
            }
        ).lines
    }

    /// For Graphviz, with each task's state.
    var dot: String {
        var lines = ["digraph \"\(campaign.campaign.id)\" {", "  rankdir=LR;"]
        for task in campaign.tasks {
            lines.append(
                "  \"\(task.id)\" [shape=box, label=\"\(task.id)\\n\(task.state.rawValue)\"];")
        }
        lines += campaign.campaign.graph.edges.map {
            "  \"\($0.from)\" -> \"\($0.to)\" [label=\"\($0.data)\"];"
        }
        return (lines + ["}"]).joined(separator: "\n")
    }

    static func table(_ campaigns: [StoredCampaign]) -> TextTable {
        TextTable(
            [
                .left("campaign"), .left("survey"), .left("approved"), .right("share"),
                .right("tasks"), .right("held"), .right("jobs"), .right("completed"),
                .right("failed"),
            ],
            rows: campaigns.map { found in
                let failed = (found.jobs[.error] ?? 0) + (found.jobs[.aborted] ?? 0)
                return [
                    found.campaign.id.text, found.survey.text,
                    found.approvedAt.map { "\($0)" } ?? "no", "\(found.campaign.share)",
                    "\(found.tasks.count)",
                    "\(found.tasks.count { $0.state.standing == .held })",
                    "\(found.jobs.values.reduce(0, +))", "\(found.jobs[.completed] ?? 0)",
                    "\(failed)",
                ]
            })
    }

    /// - Parameter named: whether the campaign stands before each task's name.
    static func table(_ tasks: [StoredCampaign.Task], named: Bool) -> TextTable {
        let shown = named ? tasks.sorted { rank($0) < rank($1) } : tasks
        return TextTable(
            [
                .left("task"), .left("state"), .right("jobs"), .right("waiting"),
                .right("running"), .right("completed"), .right("failed"), .left("why"),
            ],
            rows: shown.map { task in
                let failed = (task.jobs[.error] ?? 0) + (task.jobs[.aborted] ?? 0)
                let reason = TaskReason(task).text.split(separator: ": ", maxSplits: 1).last
                return [
                    named ? "\(task.vector.key)" : task.id.text, task.state.rawValue,
                    "\(task.jobs.values.reduce(0, +) + task.undefined)",
                    "\((task.jobs[.allocated] ?? 0) + task.undefined)",
                    "\(task.jobs[.executing] ?? 0)", "\(task.jobs[.completed] ?? 0)", "\(failed)",
                    String(reason ?? ""),
                ]
            })
    }

    /// What somebody has to do something about comes first.
    private static func rank(_ task: StoredCampaign.Task) -> Int {
        let order: [TaskState.Standing] = [.held, .changing, .working, .waiting, .ended]
        return order.firstIndex(of: task.state.standing) ?? order.count
    }

    static func table(_ events: [CampaignEvent]) -> TextTable {
        TextTable(
            [
                .left("at"), .left("task"), .left("what"), .left("from"), .left("to"),
                .left("by"), .left("why"),
            ],
            rows: events.map { event in
                [
                    "\(event.instant)", event.task?.text ?? "",
                    event.data.map { "\(event.name) (\($0))" } ?? event.name, event.from ?? "",
                    event.to ?? "", event.actor, event.comment,
                ]
            })
    }
}

extension TaskChange {
    /// What was done, on one line.
    func text(isDryRun: Bool) -> String {
        var orders: [String] = []
        func add(_ count: Int, _ what: String) {
            if count > 0 { orders.append("\(count) \(count == 1 ? "order" : "orders") \(what)") }
        }
        add(withdrawn, "withdrawn")
        add(stopped, "asked to stop")
        add(retried, "allocated again")
        add(moved, "moved to the other SDC")
        let tail = orders.isEmpty ? "" : "; " + orders.joined(separator: ", ")
        return "\(key): \(command.rawValue), \(from.rawValue) -> \(to.rawValue)\(tail)"
            + (isDryRun ? " (nothing was done)" : "")
    }
}
