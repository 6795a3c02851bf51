import Execution
import Markup
import WebService

/// All that is known of a run, and what may be done to it.
struct RunDetailPage {
    let frame: PageFrame
    let run: RunPage
    let graph: RunGraphView
    let jobs: JobList
    let neighbours: RunNeighbours
    let waits: WaitReport?
    let legal: (state: String, commands: [String])
    /// What came of a form that was sent.
    let said: String?
    /// The node whose body is drawn; the whole graph where `nil`.
    let node: String?

    var page: Page {
        let data = "/v1/runs/\(row.run.inPath)"
        return frame.page(
            "Run \(row.number) of \(row.pipeline)", data: data,
            command: "sdc-runner run show \(row.number)", parts)
    }

    private var row: RunRow { run.run }

    private var parts: [Fragment] {
        var parts: [Fragment] = said.map { [.remark($0)] } ?? []
        parts.append(Fragment("div", ["id": "live"], live))
        parts.append(Fragment("script", ["src": "/live.js", "defer": ""]))
        parts.append(.heading("What may be done now"))
        parts.append(
            ActionForms(
                address: PageOf.run(row.run), legal: legal, caller: frame.caller,
                isOfPayload: false, priority: row.priority
            ).fragment)
        return parts
    }

    private var live: [Fragment] {
        var parts: [Fragment] = [facts]
        if let waits, !waits.rows.isEmpty {
            parts.append(.heading("What waits, and why"))
            parts += WaitRows.parts(waits)
        }
        parts.append(.heading("Graph"))
        parts.append(RunGraphFigure(graph, of: row.run, node: node).fragment)
        parts.append(.heading("Jobs"))
        parts += JobRows.parts(jobs.jobs, none: "It has none yet.", isOfOneRun: true)
        parts.append(
            .link(
                PageAddress.address("/jobs", ["run": row.run]),
                "All \(jobs.states.values.reduce(0, +)) jobs of this run"))
        parts += files("Inputs", run.inputs) + files("Outputs", run.outputs)
        parts += others("Runs that made what it reads", neighbours.from)
        parts += others("Runs that read what it made", neighbours.to)
        if !run.lineage.isEmpty {
            parts.append(.heading("Lineage"))
            parts.append(
                .table(
                    ["File", "Of job", "Made from"],
                    run.lineage.prefix(200).map { line in
                        [
                            .prose(line.file), .link(PageOf.job(row.run, line.task), line.task),
                            .prose(line.sources.joined(separator: ", ")),
                        ]
                    }))
        }
        parts.append(.heading("What operators did"))
        parts.append(HistoryRows.fragment(run.history, isOfOneRun: true))
        return parts
    }

    private var facts: Fragment {
        var facts: [(name: String, value: Fragment)] = [
            ("Run", .text(row.run)),
            ("State", .state(row.state, more: row.isPartial ? " (partial)" : "")),
            ("Jobs", .counts(row.payloads, order: PageOf.jobStates)),
            ("Submitted", .text(row.submissionDate)), ("Ended", .text(row.endDate ?? "")),
            ("Duration", .text(Time.text(row.duration))),
            ("For", .text("\(row.origin) \(row.originId)")),
            ("By", .text(row.operator)), ("Project", .text(row.project)),
            ("Campaign", .text(row.campaign)), ("Priority", .text("\(row.priority)")),
            ("Software release", .text(run.softwareRelease)),
            ("Pipeline source", .text(run.pipelineSource)),
            ("Work folder", .text(run.workdir)), ("Log folder", .text(run.logdir)),
            ("Message", .text(row.message)), ("Stopped", .text(run.stopReason ?? "")),
            ("Description", .text(run.description)),
        ]
        for (name, runs) in [("Needs", run.needs), ("Needed by", run.neededBy)] where !runs.isEmpty
        {
            facts.append(
                (name, .links(runs.map { .link(PageOf.run($0.run), "\($0.number) \($0.state)") })))
        }
        for (name, value) in run.tags.sorted(by: { $0.key < $1.key }) {
            facts.append(("Tag \(name)", .text(value)))
        }
        return .facts(facts.filter { !$0.value.html.isEmpty })
    }

    private func others(_ name: String, _ runs: [RunNeighbours.Neighbour]) -> [Fragment] {
        guard !runs.isEmpty else { return [] }
        return [
            .heading(name),
            .table(
                ["Run", "Pipeline", "State", "Files", "Such as"],
                runs.map { one in
                    [
                        .link(PageOf.run(one.run), "\(one.number)"), .text(one.pipeline),
                        .state(one.state), .number(one.count),
                        .prose(one.files.prefix(3).joined(separator: ", ")),
                    ]
                }),
        ]
    }

    private func files(_ name: String, _ files: [RunPage.File]) -> [Fragment] {
        guard !files.isEmpty else { return [] }
        return [
            .heading(name),
            .table(
                ["Port", "Product", "Path"],
                files.prefix(200).map { [.text($0.port), .prose($0.product), .prose($0.path)] }),
        ]
    }
}
