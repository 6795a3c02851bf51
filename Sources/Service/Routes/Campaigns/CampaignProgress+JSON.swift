import Campaigns
import Catalogue
import Documents
import GroundSegment

extension CampaignProgress {
    /// How far a campaign is, for programs.
    ///
    /// - Parameter now: the instant that the forecast is made at.
    func json(at now: MJD) -> JSONValue {
        let forecast = forecast(at: now)
        return [
            "left": .integer(left),
            "forecast": forecast.map {
                [
                    "jobs_a_day": .real($0.rate), "end": .text($0.end.iso8601),
                    "earliest": .text($0.span.start.iso8601),
                    "latest": .text($0.span.end.iso8601),
                ]
            } ?? .null,
            "sdcs": .list(
                lines.map { line in
                    [
                        "task": .text(line.task.text), "sdc": .text(line.sdc.text),
                        "jobs": .object(
                            OrderState.allCases.map { state in
                                JSONValue.Member(
                                    name: state.rawValue.lowercased(),
                                    value: .integer(line.jobs[state] ?? 0))
                            }),
                    ]
                }),
            "weeks": .list(
                weeks.map {
                    [
                        "start": .text($0.start.iso8601), "released": .integer($0.released),
                        "completed": .integer($0.completed),
                    ]
                }),
            "failures": .list(
                failures.map {
                    [
                        "order": .text($0.order.text), "task": .text($0.task.text),
                        "kind": .text($0.item.kind.rawValue), "id": .text($0.item.text),
                        "sdc": .text($0.sdc.text), "state": .text($0.state.rawValue),
                        "message": .text($0.message),
                    ]
                }),
        ]
    }
}
