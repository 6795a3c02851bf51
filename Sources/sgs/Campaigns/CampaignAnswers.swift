import Campaigns
import Catalogue
import Documents
import GroundSegment
import Markup

extension CampaignApproval {
    func json(_ campaign: String, isDryRun: Bool, seconds: Double) -> JSONValue {
        [
            "campaign": .text(campaign), "jobs": .integer(jobs), "defined": .integer(defined),
            "unplaced": .integer(unplaced), "seconds": .real(seconds),
            "dry_run": .boolean(isDryRun),
            "tasks": .list(
                tasks.map { task in
                    [
                        "task": .text(task.task.text), "state": .text(task.state.rawValue),
                        "jobs": .integer(task.jobs),
                        "orders": .object(
                            task.orders.sorted { $0.key < $1.key }.map {
                                JSONValue.Member(name: $0.key.text, value: .integer($0.value))
                            }),
                    ]
                }),
        ]
    }

    func lines(isDryRun: Bool, seconds: Double) -> [String] {
        let table = TextTable(
            [.left("task"), .left("state"), .right("jobs"), .right("orders"), .left("at")],
            rows: tasks.map { task in
                [
                    task.task.text, task.state.rawValue, "\(task.jobs)",
                    "\(task.orders.values.reduce(0, +))",
                    task.orders.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                        .joined(separator: ", "),
                ]
            })
        let rate = defined > 0 && seconds > 0 ? ", \(Int(Double(defined) / seconds)) a second" : ""
        let open = unplaced > 0 ? "; no SDC can take \(unplaced) jobs now" : ""
        return table.lines + [
            "",
            "\(jobs) jobs, \(defined) orders \(isDryRun ? "would be made" : "made")\(rate)\(open)",
        ]
    }
}

extension CampaignStore.SweepResult {
    var json: JSONValue {
        [
            "tasks": .integer(tasks), "looked_at": .integer(vectors.count),
            "firings": .list(
                firings.map {
                    [
                        "task": .text("\($0.key)"), "rule": .text($0.rule),
                        "data": JSONValue($0.data?.text), "from": .text($0.from),
                        "to": .text($0.change.name), "round": .integer($0.round),
                    ]
                }),
            "jobs": [
                "added": .integer(jobs.added), "defined": .integer(jobs.defined),
                "lost": .integer(jobs.lost), "decided": .integer(jobs.decided),
                "given_up": .integer(jobs.givenUp), "unplaced": .integer(jobs.unplaced),
            ],
        ]
    }

    func lines(isDryRun: Bool) -> [String] {
        var done: [String] = []
        func add(_ count: Int, _ what: String) {
            if count > 0 { done.append("\(count) \(what)") }
        }
        add(jobs.added, "jobs added")
        add(jobs.defined, "orders made")
        add(jobs.lost, "jobs lost for want of an input")
        add(jobs.decided, "failed jobs decided about")
        add(jobs.givenUp, "first jobs given up")
        add(jobs.unplaced, "jobs without a place")
        return firings.map(\.description) + [
            "\(tasks) tasks, \(firings.count) rules" + (isDryRun ? " would fire" : " fired")
                + done.map { "; \($0)" }.joined()
        ]
    }
}

extension CampaignRecovery {
    func json(isDryRun: Bool) -> JSONValue {
        [
            "sdc": .text(sdc.text), "defined": .integer(defined), "dry_run": .boolean(isDryRun),
            "tasks": .list(
                tasks.map { task in
                    [
                        "task": .text("\(task.key)"), "taken_back": .integer(task.takenBack),
                        "stranded": .integer(task.stranded), "running": .integer(task.running),
                        "waiting": .integer(task.waiting),
                        "command": JSONValue(task.command?.rawValue),
                        "sole_products": .integer(task.soleProducts),
                    ]
                }),
        ]
    }

