import Documents
import GroundSegment
import Planning

extension Plan {
    /// What it is, what it is worth, and how it was found.
    ///
    /// - Parameter digest: the digest in its plan.json.
    func json(digest: String) -> JSONValue {
        let period = distribution.buckets.period
        let borders = borders
        return [
            "name": .text(distribution.name), "survey": .text(distribution.survey.text),
            "digest": .text(digest), "base": JSONValue(base), "period": JSONValue(period),
            "buckets": [
                "count": .integer(distribution.buckets.count),
                "days": .real(distribution.buckets.length),
            ],
            "measures": measures.json,
            "borders": [
                "neighbours": .integer(borders.neighbours), "apart": .integer(borders.apart),
            ],
            "bound_tb": JSONValue(bound?.value),
            "gap": JSONValue(gap),
            "changes": base == nil ? .null : JSONValue.counts(causes),
            "search": search.json, "sdcs": .list(measures.loads.map(\.json)),
        ]
    }

    /// Why items differ from the base, where they do.
    private var causes: [ChangeCause] {
        distribution.observations.compactMap(\.cause) + distribution.tiles.compactMap(\.cause)
    }
}

extension Measures {
    var json: JSONValue {
        [
            "observations": .integer(observations), "tiles": .integer(tiles),
            "overlaps": .integer(overlaps), "cost_tb": .real(cost.value),
            "copies": .integer(copyCount), "copies_tb": .real(copyVolume.value),
            "external_tb": .real(externalVolume.value), "moved_tb": .real(movedVolume.value),
            "failover_copies": .integer(failoverCopies),
            "free_assignments": .integer(freeAssignments), "utilisation": .real(utilisation),
            "longest_gap_days": .real(longestGap), "work_excess": .real(workExcess),
            "violations": .list(violations), "outside": .list(outside.map(\.json)),
        ]
    }
}

extension OutsideCell {
    var json: JSONValue {
        [
            "tolerance": .text(tolerance.rawValue), "sdc": .text(sdc.text),
            "bucket": JSONValue(bucket), "value": .real(value), "lower": .real(lower),
            "upper": .real(upper),
        ]
    }
}

extension SearchRecord {
    var json: JSONValue {
        [
            "effort": .text(effort),
            "seed": Int(exactly: seed).map { .integer($0) } ?? .text("\(seed)"),
            "steps_asked": .integer(stepsAsked),
            "steps": .integer(steps), "stop": .text(stop.rawValue), "solver": .text(solver),
        ]
    }
}

extension SDCLoad {
    var json: JSONValue {
        [
            "sdc": .text(sdc.text), "observations": .integer(primaryObservations),
            "tiles": .integer(primaryTiles), "work_core_hours": .real(work.value),
            "target_core_hours": .real(target.value), "capacity_core_hours": .real(capacity.value),
            "new_tb": .real(newVolume.value), "target_tb": .real(targetVolume.value),
            "longest_gap_days": .real(longestGap),
        ]
    }

    /// Of all buckets.
    var work: CoreHours { buckets.reduce(.zero) { $0 + $1.work } }
    var target: CoreHours { buckets.reduce(.zero) { $0 + $1.target } }
    var capacity: CoreHours { buckets.reduce(.zero) { $0 + $1.capacity } }
}
