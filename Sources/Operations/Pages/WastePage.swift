import Execution
import Markup
import WebService

/// What was requested and not used, by executable.
struct WastePage {
    let frame: PageFrame
    let selection: WasteSelection
    let report: WasteReport

    var page: Page {
        frame.page(
            "Waste", data: selection.address("/v1/waste"), command: selection.command, parts)
    }

    private var parts: [Fragment] {
        [
            Fragment(
                "p",
                "What programs asked for and did not use, in attempts that have ended; what was wasted most comes first."
            ),
            FilterForm(
                action: "/waste",
                fields: [
                    .text(name: "days", label: "Last days", value: "\(selection.days)"),
                    .words(
                        name: "percentile", label: "Suggestion holds",
                        value: "\(selection.percentile.rawValue)",
                        choices: UsePercentile.allCases.map {
                            ("\($0.rawValue)", "\($0.rawValue) % of attempts")
                        }),
                ]
            ).fragment,
            .facts([
                ("Attempts", .text("\(report.attempts)")),
                ("Core-hours requested", .text(Self.tenths(report.coreHours))),
                ("Core-hours idle", .text(Self.tenths(report.idleCoreHours))),
                ("Reckoned", .text(Time.second(report.at))),
            ]),
        ] + rows + [Fragment("p", .text(report.terms))]
    }

    private var rows: [Fragment] {
        guard !report.rows.isEmpty else { return [Fragment("p", "No attempt has ended then.")] }
        let part = "\(report.percentile) %"
        return [
            .table(
                [
                    "Executable", "Attempts", "Idle core-hours", "Of", "Idle GiB-hours",
                    "Cores asked", "Busy, \(part)", "MiB asked", "MiB used, \(part)", "Most",
                    "Walltime asked", "Used, \(part)", "Most", "Completed", "Suggested",
                    "Pipelines",
                ], report.rows.map(cells))
        ]
    }

    private func cells(_ row: WasteReport.Row) -> [Cell] {
        [
            .text(row.executable), .number(row.attempts),
            .number(Self.tenths(row.idleCoreHours)), .number(Self.tenths(row.coreHours)),
            .number(Self.tenths(row.idleMemoryHours)), .number(row.requested.cores),
            .number(Self.tenths(row.cores?.percentile)), .number(row.requested.memory),
            .number(Self.tenths(row.memory?.percentile)), .number(Self.tenths(row.memory?.max)),
            .number(Time.text(row.requested.walltime)),
            .number(Time.text(row.walltime?.percentile)), .number(Time.text(row.walltime?.max)),
            .number(row.samples), .text(row.suggestion(report.leastSamples)),
            .prose(row.pipelines.joined(separator: ", ")),
        ]
    }

    /// With one decimal; empty where there is none.
    private static func tenths(_ number: Double?) -> String {
        guard let number, let tenths = Int(exactly: (number * 10).rounded()) else { return "" }
        return "\(tenths / 10).\(tenths % 10)"
    }
}
