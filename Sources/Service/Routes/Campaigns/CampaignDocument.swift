import Campaigns
public import Catalogue
public import Documents
import GroundSegment

extension StoredCampaign {
    /// The campaign with its tasks, the same for the command line and for the service.
    public var json: JSONValue {
        [
            "name": .text(campaign.id.text), "survey": .text(survey.text),
            "title": .text(campaign.title), "share": .real(campaign.share),
            "priority": .integer(campaign.priority),
            "approved_at": approvedAt.map { .text($0.iso8601) } ?? .null,
            "author": .text(author), "created_at": .text(createdAt.iso8601),
            "tasks": .list(tasks.map { $0.json }),
        ]
    }

    /// Nodes with their states, and edges.
    public var graphJSON: JSONValue {
        [
            "name": .text(campaign.id.text),
            "nodes": .list(
                tasks.map { ["name": .text($0.id.text), "state": .text($0.state.rawValue)] }),
            "edges": .list(
                campaign.graph.edges.map {
                    [
                        "from": .text("\($0.from)"), "data": .text($0.data.text),
                        "to": .text("\($0.to)"),
                    ]
                }),
        ]
    }
}

extension CampaignSummary {
    /// How far it is, without its tasks.
    var json: JSONValue {
        [
            "name": .text(id.text), "survey": .text(survey.text), "title": .text(title),
            "share": .real(share), "priority": .integer(priority),
            "approved_at": approvedAt.map { .text($0.iso8601) } ?? .null,
            "author": .text(author), "created_at": .text(createdAt.iso8601),
            "held": .integer(held), "failed": .integer(failed),
            "task_states": .object(
                TaskState.allCases.compactMap { state in
                    tasks[state].map { .init(name: state.rawValue, value: .integer($0)) }
                }),
            "jobs": .object(OrderState.members { jobs[$0] ?? 0 }),
        ]
    }
}

extension OrderState {
    /// A count of each state but the withdrawn.
    fileprivate static func members(_ count: (OrderState) -> Int) -> [JSONValue.Member] {
        allCases.filter { $0 != .withdrawn }.map { state in
            JSONValue.Member(name: state.rawValue.lowercased(), value: .integer(count(state)))
        }
    }
}

extension StoredCampaign.Task {
    /// Where it is, why, and its jobs by state.
    public var json: JSONValue {
        [
            "task": .text("\(vector.key)"), "title": .text(title), "pipeline": .text(pipeline),
            "state": .text(state.rawValue), "standing": .text(state.standing.rawValue),
            "changed_at": .text(changedAt.iso8601), "reason": .text(TaskReason(self).text),
            "jobs": .object(OrderState.members { jobs[$0] ?? 0 }),
            "undefined": .integer(undefined),
            "inputs": .list(
                vector.inputs.map {
                    [
                        "data": .text($0.data.text), "state": .text($0.state.rawValue),
                        "expected": .integer($0.expected), "available": .integer($0.available),
                    ]
                }),
            "outputs": .list(
                vector.outputs.map {
                    ["data": .text($0.data.text), "state": .text($0.state.rawValue)]
                }),
        ]
    }
}

extension CampaignEvent {
    /// What happened, who did it and why.
    public var json: JSONValue {
        [
            "task": task.map { .text($0.text) } ?? .null,
            "data": data.map { .text($0.text) } ?? .null, "event": .text(name),
            "is_command": .boolean(isCommand), "from": from.map { .text($0) } ?? .null,
            "to": to.map { .text($0) } ?? .null,
            "actor": .text(actor), "comment": .text(comment), "at": .text(instant.iso8601),
        ]
    }
}
