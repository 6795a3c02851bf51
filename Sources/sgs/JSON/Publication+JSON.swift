import Catalogue
import Documents
import GroundSegment

extension OwnershipChange {
    var json: JSONValue {
        item.json.with([
            "before": JSONValue(previous), "after": JSONValue(assignment),
            "cause": JSONValue(cause?.rawValue),
        ])
    }
}

extension DistributionRecord {
    /// What it is, with everything that happened to it.
    var json: JSONValue {
        [
            "survey": .text(survey.text), "name": .text(name), "digest": .text(digest),
            "state": .text(state.rawValue), "revision": JSONValue(revision),
            "base": JSONValue(base), "failover_of": JSONValue(failoverOf?.text),
            "period": JSONValue(period),
            "events": .list(
                events.map { event in
                    [
                        "event": .text(event.name), "actor": .text(event.actor),
                        "comment": JSONValue(event.comment), "instant": JSONValue(event.instant),
                    ]
                }),
        ]
    }
}

extension Withdrawal {
    /// Members beside those of the plan that was withdrawn.
    var members: KeyValuePairs<String, JSONValue> {
        [
            "revision": JSONValue(revision),
            "reinstated": .list(reinstated.map { .integer($0) }),
            "assignments": .integer(assignments),
            "orders": [
                "withdrawn": .integer(ordersWithdrawn), "issued_again": .integer(ordersReissued),
            ],
        ]
    }
}

extension PlanReference {
    /// The plan, and where it is in its life now.
    func json(state: DistributionState) -> JSONValue {
        [
            "survey": .text(survey.text), "name": .text(plan.distribution.name),
            "digest": .text(digest), "state": .text(state.rawValue),
        ]
    }
}

extension PublishedPlan {
    var json: JSONValue {
        [
            "survey": .text(survey.text), "revision": .integer(revision), "name": .text(name),
            "digest": .text(digest), "published": .text(publishedAt.exactISO8601),
        ]
    }
}

extension Migration {
    var json: JSONValue { ["number": .integer(number), "name": .text(name)] }
}