    func lines(isDryRun: Bool) -> [String] {
        guard !tasks.isEmpty else { return ["campaigns have nothing at \(sdc)"] }
        let table = TextTable(
            [
                .left("task"), .right("taken back"), .right("stranded"), .right("running"),
                .right("waiting"), .left("command"), .right("products only there"),
            ],
            rows: tasks.map { task in
                [
                    "\(task.key)", "\(task.takenBack)", "\(task.stranded)", "\(task.running)",
                    "\(task.waiting)", task.command?.rawValue ?? "", "\(task.soleProducts)",
                ]
            })
        let running = tasks.reduce(0) { $0 + $1.running }
        return table.lines + [
            "", "\(defined) orders made at other SDCs" + (isDryRun ? " (nothing was done)" : ""),
        ]
            + (running > 0
                ? ["\(running) orders run on: the runner of \(sdc) gives signs of life"] : [])
    }
}

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

/// What a campaign has cost.
struct CampaignCostAnswer {
    let campaign: String
    let costs: [TaskCost]
    let forecast: CampaignForecast?

    var json: JSONValue {
        [
            "campaign": .text(campaign),
            "tasks": .list(
                costs.map { cost in
                    [
                        "task": .text(cost.task.text), "used_core_hours": .real(cost.used.value),
                        "lost_core_hours": .real(cost.lost.value),
                        "busy_core_hours": .real(cost.busy.value),
                        "attempts": .integer(cost.attempts),
                        "remaining_jobs": .integer(cost.remaining),
                        "expected_core_hours": JSONValue(cost.expected?.value),
                        "bytes": .integer(cost.bytes), "moved_bytes": .integer(cost.moved),
                    ]
                }),
            "forecast": forecast.map {
                [
                    "jobs_a_day": .real($0.rate), "end": JSONValue($0.end),
                    "earliest": JSONValue($0.earliest), "latest": JSONValue($0.latest),
                ]
            } ?? .null,
        ]
    }

    var lines: [String] {
        func round(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
        let table = TextTable(
            [
                .left("task"), .right("core-hours"), .right("lost"), .right("busy"),
                .right("attempts"), .right("jobs left"), .right("core-hours left"),
                .right("GB"), .right("GB moved"),
            ],
            rows: costs.map { cost in
                [
                    cost.task.text, round(cost.used.value), round(cost.lost.value),
                    round(cost.busy.value), "\(cost.attempts)", "\(cost.remaining)",
                    cost.expected.map { round($0.value) } ?? "not measured",
                    round(Double(cost.bytes) / 1e9), round(Double(cost.moved) / 1e9),
                ]
            })
        let end = forecast.map {
            "at \(round($0.rate)) jobs a day it is done \($0.end), in nine of ten cases between"
                + " \($0.earliest) and \($0.latest)"
        }
        return table.lines + (end.map { ["", $0] } ?? [])
    }
}

/// What a campaign takes of each SDC and makes late.
struct CampaignDelaysAnswer {
    let campaign: String
    let impacts: [CampaignImpact]

    var json: JSONValue {
        [
            "campaign": .text(campaign),
            "sdcs": .list(
                impacts.map { impact in
                    [
                        "sdc": .text(impact.sdc.text),
                        "core_hours": .real(impact.demands.reduce(0) { $0 + $1.work.value }),
                        "end": JSONValue(impact.load.ends[ID(campaign)]),
                        "backlog_without": .real(impact.delay.backlog.without.value),
                        "backlog_with": .real(impact.delay.backlog.with.value),
                        "days_late_without": .real(impact.delay.lateness.without),
                        "days_late_with": .real(impact.delay.lateness.with),
                        "since": JSONValue(impact.delay.since),
                    ]
                }),
        ]
    }

    var lines: [String] {
        guard !impacts.isEmpty else { return ["\(campaign) has no jobs in the plans in force"] }
        func round(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
        return TextTable(
            [
                .left("SDC"), .right("core-hours"), .left("done"), .right("daily days late"),
                .right("without it"), .left("since"),
            ],
            rows: impacts.map { impact in
                [
                    impact.sdc.text, round(impact.demands.reduce(0) { $0 + $1.work.value }),
                    impact.load.ends[ID(campaign)].map { "\($0)" } ?? "after the plans' end",
                    round(impact.delay.lateness.with), round(impact.delay.lateness.without),
                    impact.delay.since.map { "\($0)" } ?? "",
                ]
            }
        ).lines
    }
}
