import GroundSegment
import Reporting
import Testing

@testable import Planning

@Suite("Item explanation")
struct ItemExplanationTests {
    /// A plan of a random placement, which leaves much to be said.
    private func plan(
        seed: UInt64 = 5, sdcs: [SDC] = SmallCase.sdcs(4), rules: ItemRules = ItemRules()
    ) -> (Problem, Plan) {
        let problem = Problem(SmallCase.strip(observations: 24, sdcs: sdcs, rules: rules))
        return (
            problem, replan(problem, SmallCase.randomPlacement(problem, seed: seed))
        )
    }

    private func replan(_ problem: Problem, _ placement: Placement) -> Plan {
        Plan(
            problem, placement: placement, bound: nil,
            search: SearchRecord(
                effort: "quick", seed: 1, stepsAsked: 0, steps: 0, stop: .steps, solver: ""))
    }

    @Test("the extra cost of each pair is what a full recount of the changed plan finds")
    func exact() throws {
        let (problem, plan) = plan()
        for item in [ItemID.observation("7"), .tile(problem.tiles[5].id)] {
            let number = try #require(problem.items[item])
            let explanation = try #require(ItemExplanation(item, in: plan))
            #expect(explanation.options.count == 11)
            for option in explanation.options {
                var placement = Placement(plan)
                let pair = Role.allCases.map { role in
                    problem.sdcs.firstIndex { $0.id == option.assignment[role] } ?? 0
                }
                placement[number] = (pair[0], pair[1])
                let changed = replan(problem, placement).measures
                let before = plan.measures
                #expect(option.copies == changed.copyCount - before.copyCount)
                #expect(option.failovers == changed.failoverCopies - before.failoverCopies)
                let cost = (changed.cost - before.cost).value
                #expect(
                    abs(option.copyVolume.value + option.externalVolume.value - cost) < 1e-9)
                #expect(
                    option.broken.count - option.mended.count
                        == changed.outside.count - before.outside.count)
            }
        }
    }

    /// A plan that has everything at SDC-A and SDC-B.
    private func planAtTwo(_ sdcs: [SDC], rules: ItemRules = ItemRules()) -> Plan {
        let problem = Problem(SmallCase.strip(observations: 24, sdcs: sdcs, rules: rules))
        return replan(
            problem,
            Placement(
                primary: problem.items.indices.map { _ in 0 },
                secondary: problem.items.indices.map { _ in 1 }))
    }

    /// A pair of SDCs for an observation.
    private func option(
        _ observation: String, _ primary: String, _ secondary: String, in plan: Plan
    ) throws -> ItemExplanation.Option {
        let explanation = try #require(ItemExplanation(.observation(ID(observation)), in: plan))
        let pair = Assignment(
            primary: ID("SDC-\(primary)"), secondary: ID("SDC-\(secondary)"))
        return try #require(explanation.options.first { $0.assignment == pair })
    }

    @Test("rules that forbid an SDC are named: outage, prohibition and pin")
    func obstacles() throws {
        let outage = SmallCase.outage(0.5, 0.6)
        let pin = Pin(item: .observation("0"), sdc: "SDC-D", role: .secondary, reason: "asked")
        let plan = planAtTwo(
            SmallCase.sdcs(4, maintenance: [1: [outage]]),
            rules: ItemRules(
                pins: [pin],
                prohibitions: [Prohibition(sdc: "SDC-C", scope: .item(.observation("0")))]))
        let outOfOrder = HardRule.outage("SDC-B", outage)
        let forbidden = HardRule.prohibitions([
            Prohibition(sdc: "SDC-C", scope: .item(.observation("0")))
        ])
        #expect(try option("0", "B", "D", in: plan).forbidding == [outOfOrder])
        #expect(try option("0", "A", "C", in: plan).forbidding == [.pins([pin]), forbidden])
        #expect(try option("0", "D", "A", in: plan).forbidding == [.pins([pin])])
        #expect(try option("0", "A", "D", in: plan).isAllowed)
        let planningCase = plan.planningCase
        #expect(
            outOfOrder.text(in: planningCase)
                == "H4 SDC-B: full outage \(outage.window.start) to \(outage.window.end) (SDC-B.ics)"
        )
        #expect(
            forbidden.text(in: planningCase)
                == "H5 observation 0 forbidden at SDC-C (plan.yaml: forbid[0])")
        #expect(
            HardRule.pins([pin]).text(in: planningCase)
                == "H5 observation 0 pinned to SDC-D as secondary, \"asked\" (plan.yaml: pins[0])")
        let lines = try #require(ItemExplanation(.observation("0"), in: plan)).lines(in: plan)
        #expect(
            lines.contains { $0.hasPrefix("SDC-C      forbidden as primary: H5 observation 0 ") })
    }

    @Test("an SDC without room is named by capacity and storage")
    func full() throws {
        var sdcs = SmallCase.sdcs(3)
        sdcs[2] = SDC(id: "SDC-C", name: "C", cores: 0.01, storage: Terabytes(0.01))
        let plan = planAtTwo(sdcs)
        let full = CellStanding(rule: .storageFull, sdc: "SDC-C", bucket: nil)
        let over = CellStanding(rule: .capacity, sdc: "SDC-C", bucket: 0)
        #expect(try option("3", "C", "A", in: plan).breaches == [over, full])
        #expect(try option("3", "A", "C", in: plan).breaches == [full])
        let lines = try #require(ItemExplanation(.observation("3"), in: plan)).lines(in: plan)
        #expect(
            lines.contains(
                "SDC-C      forbidden as primary: H2 SDC-C 2027-01-04: work over capacity;"
                    + " H3 SDC-C: storage full"))
    }

    @Test("an item that the plan does not have has no explanation")
    func unknown() {
        #expect(ItemExplanation(.tile("1"), in: plan().1) == nil)
    }
}
