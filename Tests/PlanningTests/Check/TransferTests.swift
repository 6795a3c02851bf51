import GroundSegment
import LinearProgramming
import Reporting
import SkyGeometry
import Testing

@testable import Planning

@Suite("Transfers")
struct TransferTests {
    private let solver = GLPKSolver()

    /// One observation of 0.05 TB that arrives in the first bucket of 4 days, and its tiles of 0.1 TB.
    private func one(_ sdcs: [SDC], rules: ItemRules = ItemRules()) -> PlanningCase {
        SmallCase.strip(observations: 1, sdcs: sdcs, rules: rules)
    }

    /// SDCs of which some have a rate of so many TB in a bucket of 4 days.
    private func sdcs(
        _ inward: [Double?], _ outward: [Double?] = [], ingests: Bool = false
    ) -> [SDC] {
        SmallCase.sdcs(inward.count).enumerated().map { place, sdc in
            func rate(_ volume: Double?) -> Double? { volume.map { $0 / (0.45 * 96) } }
            return SDC(
                id: sdc.id, name: sdc.name, cores: sdc.cores, efficiency: sdc.efficiency,
                storage: sdc.storage, ingests: ingests ? sdc.ingests : [],
                ingress: rate(inward[place]),
                egress: rate(outward.indices.contains(place) ? outward[place] : nil))
        }
    }

    private func pair(_ primary: String, _ secondary: String) -> Assignment {
        Assignment(primary: ID("SDC-\(primary)"), secondary: ID("SDC-\(secondary)"))
    }

    private func violations(
        _ planningCase: PlanningCase, _ observation: Assignment, _ tile: Assignment
    ) -> [String] {
        let overlaps = Problem(planningCase).overlaps
        return Checker(planningCase, overlaps: overlaps).measures(
            observations: [observation], tiles: overlaps.tiles.map { _ in tile }
        ).violations
    }

    @Test("replicas, copies and external data come in, replicas and copies go out")
    func counted() throws {
        let planningCase = one(sdcs([1, 1, 1], ingests: true))
        let overlaps = Problem(planningCase).overlaps
        let tiles = Double(overlaps.tiles.count)
        let found = Checker(planningCase, overlaps: overlaps).transfers(
            [pair("A", "B")], overlaps.tiles.map { _ in pair("C", "A") })
        // A sends the replica and the copy for C's tiles, and gets the tiles' replicas.
        #expect(abs(found[0].outward[0].replicas - 0.05) < 1e-12)
        #expect(abs(found[0].outward[0].copies - 0.05) < 1e-12)
        #expect(abs(found[0].inward[0].replicas - 0.1 * tiles) < 1e-9)
        #expect(found[0].inward[0].external == 0)
        #expect(abs(found[1].inward[0].sum - 0.05) < 1e-12)
        #expect(abs(found[2].inward[0].copies - 0.05) < 1e-12)
        #expect(abs(found[2].inward[0].external - 0.03 * tiles) < 1e-9)
        #expect(abs(found[2].outward[0].replicas - 0.1 * tiles) < 1e-9)
        #expect(found.allSatisfy { $0.inward[1].sum == 0 && $0.outward[1].sum == 0 })
    }

    @Test("a copy counts once, in the bucket in which the first tile that needs it is ready")
    func firstTile() throws {
        // Two observations of one field, a bucket apart: all tiles are ready with the second.
        let planningCase = SmallCase.strip(
            observations: 2, perDay: 0.2, sdcs: sdcs([9, 9, 9]), fields: 1)
        let overlaps = Problem(planningCase).overlaps
        let found = Checker(planningCase, overlaps: overlaps).transfers(
            [pair("A", "B"), pair("A", "B")], overlaps.tiles.map { _ in pair("C", "B") })
        #expect(found[2].inward.map(\.copies) == [0, 0.1])
        #expect(found[0].outward.map(\.copies) == [0, 0.1])
        #expect(found[0].outward.map(\.replicas) == [0.05, 0.05])
    }

