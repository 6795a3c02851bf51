import GroundSegment
import SkyGeometry
import Testing

@Suite("SurveyPlan")
struct SurveyPlanTests {
    private func observation(_ id: String, start: Double) -> Observation {
        let footprint = ConvexPolygon.field(
            longitude: 0, latitude: 0, positionAngle: 0, width: 1, height: 1)
        return Observation(
            id: ID(id), window: TimeWindow(start: MJD(start), end: MJD(start + 0.1)),
            centre: SkyPosition(footprint.centre), footprint: footprint)
    }

    @Test("observations are sorted by start, then by identifier, whatever the order of rows")
    func sorted() {
        let rows = [
            observation("b", start: 2), observation("c", start: 1), observation("a", start: 2),
        ]
        for order in [rows, rows.reversed()] {
            let plan = SurveyPlan(id: "s", observations: order)
            #expect(plan.observations.map(\.id) == ["c", "a", "b"])
        }
    }

    @Test("an observation belongs to the period in which it starts, its end excluded")
    func period() {
        let plan = SurveyPlan(
            id: "s",
            observations: [0.95, 1, 1.95, 2].enumerated().map {
                observation("\($0.offset)", start: $0.element)
            })
        let inside = plan.observations(in: TimeWindow(start: MJD(1), end: MJD(2)))
        #expect(inside.map(\.id) == ["1", "2"])
    }
}
