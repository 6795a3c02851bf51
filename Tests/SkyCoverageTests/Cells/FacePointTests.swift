import Foundation
import SkyGeometry
import Testing

@testable import SkyCoverage

@Suite("FacePoint")
struct FacePointTests {
    /// From cdshealpix 0.8, `lonlat_to_healpix` at depth 29, but for the four-way corners (0, 0)
    /// and such, which have no one answer.
    private static let numbers: [(ra: Double, dec: Double, number: UInt64)] = [
        (10.5, 20.25, 1_400_762_750_006_620_750),
        (359.999, -41, 1_152_974_294_605_334_945),
        (123.456, 41.8, 460_869_725_110_306_799),
        (200.1, 60, 831_529_669_117_564_970),
        (300, 89.9999, 1_152_921_504_606_420_998),
        (77, -89.5, 2_305_861_584_349_741_712),
        (181, -66.6, 2_930_311_169_430_014_020),
        (45, 41.9, 216_173_052_911_631_408),
        (0.001, -10, 1_211_454_225_239_677_851),
    ]

    @Test("positions get the numbers that another HEALPix library gives", arguments: numbers)
    func number(ra: Double, dec: Double, number: UInt64) {
        // Order 25, cells of 6 mas: at order 29 the last bit is a matter of rounding.
        #expect(FacePoint(SkyPosition(ra: ra, dec: dec)).number >> 8 == number >> 8)
    }

    @Test("the direction of a position's point is that of the position")
    func inverse() {
        for dec in stride(from: -90.0, through: 90, by: 3.75) {
            for ra in stride(from: 0.0, to: 360, by: 7.3) {
                let position = SkyPosition(ra: ra, dec: dec)
                let point = FacePoint(position)
                let (found, expected) = (point.vector, position.vector)
                #expect((0...1).contains(point.u) && (0...1).contains(point.v))
                #expect(abs(found.x - expected.x) < 1e-14)
                #expect(abs(found.y - expected.y) < 1e-14)
                #expect(abs(found.z - expected.z) < 1e-14)
            }
        }
    }

    @Test("parallels have their heights in the HEALPix plane")
    func heights() {
        #expect(FacePoint.height(dec: 0) == 0)
        #expect(FacePoint.height(dec: 90) == 2)
        #expect(FacePoint.height(dec: -90) == -2)
        #expect(abs(FacePoint.height(dec: asin(2.0 / 3) * 180 / .pi) - 1) < 1e-14)
        // sqrt(3 (1 - sin 60 degrees)) from the pole.
        #expect(
            abs(FacePoint.height(dec: -60) + 2 - (3 * (1 - 0.75.squareRoot())).squareRoot()) < 1e-14
        )
    }
}