    @Test("more in or out than the rate carries breaks H6, what meets it exactly does not")
    func limit() {
        let tiles = Double(Problem(one(sdcs([nil, nil]))).tiles.count)
        let all = 0.05 + 0.1 * tiles
        let exact = one(sdcs([nil, all], [all, nil]))
        #expect(violations(exact, pair("A", "B"), pair("A", "B")).isEmpty)
        let name = exact.buckets.name(0)
        #expect(
            violations(one(sdcs([nil, 0.04])), pair("A", "B"), pair("B", "A"))
                == ["H6 SDC-B \(name): 0.1 TB in of 0"])
        #expect(
            violations(one(sdcs([nil, 0])), pair("A", "B"), pair("B", "A"))
                == ["H6 SDC-B \(name): 0.1 TB in of 0"])
        #expect(
            violations(one(sdcs([nil, nil], [nil, 0.2])), pair("A", "B"), pair("B", "A")).count == 1
        )
    }

    @Test("where nothing can come in anywhere, there is no distribution, and the bucket is named")
    func nothing() throws {
        let planningCase = one(sdcs([0, 0]))
        let problem = Problem(planningCase)
        let obstacles = Feasibility.obstacles(problem)
        let first = try #require(obstacles.first)
        #expect(obstacles.count == 1)
        let all = problem.items.indices.reduce(0) { $0 + problem.volume[$1] }
        #expect(
            first.text(in: planningCase)
                == "H6 bucket \(planningCase.buckets.name(0)): replicas of"
                + " \(NumberText.grouped(all, 1)) TB have to come in, all SDCs"
                + " together can take 0.0")
    }

    @Test("a pin to an SDC where nothing can come in is named with its line, and relaxed by either")
    func pinned() throws {
        let rules = ItemRules(pins: [
            Pin(item: .observation("0"), sdc: "SDC-B", role: .secondary, reason: "asked")
        ])
        let planningCase = one(sdcs([nil, 0, nil]), rules: rules)
        let found = try #require(try Infeasibility(Problem(planningCase), solver: solver))
        let only = try #require(found.relaxations.first)
        #expect(found.relaxations.count == 1 && found.isConfirmed)
        #expect(only.conflict.rules.first == .transfer("SDC-B", .inward, bucket: 0))
        #expect(only.conflict.bucket == 0)
        let options = [only.changes] + only.alternatives
        #expect(options.contains([.unpin(rules.pins[0])]))
        let rates = options.compactMap { changes -> Double? in
            if case .rate("SDC-B", .inward, let rate)? = changes.first { rate } else { nil }
        }
        #expect(rates.count == 1 && rates[0] * 0.45 * 96 >= 0.05 - 1e-9)
        #expect(
            found.lines.contains {
                $0.contains("H6 SDC-B \(planningCase.buckets.name(0)): nothing can come in")
            })
        #expect(
            found.lines.contains {
                $0.contains(
                    "SDC-B \(planningCase.buckets.name(0)): 0.1 TB in of 0.0: SDC-B: ingress")
            }, "\(found.lines)")
        for changes in options {
            var timings = StageTimings()
            let plan = try Planner(solver: solver).plan(
                Problem(planningCase.applying(changes)), timings: &timings)
            #expect(plan.measures.violations.isEmpty)
        }
    }

    @Test("a window that closes the line is named, and moved")
    func window() throws {
        var centres = sdcs([nil, 3, nil])
        centres[1] = centres[1].with(maintenance: [SmallCase.outage(0, 4, availability: 0.01)])
        let pins = Problem(one(centres)).tiles.map {
            Pin(item: .tile($0.id), sdc: "SDC-B", role: .secondary)
        }
        let planningCase = one(centres, rules: ItemRules(pins: pins))
        let found = try #require(try Infeasibility(Problem(planningCase), solver: solver))
        let only = try #require(found.relaxations.first)
        #expect(only.conflict.rules.contains(.transfer("SDC-B", .inward, bucket: 0)))
        #expect(
            ([only.changes] + only.alternatives).contains { changes in
                if case .window("SDC-B", _, _)? = changes.first { true } else { false }
            })
    }

    @Test("a plan of limited lines keeps them, and what it cannot keep is refused")
    func planned() throws {
        let roomy = SmallCase.strip(
            observations: 12, sdcs: sdcs([2, 2, 2], [2, 2, 2], ingests: true),
            options: PlanningOptions(effort: .quick, steps: 40_000))
        var timings = StageTimings()
        let plan = try Planner(solver: solver).plan(Problem(roomy), timings: &timings)
        #expect(plan.measures.violations.isEmpty)
        let bound = try #require(plan.bound)
        #expect(plan.measures.cost >= bound)
        #expect(plan.transfers.allSatisfy { $0.inward.allSatisfy { $0.sum <= 2 + 1e-8 } })
        let (bytes, digest) = PlanDocument.encode(plan)
        let read = try PlanDocument.decode(bytes)
        #expect(read.digest == digest && read.plan.distribution.sdcs == plan.distribution.sdcs)
        #expect(read.plan.transfers == plan.transfers)
    }
}
