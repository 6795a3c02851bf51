import GroundSegment
import LinearProgramming
import Testing

@testable import Planning

@Suite("Sensitivity")
struct SensitivityTests {
    private func sensitivity(_ sdcs: [SDC], of names: [ID<SDC>]) throws -> Sensitivity {
        let options = PlanningOptions(effort: .quick, steps: 30_000)
        return try Sensitivity(
            Problem(SmallCase.strip(observations: 12, sdcs: sdcs, options: options)),
            units: Sensitivity.Units(), sdcs: names, solver: GLPKSolver(), progress: { _, _ in })
    }

    @Test("an SDC without maintenance has no availability to gain")
    func resources() throws {
        let sdcs = SmallCase.sdcs(3, maintenance: [1: [SmallCase.outage(2, 4, availability: 0.5)]])
        let found = try sensitivity(sdcs, of: ["SDC-A", "SDC-B"])
        #expect(found.entries.map(\.sdc) == ["SDC-A", "SDC-A", "SDC-B", "SDC-B", "SDC-B"])
        #expect(
            found.entries.map(\.resource) == [.cores, .storage, .cores, .storage, .availability])
    }

    @Test("more cores where the external data are save what a plan of the changed case saves")
    func resolved() throws {
        let found = try sensitivity(SmallCase.sdcs(3), of: ["SDC-A"])
        let cores = try #require(found.entries.first)
        // SDC-A doubles and its share goes from a third to a half: tiles stay where EXT is.
        #expect(cores.cost > .zero)
        #expect(!found.isNoise(cores))
        #expect(found.spread >= .zero)
    }
}
