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
        for (line, (unit, entry)) in zip(
            lines.dropFirst(2), zip(["250 cores", "50 TB", "2% availability"], found.entries))
        {
            let words =
                found.isNoise(entry)
                ? "no effect is measurable (" : entry.total.value >= 0 ? "saves " : "costs "
            #expect(line.hasPrefix("SDC-C  +\(unit): \(words)"), "\(line)")
            #expect(!line.dropFirst(5).contains("-"), "\(line)")
        }
        #expect(found.entries.map(\.unit) == [250, 50, 0.02])
    }
}
