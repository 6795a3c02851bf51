import Execution
import Markup

/// What operators did at the site, the newest first.
struct HistoryPage {
    let frame: PageFrame
    let events: [OperatorEvent]

    var page: Page {
        frame.page(
            "What operators did", data: "/v1/history", command: "sdc-runner history", isLive: true,
            [HistoryRows.fragment(events)])
    }
}

/// What operators did, for people.
enum HistoryRows {
    /// - Parameter isOfOneRun: whether the run is not named with each.
    static func fragment(_ events: [OperatorEvent], isOfOneRun: Bool = false) -> Fragment {
        guard !events.isEmpty else { return Fragment("p", "Nothing.") }
        return .table(
            ["When", "Who", "What", isOfOneRun ? "Job" : "Of", "Why", "What came of it"],
            events.map { event in
                [
                    .text(Time.second(event.at)), .text(event.by), .text(event.action),
                    isOfOneRun ? .text(event.payload ?? "") : subject(event),
                    .prose(event.reason), .prose(event.answer),
                ]
            })
    }

    private static func subject(_ event: OperatorEvent) -> Cell {
        guard let run = event.run else { return .prose(event.subject) }
        return .link(PageOf.run(run), event.subject)
    }
}
