import Documents
import GroundSegment
import Planning

extension ItemExplanation {
    /// - Parameters:
    ///   - plan: the plan that is explained, and what to call it.
    ///   - moved: when and why the item last moved from one revision to the next, in words;
    ///     `nil` where that is not known.
    func json(in plan: Plan, called name: String, moved: String?) -> JSONValue {
        let buckets = plan.distribution.buckets
        return item.json.with([
            "plan": .text(name), "primary": .text(assignment.primary.text),
            "secondary": .text(assignment.secondary.text), "instant": JSONValue(instant),
            "bucket": .text(bucket), "cause": JSONValue(cause?.rawValue),
            "moved": JSONValue(moved),
            "partners": .list(
                partners.map { partner in
                    partner.item.json.with([
                        "primary": .text(partner.assignment.primary.text),
                        "secondary": .text(partner.assignment.secondary.text),
                    ])
                }),
            "external_tb": .object(
                external.sorted { $0.key < $1.key }.map {
                    JSONValue.Member(name: $0.key.text, value: .real($0.value.value))
                }),
            "options": .list(options.map { $0.json(buckets) }),
        ])
    }
}

extension ItemExplanation.Option {
    fileprivate func json(_ buckets: Buckets) -> JSONValue {
        [
            "primary": .text(assignment.primary.text),
            "secondary": .text(assignment.secondary.text), "allowed": .boolean(isAllowed),
            "extra_tb": .real(extra.value), "copies": .integer(copies),
            "copies_tb": .real(copyVolume.value), "external_tb": .real(externalVolume.value),
            "failover_copies": .integer(failovers), "failover_tb": .real(failoverCost.value),
            "breaks": Self.list(broken, buckets), "mends": Self.list(mended, buckets),
            "forbidden_by": Self.list(breaches, buckets),
            "item_rules": .integer(forbidding.count),
        ]
    }

    private static func list(_ standings: Set<CellStanding>, _ buckets: Buckets) -> JSONValue {
        let sorted = standings.sorted {
            ($0.rule.rawValue, $0.sdc, $0.bucket ?? -1) < (
                $1.rule.rawValue, $1.sdc, $1.bucket ?? -1
            )
        }
        return .list(
            sorted.map { standing in
                [
                    "rule": .text(standing.rule.rawValue), "sdc": .text(standing.sdc.text),
                    "bucket": JSONValue(standing.bucket.map { buckets.name($0) }),
                ]
            })
    }
}
