import Catalogue
import GroundSegment

/// What the commands that publish print.
struct PublicationAnswer {
    private let plan: PlanReference
    private let result: PublicationResult
    private let isPreview: Bool

    init(_ plan: PlanReference, _ result: PublicationResult, isPreview: Bool = false) {
        self.plan = plan
        self.result = result
        self.isPreview = isPreview
    }

    func show() {
        switch result {
        case .published(let publication): show(publication)
        case .alreadyPublished(let earlier):
            print(
                "unchanged  this plan is revision \(earlier.revision) already, and in force, "
                    + earlier.state.rawValue)
        }
    }

    private func show(_ publication: Publication) {
        let orders = publication.orders
        let changed = publication.changed
        print(
            "\(isPreview ? "would be" : "published")  \(plan.plan.distribution.name)"
                + " \(isPreview ? "published " : "")as revision \(publication.revision) of"
                + " \(plan.survey), digest \(plan.digest.prefix(12))")
        print(
            "ownership  \(changed.new) new, \(changed.moved) moved, \(changed.dropped) dropped")
        print(
            "orders     \(orders.created) created, \(orders.kept) kept,"
                + " \(orders.withdrawn) withdrawn, \(orders.untouched) taken or ended before"
                + (orders.overtaken > 0
                    ? ", \(orders.overtaken) of them running elsewhere than planned" : ""))
    }

    /// One change: the item, its SDCs before and after, and the cause.
    static func line(_ change: OwnershipChange) -> String {
        func pair(_ assignment: Assignment?) -> String {
            assignment.map { "\($0.primary)/\($0.secondary)" } ?? "none"
        }
        return "\(change.item): \(pair(change.previous)) to \(pair(change.assignment))"
            + (change.cause.map { " (\($0.rawValue))" } ?? "")
    }
}
