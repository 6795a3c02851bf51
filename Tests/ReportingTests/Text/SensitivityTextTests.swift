import GroundSegment
import LinearProgramming
import Planning
import Reporting
import Testing

@Suite("SensitivityText")
struct SensitivityTextTests {
    @Test("each answer is told with its unit, after the case as it is")
    func lines() throws {
        var options = PlanningOptions()
        options.steps = 200
        let planningCase = try SamplePlan.shared.get().plan.distribution
        let problem = Problem(
            PlanningCase(
                name: "small",
                survey: SurveyPlan(
                    id: "test", observations: planningCase.observations.map(\.observation)),
                sdcs: planningCase.sdcs, grid: .mer, buckets: planningCase.buckets,
                processing: planningCase.processing,
                balance: Balance(work: 0.1, observations: 0.2, storage: 0.1, gap: 4),
                options: options))
        let units = Sensitivity.Units(
            cores: 250, storage: Terabytes(50), availability: 0.02)
        let found = try Sensitivity(
            problem, units: units, sdcs: ["SDC-C"], solver: GLPKSolver()
        ) { _, _ in }
        let lines = SensitivityText(found).lines
        #expect(lines.count == 5)
        #expect(lines[0].hasPrefix("as it is   "))
        #expect(lines[0].contains(" TB of cost and failover; 3 seeds spread over "))
        #expect(
            lines[1]
                == "re-solved  each line is a plan of the changed case, same seed, \(found.steps)"
                + " steps")
        #expect(lines[2].hasPrefix("SDC-C  +250 cores: saves "))
        #expect(lines[3].hasPrefix("SDC-C  +50 TB: saves "))
        #expect(lines[4].hasPrefix("SDC-C  +2% availability: saves "))
        #expect(found.entries.map(\.unit) == [250, 50, 0.02])
    }
}
