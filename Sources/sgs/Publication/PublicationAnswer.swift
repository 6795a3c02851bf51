import Catalogue
import Documents
import GroundSegment
import Planning

/// What the commands that publish print.
struct PublicationAnswer {
    private let plan: PlanReference
    private let result: PublicationResult
    /// What would change; `nil` where it was done.
    private let preview: [OwnershipChange]?
    private let listsItems: Bool

    /// - Parameters:
    ///   - preview: what would change, where nothing was.
    ///   - listsItems: whether what would change is told item by item.
    init(
        _ plan: PlanReference, _ result: PublicationResult, preview: [OwnershipChange]? = nil,
        listsItems: Bool = false
    ) {
        self.plan = plan
        self.result = result
        self.preview = preview
        self.listsItems = listsItems
    }

    /// What was done, with the totals; of what was only looked at that nothing was done, the
    /// changes, the totals, and once more that nothing was done.
    var lines: [String] {
        switch result {
        case .published(let publication):
            guard let preview else { return lines(publication) }
            let distribution = plan.plan.distribution
            let listing = ChangeListing(preview, of: distribution, listsItems: listsItems)
            let hint = listsItems ? "" : "; --items lists each item"
            return [
                "dry run    nothing is published; what would change, by SDC and bucket\(hint):"
            ] + listing.lines + lines(publication) + ["dry run    nothing was published"]
        case .alreadyPublished(let earlier):
            return [
                "unchanged  this plan is revision \(earlier.revision) already, and in force, "
                    + earlier.state.rawValue
            ]
        case .sameAssignments(let revision):
            return [
                "unchanged  every item has its SDCs already, as revision \(revision) is in force;"
                    + " nothing was published"
            ]
        }
    }

    private func lines(_ publication: Publication) -> [String] {
        let orders = publication.orders
        let changed = publication.changed
        let isPreview = preview != nil
        var lines = [
            "\(isPreview ? "would be" : "published")  \(plan.plan.distribution.name)"
                + " \(isPreview ? "published " : "")as revision \(publication.revision) of"
                + " \(plan.survey), digest \(plan.digest.prefix(12))",
            "ownership  \(changed.new) new, \(changed.moved) moved, \(changed.dropped) dropped",
            "orders     \(orders.created) created, \(orders.kept) kept,"
                + " \(orders.withdrawn) withdrawn, \(orders.untouched) taken or ended before"
                + (orders.overtaken > 0
                    ? ", \(orders.overtaken) of them running elsewhere than planned" : ""),
        ]
        if orders.reassigned > 0 {
            lines.append(
                "reassigned \(orders.reassigned) of the kept orders stay where they were moved")
        }
        if orders.returned > 0 {
            lines.append(
                "reassigned \(orders.returned) of the withdrawn orders had been moved; the new ones"
                    + " run where the plan says")
        }
        if orders.takenOver > 0 {
            lines.append(
                "taken over \(orders.takenOver) of the withdrawn orders had been taken by a runner"
                    + " that gives no sign; what it still reports is refused")
        }
        return lines
    }

    /// `result` is published, would_be_published, already_published or same_assignments; what it
    /// has not is null.
    var json: JSONValue {
        var result: JSONValue = "published"
        var revision: Int?
        var ownership: JSONValue = .null
        var orders: JSONValue = .null
        switch self.result {
        case .published(let publication):
            if preview != nil { result = "would_be_published" }
            revision = publication.revision
            ownership = [
                "new": .integer(publication.changed.new),
                "moved": .integer(publication.changed.moved),
                "dropped": .integer(publication.changed.dropped),
            ]
            orders = [
                "created": .integer(publication.orders.created),
                "kept": .integer(publication.orders.kept),
                "withdrawn": .integer(publication.orders.withdrawn),
                "untouched": .integer(publication.orders.untouched),
                "overtaken": .integer(publication.orders.overtaken),
                "reassigned": .integer(publication.orders.reassigned),
                "returned": .integer(publication.orders.returned),
                "taken_over": .integer(publication.orders.takenOver),
            ]
        case .alreadyPublished(let earlier):
            result = "already_published"
            revision = earlier.revision
        case .sameAssignments(let newest):
            result = "same_assignments"
            revision = newest
        }
        return [
            "result": result, "name": .text(plan.plan.distribution.name),
            "survey": .text(plan.survey.text), "digest": .text(plan.digest),
            "revision": JSONValue(revision), "ownership": ownership, "orders": orders,
            "changes": preview.map { .list($0.map(\.json)) } ?? .null,
        ]
    }
}
