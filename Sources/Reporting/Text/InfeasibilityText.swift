import GroundSegment
public import Planning

extension Infeasibility {
    /// What an operator reads: each conflict with its rules, the smallest change found and what
    /// else would do.
    public var lines: [String] {
        var lines: [String] = []
        for (number, relaxation) in relaxations.enumerated() {
            lines += conflict(relaxation.conflict, number: number + 1)
            lines += smallest(relaxation)
            lines += relaxation.alternatives.map {
                "or         " + text($0, relaxation.conflict)
            }
        }
        return lines + [conclusion] + cutShort
    }

    private func conflict(_ conflict: Conflict, number: Int) -> [String] {
        let all = conflict.rules.map { "           " + $0.text(in: planningCase) }
        let items =
            conflict.items.isEmpty
            ? ""
            : "; they leave no pair of SDCs for "
                + HardRule.list(conflict.items.map(\.description))
        let kind = conflict.isOfWholeItems ? " for whole items" : ""
        let extent =
            conflict.isIrreducible
            ? "none of which can be left out" : "some of which could perhaps be left out"
        return ["conflict \(number) of these rules\(kind), \(extent)\(items)"] + all
    }

    private func smallest(_ relaxation: Relaxation) -> [String] {
        relaxation.changes.isEmpty
            ? [
                isCutShort
                    ? "smallest   none found in the time that there was"
                    : "smallest   none found: no single change takes this conflict away"
            ]
            : ["smallest   " + text(relaxation.changes, relaxation.conflict)]
    }

    private func text(_ changes: [CaseChange], _ conflict: Conflict) -> String {
        if let first = changes.first, changes.count > 3 {
            return first.text(from: planningCase) + ", and \(changes.count - 1) more like it: "
                + changes.dropFirst().map { $0.text(from: planningCase) }.joined(separator: "; ")
        }
        return changes.map { overload($0, conflict) + $0.text(from: planningCase) }
            .joined(separator: "; ")
    }

    /// What more cores amount to in the bucket that is short of them.
    private func overload(_ change: CaseChange, _ conflict: Conflict) -> String {
        if case .rate(let id, let direction, let rate) = change {
            return transfer(id, direction, rate, conflict)
        }
        guard case .cores(let id, let cores) = change, let bucket = conflict.bucket,
            let old = planningCase.sdcs.first(where: { $0.id == id })?.cores
        else { return "" }
        let percent = NumberText.short(((cores / old - 1) * 1000).rounded() / 10)
        return "\(id) \(planningCase.buckets.name(bucket)): work \(percent)% over capacity: "
    }

    /// What a higher rate amounts to in the bucket that is short of it: `SDC-US 2027-03-15: 14.1 TB
    /// in of 4.5: `.
    private func transfer(
        _ id: ID<SDC>, _ direction: TransferDirection, _ rate: Double, _ conflict: Conflict
    ) -> String {
        let buckets = conflict.rules.compactMap { rule -> Int? in
            guard case .transfer(id, direction, let bucket) = rule else { return nil }
            return bucket
        }
        guard let bucket = buckets.first,
            let sdc = planningCase.sdcs.first(where: { $0.id == id }),
            let limit = sdc.transferLimit(direction, over: planningCase.buckets[bucket]),
            let needed = sdc.with(ingress: rate, egress: rate).transferLimit(
                direction, over: planningCase.buckets[bucket])
        else { return "" }
        return
            "\(id) \(planningCase.buckets.name(bucket)): \(NumberText.grouped(needed.value, 1)) TB"
            + " \(direction.rawValue) of \(NumberText.grouped(limit.value, 1)): "
    }

    /// What is not known where the search came to its limit.
    private var cutShort: [String] {
        isCutShort
            ? [
                "cut short  not everything was tried in the time that there was: what is in conflict"
                    + " is proven, there may be more conflicts and smaller changes"
            ] : []
    }

    private var conclusion: String {
        let count = changes.count == 1 ? "this change" : "these \(changes.count) changes together"
        return isConfirmed
            ? "confirmed  a search of the case with \(count) broke no hard rule"
            : "open       no search confirmed that the case is feasible with \(count)"
    }
}
