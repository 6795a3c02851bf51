import SkyGeometry
import Testing

@testable import SkyCoverage

@Suite("SpaceTimeCoverage+Formats")
struct SpaceTimeCoverageFormatsTests {
    /// All of the sky in the second half of the time axis.
    private let coverage = SpaceTimeCoverage(
        timeOrder: 3, spaceOrder: 1,
        parts: [
            .init(
                start: BarycentricTime(microseconds: 1 << 61), end: nil,
                areas: [.box(SkyBox(west: 0, east: 360, south: -90, north: 90))])
        ])
    private let nothing = SpaceTimeCoverage(timeOrder: 3, spaceOrder: 1, parts: [])

    @Test("ASCII: times and their part of the sky, with the orders of both")
    func ascii() {
        #expect(coverage.ascii() == "t0/1 3/ s0/0-11 1/")
        #expect(nothing.ascii() == "t3/ s1/")
    }

    @Test("JSON: an object for each slice")
    func json() {
        #expect(
            coverage.json()
                == #"[{"t":{"0":[1],"3":[]},"s":{"0":[0,1,2,3,4,5,6,7,8,9,10,11],"1":[]}}]"#)
        #expect(nothing.json() == #"[{"t":{"3":[]},"s":{"1":[]}}]"#)
    }

    @Test("FITS: ranges of time, marked, before those of the sky")
    func fits() {
        let bytes = coverage.fits()
        let numbers = (0..<4).map { row in
            bytes[5760 + 8 * row..<5768 + 8 * row].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        }
        let mark = UInt64(1) << 63
        let expected: [UInt64] = [mark | 1 << 61, mark | 1 << 62, 0, HEALPixCell.axisLength]
        #expect(numbers == expected)
        let cards = String(decoding: bytes[2880..<5760], as: UTF8.self)
        #expect(cards.contains("MOCDIM  = 'TIME.SPACE'"))
        #expect(cards.contains("TIMESYS = 'TCB     '"))
        #expect(cards.contains("MOCORD_T=                    3 /"))
    }
}
