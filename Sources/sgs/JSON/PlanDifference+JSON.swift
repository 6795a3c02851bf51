import Documents
import GroundSegment
import Planning

extension PlanDifference {
    var json: JSONValue {
        [
            "common": .integer(common), "unchanged_items": .integer(unchangedItems),
            "moved": .integer(moved.count),
            "new": .integer(changes.count { $0.before == nil }),
            "gone": .integer(changes.count { $0.after == nil }),
            "causes": JSONValue.counts(changes.map(\.cause)),
            "cost_before_tb": .real(costBefore.value), "cost_after_tb": .real(costAfter.value),
            "cells": .list(cells.map(\.json)), "changes": .list(changes.map(\.json)),
        ]
    }
}

extension PlanDifference.Change {
    fileprivate var json: JSONValue {
        item.json.with([
            "bucket": .text(bucket), "before": JSONValue(before), "after": JSONValue(after),
            "cause": .text(cause.rawValue),
        ])
    }
}

extension PlanDifference.Cell {
    fileprivate var json: JSONValue {
        func counts(_ counts: [ChangeCause: Int]) -> JSONValue {
            .object(
                ChangeCause.allCases.map {
                    JSONValue.Member(name: $0.rawValue, value: .integer(counts[$0] ?? 0))
                })
        }
        return [
            "sdc": .text(sdc.text), "bucket": .text(bucket), "gained": counts(gained),
            "lost": counts(lost),
        ]
    }
}

extension PlanComparison {
    /// - Parameters:
    ///   - changes: what was changed, in words.
    func json(changes: [String]) -> JSONValue {
        let digests = (
            before: PlanDocument.encode(before).digest, after: PlanDocument.encode(after).digest
        )
        return [
            "what_if": .list(changes), "now": before.json(digest: digests.before),
            "then": after.json(digest: digests.after), "difference": difference.json,
        ]
    }
}
