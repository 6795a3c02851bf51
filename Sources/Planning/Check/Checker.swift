public import GroundSegment

/// Recounts a distribution: every rule and measure from the inputs, the overlaps and the
/// assignments, without anything that the solver or the search counted.
public struct Checker {
    let planningCase: PlanningCase
    let overlaps: Overlaps
    let precedent: Precedent
    let observations: [Observation]
    let arrival: [MJD]
    let ready: [MJD]
    let buckets: Buckets

    public init(
        _ planningCase: PlanningCase, overlaps: Overlaps, precedent: Precedent = .none
    ) {
        self.precedent = precedent
        self.planningCase = planningCase
        self.overlaps = overlaps
        buckets = planningCase.buckets
        observations = planningCase.survey.observations(in: planningCase.period)
        let arrival = observations.map { $0.window.end + planningCase.processing.latency }
        self.arrival = arrival
        var last = [MJD?](repeating: nil, count: overlaps.tiles.count)
        for link in overlaps.links {
            last[link.tile] = max(
                last[link.tile] ?? arrival[link.observation], arrival[link.observation])
        }
        ready = last.map { $0 ?? planningCase.period.start }
    }

    /// The measures of the assignments, which are in the order of the period's observations and
    /// of the overlaps' tiles.
    ///
    public func measures(observations assigned: [Assignment], tiles: [Assignment]) -> Measures {
        let loads = loads(assigned, tiles)
        let routes = copies(assigned, tiles)
        let volume = planningCase.processing.observationVolume
        let copyCount = routes.values.reduce(0, +)
        let work = loads.flatMap(\.buckets).reduce(CoreHours.zero) { $0 + $1.work }
        let capacity = loads.flatMap(\.buckets).reduce(CoreHours.zero) { $0 + $1.capacity }
        let outside = outsideCells(loads)
        let workExcess = outside.lazy.filter { $0.tolerance == .work }
            .reduce(0) { $0 + max($1.lower - $1.value, $1.value - $1.upper) }
        return Measures(
            observations: observations.count, tiles: overlaps.tiles.count,
            overlaps: overlaps.links.count,
            violations: violations(assigned, tiles, loads), outside: outside, copies: routes,
            copyVolume: volume * Double(copyCount), externalVolume: external(tiles),
            movedVolume: moved(assigned, tiles), failoverCopies: failovers(assigned, tiles),
            workExcess: workExcess / max(work.value, 1e-9),
            longestGap: loads.map(\.longestGap).max() ?? 0,
            utilisation: capacity.value > 0 ? work / capacity : 0, loads: loads)
    }

    /// For each observation the SDCs that need a copy: primaries of its tiles that hold none of
    /// its replicas (C1).
    public func copiesTo(observations assigned: [Assignment], tiles: [Assignment]) -> [[ID<SDC>]] {
        owners(tiles, role: .primary).enumerated().map { observation, owners in
            owners.filter { !assigned[observation].contains($0) }.sorted()
        }
    }

    /// The SDCs that have a tile of each observation in `role`.
    private func owners(_ tiles: [Assignment], role: Role) -> [Set<ID<SDC>>] {
        var owners = [Set<ID<SDC>>](repeating: [], count: observations.count)
        for link in overlaps.links { owners[link.observation].insert(tiles[link.tile][role]) }
        return owners
    }

    /// For each observation of earlier periods its replicas and the SDCs that have one of this
    /// period's tiles over it in `role` and hold none of them.
    private func earlierNeeds(_ tiles: [Assignment], role: Role) -> [(Assignment, [ID<SDC>])] {
        let earlier = precedent.history.observations
        var owners = [Set<ID<SDC>>](repeating: [], count: earlier.count)
        for link in overlaps.earlier { owners[link.observation].insert(tiles[link.tile][role]) }
        return zip(earlier, owners).map { observation, owners in
            let assignment = observation.assignment
            return (assignment, owners.filter { !assignment.contains($0) }.sorted())
        }
    }

    private func copies(_ assigned: [Assignment], _ tiles: [Assignment]) -> [CopyRoute: Int] {
        var routes: [CopyRoute: Int] = [:]
        for (observation, needing) in copiesTo(observations: assigned, tiles: tiles).enumerated() {
            for sdc in needing {
                routes[CopyRoute(from: assigned[observation].primary, to: sdc), default: 0] += 1
            }
        }
        for (assignment, needing) in earlierNeeds(tiles, role: .primary) {
            for sdc in needing {
                routes[CopyRoute(from: assignment.primary, to: sdc), default: 0] += 1
            }
        }
        return routes
    }

