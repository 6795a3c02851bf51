import Execution
import Markup

/// What a runner does now: what went wrong first, then what waits and why.
struct StartPage {
    let frame: PageFrame
    let overview: Overview
    let failed: [JobRow]
    /// The newest runs that ended in error.
    let errors: [RunRow]
    let waits: WaitReport?

    var page: Page {
        frame.page(
            "Runner of \(overview.sdc)", data: "/v1/status", command: "sdc-runner ping",
            isLive: true, parts)
    }

    private var parts: [Fragment] {
        var parts: [Fragment] = []
        if overview.underWay == nil {
            parts.append(
                .remark("The runner does not answer now: what is shown is from its store."))
        }
        if overview.isDraining == true {
            parts.append(
                .remark("It drains: it finishes what is under way and takes nothing more."))
        }
        if overview.isSourceAway == true {
            parts.append(
                .remark("Where its orders come from did not answer when it was last asked."))
        }
        parts.append(
            .facts([
                ("Runs", .counts(overview.runs, order: PageOf.runStates)),
                (
                    "Jobs of runs that are not over",
                    .counts(overview.payloads, order: PageOf.jobStates)
                ),
                ("In line", .text(overview.waiting.map { "\($0) jobs" } ?? "not known")),
                ("At hosts", .text(overview.underWay.map { "\($0) jobs" } ?? "not known")),
                ("Software", .text(overview.version)),
            ]))
        parts.append(.heading("Jobs that failed, of runs that are not over"))
        parts += JobRows.parts(failed, none: "None has failed.")
        if !errors.isEmpty {
            parts.append(.heading("Runs that ended in error, the newest"))
            parts.append(
                .table(
                    ["Run", "Pipeline", "For", "Ended", "Message"],
                    errors.map { row in
                        [
                            .link(PageOf.run(row.run), "\(row.number)"), .text(row.pipeline),
                            .text(row.originId), .text(Time.second(row.endDate)),
                            .prose(row.message),
                        ]
                    }))
        }
        parts.append(.links([.link("/feed.atom", "What fails or is held, as a feed (Atom)")]))
        if let waits {
            parts.append(.heading("What waits, and why"))
            parts += WaitRows.parts(waits)
        }
        return parts
    }
}

/// Why payloads wait, for people.
enum WaitRows {
    static func parts(_ report: WaitReport) -> [Fragment] {
        guard !report.rows.isEmpty else { return [Fragment("p", "Nothing waits.")] }
        var parts: [Fragment] = [
            .table(
                ["Run", "Job", "State", "Reason"],
                report.rows.map { row in
                    [
                        row.isOfOrders
                            ? .text(row.run) : .link(PageOf.run(row.run), row.run),
                        row.payload.map { .link(PageOf.job(row.run, $0), $0) } ?? .text(""),
                        .state(row.state), .prose(row.reason),
                    ]
                })
        ]
        if report.more > 0 { parts.append(Fragment("p", .text("\(report.more) more wait."))) }
        return parts
    }
}
