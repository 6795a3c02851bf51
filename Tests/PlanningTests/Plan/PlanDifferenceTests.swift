import GroundSegment
import LinearProgramming
import Testing

@testable import Planning

@Suite("PlanDifference")
struct PlanDifferenceTests {
    /// The plan of a case with every item where `place` puts it.
    private func plan(
        _ planningCase: PlanningCase, _ place: (ItemID) -> Assignment
    ) -> Plan {
        let problem = Problem(planningCase)
        let sdcs = Dictionary(
            uniqueKeysWithValues: problem.sdcs.enumerated().map { ($1.id, UInt8($0)) })
        let pairs = problem.items.ids.map(place)
        let placement = Placement(
            primary: pairs.map { sdcs[$0.primary] ?? 0 },
            secondary: pairs.map { sdcs[$0.secondary] ?? 0 })
        return Plan(
            problem, placement: placement, bound: nil,
            search: SearchRecord(
                effort: "quick", seed: 1, stepsAsked: 1, steps: 1, stop: .steps, solver: "none"))
    }

    /// Observations and tiles over A, B and C in turn.
    private func inTurn(_ item: ItemID) -> Assignment {
        let pairs: [Assignment] = [
            Assignment(primary: "SDC-A", secondary: "SDC-B"),
            Assignment(primary: "SDC-B", secondary: "SDC-C"),
            Assignment(primary: "SDC-C", secondary: "SDC-A"),
        ]
        return pairs[(Int(item.text) ?? 0) % 3]
    }

    @Test("a plan does not differ from itself")
    func same() {
        let plan = plan(SmallCase.strip(observations: 12), inTurn)
        let difference = PlanDifference(from: plan, to: plan)
        #expect(difference.isEmpty)
        #expect(difference.unchangedItems == difference.common)
    }

    @Test("a change without a cause is free, and says which assignments changed")
    func free() {
        let planningCase = SmallCase.strip(observations: 12)
        let base = plan(planningCase, inTurn)
        let other = plan(planningCase) { item in
            item == .observation("0")
                ? Assignment(primary: "SDC-A", secondary: "SDC-C") : inTurn(item)
        }
        let difference = PlanDifference(from: base, to: other)
        #expect(difference.changes.count == 1)
        #expect(difference.changes.first?.item == .observation("0"))
        #expect(difference.changes.first?.cause == .free)
        #expect(difference.changes.first?.assignments == 1)
    }

    @Test("new and dropped observations are changes of the survey")
    func survey() {
        let base = plan(SmallCase.strip(observations: 12), inTurn)
        let longer = plan(SmallCase.strip(observations: 14), inTurn)
        let grown = PlanDifference(from: base, to: longer)
        let shrunk = PlanDifference(from: longer, to: base)
        #expect(grown.changes.allSatisfy { $0.cause == .survey })
        #expect(
            grown.changes.filter { $0.before == nil }.map(\.item).prefix(2)
                == [.observation("12"), .observation("13")])
        #expect(shrunk.changes.count { $0.after == nil } == grown.changes.count)
    }

    @Test("what leaves an SDC because of a full outage at its arrival moves for the maintenance")
    func outage() {
        let base = plan(SmallCase.strip(observations: 12), inTurn)
        let sdcs = SmallCase.sdcs(3, maintenance: [0: [SmallCase.outage(0.5, 0.7)]])
        let other = plan(SmallCase.strip(observations: 12, sdcs: sdcs)) { item in
            item == .observation("0")
                ? Assignment(primary: "SDC-B", secondary: "SDC-A") : inTurn(item)
        }
        let changes = PlanDifference(from: base, to: other).changes
        #expect(changes.map(\.cause) == [.maintenance])
    }

    @Test("a pin that the base breaks is the cause of what it moves")
    func pin() {
        let base = plan(SmallCase.strip(observations: 12), inTurn)
        let rules = ItemRules(pins: [
            Pin(item: .observation("3"), sdc: "SDC-C", role: .primary)
        ])
        let other = plan(SmallCase.strip(observations: 12, rules: rules)) { item in
            item == .observation("3")
                ? Assignment(primary: "SDC-C", secondary: "SDC-A") : inTurn(item)
        }
        #expect(PlanDifference(from: base, to: other).changes.map(\.cause) == [.pin])
    }

    @Test("what fills an SDC that has grown moves for the capacity, what does not is free")
    func capacity() {
        let base = plan(SmallCase.strip(observations: 12), inTurn)
        var sdcs = SmallCase.sdcs(3)
        sdcs[0] = SDC(
            id: "SDC-A", name: "Centre A", cores: 400, efficiency: 0.5, storage: Terabytes(1000))
        let moved: Set<ItemID> = [.observation("1"), .observation("4")]
        let other = plan(SmallCase.strip(observations: 12, sdcs: sdcs)) { item in
            if moved.contains(item) {
                return Assignment(primary: "SDC-A", secondary: "SDC-C")
            }
            return item == .observation("5")
                ? Assignment(primary: "SDC-C", secondary: "SDC-B") : inTurn(item)
        }
        let changes = PlanDifference(from: base, to: other).changes
        #expect(changes.map(\.cause) == [.capacity, .capacity, .free])
    }

    @Test("gains and losses of primaries are counted by SDC and bucket")
    func cells() {
        let planningCase = SmallCase.strip(observations: 12)
        let base = plan(planningCase, inTurn)
        let other = plan(planningCase) { item in
            item == .observation("0")
                ? Assignment(primary: "SDC-C", secondary: "SDC-B") : inTurn(item)
        }
        let cells = PlanDifference(from: base, to: other).cells
        #expect(cells.map(\.sdc) == ["SDC-A", "SDC-C"])
        #expect(cells.map(\.lost[.free]) == [1, nil])
        #expect(cells.map(\.gained[.free]) == [nil, 1])
    }
}
