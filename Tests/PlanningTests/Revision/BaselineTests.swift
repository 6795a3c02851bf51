import GroundSegment
import Testing

@testable import Planning

@Suite("Baseline")
struct BaselineTests {
    @Test("a table's baseline has the items that the table and the case have, and their partners")
    func table() {
        let problem = Problem(SmallCase.strip(observations: 12))
        let inputs = PlanInputs(
            problem.planningCase, items: problem.items, partners: problem.partners)
        let pair = Assignment(primary: "SDC-B", secondary: "SDC-C")
        let tile = problem.items.ids[12]
        let rows = [
            AssignmentTable.Row(item: tile, assignment: pair, bucket: "2027-01-08"),
            AssignmentTable.Row(item: .observation("99"), assignment: pair),
            AssignmentTable.Row(item: .observation("0"), assignment: pair, bucket: "2026-01-01"),
        ]
        let base = Baseline(
            AssignmentTable(rows: rows), of: inputs, weights: problem.planningCase.weights)
        #expect(base.inputs.items.ids == [.observation("0"), tile])
        #expect(base.inputs.items.observationCount == 1)
        #expect(base.assignments == [pair, pair])
        #expect(base.inputs.items.buckets == [problem.items.buckets[0], 1])
        let doOverlap = problem.partners[0].contains(12)
        #expect(base.inputs.partners == (doOverlap ? [[tile.text], ["0"]] : [[], []]))
    }

    @Test("of a plan it is what the plan says")
    func plan() {
        let problem = Problem(SmallCase.strip(observations: 12))
        let plan = Plan(
            problem, placement: SmallCase.randomPlacement(problem, seed: 1), bound: nil,
            search: SearchRecord(
                effort: "quick", seed: 1, stepsAsked: 0, steps: 0, stop: .steps, solver: ""))
        let base = Baseline(plan)
        #expect(base.inputs.items.ids == problem.items.ids)
        #expect(base.assignments == plan.assignments)
        #expect(
            base.inputs.partners
                == problem.items.indices.map { item in
                    problem.partners[item].map { problem.items.ids[Int($0)].text }.sorted()
                })
    }
}
