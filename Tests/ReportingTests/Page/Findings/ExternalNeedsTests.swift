import GroundSegment
import Testing

@testable import Reporting

@Suite("ExternalNeeds")
struct ExternalNeedsTests {
    @Test("what the SDCs have to fetch adds up to the plan's external data")
    func total() throws {
        let plan = try SamplePlan.shared.get().skewed
        let needs = ExternalNeeds(plan.distribution)
        #expect(needs.surveys == ["DES"])
        let places = plan.distribution.sdcs.map { needs.total(at: $0.id) }
        let all = places.reduce(ExternalNeeds.Need()) { $0 + $1 }
        #expect(all.tiles == needs.total(of: "DES").tiles)
        #expect(abs(all.volume.value - needs.total(of: "DES").volume.value) < 1e-9)
        #expect(needs.total(at: "SDC-C").tiles == 0)
        let far = plan.distribution.tiles.count {
            $0.tile.centre.dec < 0 && $0.assignment.primary != "SDC-C"
        }
        #expect(far > 0)
        #expect(needs.total(of: "DES").tiles == far)
        #expect(abs(needs.total(of: "DES").volume.value - 0.05 * Double(far)) < 1e-9)
    }

    @Test("of a plan as it was made it is what the checker counted")
    func counted() throws {
        let plan = try SamplePlan.shared.get().plan
        let volume = ExternalNeeds(plan.distribution).total(of: "DES").volume
        #expect(abs(volume.value - plan.measures.externalVolume.value) < 1e-9)
    }
}
