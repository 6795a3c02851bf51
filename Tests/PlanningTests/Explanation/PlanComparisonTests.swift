import GroundSegment
import Reporting
import Testing

@testable import Planning

@Suite("Plan comparison")
struct PlanComparisonTests {
    private let problem = Problem(SmallCase.strip(observations: 16))

    private func plan(_ placement: Placement, of problem: Problem? = nil) -> Plan {
        Plan(
            problem ?? self.problem, placement: placement, bound: nil,
            search: SearchRecord(
                effort: "quick", seed: 1, stepsAsked: 0, steps: 0, stop: .steps, solver: ""))
    }

    @Test("a plan beside itself changes nothing")
    func same() {
        let plan = plan(SmallCase.randomPlacement(problem, seed: 2))
        let lines = PlanComparison(from: plan, to: plan).lines
        #expect(lines.contains("moves      0 of \(16 + problem.tiles.count) items"))
        #expect(lines.dropFirst().filter { $0.hasSuffix("0") }.count >= 8)
    }

    @Test("more cores lower the utilisation, and a moved item is counted at both SDCs")
    func moved() throws {
        let placement = SmallCase.randomPlacement(problem, seed: 2)
        var other = placement
        other[0] = (placement[0].secondary, placement[0].primary)
        let changed = Problem(
            problem.planningCase.applying([.cores("SDC-A", 200)]), overlaps: problem.overlaps)
        let lines = PlanComparison(
            from: plan(placement), to: plan(other, of: changed)
        ).lines
        let ids = problem.sdcs.map(\.id)
        let gaining = ids[other[0].primary]
        let losing = ids[placement[0].primary]
        #expect(lines.contains("  \(gaining)  as primary: 1 gained, 0 lost"))
        #expect(lines.contains("  \(losing)  as primary: 0 gained, 1 lost"))
        let load = try #require(lines.first { $0.hasPrefix("SDC-A utilised") })
        #expect(load.split(separator: " ").last?.hasPrefix("-") == true)
    }
}
