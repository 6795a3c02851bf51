import Catalogue
import Documents
import GroundSegment

/// What `sgs orders reassign` prints.
struct ReassignmentAnswer {
    /// An order that was not moved, and why.
    struct Refusal {
        let order: ID<ProcessingOrder>
        let error: CatalogueError
    }

    /// An SDC that got orders of a survey.
    struct Place: Hashable {
        let sdc: ID<SDC>
        let survey: ID<SurveyPlan>
    }

    let moved: [Reassignment]
    let refused: [Refusal]
    /// The full outages that the SDCs which got orders are in.
    let outages: [ID<SDC>: TimeWindow]
    let isDryRun: Bool

    /// A line for each order that was moved, the totals, and what is in the way there.
    var lines: [String] {
        moved.map { "\($0.order)  \($0.state.rawValue) at \($0.from), to \($0.to)" }
            + (moved.isEmpty ? ["moved      nothing: there is no order that can be moved"] : [])
            + destinations.flatMap { to, orders in
                ["moved      \(orders.count) to \(to)"]
                    + remarks(of: to, orders).map { "but        \($0)" }
            }
            + (isDryRun ? ["dry run    nothing was changed"] : [])
    }

    /// The most refusals that are told to people; the document has them all.
    private static let mostRefusals = 20

    /// A line for each order that was not moved, where these are not too many.
    var refusals: [String] {
        let more = refused.count - Self.mostRefusals
        return refused.prefix(Self.mostRefusals).map(\.error.message)
            + (more > 0 ? ["and \(more) orders more were refused; --json lists them all"] : [])
    }

    var json: JSONValue {
        [
            "dry_run": .boolean(isDryRun),
            "moved": .list(
                moved.map { order in
                    [
                        "order": .text(order.order.text), "from": .text(order.from.text),
                        "to": .text(order.to.text), "before": .text(order.state.rawValue),
                    ]
                }),
            "refused": .list(
                refused.map { ["order": .text($0.order.text), "reason": .text($0.error.message)] }),
            "destinations": .list(
                destinations.map { to, orders in
                    [
                        "sdc": .text(to.text), "orders": .integer(orders.count),
                        "remarks": .list(remarks(of: to, orders)),
                    ]
                }),
        ]
    }

    private var destinations: [(sdc: ID<SDC>, orders: [Reassignment])] {
        Dictionary(grouping: moved, by: \.to).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Why an SDC will not take its orders at once.
    private func remarks(of sdc: ID<SDC>, _ orders: [Reassignment]) -> [String] {
        let outage = outages[sdc].map {
            "\(sdc) is in an outage from \($0.start) to \($0.end)"
        }
        return [orders.last?.absence, outage].compactMap { $0 }
    }
}
