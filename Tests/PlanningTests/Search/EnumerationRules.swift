import GroundSegment

@testable import Planning

/// The rules and measures of DISTRIBUTION section 2 for distributions that are tried one by one;
/// items are the observations, then the tiles.
struct EnumerationRules {
    let sdcCount: Int
    let observationCount: Int
    let itemCount: Int
    let failoverWeight: Double
    private let limits: [(inward: [Double], outward: [Double])]
    private let problem: Problem
    private let bucket: [Int]
    private let work: [Double]
    private let volume: [Double]
    private let capacity: [[Double]]
    private let tiles: [[Int]]
    private let external: [[Double]]
    private let primaries: [[Bool]]
    private let secondaries: [[Bool]]
    /// By SDC: counted days between two instants, of the period's start, the arrivals within it
    /// in their order, and its end.
    private let waits: [[[Double]]]
    /// Observations in the order of arrival; those that arrive after the period are left out.
    private let ranked: [Int]

    init(_ problem: Problem) {
        let planningCase = problem.planningCase
        let processing = planningCase.processing
        let (observations, tileCount) = (problem.observations, problem.tiles.count)
        self.problem = problem
        sdcCount = planningCase.sdcs.count
        observationCount = observations.count
        itemCount = observations.count + tileCount
        failoverWeight = planningCase.weights.failover
        bucket = problem.items.buckets
        let kinds = observations.map { processing.kinds[$0.kind] }
        let over = (0..<tileCount).map { tile in
            Double(problem.overlaps.links.count { $0.tile == tile })
        }
        work =
            kinds.map { ($0?.work ?? processing.observationWork).value }
            + over.map {
                processing.tileWork.value + processing.tileWorkPerObservation.value * $0
            }
        volume =
            kinds.map { ($0?.volume ?? processing.observationVolume).value }
            + over.map {
                processing.tileVolume.value + processing.tileVolumePerObservation.value * $0
            }
        let buckets = (0..<planningCase.buckets.count).map { planningCase.buckets[$0] }
        capacity = planningCase.sdcs.map { sdc in
            buckets.map { Self.capacity(of: sdc, $0) }
        }
        limits = planningCase.sdcs.map { sdc in
            func most(_ rate: Double?) -> [Double] {
                buckets.map { span in
                    rate.map { $0 * 0.45 * sdc.meanAvailability(over: span) * span.days * 24 }
                        ?? .infinity
                }
            }
            return (most(sdc.ingress), most(sdc.egress))
        }
        tiles = observations.indices.map { observation in
            problem.overlaps.links.filter { $0.observation == observation }
                .map { $0.tile + observations.count }
        }
        external = problem.tiles.map { tile in
            planningCase.sdcs.map { Self.missing(tile, at: $0, of: planningCase.sdcs) }
        }
        primaries = Self.allowed(problem, .primary)
        secondaries = Self.allowed(problem, .secondary)
        ranked = observations.indices.filter {
            problem.items.instants[$0] <= planningCase.period.end
        }
        .sorted { problem.items.instants[$0] < problem.items.instants[$1] }
        waits = Self.waits(problem, arrivals: ranked.map { problem.items.instants[$0] })
    }

    func mayBePrimary(_ item: Int, _ sdc: Int) -> Bool { primaries[item][sdc] }
    func mayBeSecondary(_ item: Int, _ sdc: Int) -> Bool { secondaries[item][sdc] }

