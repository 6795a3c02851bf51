import Execution
import Markup
import WebService

/// The runs, newest first.
struct RunsPage {
    let frame: PageFrame
    let selection: RunSelection
    let listed: RunSelection.Listed

    var page: Page {
        frame.page(
            "Runs", data: address("/v1/runs", selection.offset), command: "sdc-runner run list",
            isLive: true, parts)
    }

    private var parts: [Fragment] {
        [
            Fragment(
                "p", [.text("All: "), .counts(listed.states, order: PageOf.runStates), .text(".")]),
            FilterForm(
                action: "/runs",
                fields: [
                    .choice(
                        name: "state", label: "State", value: selection.state ?? "",
                        choices: PageOf.runStates, none: "any"),
                    .text(
                        name: "pipeline", label: "Pipeline", value: selection.pipeline ?? ""),
                    .text(name: "text", label: "Run or order has", value: selection.text ?? ""),
                ]
            ).fragment,
        ] + rows
            + [
                Paging(
                    offset: selection.offset, size: RunSelection.size, total: listed.total,
                    address: { address("/runs", $0) }
                ).fragment
            ]
    }

    private var rows: [Fragment] {
        guard !listed.runs.isEmpty else { return [Fragment("p", "No run is so.")] }
        return [
            .table(
                [
                    "Run", "Pipeline", "State", "Done", "Jobs", "Submitted", "Duration", "For",
                    "Message",
                ],
                listed.runs.map { row in
                    [
                        .link(PageOf.run(row.run), "\(row.number)"), .text(row.pipeline),
                        .state(row.state, more: row.isPartial ? " (partial)" : ""),
                        .meter(Double(row.percent) / 100),
                        .number(row.payloads.values.reduce(0, +)),
                        .text(Time.second(row.submissionDate)), .text(Time.text(row.duration)),
                        .text(row.originId), .prose(row.message),
                    ]
                })
        ]
    }

    private func address(_ path: String, _ offset: Int) -> String {
        PageAddress.address(
            path,
            [
                "state": selection.state, "pipeline": selection.pipeline,
                "campaign": selection.campaign, "text": selection.text,
                "offset": offset > 0 ? "\(offset)" : nil,
            ])
    }
}

/// The payloads, newest run first.
struct JobsPage {
    let frame: PageFrame
    let query: JobQuery
    let list: JobList

    var page: Page {
        frame.page(
            "Jobs", data: address("/v1/jobs", query.offset), command: "sdc-runner manage list",
            isLive: true, parts)
    }

    private var state: String? { query.states.first?.rawValue }

    private var parts: [Fragment] {
        let whose = query.isWithEnded ? "of all runs" : "of runs that are not over"
        return [
            Fragment(
                "p",
                [
                    .text(query.run.map { "Of run \($0): " } ?? "Jobs \(whose): "),
                    .counts(list.states, order: PageOf.jobStates), .text("."),
                ]),
            FilterForm(
                action: "/jobs",
                fields: [
                    .choice(
                        name: "state", label: "State", value: state ?? "",
                        choices: PageOf.jobStates, none: "any"),
                    .text(name: "run", label: "Run", value: query.run ?? ""),
                    .text(name: "text", label: "Path has", value: query.text ?? ""),
                    .text(name: "label", label: "Node", value: query.label ?? ""),
                    .text(name: "pilot", label: "Pilot", value: query.pilot ?? ""),
                    .words(
                        name: "ended", label: "Runs", value: query.isWithEnded ? "yes" : "no",
                        choices: [("no", "not over"), ("yes", "all")]),
                ]
            ).fragment,
        ] + JobRows.parts(list.jobs, none: "No job is so.")
            + [
                Paging(
                    offset: query.offset, size: query.limit, total: list.total,
                    address: { address("/jobs", $0) }
                ).fragment
            ]
    }

    private func address(_ path: String, _ offset: Int) -> String {
        PageAddress.address(
            path,
            [
                "state": state, "run": query.run, "pipeline": query.pipeline, "text": query.text,
                "label": query.label, "pilot": query.pilot,
                "ended": query.isWithEnded ? "yes" : nil, "offset": offset > 0 ? "\(offset)" : nil,
            ])
    }
}

/// Payloads one by one, for people.
enum JobRows {
    static func parts(_ rows: [JobRow], none: String, isOfOneRun: Bool = false) -> [Fragment] {
        guard !rows.isEmpty else { return [Fragment("p", .text(none))] }
        let head = ["Job", "State", "Pilot", "Attempts", "Duration", "Priority", "Message"]
        return [
            .table(
                isOfOneRun ? head : ["Run"] + head,
                rows.map { row in
                    let cells: [Cell] = [
                        .link(PageOf.job(row.run, row.path), row.path), .state(row.state),
                        .text(row.pilot), .number(row.attempts), .text(Time.text(row.duration)),
                        .number(row.priority), .prose(row.message),
                    ]
                    return isOfOneRun
                        ? cells : [.link(PageOf.run(row.run), "\(row.runNumber)")] + cells
                })
        ]
    }
}

/// The ways to the parts of a list.
struct Paging {
    let offset: Int
    let size: Int
    let total: Int
    let address: (Int) -> String

    var fragment: Fragment {
        guard total > 0 else { return [] }
        let last = min(total, offset + size)
        var links: [Fragment] = [
            .text(offset < total ? "\(offset + 1) to \(last) of \(total)" : "none from here on")
        ]
        if offset > 0 {
            links.append(.link(address(0), "First"))
            links.append(.link(address(max(0, offset - size)), "Previous"))
        }
        if last < total { links.append(.link(address(last), "Next")) }
        return .links(links)
    }
}
