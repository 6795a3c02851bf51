import GroundSegment
import Testing

@testable import Reporting

@Suite("PolarCap")
struct PolarCapTests {
    @Test("the pole is in the middle, and areas are true", arguments: PolarCap.Pole.allCases)
    func projection(pole: PolarCap.Pole) {
        let sign: Double = pole == .north ? 1 : -1
        let middle = PolarCap.point(123, sign * 90, pole)
        #expect(abs(middle.x - 270) < 1e-9 && abs(middle.y - 270) < 1e-9)
        let edge = PolarCap.point(0, 0, pole).y - 270
        // Beyond 30 degrees from the equator lies half of a hemisphere.
        let half = PolarCap.point(0, sign * 30, pole).y - 270
        #expect(abs(half * half / (edge * edge) - 0.5) < 1e-12)
    }

    @Test("right ascension runs as seen from inside: to the right below the north pole")
    func direction() {
        #expect(PolarCap.point(10, 60, .north).x > 270)
        #expect(PolarCap.point(10, -60, .south).x < 270)
    }

    @Test("every tile is drawn once, under its name and owners")
    func tiles() throws {
        let distribution = try SamplePlan().plan.distribution
        let html = PolarCap.Pole.allCases.map { pole in
            PolarCap(
                pole: pole, distribution: distribution,
                colours: Palette.colours(distribution.sdcs.count)
            ).fragment().html
        }.joined()
        let titles = html.matches(of: /<title>([0-9]+): [^<]*, secondary [^<]*<\/title>/)
            .map(\.output.1)
        #expect(titles.count == distribution.tiles.count)
        #expect(Set(titles) == Set(distribution.tiles.map { Substring($0.tile.id.text) }))
    }
}