    /// What the primaries are worth without copies; `nil` where they break H2.
    func value(primary: [Int]) -> Enumeration.Value? {
        var value = Enumeration.Value()
        let balance = problem.planningCase.balance
        for place in capacity[0].indices {
            let here = bucket.indices.filter { bucket[$0] == place }
            let all = here.reduce(0) { $0 + work[$1] }
            let received = Double(here.filter { $0 < observationCount }.count)
            let total = capacity.reduce(0) { $0 + $1[place] }
            for sdc in 0..<sdcCount {
                let mine = here.filter { primary[$0] == sdc }
                let load = mine.reduce(0) { $0 + work[$1] }
                if load > capacity[sdc][place] * (1 + 1e-9) { return nil }
                let share = capacity[sdc][place] / max(total, 1e-9)
                value.addCell(
                    load, target: share * all, band: max(balance.work * share * all, grain(work)))
                value.addCell(
                    Double(mine.filter { $0 < observationCount }.count), target: share * received,
                    band: max(balance.observations * share * received, 1))
            }
        }
        addWaits(primary, to: &value)
        for tile in external.indices {
            value.cost += external[tile][primary[observationCount + tile]]
        }
        return value
    }

    /// Adds T3; returns whether H3 holds.
    func addStorage(_ primary: [Int], _ secondary: [Int], to value: inout Enumeration.Value) -> Bool
    {
        let sdcs = problem.planningCase.sdcs
        let storage = sdcs.reduce(0) { $0 + $1.storage.value }
        let all = 2 * volume.reduce(0, +)
        for (sdc, centre) in sdcs.enumerated() {
            var sum = 0.0
            for item in 0..<itemCount where primary[item] == sdc || secondary[item] == sdc {
                sum += volume[item]
            }
            let used = centre.reservations.reduce(centre.used.value) { $0 + $1.volume.value }
            if used + sum > centre.storage.value * (1 + 1e-9) { return false }
            let target = all * centre.storage.value / storage
            value.addCell(
                sum, target: target,
                band: max(problem.planningCase.balance.storage * target, grain(volume)))
        }
        return true
    }

    /// TB of the copies that `owners` of the tiles need.
    func copyCost(owners: [Int], _ primary: [Int], _ secondary: [Int]) -> Double {
        var sum = 0.0
        for observation in 0..<observationCount {
            var needing = 0
            for tile in tiles[observation] { needing |= 1 << owners[tile] }
            needing &= ~(1 << primary[observation] | 1 << secondary[observation])
            sum += Double(needing.nonzeroBitCount) * volume[observation]
        }
        return sum
    }

    /// Whether H6 holds.
    func keepsTransfers(_ primary: [Int], _ secondary: [Int]) -> Bool {
        guard problem.planningCase.sdcs.contains(where: \.hasTransferLimit) else { return true }
        var inward = limits.map { Array(repeating: 0.0, count: $0.inward.count) }
        var outward = inward
        for item in 0..<itemCount {
            inward[secondary[item]][bucket[item]] += volume[item]
            outward[primary[item]][bucket[item]] += volume[item]
        }
        for tile in external.indices {
            let (item, sdc) = (observationCount + tile, primary[observationCount + tile])
            inward[sdc][bucket[item]] += external[tile][sdc]
        }
        for observation in 0..<observationCount {
            for sdc in 0..<sdcCount
            where sdc != primary[observation] && sdc != secondary[observation] {
                let needed = tiles[observation].filter { primary[$0] == sdc }.map { bucket[$0] }
                guard let first = needed.min() else { continue }
                inward[sdc][first] += volume[observation]
                outward[primary[observation]][first] += volume[observation]
            }
        }
        for sdc in 0..<sdcCount {
            for bucket in inward[sdc].indices {
                let most = (limits[sdc].inward[bucket], limits[sdc].outward[bucket])
                if inward[sdc][bucket] > most.0 * (1 + 1e-9) { return false }
                if outward[sdc][bucket] > most.1 * (1 + 1e-9) { return false }
            }
        }
        return true
    }

    /// What an SDC can do in a span, without what is reserved: in pieces between all edges.
    private static func capacity(of sdc: SDC, _ span: TimeWindow) -> Double {
        let all = sdc.cores * sdc.efficiency * sdc.meanAvailability(over: span) * span.days * 24
        let taken = sdc.reservations.reduce(0) { sum, entry in
            let from = max(entry.window.start.days, span.start.days)
            let to = min(entry.window.end.days, span.end.days)
            return sum + entry.work.value * max(0, to - from)
                / (entry.window.end.days - entry.window.start.days)
        }
        return max(0, all - taken)
    }

