import Campaigns
import Catalogue
import Documents
import GroundSegment

/// Why a task is where it is, and where its jobs are.
struct TaskWhy {
    let task: StoredCampaign.Task
    /// `nil` in the daily processing.
    let places: TaskPlaces?
    let errors: [JobError]

    var json: JSONValue {
        let reason = TaskReason(task)
        return [
            "task": .text("\(task.vector.key)"), "state": .text(task.state.rawValue),
            "reason": .text(reason.text), "commands": .list(reason.commands.map(\.rawValue)),
            "request": task.estimate.map {
                [
                    "memory_MiB": .integer($0.memoryPerCore), "walltime_s": .real($0.walltime),
                    "work_MiB": JSONValue($0.disk),
                    "measured": .integer(task.measured),
                ]
            } ?? .null,
            "placed": .list(
                (places?.placed ?? []).map {
                    [
                        "sdc": JSONValue($0.sdc?.text), "reason": JSONValue($0.reason),
                        "jobs": .integer($0.jobs),
                    ]
                }),
            "weights": .list(
                (places?.weights ?? []).map {
                    [
                        "sdc": .text($0.sdc.text), "running": .integer($0.running),
                        "queued": .integer($0.queued), "many_assigned": .real($0.manyAssigned),
                        "load": .real($0.load), "availability": .real($0.availability),
                        "network": .real($0.network), "free": .real($0.freeCapacity),
                        "weight": .real($0.weight), "exclusion": JSONValue($0.exclusion),
                    ]
                }),
            "errors": .list(
                errors.map {
                    [
                        "order": .text($0.order.text), "sdc": .text($0.sdc.text),
                        "message": .text($0.message), "verdict": JSONValue($0.verdict),
                        "attempts": .integer($0.attempts),
                    ]
                }),
        ]
    }

    var lines: [String] {
        let reason = TaskReason(task)
        var lines = [reason.text, "may be given now: " + reason.commandList]
        if let request = task.estimate {
            lines.append(
                "jobs ask for \(request.memoryPerCore) MiB for each core and"
                    + " \(Int(request.walltime)) s, as \(task.measured) jobs were measured")
        }
        for error in errors {
            lines.append(
                "failed: \(error.order) at \(error.sdc), attempt \(error.attempts):"
                    + " \(error.message)" + (error.verdict.map { "; given up: \($0)" } ?? ""))
        }
        for placed in places?.placed ?? [] {
            lines.append(
                placed.sdc.map { "\(placed.jobs) jobs at \($0)" + Self.tail(placed.reason) }
                    ?? "\(placed.jobs) jobs without an order" + Self.tail(placed.reason))
        }
        return lines + (places?.weights.map(\.description) ?? [])
    }

    private static func tail(_ reason: String?) -> String { reason.map { ": \($0)" } ?? "" }
}
