import GroundSegment
import LinearProgramming
import Reporting
import Synchronization
import Testing

@testable import Planning

@Suite("Infeasibility")
struct InfeasibilityTests {
    private let solver = GLPKSolver()

    private func options() -> PlanningOptions { PlanningOptions(effort: .quick, steps: 60_000) }

    private func strip(
        _ count: Int = 16, sdcs: [SDC], rules: ItemRules = ItemRules()
    ) -> PlanningCase {
        SmallCase.strip(observations: count, sdcs: sdcs, rules: rules, options: options())
    }

    /// What planning ends with leads to the same conflicts and changes as no planning before.
    @Test("what planning has proven is taken as it is", arguments: [0.1, 2.0])
    func known(cores: Double) throws {
        let problem = Problem(strip(sdcs: SmallCase.sdcs(3, cores: cores)))
        let error = try #require(throws: PlanningError.self) {
            var timings = StageTimings()
            _ = try Planner(solver: solver).plan(problem, timings: &timings)
        }
        let fresh = try #require(try Infeasibility(problem, solver: solver))
        let after = try #require(try Infeasibility(problem, after: error, solver: solver))
        #expect(after.relaxations == fresh.relaxations && after.changes == fresh.changes)
        #expect(after.lines == fresh.lines)
    }

    private func explain(_ planningCase: PlanningCase) throws -> Infeasibility {
        try #require(try Infeasibility(Problem(planningCase), solver: solver))
    }

    /// Plans the case with some changes; the breaches of hard rules are thrown.
    private func plan(_ planningCase: PlanningCase, _ changes: [CaseChange]) throws {
        var timings = StageTimings()
        let plan = try Planner(solver: solver).plan(
            Problem(planningCase.applying(changes)), timings: &timings)
        #expect(plan.measures.violations.isEmpty)
    }

    /// Expects that each printed way of relaxing a single conflict makes the case feasible.
    private func expectRelaxed(_ planningCase: PlanningCase, _ found: Infeasibility) throws {
        #expect(throws: PlanningError.self) { try plan(planningCase, []) }
        #expect(found.isConfirmed)
        try plan(planningCase, found.changes)
        guard let only = found.relaxations.first, found.relaxations.count == 1 else { return }
        for alternative in only.alternatives { try plan(planningCase, alternative) }
    }

    /// A limit that comes once it has been asked so many times.
    private final class Countdown: Sendable {
        private let left: Mutex<Int>

        init(_ count: Int) {
            left = Mutex(count)
        }

        var limit: RelaxationLimit {
            RelaxationLimit { [self] in
                left.withLock { count in
                    count -= 1
                    return count < 0
                }
            }
        }
    }

    @Test("whenever the limit comes, the conflict is true, and so is each change that is told")
    func cutShort() throws {
        let planningCase = strip(sdcs: SmallCase.sdcs(3, cores: 2))
        let problem = Problem(planningCase)
        let whole = try #require(try Infeasibility(problem, solver: solver))
        #expect(!whole.isCutShort && !whole.lines.contains { $0.hasPrefix("cut short") })
        for asked in [0, 3, 10, 40] {
            let found = try #require(
                try Infeasibility(problem, solver: solver, limit: Countdown(asked).limit))
            let conflict = try #require(found.relaxations.first?.conflict)
            #expect(!conflict.rules.isEmpty)
            #expect(found.isCutShort || asked > 0)
            #expect(found.lines.contains { $0.hasPrefix("cut short") } == found.isCutShort)
            if conflict.isIrreducible { #expect(conflict == whole.relaxations.first?.conflict) }
            for alternative in found.relaxations.flatMap(\.alternatives) {
                try plan(planningCase, alternative)
            }
            if found.isConfirmed { try plan(planningCase, found.changes) }
        }
    }

    @Test("a feasible case has no conflict")
    func feasible() throws {
        #expect(
            try Infeasibility(Problem(strip(sdcs: SmallCase.sdcs(3))), solver: solver) == nil)
    }

    @Test("work over the capacity of all SDCs in a bucket names its cells and who needs what")
    func capacity() throws {
        // In the first bucket of 4 days, 3 SDCs of 2 cores at 0.5 have 96 core-hours each.
        let planningCase = strip(sdcs: SmallCase.sdcs(3, cores: 2))
        let problem = Problem(planningCase)
        let work =
            10 * Double(problem.items.observations.count { problem.items.buckets[$0] == 0 })
            + 5 * Double(problem.items.tiles.count { problem.items.buckets[$0] == 0 })
        try #require(work > 288)
        let found = try explain(planningCase)
        let first = try #require(found.relaxations.first)
        #expect(
            first.conflict.rules
                == ["A", "B", "C"].map { .capacity(ID("SDC-\($0)"), bucket: 0) })
        let cores = first.alternatives.compactMap { changes in
            if case .cores(_, let cores) = changes.first { cores } else { nil }
        }
        #expect(cores.count == 3)
        for cores in cores { #expect((cores / 2 - 1) * 96 >= work - 288) }
        try expectRelaxed(planningCase, found)
    }

    @Test("outages of all SDCs for days: the observations are named, and a window is moved")
    func allOut() throws {
        let out = [SmallCase.outage(0.5, 1.5)]
        let planningCase = strip(
            sdcs: SmallCase.sdcs(3, maintenance: [0: out, 1: out, 2: out]))
        let found = try explain(planningCase)
        let first = try #require(found.relaxations.first)
        #expect(
            first.conflict.rules
                == ["A", "B", "C"].map { .outage(ID("SDC-\($0)"), out[0]) })
        #expect(first.conflict.items.first == .observation("0"))
        #expect(first.conflict.items.count == 4)
        guard case .window(_, out[0], let moved?) = first.changes.first else {
            Issue.record("\(first.changes)")
            return
        }
        #expect(moved.window.start - out[0].window.start == 1)
        try expectRelaxed(planningCase, found)
    }

    @Test("outages of all SDCs for a whole bucket end earlier together where none alone is enough")
    func endedTogether() throws {
        // An SDC of 7 cores at 0.5 has 336 core-hours in a bucket of 4 days.
        let out = [SmallCase.outage(0, 4)]
        let planningCase = strip(
            sdcs: SmallCase.sdcs(3, cores: 7, maintenance: [0: out, 1: out, 2: out]))
        let found = try explain(planningCase)
        #expect(found.relaxations.count <= 3)
        #expect(
            found.changes.contains { change in
                if case .window(_, out[0], _?) = change { true } else { false }
            })
        try expectRelaxed(planningCase, found)
    }

    @Test("pins that overload an SDC are told together, and the fewest are taken away")
    func pins() throws {
        // SDC-B can do 0.5 * 1 core * 96 h = 48 core-hours in a bucket: four observations.
        let pins = (0..<6).map {
            Pin(item: .observation(ID("\($0)")), sdc: "SDC-B", role: .primary)
        }
        var sdcs = SmallCase.sdcs(3)
        sdcs[1] = SDC(
            id: "SDC-B", name: "B", cores: 1, efficiency: 0.5, storage: Terabytes(1000))
        let planningCase = strip(sdcs: sdcs, rules: ItemRules(pins: pins))
        let found = try explain(planningCase)
        let first = try #require(found.relaxations.first)
        #expect(first.conflict.rules == [.capacity("SDC-B", bucket: 0), .pins(pins)])
        let unpinned = pins.suffix(2).map { CaseChange.unpin($0) }
        #expect(first.changes == unpinned)
        #expect(
            first.alternatives.contains { changes in
                if case .cores("SDC-B", let cores)? = changes.first { cores >= 1.25 } else { false }
            })
        try expectRelaxed(planningCase, found)
    }

    @Test(
        "the fewest last observations of a bucket with too much work come later, before more cores")
    func postponed() throws {
        let planningCase = strip(sdcs: SmallCase.sdcs(3, cores: 2))
        let items = Problem(planningCase).items
        let first = items.observations.filter { items.buckets[$0] == 0 }
        let found = try explain(planningCase)
        let only = try #require(found.relaxations.first)
        guard case .postpone(let observations, days: 1) = only.changes.first else {
            Issue.record("\(found.lines)")
            return
        }
        #expect(
            observations.map(ItemID.observation)
                == first.suffix(observations.count).map { items.ids[$0] })
        #expect(
            only.alternatives.contains { changes in
                if case .cores = changes.first { true } else { false }
            })
        #expect(found.lines.contains { $0.hasPrefix("smallest   have observation") })
        // One fewer is not enough.
        #expect(throws: PlanningError.self) {
            try plan(planningCase, [.postpone(Array(observations.dropFirst()), days: 1)])
        }
        try expectRelaxed(planningCase, found)
    }

    @Test("where observations cannot come later within the period, none is asked to")
    func lastBucket() throws {
        let planningCase = strip(32, sdcs: SmallCase.sdcs(3, cores: 2))
        let found = try explain(planningCase)
        let last = try #require(found.relaxations.last { $0.conflict.bucket == 1 })
        for changes in [last.changes] + last.alternatives {
            if case .postpone = changes.first { Issue.record("\(changes)") }
        }
    }

    @Test("storage too small for all replicas names every SDC and asks for terabytes")
    func storage() throws {
        let small = SmallCase.sdcs(3).map {
            SDC(
                id: $0.id, name: $0.name, cores: $0.cores, storage: Terabytes(4),
                used: Terabytes(1))
        }
        let planningCase = strip(sdcs: small)
        let found = try explain(planningCase)
        let first = try #require(found.relaxations.first)
        #expect(
            first.conflict.rules == ["A", "B", "C"].map { .storage(ID("SDC-\($0)")) })
        guard case .storage = first.changes.first else {
            Issue.record("\(first.changes)")
            return
        }
        try expectRelaxed(planningCase, found)
    }

    @Test("prohibitions that leave one SDC are named with the item")
    func prohibitions() throws {
        let rules = ItemRules(prohibitions: [
            Prohibition(sdc: "SDC-A", scope: .item(.observation("5"))),
            Prohibition(sdc: "SDC-B", scope: .item(.observation("5"))),
        ])
        let planningCase = strip(sdcs: SmallCase.sdcs(3), rules: rules)
        let found = try explain(planningCase)
        let first = try #require(found.relaxations.first)
        #expect(first.conflict.items == [.observation("5")])
        #expect(first.conflict.rules == rules.prohibitions.map { .prohibitions([$0]) })
        #expect(first.changes == [.permit(rules.prohibitions[0])])
        #expect(first.alternatives == [[.permit(rules.prohibitions[1])]])
        try expectRelaxed(planningCase, found)
    }

    @Test("a pin into a full outage names the pin and the window")
    func pinIntoOutage() throws {
        let outage = SmallCase.outage(0.5, 1)
        let pin = Pin(item: .observation("0"), sdc: "SDC-C", role: .primary)
        let planningCase = strip(
            sdcs: SmallCase.sdcs(3, maintenance: [2: [outage]]), rules: ItemRules(pins: [pin]))
        let found = try explain(planningCase)
        let first = try #require(found.relaxations.first)
        #expect(first.conflict.rules == [.outage("SDC-C", outage), .pins([pin])])
        #expect(first.changes == [.unpin(pin)])
        try expectRelaxed(planningCase, found)
    }

    @Test("conflicts that have nothing to do with each other are all told")
    func several() throws {
        let pin = Pin(item: .observation("1"), sdc: "SDC-A", role: .primary)
        let rules = ItemRules(
            pins: [pin],
            prohibitions: [Prohibition(sdc: "SDC-A", scope: .item(.observation("1")))])
        let planningCase = strip(sdcs: SmallCase.sdcs(3, cores: 2), rules: rules)
        let found = try explain(planningCase)
        try #require(found.relaxations.count == 2, "\(found.lines)")
        #expect(found.relaxations[0].conflict.items == [.observation("1")])
        #expect(found.relaxations[1].conflict.bucket == 0)
        try expectRelaxed(planningCase, found)
        #expect(
            found.lines.last
                == "confirmed  a search of the case with these 2 changes together broke no hard"
                + " rule")
    }
}
