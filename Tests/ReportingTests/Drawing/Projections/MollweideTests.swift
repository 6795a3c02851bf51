import SkyGeometry
import Testing

@testable import Reporting

@Suite("Mollweide")
struct MollweideTests {
    private let projection = Mollweide(centre: 0)

    @Test(
        "right ascension increases to the left and declination upwards",
        arguments: [
            (0.0, 0.0, 0.0, 0.0), (90, 0, -1, 0), (270, 0, 1, 0), (180, 0, 2, 0),
            (179.999999999, 0, -2, 0),
        ])
    func equator(ra: Double, dec: Double, x: Double, y: Double) {
        let point = projection.point(SkyPosition(ra: ra, dec: dec))
        #expect(abs(point.x - x) < 1e-9)
        #expect(abs(point.y - y) < 1e-9)
    }

    @Test(
        "parallels lie where the published table has them",
        arguments: [(30.0, 0.40397), (45, 0.59204), (60, 0.76239), (-60, -0.76239)])
    func parallels(dec: Double, y: Double) {
        #expect(abs(projection.point(longitude: 0, dec: dec).y - y) < 5e-6)
    }

    @Test("a pole is one point for every right ascension", arguments: [0.0, 77, 180, 359])
    func poles(ra: Double) {
        for (dec, y) in [(90.0, 1.0), (-90, -1)] {
            let point = projection.point(SkyPosition(ra: ra, dec: dec))
            #expect(abs(point.x) < 1e-9)
            #expect(abs(point.y - y) < 1e-12)
        }
    }

    @Test("positions close to a pole come close to it")
    func nearPoles() {
        let point = projection.point(longitude: 0, dec: 89.9999)
        #expect(point.y > 0.99999 && point.y < 1)
    }

    @Test("a parallel's part above it has its part of the area")
    func area() {
        // Half of a hemisphere's area lies above 30 degrees.
        let y = projection.point(longitude: 0, dec: 30).y
        let steps = 100_000
        let cap = (0..<steps).reduce(0.0) { sum, step in
            let height = y + (1 - y) * (Double(step) + 0.5) / Double(steps)
            return sum + 4 * (1 - height * height).squareRoot() * (1 - y) / Double(steps)
        }
        #expect(abs(cap - Double.pi / 2) < 1e-5)
    }

    @Test("the seam is put where fewer tiles are")
    func middle() {
        let around180 = (0..<10).map { SkyPosition(ra: 175 + Double($0), dec: 0) }
        let around0 = (0..<10).map { SkyPosition(ra: 355 + Double($0), dec: 0) }
        #expect(Mollweide.suited(to: around180).centre == 180)
        #expect(Mollweide.suited(to: around0).centre == 0)
        #expect(Mollweide.suited(to: []).centre == 0)
    }
}
