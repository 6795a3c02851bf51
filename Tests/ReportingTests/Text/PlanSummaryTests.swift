import Foundation
import GroundSegment
import Planning
import Reporting
import Testing

@Suite("PlanSummary")
struct PlanSummaryTests {
    @Test("a plan with everything at one pair has no copies, and cells outside")
    func skewed() throws {
        let plan = try SamplePlan.shared.get().skewed
        let lines = PlanSummary(plan).lines
        let external = String(format: "%.3f", plan.measures.externalVolume.value)
        #expect(
            lines[0]
                == "cost       \(external) TB: 0.000 TB in 0 copies (0.00% of the observations), "
                + "\(external) TB external")
        #expect(lines[1] == "bound      none: no distribution is within all tolerances")
        #expect(lines[2] == "failover   0 copies, 0.00 for each observation")
        let borders = plan.borders
        #expect(
            lines[3]
                == "borders    \(borders.apart) of \(borders.neighbours) pairs of neighbouring tiles"
                + " have different primaries"
        )
        #expect(lines[4] == "tolerance  \(plan.measures.outside.count) cells outside")
        #expect(lines.count == 5 + plan.measures.outside.count)
        let cell = try #require(plan.measures.outside.first)
        #expect(lines[5].hasPrefix("           \(cell.tolerance.rawValue) \(cell.sdc)"))
    }

    @Test("the bound and the gap to it are told where there is one")
    func bound() throws {
        let plan = try SamplePlan.shared.get().plan
        let bound = try #require(plan.bound)
        #expect(
            PlanSummary(plan).lines[1].hasPrefix(
                String(format: "bound      %.3f TB, gap ", bound.value)))
    }
}
