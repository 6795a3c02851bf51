import GroundSegment
import LinearProgramming
import Reporting
import Testing

@testable import Planning

@Suite("Revision")
struct RevisionTests {
    private static let options = PlanningOptions(effort: .quick, steps: 300_000)

    private static func strip(
        _ count: Int = 24, sdcs: [SDC] = SmallCase.sdcs(3), rules: ItemRules = ItemRules()
    ) -> PlanningCase {
        SmallCase.strip(observations: count, sdcs: sdcs, rules: rules, options: options)
    }

    private static func plan(_ planningCase: PlanningCase, from base: Plan? = nil) throws -> Plan {
        var timings = StageTimings()
        return try Planner(solver: GLPKSolver()).plan(
            Problem(planningCase, precedent: Precedent(base: base, digest: base.map { _ in "d" })),
            timings: &timings)
    }

    /// A case whose survey has other observations.
    private static func with(
        _ planningCase: PlanningCase, observations: [Observation]
    ) -> PlanningCase {
        PlanningCase(
            name: planningCase.name,
            survey: SurveyPlan(id: planningCase.survey.id, observations: observations),
            sdcs: planningCase.sdcs, grid: planningCase.grid, buckets: planningCase.buckets,
            processing: planningCase.processing, balance: planningCase.balance,
            rules: planningCase.rules, options: planningCase.options)
    }

    @Test("the same inputs give the base, without a step")
    func same() throws {
        let base = try Self.plan(Self.strip())
        let again = try Self.plan(Self.strip(), from: base)
        #expect(again.assignments == base.assignments)
        #expect(again.search.steps == 0)
        #expect(again.measures.cost == base.measures.cost)
    }

    @Test("what moves because a line carries less has the cause capacity, for a window maintenance")
    func lines() throws {
        let base = try Self.plan(Self.strip())
        let busiest = try #require(base.transfers.first?.inward.map(\.sum).max())
        // Half of what comes in at SDC-A now.
        let rate = 0.5 * busiest / (0.45 * 96)
        let slower = SmallCase.sdcs(3).enumerated().map { place, sdc in
            place == 0 ? sdc.with(ingress: rate) : sdc
        }
        let after = try Self.plan(Self.strip(sdcs: slower), from: base)
        #expect(after.measures.violations.isEmpty)
        let difference = PlanDifference(from: base, to: after)
        #expect(difference.count(.capacity) > 0)
        let again = try Self.plan(Self.strip(sdcs: slower), from: after)
        #expect(again.assignments == after.assignments)
        let closed = slower.enumerated().map { place, sdc in
            place == 0
                ? sdc.with(
                    maintenance: [SmallCase.outage(4, 8, availability: 0.2)], ingress: rate) : sdc
        }
        let then = try Self.plan(Self.strip(sdcs: closed), from: after)
        #expect(then.measures.violations.isEmpty)
        #expect(PlanDifference(from: after, to: then).count(.maintenance) > 0)
    }