    private func grain(_ values: [Double]) -> Double { values.max() ?? 0 }

    private func addWaits(_ primary: [Int], to value: inout Enumeration.Value) {
        let limit = problem.planningCase.balance.gap
        for sdc in 0..<sdcCount {
            var worst = 0.0
            var last = 0
            for (rank, observation) in ranked.enumerated() where primary[observation] == sdc {
                worst = max(worst, waits[sdc][last][rank + 1])
                last = rank + 1
            }
            worst = max(worst, waits[sdc][last][ranked.count + 1])
            guard worst > limit else { continue }
            value.cells += 1
            value.excess += (worst - limit) / (limit / 2)
        }
    }

    /// Whether H4 and H5 allow each item each SDC in `role`.
    private static func allowed(_ problem: Problem, _ role: Role) -> [[Bool]] {
        let planningCase = problem.planningCase
        let instants = problem.items.instants
        let names: [ItemID] =
            problem.observations.map { .observation($0.id) } + problem.tiles.map { .tile($0.id) }
        let kinds = problem.observations.map(\.kind)
        return names.indices.map { item in
            planningCase.sdcs.map { sdc in
                let isObservation = item < kinds.count
                let isUp = !isObservation || sdc.availability(at: instants[item]) > 0
                return (role == .secondary || isUp)
                    && permits(
                        planningCase.rules, names[item], isObservation ? kinds[item] : nil,
                        at: instants[item], sdc.id, role)
            }
        }
    }

    private static func waits(_ problem: Problem, arrivals: [MJD]) -> [[[Double]]] {
        let period = problem.planningCase.period
        let events = [period.start] + arrivals + [period.end]
        let silences = zip(events, events.dropFirst()).filter { $1 - $0 > 1 }
        return problem.planningCase.sdcs.map { sdc in
            let outages = sdc.maintenance.filter { $0.availability <= 0 }
                .map { ($0.window.start, $0.window.end) }
            return events.map { from in
                events.map { counted(from, $0, without: outages + silences) }
            }
        }
    }

    private static func counted(_ from: MJD, _ to: MJD, without spans: [(MJD, MJD)]) -> Double {
        let cuts = Set([from, to] + spans.flatMap { [$0.0, $0.1] }).filter {
            $0 >= from && $0 <= to
        }
        .sorted()
        return zip(cuts, cuts.dropFirst()).reduce(0) { sum, piece in
            let isLeftOut = spans.contains { $0.0 <= piece.0 && piece.1 <= $0.1 }
            return isLeftOut ? sum : sum + (piece.1 - piece.0)
        }
    }

    private static func missing(_ tile: Tile, at sdc: SDC, of sdcs: [SDC]) -> Double {
        ["DES", "KIDS"].reduce(0) { sum, survey in
            func covers(_ sdc: SDC) -> ExternalHolding? {
                sdc.ingests.first { $0.survey == survey && $0.region.contains(tile.centre) }
            }
            let holding = sdcs.lazy.compactMap(covers).first
            return covers(sdc) == nil ? sum + (holding?.volume.value ?? 0) : sum
        }
    }

    private static func permits(
        _ rules: ItemRules, _ item: ItemID, _ kind: String?, at instant: MJD, _ sdc: ID<SDC>,
        _ role: Role
    ) -> Bool {
        let isForbidden = rules.prohibitions.contains {
            $0.sdc == sdc && ($0.scope == .item(item) || kind.map { .kind($0) } == $0.scope)
        }
        let isPinnedElsewhere = rules.pins.contains {
            $0.item == item && $0.role == role && $0.sdc != sdc
                && ($0.until.map { instant < $0 } ?? true)
        }
        return !isForbidden && !isPinnedElsewhere
    }
}
