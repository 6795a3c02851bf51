import Foundation
import GroundSegment
import Planning
import Reporting
import Testing

@Suite("DifferenceText")
struct DifferenceTextTests {
    private let plan: Plan

    init() throws {
        plan = try SamplePlan.shared.get().plan
    }

    /// The plan with the first observation's SDCs the other way round.
    private var swapped: Plan {
        let distribution = plan.distribution
        var observations = distribution.observations
        let first = observations[0]
        observations[0] = AssignedObservation(
            observation: first.observation, arrival: first.arrival, bucket: first.bucket,
            assignment: Assignment(
                primary: first.assignment.secondary, secondary: first.assignment.primary),
            copiesTo: first.copiesTo)
        return Plan(
            distribution: Distribution(
                name: distribution.name, survey: distribution.survey,
                buckets: distribution.buckets, sdcs: distribution.sdcs,
                processing: distribution.processing, observations: observations,
                tiles: distribution.tiles),
            balance: plan.balance, weights: plan.weights, measures: plan.measures,
            bound: plan.bound, search: plan.search)
    }

    @Test("a plan beside itself has no changes")
    func none() {
        let items = plan.distribution.observations.count + plan.distribution.tiles.count
        #expect(
            DifferenceText(PlanDifference(from: plan, to: plan)).lines
                == ["changes    none in \(items) items"])
    }

    @Test("a moved observation is counted, at both its SDCs and by itself")
    func moved() throws {
        let difference = PlanDifference(from: plan, to: swapped)
        let lines = DifferenceText(difference).lines
        let change = try #require(difference.changes.first)
        let pair = plan.distribution.observations[0].assignment
        let items = difference.common
        #expect(
            lines[0]
                == "changes    1: 1 moved, 0 new, 0 gone; \(items - 1) of \(items) common items"
                + " stay")
        #expect(lines[1].contains("1 \(change.cause.rawValue)"))
        #expect(lines[3] == String(format: "cost       %.3f TB, was %.3f TB", cost, cost))
        #expect(
            lines.last?.hasSuffix(
                "\(change.item): \(pair.primary)/\(pair.secondary) ->"
                    + " \(pair.secondary)/\(pair.primary)") == true)
        let cells = lines.filter { $0.contains("\(change.cause.rawValue) 1/0") }
        #expect(cells.count == 1 && cells[0].hasPrefix(pair.secondary.text))
    }

    private var cost: Double { plan.measures.cost.value }
}
