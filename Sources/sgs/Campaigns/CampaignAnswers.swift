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
