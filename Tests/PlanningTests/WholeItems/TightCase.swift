import GroundSegment
import SkyGeometry

@testable import Planning

/// Draws cases of few items whose capacity and storage are just what some distribution needs, or a
/// little more or less.
struct TightCase {
    private var random: SeededGenerator
    private let sdcCount: Int
    private let days: Double
    private let processing: Processing

    /// The problem of a seed, in one of six with a base of which a part is frozen.
    static func make(seed: UInt64) -> Problem {
        var maker = TightCase(seed: seed)
        return maker.problem(name: "tight-\(seed)")
    }

    private init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        sdcCount = 2 + random.below(4)
        days = Double(2 + random.below(3))
        func one(of values: [Double]) -> Double { values[random.below(values.count)] }
        processing = Processing(
            observationWork: CoreHours(one(of: [0.1, 0.7, 3, 10, 13.3, 200])),
            observationVolume: Terabytes(one(of: [0.05, 0.1, 0.3, 1.1])), latency: 0.3,
            tileWork: CoreHours(one(of: [0.1, 0.2, 2, 5, 7.7, 100])),
            tileVolume: Terabytes(one(of: [0.1, 0.2, 0.7, 1])))
        self.random = random
    }

    private mutating func problem(name: String) -> Problem {
        let grid = RingGrid(step: 2, margin: 0.1)
        let most = [2: 11, 3: 9, 4: 7, 5: 7][sdcCount] ?? 7
        var observations = (0..<(2 + random.below(6))).map { index in
            SmallCase.observation(
                String(index), ra: 20 + 4 * random.unit(), dec: 10 + 3 * random.unit(),
                at: 0.9 * days * random.unit(),
                kind: random.below(3) == 0 ? "CALIBRATION" : "WIDE_SURVEY")
        }
        var overlaps = Overlaps(observations: observations, grid: grid)
        while observations.count + overlaps.tiles.count > most, observations.count > 1 {
            observations.removeLast()
            overlaps = Overlaps(observations: observations, grid: grid)
        }
        let roomy = planningCase(
            name, observations: observations, grid: grid, sdcs: sdcs(), rules: ItemRules())
        let problem = Problem(roomy)
        let wish = SmallCase.randomPlacement(problem, seed: random.next())
        let need = Plan(
            problem, placement: wish, bound: nil,
            search: SearchRecord(
                effort: "quick", seed: 1, stepsAsked: 0, steps: 0, stop: .steps, solver: ""))
        let isRevised = random.below(6) == 0
        let tight = tightened(need)
        let rules = rules(need, isRevised: isRevised)
        return Problem(
            planningCase(name, observations: observations, grid: grid, sdcs: tight, rules: rules),
            precedent: isRevised ? Precedent(base: need, digest: "d") : .none)
    }

    private func planningCase(
        _ name: String, observations: [Observation], grid: RingGrid, sdcs: [SDC], rules: ItemRules
    ) -> PlanningCase {
        PlanningCase(
            name: name, survey: SurveyPlan(id: "tight", observations: observations), sdcs: sdcs,
            grid: grid,
            buckets: Buckets(
                period: TimeWindow(start: SmallCase.start, end: SmallCase.start + days),
                length: days / 2),
            processing: processing,
            balance: Balance(work: 0.3, observations: 0.5, storage: 0.5, gap: 4), rules: rules,
            options: PlanningOptions(effort: .quick, steps: 1))
    }

    private mutating func sdcs() -> [SDC] {
        (0..<sdcCount).map { index in
            SDC(
                id: ID("SDC-\(index)"), name: "Centre \(index)", cores: 1, storage: Terabytes(1),
                used: Terabytes([0, 0, 0.1, 10][random.below(4)]),
                maintenance: maintenance())
        }
    }

    private mutating func maintenance() -> [MaintenanceWindow] {
        guard random.below(4) == 0 else { return [] }
        let start = days * random.unit() * 0.9
        let isFull = random.below(2) == 0
        return [
            SmallCase.outage(
                start, start + days * 0.3 * random.unit(), availability: isFull ? 0 : 0.5)
        ]
    }

    /// The SDCs with the cores and the storage that a distribution needs, times a factor.
    private mutating func tightened(_ need: Plan) -> [SDC] {
        let isScarce = random.below(2) == 0
        return zip(need.distribution.sdcs, need.measures.loads).map { sdc, load in
            let cores = load.buckets.map { bucket in
                bucket.capacity.value > 0 ? bucket.work / bucket.capacity : 0
            }
            let storage = sdc.used.value + load.newVolume.value
            return SDC(
                id: sdc.id, name: sdc.name, cores: max(1e-6, cores.max() ?? 0) * factor(isScarce),
                storage: Terabytes(max(0.01, storage) * factor(isScarce)), used: sdc.used,
                maintenance: sdc.maintenance)
        }
    }

    /// Exactly 1, within 1e-9 of it, just below that, or some more or less.
    private mutating func factor(_ isScarce: Bool) -> Double {
        let factors: [Double] =
            isScarce
            ? [1, 1, 1 - 5e-10, 1 - 2e-9, 0.95, 0.99, 1.05, 1.3]
            : [1, 1, 1, 1 - 5e-10, 1, 1.01, 1.2, 1.6]
        return factors[random.below(factors.count)]
    }

    /// Pins where the distribution has the item or elsewhere, prohibitions, and a freeze.
    private mutating func rules(_ need: Plan, isRevised: Bool) -> ItemRules {
        let items =
            need.distribution.observations.map { ItemID.observation($0.observation.id) }
            + need.distribution.tiles.map { ItemID.tile($0.tile.id) }
        var pins: [Pin] = []
        var prohibitions: [Prohibition] = []
        for (item, assignment) in zip(items, need.assignments) {
            let role: Role = random.below(2) == 0 ? .primary : .secondary
            switch random.below(24) {
            case 0, 1: pins.append(Pin(item: item, sdc: assignment[role], role: role))
            case 2:
                pins.append(Pin(item: item, sdc: ID("SDC-\(random.below(sdcCount))"), role: role))
            case 3:
                let sdc = ID<SDC>("SDC-\(random.below(sdcCount))")
                prohibitions.append(Prohibition(sdc: sdc, scope: .item(item)))
            default: break
            }
        }
        if sdcCount > 2, random.below(12) == 0 {
            prohibitions.append(
                Prohibition(
                    sdc: ID("SDC-\(random.below(sdcCount))"), scope: .kind("CALIBRATION")))
        }
        return ItemRules(
            pins: pins, prohibitions: prohibitions,
            freezeBefore: isRevised ? SmallCase.start + days / 2 : nil)
    }
}