    private func failovers(_ assigned: [Assignment], _ tiles: [Assignment]) -> Int {
        let earlier = earlierNeeds(tiles, role: .secondary).reduce(0) { $0 + $1.1.count }
        return owners(tiles, role: .secondary).enumerated().reduce(earlier) { sum, entry in
            sum + entry.element.filter { !assigned[entry.offset].contains($0) }.count
        }
    }

    /// C2: what each tile's primary has to fetch of the surveys that cover the tile.
    private func external(_ tiles: [Assignment]) -> Terabytes {
        let surveys = Set(planningCase.sdcs.flatMap { $0.ingests.map(\.survey) }).sorted()
        var sum = 0.0
        for (tile, assignment) in zip(overlaps.tiles, tiles) {
            for survey in surveys {
                var volume: Double?
                var isAtHand = false
                for sdc in planningCase.sdcs {
                    for holding in sdc.ingests
                    where holding.survey == survey && holding.region.contains(tile.centre) {
                        volume = volume ?? holding.volume.value
                        if sdc.id == assignment.primary { isAtHand = true }
                    }
                }
                if let volume, !isAtHand { sum += volume }
            }
        }
        return Terabytes(sum)
    }

    /// What each SDC gets in each bucket, and of bytes, beside its share of them.
    func loads(_ assigned: [Assignment], _ tiles: [Assignment]) -> [SDCLoad] {
        let processing = planningCase.processing
        let count = buckets.count
        let place = Dictionary(
            uniqueKeysWithValues: planningCase.sdcs.enumerated().map { ($1.id, $0) })
        var observed = planningCase.sdcs.map { _ in [Int](repeating: 0, count: count) }
        var tiled = observed
        var volume = planningCase.sdcs.map { _ in 0.0 }
        for (index, assignment) in assigned.enumerated() {
            if let sdc = place[assignment.primary] {
                observed[sdc][buckets.index(of: arrival[index])] += 1
            }
            for role in Role.allCases {
                if let sdc = place[assignment[role]] {
                    volume[sdc] += processing.observationVolume.value
                }
            }
        }
        for (index, assignment) in tiles.enumerated() {
            if let sdc = place[assignment.primary] {
                tiled[sdc][buckets.index(of: ready[index])] += 1
            }
            for role in Role.allCases {
                if let sdc = place[assignment[role]] { volume[sdc] += processing.tileVolume.value }
            }
        }
        let shares = shares()
        let all = volume.reduce(0, +)
        let storage = planningCase.sdcs.reduce(0) { $0 + $1.storage.value }
        let gaps = gaps(assigned)
        return planningCase.sdcs.enumerated().map { sdc, centre in
            let totals = (0..<count).map { bucket in
                Double(observed.reduce(0) { $0 + $1[bucket] }) * processing.observationWork.value
                    + Double(tiled.reduce(0) { $0 + $1[bucket] }) * processing.tileWork.value
            }
            let loads = (0..<count).map { bucket in
                BucketLoad(
                    observations: observed[sdc][bucket], tiles: tiled[sdc][bucket],
                    work: processing.observationWork * Double(observed[sdc][bucket])
                        + processing.tileWork * Double(tiled[sdc][bucket]),
                    target: CoreHours(shares[sdc][bucket] * totals[bucket]),
                    capacity: centre.capacity(over: buckets[bucket]))
            }
            return SDCLoad(
                sdc: centre.id, buckets: loads, primaryObservations: observed[sdc].reduce(0, +),
                primaryTiles: tiled[sdc].reduce(0, +), newVolume: Terabytes(volume[sdc]),
                targetVolume: Terabytes(all * centre.storage.value / storage), longestGap: gaps[sdc]
            )
        }
    }

    /// Capacity / sum of capacities, by SDC and bucket.
    private func shares() -> [[Double]] {
        let rates = planningCase.sdcs.map { sdc in
            (0..<buckets.count).map {
                sdc.cores * sdc.efficiency * sdc.meanAvailability(over: buckets[$0])
            }
        }
        return rates.map { row in
            row.indices.map { bucket in row[bucket] / max(rates.reduce(0) { $0 + $1[bucket] }, 1e-9)
            }
        }
    }
}
