import GroundSegment

extension Checker {
    /// The breaches of H1 to H6, one line each, in the order of the rules.
    func violations(observations assigned: [Assignment], tiles: [Assignment]) -> [String] {
        violations(assigned, tiles, loads(assigned, tiles))
    }

    /// The breaches of H1 to H6, of which the loads are known.
    func violations(
        _ assigned: [Assignment], _ tiles: [Assignment], _ loads: [SDCLoad]
    ) -> [String] {
        samePair(assigned, tiles) + overCapacity(loads) + overStorage(loads)
            + duringOutage(assigned)
            + itemRules(assigned, tiles) + overTransfers(assigned, tiles)
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
            let filled = sdc.occupied + load.newVolume
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

    private func rounded(_ value: Double) -> String { String(Int(saturating: value.rounded())) }
}
