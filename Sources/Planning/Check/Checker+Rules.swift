import GroundSegment

extension Checker {
    /// The breaches of H1 to H5, one line each, in the order of the rules.
    func violations(observations assigned: [Assignment], tiles: [Assignment]) -> [String] {
        violations(assigned, tiles, loads(assigned, tiles))
    }

    /// The breaches of H1 to H5, of which the loads are known.
    func violations(
        _ assigned: [Assignment], _ tiles: [Assignment], _ loads: [SDCLoad]
    ) -> [String] {
        samePair(assigned, tiles) + overCapacity(loads) + overStorage(loads)
            + duringOutage(assigned)
            + itemRules(assigned, tiles)
    }

    private func samePair(_ assigned: [Assignment], _ tiles: [Assignment]) -> [String] {
        let known = Set(planningCase.sdcs.map(\.id))
        func fault(_ item: ItemID, _ assignment: Assignment) -> String? {
            // That they are two is what makes an `Assignment`.
            let unknown = Role.allCases.map { assignment[$0] }.first { !known.contains($0) }
            return unknown.map { "H1 \(item): unknown SDC \($0)" }
        }
        return zip(observations, assigned).compactMap { fault(.observation($0.id), $1) }
            + zip(overlaps.tiles, tiles).compactMap { fault(.tile($0.id), $1) }
    }

    private func overCapacity(_ loads: [SDCLoad]) -> [String] {
        loads.flatMap { load in
            load.buckets.enumerated().compactMap { bucket, cell in
                guard cell.work.value > HardLimit.most(cell.capacity.value) else { return nil }
                return
                    "H2 \(load.sdc) \(buckets.name(bucket)): \(rounded(cell.work.value)) core-hours"
                    + " of \(rounded(cell.capacity.value))"
            }
        }
    }

    private func overStorage(_ loads: [SDCLoad]) -> [String] {
        zip(planningCase.sdcs, loads).compactMap { sdc, load in
            let filled = sdc.used + load.newVolume
            guard filled.value > HardLimit.most(sdc.storage.value) else { return nil }
            return "H3 \(sdc.id): \(rounded(filled.value)) TB of \(rounded(sdc.storage.value))"
        }
    }

    private func duringOutage(_ assigned: [Assignment]) -> [String] {
        let centres = Dictionary(uniqueKeysWithValues: planningCase.sdcs.map { ($0.id, $0) })
        return observations.indices.compactMap { index in
            let primary = assigned[index].primary
            guard let sdc = centres[primary], sdc.availability(at: arrival[index]) <= 0 else {
                return nil
            }
            return "H4 observation \(observations[index].id): arrives at \(primary) during a full"
                + " outage, \(arrival[index])"
        }
    }

    private func itemRules(_ assigned: [Assignment], _ tiles: [Assignment]) -> [String] {
        guard !planningCase.rules.pins.isEmpty || !planningCase.rules.prohibitions.isEmpty else {
            return frozenElsewhere(assigned, tiles)
        }
        var assignments: [ItemID: (Assignment, MJD)] = [:]
        for (index, observation) in observations.enumerated() {
            assignments[.observation(observation.id)] = (assigned[index], arrival[index])
        }
        for (index, tile) in overlaps.tiles.enumerated() {
            assignments[.tile(tile.id)] = (tiles[index], ready[index])
        }
        let pins = planningCase.rules.pins.compactMap { pin -> String? in
            guard let (assignment, instant) = assignments[pin.item], pin.binds(at: instant),
                assignment[pin.role] != pin.sdc
            else { return nil }
            return "H5 \(pin.item): pinned to \(pin.sdc) as \(pin.role.rawValue), is at"
                + " \(assignment[pin.role])"
        }
        let prohibitions = planningCase.rules.prohibitions.flatMap { rule -> [String] in
            switch rule.scope {
            case .item(let item):
                guard let (assignment, _) = assignments[item], assignment.contains(rule.sdc) else {
                    return []
                }
                return ["H5 \(item): forbidden at \(rule.sdc)"]
            case .kind(let kind):
                return observations.indices.filter {
                    observations[$0].kind == kind && assigned[$0].contains(rule.sdc)
                }.map {
                    "H5 observation \(observations[$0].id): \(kind) is forbidden at \(rule.sdc)"
                }
            }
        }
        return pins + prohibitions + frozenElsewhere(assigned, tiles)
    }

    private func rounded(_ value: Double) -> String { String(Int(saturating: value.rounded())) }
}
