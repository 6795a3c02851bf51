import GroundSegment

extension PlanCheck {
    mutating func checkMeasures() {
        let measures = content.measures
        for (value, expected, field) in [
            (measures.observations, content.observations.count, "measures.observations"),
            (measures.tiles, content.tiles.tiles.count, "measures.tiles"),
        ] where value != expected {
            add(.plan, field, "\(value)", "\(expected), as many as are listed")
        }
        for (value, field) in [
            (measures.overlaps, "overlaps"), (measures.failoverCopies, "failoverCopies"),
            (measures.freeAssignments ?? 0, "freeAssignments"),
            (measures.borders ?? 0, "borders"),
        ] {
            check(value, PlanningLimits.count, .plan, "measures.\(field)")
        }
        for (value, field) in [
            (measures.copyVolume, "copyVolume"), (measures.externalVolume, "externalVolume"),
            (measures.movedVolume, "movedVolume"), (measures.cost, "cost"),
            (measures.workExcess, "workExcess"), (measures.longestGap, "longestGap"),
            (measures.utilisation, "utilisation"), (measures.failoverVolume ?? 0, "failoverVolume"),
        ] {
            check(value, PlanningLimits.derived, .plan, "measures.\(field)")
        }
        let sum = measures.copyVolume + measures.externalVolume + measures.movedVolume
        if !(abs(measures.cost - sum) <= 1e-9 * max(1, sum)) {
            add(.plan, "measures.cost", "\(measures.cost)", "\(sum), the volumes together")
        }
        checkOutside(measures.outside)
        checkRoutes(measures.copies)
        checkLoads(measures.loads)
    }

    private mutating func checkOutside(_ cells: [PlanContent.OutsideContent]) {
        guard !cells.isEmpty else { return }
        let names = Set(buckets.map { buckets in (0..<buckets.count).map(buckets.name) } ?? [])
        for (index, cell) in cells.enumerated() {
            let record = Record.entry("measures.outside", index)
            if OutsideCell.Tolerance(rawValue: cell.tolerance) == nil {
                add(
                    record, "tolerance", cell.tolerance.debugDescription,
                    Self.oneOf(OutsideCell.Tolerance.allCases))
            }
            check(sdc: cell.sdc, record, "sdc")
            if let bucket = cell.bucket, buckets != nil, !names.contains(bucket) {
                add(record, "bucket", bucket.debugDescription, "the first day of a bucket")
            }
            check(cell.value, PlanningLimits.derived, record, "value")
            let limits = -PlanningLimits.derived.upperBound...PlanningLimits.derived.upperBound
            check(cell.lower, limits, record, "lower")
            check(cell.upper, limits, record, "upper")
        }
    }

    /// The source may be an SDC of an earlier period.
    private mutating func checkRoutes(_ routes: [PlanContent.RouteContent]) {
        var known: Set<CopyRoute> = []
        for (index, route) in routes.enumerated() {
            let record = Record.entry("measures.copies", index)
            check(id: route.from, record, "from")
            check(sdc: route.to, record, "to")
            check(route.copies, PlanningLimits.count, record, "copies")
            if !known.insert(CopyRoute(from: ID(route.from), to: ID(route.to))).inserted {
                add(record, "to", "\(route.from) to \(route.to) again", "each pair once")
            }
        }
    }

    private mutating func checkLoads(_ loads: [PlanContent.LoadContent]) {
        guard loads.map({ ID<SDC>($0.sdc) }) == content.sdcs.map({ ID<SDC>($0.id) }) else {
            add(.plan, "measures.loads", "\(loads.count) of them", "one for each SDC, in order")
            return
        }
        for load in loads {
            let record = Record.sdc(load.sdc)
            let counts = [
                load.observations.count, load.tiles.count, load.work.count, load.target.count,
                load.capacity.count,
            ]
            if let buckets, counts.contains(where: { $0 != buckets.count }) {
                add(
                    record, "measures.loads", "\(counts) buckets",
                    "\(buckets.count) in each list, as the period has")
            } else if Set(counts).count > 1 {
                add(record, "measures.loads", "\(counts) buckets", "as many in each list")
            }
            for count in load.observations + load.tiles {
                check(count, PlanningLimits.count, record, "measures.loads: a count")
            }
            for amount in load.work + load.target + load.capacity {
                check(amount, PlanningLimits.derived, record, "measures.loads: core-hours")
            }
            check(load.newVolume, PlanningLimits.derived, record, "newVolume")
            check(load.targetVolume, PlanningLimits.derived, record, "targetVolume")
            check(load.longestGap, PlanningLimits.derived, record, "longestGap")
        }
    }
}