    @Test("what others reserve takes from the share, and what moves for it has the cause capacity")
    func reserved() throws {
        let base = try Self.plan(Self.strip())
        let shared = SmallCase.sdcs(3).enumerated().map { place, sdc in
            place == 1
                ? sdc.with(
                    reservations: [
                        Reservation(
                            window: TimeWindow(
                                start: SmallCase.start, end: SmallCase.start + 8),
                            work: CoreHours(6000), volume: Terabytes(2))
                    ]) : sdc
        }
        let after = try Self.plan(Self.strip(sdcs: shared), from: base)
        let difference = PlanDifference(from: base, to: after)
        #expect(difference.count(.capacity) > 0)
        let load = { (plan: Plan) in
            plan.measures.loads[1].buckets.reduce(0) { $0 + $1.work.value }
        }
        #expect(load(after) < load(base))
        // 100 cores at 0.5 for 96 hours, less the half of 6000.
        #expect(
            after.measures.loads[1].buckets.map(\.capacity) == [CoreHours(1800), CoreHours(1800)])
        let shift = ReservationShift.all(
            from: base.distribution, to: ["SDC-B": shared[1].reservations])
        #expect(shift.map(\.sdc) == ["SDC-B"])
        #expect(shift.first?.buckets.count == 2)
        #expect(
            ReservationShift.all(
                from: after.distribution, to: ["SDC-B": shared[1].reservations]
            ).isEmpty)
    }

    @Test("a base keeps its assignments when it is read from its file")
    func document() throws {
        let rules = ItemRules(
            pins: [Pin(item: .observation("3"), sdc: "SDC-C", role: .primary, until: MJD(70_000))],
            prohibitions: [
                Prohibition(sdc: "SDC-A", scope: .item(.observation("5"))),
                Prohibition(sdc: "SDC-B", scope: .kind("DEEP")),
            ])
        let base = try Self.plan(Self.strip(rules: rules))
        let read = try PlanDocument.decode(PlanDocument.encode(base).bytes).plan
        #expect(read.rules == PlacementRules(rules))
        let again = try Self.plan(Self.strip(rules: rules), from: read)
        #expect(again.assignments == base.assignments)
        let reread = try PlanDocument.decode(PlanDocument.encode(again).bytes).plan
        #expect(reread.base == "d")
    }

    @Test("what has arrived before the freeze stays, whatever became of its field")
    func freeze() throws {
        let base = try Self.plan(Self.strip())
        let freeze = SmallCase.start + 4
        let sdcs = SmallCase.sdcs(3, maintenance: [0: [SmallCase.outage(4.2, 7)]])
        let planningCase = Self.strip(sdcs: sdcs, rules: ItemRules(freezeBefore: freeze))
        let again = try Self.plan(planningCase, from: base)
        let arrived = zip(base.distribution.observations, again.distribution.observations)
            .filter { $0.0.arrival < freeze }
        #expect(arrived.count > 10)
        #expect(arrived.allSatisfy { $0.0.assignment == $0.1.assignment })
        #expect(base.assignments != again.assignments)
    }

    @Test("an item whose order was taken stays")
    func taken() throws {
        let base = try Self.plan(Self.strip())
        let id = base.distribution.tiles[0].tile.id
        let other = try #require(
            SmallCase.sdcs(3).map(\.id).first {
                !base.distribution.tiles[0].assignment.contains($0)
            })
        let pins = ItemRules(pins: [Pin(item: .tile(id), sdc: other, role: .primary)])
        let problem = Problem(
            Self.strip(rules: pins), precedent: Precedent(base: base, taken: [.tile(id)]))
        #expect {
            var timings = StageTimings()
            _ = try Planner(solver: GLPKSolver()).plan(problem, timings: &timings)
        } throws: { error in
            guard let found = error as? PlanningError, case .obstructed = found else {
                return false
            }
            return found.reasons(in: problem.planningCase).contains {
                $0.hasPrefix("H5 tile \(id): no primary is left: pinned to \(other) as primary; ")
                    && $0.contains("frozen at")
            }
        }
    }

    @Test("a pin against a full outage is named with its window")
    func pinAgainstOutage() {
        let rules = ItemRules(pins: [Pin(item: .observation("0"), sdc: "SDC-A", role: .primary)])
        let sdcs = SmallCase.sdcs(3, maintenance: [0: [SmallCase.outage(0.4, 1)]])
        let planningCase = Self.strip(sdcs: sdcs, rules: rules)
        let obstacles = Feasibility.obstacles(Problem(planningCase))
        guard case .noPair(let found)? = obstacles.first, obstacles.count == 1 else {
            Issue.record("\(obstacles)")
            return
        }
        #expect(found.item == .observation("0") && found.lack == .primary)
        #expect(found.primaryPin == "SDC-A" && found.outages == ["SDC-A"])
        #expect(
            obstacles[0].text(in: planningCase).hasPrefix(
                "H5 observation 0: no primary is left: pinned to SDC-A as primary; SDC-A is in a"
                    + " full outage at its arrival, 2027-01-04T12:57:"))
    }

    @Test("an SDC that is gone gives up all it had, for the capacity")
    func goneSDC() throws {
        let four = SmallCase.sdcs(4)
        let base = try Self.plan(Self.strip(sdcs: four))
        let planningCase = Self.strip(sdcs: Array(four.prefix(3)))
        let again = try Self.plan(planningCase, from: base)
        #expect(Precedent(base: base).missingSDCs(planningCase.sdcs) == ["SDC-D"])
        #expect(!again.assignments.contains { $0.contains("SDC-D") })
        let difference = PlanDifference(from: base, to: again)
        for change in difference.changes where change.before?.contains("SDC-D") == true {
            #expect(change.cause == .capacity)
        }
        #expect(difference.moved.contains { $0.before?.contains("SDC-D") == true })
    }

    @Test("a frozen assignment elsewhere is a breach, and what moves after its arrival costs")
    func checkerCounts() throws {
        let base = try Self.plan(Self.strip())
        let planningCase = Self.strip(rules: ItemRules(freezeBefore: SmallCase.start + 30))
        let problem = Problem(planningCase, precedent: Precedent(base: base))
        let checker = Checker(
            planningCase, overlaps: problem.overlaps, precedent: problem.precedent)
        var observations = base.distribution.observations.map(\.assignment)
        let tiles = base.distribution.tiles.map(\.assignment)
        let still = checker.measures(observations: observations, tiles: tiles)
        #expect(still.movedVolume == .zero)
        let old = observations[0]
        let third = try #require(SmallCase.sdcs(3).map(\.id).first { !old.contains($0) })
        observations[0] = Assignment(primary: third, secondary: old.primary)
        let moved = checker.measures(observations: observations, tiles: tiles)
        #expect(moved.movedVolume == planningCase.processing.observationVolume)
        #expect(moved.violations.contains { $0.hasPrefix("H5 observation 0: frozen at") })
    }

    @Test("a table of assignments is a base as well")
    func table() throws {
        let base = try Self.plan(Self.strip())
        let rows = zip(PlannedItems(base.distribution).ids, base.assignments).map {
            AssignmentTable.Row(item: $0, assignment: $1)
        }
        let problem = Problem(
            Self.strip(), precedent: Precedent(base: .table(AssignmentTable(rows: rows))))
        var timings = StageTimings()
        let again = try Planner(solver: GLPKSolver()).plan(problem, timings: &timings)
        #expect(again.assignments == base.assignments)
        #expect(again.search.steps == 0)
    }

    /// A revision by a short search, as the planner makes it.
    private static func quickly(_ planningCase: PlanningCase, from base: Plan) -> Plan {
        let problem = Problem(planningCase, precedent: Precedent(base: base, digest: "d"))
        let fresh = StartingPoint(problem).placement(
            [BucketShares?](repeating: nil, count: problem.bucketCount))
        let start =
            problem.revision.map { RevisedStart(problem, revision: $0).placement(over: fresh) }
            ?? fresh
        let search = Search(
            SearchModel(problem, bands: Bands(problem)), placement: start, seed: 1, length: 60_000)
        while !search.isDone { search.advance() }
        return Plan(
            problem, placement: search.settled(against: start), bound: nil,
            search: SearchRecord(
                effort: "quick", seed: 1, stepsAsked: 60_000, steps: search.steps, stop: .steps,
                solver: "none"))
    }

    @Test("of 200 random changes of the inputs each moves what it is the cause of, and little else")
    func causes() throws {
        let planningCase = Self.strip()
        let base = try Self.plan(planningCase)
        var free = 0
        var unchanged = 0
        for seed in 1...200 {
            var random = SeededGenerator(seed: UInt64(seed))
            let change = RandomChange(planningCase, random: &random)
            let again = Self.quickly(change.planningCase, from: base)
            let difference = PlanDifference(from: base, to: again)
            let causes = Set(difference.changes.map(\.cause)).subtracting([.free])
            #expect(again.measures.violations.isEmpty, "seed \(seed)")
            #expect(causes.isSubset(of: change.causes), "seed \(seed)")
            for entry in difference.changes where change.ownItems.contains(entry.item) {
                #expect(entry.cause != .free, "seed \(seed)")
            }
            let written =
                again.distribution.observations.map(\.cause)
                + again.distribution.tiles.map(\.cause)
            #expect(written == ChangeCauses(from: Baseline(base), to: again).causes, "seed \(seed)")
            free += difference.count(.free)
            unchanged += difference.unchangedItems
        }
        #expect(unchanged > 10_000)
        #expect(free * 50 < unchanged, "\(free) of \(unchanged)")
    }

    /// One random change of a case's inputs, and the causes that it can be.
    struct RandomChange {
        let planningCase: PlanningCase
        let causes: Set<ChangeCause>
        /// Items that are themselves changed.
        var ownItems: Set<ItemID> = []

        init(_ given: PlanningCase, random: inout SeededGenerator) {
            var observations = given.survey.observations
            let chosen = random.below(observations.count)
            let sdc = random.below(3)
            switch random.below(7) {
            case 0:
                observations.remove(at: chosen)
                planningCase = with(given, observations: observations)
                causes = [.survey]
            case 1:
                let new = SmallCase.observation(
                    "new", ra: 10 + 4 * random.unit(), dec: 2 * random.unit(), at: 6 * random.unit()
                )
                planningCase = with(given, observations: observations + [new])
                causes = [.survey]
                ownItems = [.observation("new")]
            case 2:
                let old = observations[chosen]
                observations[chosen] = SmallCase.observation(
                    old.id.text, ra: old.centre.ra, dec: old.centre.dec, at: 6 * random.unit())
                planningCase = with(given, observations: observations)
                causes = [.survey]
            case 3:
                let from = 6 * random.unit()
                planningCase = strip(
                    sdcs: SmallCase.sdcs(
                        3, maintenance: [sdc: [SmallCase.outage(from, from + random.unit())]]))
                causes = [.maintenance]
            case 4:
                let half = SmallCase.outage(4, 8, availability: 0.5)
                planningCase = strip(sdcs: SmallCase.sdcs(3, maintenance: [sdc: [half]]))
                causes = [.maintenance]
            case 5:
                var sdcs = SmallCase.sdcs(3)
                sdcs[sdc] = SDC(
                    id: sdcs[sdc].id, name: sdcs[sdc].name, cores: 80 + 60 * random.unit(),
                    efficiency: 0.5, storage: sdcs[sdc].storage, ingests: sdcs[sdc].ingests)
                planningCase = strip(sdcs: sdcs)
                causes = [.capacity]
            default:
                let item = ItemID.observation(observations[chosen].id)
                planningCase = strip(
                    rules: ItemRules(pins: [
                        Pin(item: item, sdc: given.sdcs[sdc].id, role: .primary)
                    ]))
                causes = [.pin]
                ownItems = [item]
            }
        }
    }
}
