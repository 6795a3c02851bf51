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

    @Test("a unit grows until its saving is beyond the search's own spread, or is sixteen times it")
    func growth() throws {
        let sdcs = SmallCase.sdcs(3, maintenance: [1: [SmallCase.outage(2, 4, availability: 0.5)]])
        let units = Sensitivity.Units(
            cores: 1e-6, storage: Terabytes(1e-6), availability: 0.01)
        let found = try Sensitivity(
            Problem(
                SmallCase.strip(
                    observations: 12, sdcs: sdcs,
                    options: PlanningOptions(effort: .quick, steps: 3_000))),
            units: units, grows: true, sdcs: ["SDC-B"], solver: GLPKSolver(), progress: { _, _ in })
        #expect(found.entries.map(\.resource) == [.cores, .storage, .availability])
        for entry in found.entries.prefix(2) {
            let times = (entry.unit / 1e-6).rounded()
            #expect([1, 4, 16].contains(times))
            #expect(found.isNoise(entry) ? times == 16 : true)
        }
        // More than what is missing to full availability is not tried.
        let missing = 1 - sdcs[1].meanAvailability(over: SmallCase.strip(observations: 12).period)
        #expect((found.entries.last?.unit ?? 1) <= missing + 1e-12)
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
