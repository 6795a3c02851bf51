import Campaigns
import Catalogue
import Documents
import GroundSegment
import Markup

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
