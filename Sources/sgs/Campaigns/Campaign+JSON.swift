import Campaigns
import Catalogue
import Documents
import GroundSegment

extension StoredCampaign {
    var json: JSONValue {
        [
            "name": .text(campaign.id.text), "survey": .text(survey.text),
            "title": .text(campaign.title), "share": .real(campaign.share),
            "priority": .integer(campaign.priority), "approved_at": JSONValue(approvedAt),
            "author": .text(author), "created_at": JSONValue(createdAt),
            "tasks": .list(tasks.map { $0.json }),
        ]
    }

    /// Nodes with their states, and edges.
    var graphJSON: JSONValue {
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

extension StoredCampaign.Task {
    var json: JSONValue {
        [
            "task": .text("\(vector.key)"), "title": .text(title), "pipeline": .text(pipeline),
            "state": .text(state.rawValue), "standing": .text(state.standing.rawValue),
            "changed_at": JSONValue(changedAt), "reason": .text(TaskReason(self).text),
            "jobs": .object(
                OrderState.allCases.filter { $0 != .withdrawn }.map { state in
                    JSONValue.Member(
                        name: state.rawValue.lowercased(), value: .integer(jobs[state] ?? 0))
                }),
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
    var json: JSONValue {
        [
            "task": JSONValue(task?.text), "data": JSONValue(data?.text), "event": .text(name),
            "is_command": .boolean(isCommand), "from": JSONValue(from), "to": JSONValue(to),
            "actor": .text(actor), "comment": .text(comment), "at": JSONValue(instant),
        ]
    }
}

extension TaskChange {
    func json(isDryRun: Bool) -> JSONValue {
        [
            "task": .text("\(key)"), "command": .text(command.rawValue),
            "from": .text(from.rawValue), "to": .text(to.rawValue),
            "withdrawn": .integer(withdrawn), "stopped": .integer(stopped),
            "retried": .integer(retried), "moved": .integer(moved),
            "dry_run": .boolean(isDryRun),
        ]
    }
}
