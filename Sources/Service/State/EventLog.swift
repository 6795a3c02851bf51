import Catalogue
import WebService

/// Turns states into server-sent events: what the follower has not been told of.
///
/// An event's id is its number among all that happened to distributions.  Two surveys may be
/// published in another order than they were numbered, so each number told is remembered.
struct EventLog {
    private let start: Int
    private var told: Set<Int> = []

    /// Tells what came after the event of a number.
    init(after last: Int) {
        start = last
    }

    /// Tells what is not in `state`.
    init(from state: ServedState) {
        start = 0
        told = Set(Self.happened(state).map(\.number))
    }

    /// The events of what is new in `state`, in order; empty where nothing is.
    mutating func events(_ state: ServedState) -> String {
        var text = ""
        for event in Self.happened(state) where event.number > start {
            guard told.insert(event.number).inserted else { continue }
            let data = DistributionTable.table([event.plan]).objects.map(\.encoded).joined()
            text += ServerSentEvents.event(
                id: event.number, kind: event.kind.rawValue, data: data)
        }
        return text
    }

    private enum Kind: String {
        case publication, failover, withdrawal
    }

    private static func happened(
        _ state: ServedState
    ) -> [(number: Int, kind: Kind, plan: PublishedPlan)] {
        state.snapshot.plans.flatMap { plan -> [(number: Int, kind: Kind, plan: PublishedPlan)] in
            let published = (
                plan.publication, plan.failoverOf == nil ? Kind.publication : .failover, plan
            )
            guard let withdrawal = plan.withdrawal else { return [published] }
            return [published, (withdrawal.number, .withdrawal, plan)]
        }.sorted { $0.number < $1.number }
    }
}
