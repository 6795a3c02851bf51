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
    /// How many observations of the period overlap each tile.
    let coverage: [Int]
    let buckets: Buckets
    /// Ground surveys that any SDC ingests, sorted.
    private let externalSurveys: [String]

    public init(
        _ planningCase: PlanningCase, overlaps: Overlaps, precedent: Precedent = .none
    ) {
        self.precedent = precedent
        self.planningCase = planningCase
        self.overlaps = overlaps
        buckets = planningCase.buckets
        externalSurveys = Set(planningCase.sdcs.flatMap { $0.ingests.map(\.survey) }).sorted()
        observations = planningCase.survey.observations(in: planningCase.period)
        let arrival = observations.map(planningCase.processing.arrival)
        self.arrival = arrival
        var counts = [Int](repeating: 0, count: overlaps.tiles.count)
        for link in overlaps.links { counts[link.tile] += 1 }
        coverage = counts
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
        let failovers = failovers(assigned, tiles)
        let work = loads.flatMap(\.buckets).reduce(CoreHours.zero) { $0 + $1.work }
        let capacity = loads.flatMap(\.buckets).reduce(CoreHours.zero) { $0 + $1.capacity }
        let outside = outsideCells(loads)
        let workExcess = outside.lazy.filter { $0.tolerance == .work }
            .reduce(0) { $0 + max($1.lower - $1.value, $1.value - $1.upper) }
        return Measures(
            observations: observations.count, tiles: overlaps.tiles.count,
            overlaps: overlaps.links.count,
            violations: violations(assigned, tiles, loads), outside: outside,
            copies: routes.counts, copyVolume: volume(of: routes.needs),
            externalVolume: external(tiles),
            movedVolume: moved(assigned, tiles), failoverCopies: failovers.count,
            failoverVolume: volume(of: failovers.needs),
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
    private func earlierNeeds(
        _ tiles: [Assignment], role: Role
    ) -> [(AssignedObservation, [ID<SDC>])] {
        let earlier = precedent.history.observations
        var owners = [Set<ID<SDC>>](repeating: [], count: earlier.count)
        for link in overlaps.earlier { owners[link.observation].insert(tiles[link.tile][role]) }
        return zip(earlier, owners).map { observation, owners in
            let assignment = observation.assignment
            return (observation, owners.filter { !assignment.contains($0) }.sorted())
        }
    }

    /// An observation by its kind, with how many copies of it are needed.
    private typealias Need = (kind: String, count: Int)

    private func copies(
        _ assigned: [Assignment], _ tiles: [Assignment]
    ) -> (counts: [CopyRoute: Int], needs: [Need]) {
        var routes: [CopyRoute: Int] = [:]
        var needs: [Need] = []
        for (observation, needing) in copiesTo(observations: assigned, tiles: tiles).enumerated() {
            needs.append((observations[observation].kind, needing.count))
            for sdc in needing {
                routes[CopyRoute(from: assigned[observation].primary, to: sdc), default: 0] += 1
            }
        }
        for (observation, needing) in earlierNeeds(tiles, role: .primary) {
            needs.append((observation.observation.kind, needing.count))
            for sdc in needing {
                routes[CopyRoute(from: observation.assignment.primary, to: sdc), default: 0] += 1
            }
        }
        return (routes, needs)
    }

    private func failovers(
        _ assigned: [Assignment], _ tiles: [Assignment]
    ) -> (count: Int, needs: [Need]) {
        let own = owners(tiles, role: .secondary).enumerated().map { place, owners in
            (
                kind: observations[place].kind,
                count: owners.filter { !assigned[place].contains($0) }.count
            )
        }
        let earlier = earlierNeeds(tiles, role: .secondary).map { observation, needing in
            (kind: observation.observation.kind, count: needing.count)
        }
        let needs = own + earlier
        return (needs.reduce(0) { $0 + $1.count }, needs)
    }

    /// The volume of copies: so many times that of an ordinary observation, and what observations
    /// of other kinds have more or less.
    private func volume(of needs: [Need]) -> Terabytes {
        let processing = planningCase.processing
        let ordinary = processing.observationVolume
        let count = needs.reduce(0) { $0 + $1.count }
        let extra = needs.reduce(0) { sum, need in
            sum + (processing.volume(ofKind: need.kind) - ordinary).value * Double(need.count)
        }
        return ordinary * Double(count) + Terabytes(extra)
    }

    /// C2: what each tile's primary has to fetch of the surveys that cover the tile.
    private func external(_ tiles: [Assignment]) -> Terabytes {
        var sum = 0.0
        for (tile, assignment) in zip(overlaps.tiles, tiles) {
            for volume in external(tile, at: assignment.primary) { sum += volume }
        }
        return Terabytes(sum)
    }

    /// What an SDC would have to fetch for a tile, TB of each survey in the order of their names.
    func external(_ tile: Tile, at sdc: ID<SDC>) -> [Double] {
        externalSurveys.compactMap { survey in
            var volume: Double?
            var isAtHand = false
            for centre in planningCase.sdcs {
                for holding in centre.ingests
                where holding.survey == survey && holding.region.contains(tile.centre) {
                    volume = volume ?? holding.volume.value
                    if centre.id == sdc { isAtHand = true }
                }
            }
            return isAtHand ? nil : volume
        }
    }

    /// What each SDC gets in each bucket, and of bytes, beside its share of them.
    func loads(_ assigned: [Assignment], _ tiles: [Assignment]) -> [SDCLoad] {
        let processing = planningCase.processing
        let count = buckets.count
        let place = Dictionary(
            uniqueKeysWithValues: planningCase.sdcs.enumerated().map { ($1.id, $0) })
        var observed = planningCase.sdcs.map { _ in [Int](repeating: 0, count: count) }
        var tiled = observed
        // Core-hours beyond those of ordinary items.
        var extra = planningCase.sdcs.map { _ in [Double](repeating: 0, count: count) }
        var volume = planningCase.sdcs.map { _ in 0.0 }
        for (index, assignment) in assigned.enumerated() {
            let kind = observations[index].kind
            if let sdc = place[assignment.primary] {
                let bucket = buckets.index(of: arrival[index])
                observed[sdc][bucket] += 1
                extra[sdc][bucket] +=
                    (processing.work(ofKind: kind) - processing.observationWork).value
            }
            for role in Role.allCases {
                if let sdc = place[assignment[role]] {
                    volume[sdc] += processing.volume(ofKind: kind).value
                }
            }
        }
        for (index, assignment) in tiles.enumerated() {
            if let sdc = place[assignment.primary] {
                let bucket = buckets.index(of: ready[index])
                tiled[sdc][bucket] += 1
                extra[sdc][bucket] +=
                    (processing.tileWork(observations: coverage[index]) - processing.tileWork)
                    .value
            }
            for role in Role.allCases {
                if let sdc = place[assignment[role]] {
                    volume[sdc] += processing.tileVolume(observations: coverage[index]).value
                }
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
                    + extra.reduce(0) { $0 + $1[bucket] }
            }
            let loads = (0..<count).map { bucket in
                BucketLoad(
                    observations: observed[sdc][bucket], tiles: tiled[sdc][bucket],
                    work: processing.observationWork * Double(observed[sdc][bucket])
                        + processing.tileWork * Double(tiled[sdc][bucket])
                        + CoreHours(extra[sdc][bucket]),
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
            (0..<buckets.count).map { sdc.rate(over: buckets[$0]) }
        }
        return rates.map { row in
            row.indices.map { bucket in row[bucket] / max(rates.reduce(0) { $0 + $1[bucket] }, 1e-9)
            }
        }
    }
}
