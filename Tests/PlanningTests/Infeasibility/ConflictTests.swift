import GroundSegment
import LinearProgramming
import Reporting
import Testing

@testable import Planning

@Suite("Conflict")
struct ConflictTests {
    private func search(
        _ planningCase: PlanningCase, of problem: Problem
    ) -> ConflictSearch<GLPKSolver> {
        ConflictSearch(
            rules: HardRules(problem).changed(to: planningCase), solver: GLPKSolver())
    }

    @Test("without any one of the rules in conflict the others hold")
    func irreducible() throws {
        let planningCase = SmallCase.strip(observations: 16, sdcs: SmallCase.sdcs(3, cores: 2))
        let problem = Problem(planningCase)
        let conflict = try #require(try search(planningCase, of: problem).first())
        #expect(conflict.rules.count == 3)
        for sdc in planningCase.sdcs {
            let relaxed = planningCase.applying([.cores(sdc.id, 1000)])
            #expect(try search(relaxed, of: problem).first() == nil)
        }
    }

    @Test("ten thousand pins are one rule of a conflict")
    func manyPins() throws {
        let empty = SmallCase.strip(observations: 400, perDay: 100, rows: 20)
        let problem = Problem(empty)
        let observations = problem.observations.map { ItemID.observation($0.id) }
        let pins = (0..<10_000).map { number in
            Pin(
                item: observations[number % observations.count], sdc: "SDC-B", role: .primary,
                reason: "\(number)")
        }
        let planningCase = empty.with(
            sdcs: SmallCase.sdcs(3, cores: 60), rules: ItemRules(pins: pins))
        let found = try #require(try search(planningCase, of: Problem(planningCase)).first())
        try #require(found.rules.count == 2)
        #expect(found.rules[0] == .capacity("SDC-B", bucket: 0))
        guard case .pins(let named) = found.rules[1] else {
            Issue.record("\(found.rules[1])")
            return
        }
        #expect(named.count > 8000)
        #expect(found.rules[1].text(in: planningCase).contains(" more pinned to SDC-B as primary"))
    }

    @Test("what is frozen into a new outage is named with the window")
    func frozen() throws {
        let before = SmallCase.strip(observations: 16)
        let problem = Problem(before)
        let base = Plan(
            problem, placement: SmallCase.randomPlacement(problem, seed: 3), bound: nil,
            search: SearchRecord(
                effort: "quick", seed: 1, stepsAsked: 0, steps: 0, stop: .steps, solver: ""))
        let sdc = base.distribution.observations[0].assignment.primary
        let outage = SmallCase.outage(0.5, 0.6)
        let out = before.applying([.window(sdc, from: nil, to: outage)])
        let changed = out.with(
            sdcs: out.sdcs, rules: ItemRules(freezeBefore: SmallCase.start + 1))
        let revised = Problem(
            changed, overlaps: problem.overlaps, precedent: Precedent(base: base))
        let conflict = try #require(try search(changed, of: revised).first())
        #expect(
            conflict.rules == [
                .outage(sdc, outage), .frozen(sdc, .primary, [.observation("0")]),
            ])
    }
}
