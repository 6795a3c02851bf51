import SkyGeometry
import Testing

@testable import SkyCoverage

@Suite("SkyCoverage+Formats")
struct SkyCoverageFormatsTests {
    /// Cells 1 and 3 to 6 of order 5, cell 27 of order 10.
    private let coverage = SkyCoverage(
        order: 10, cells: CellRanges([1 << 48..<2 << 48, 3 << 48..<7 << 48, 27 << 38..<28 << 38]))

    @Test("ASCII: orders with their cells, ranges with both ends")
    func ascii() {
        #expect(coverage.ascii() == "5/1 3-6 10/27")
        #expect(SkyCoverage(order: 7).ascii() == "7/")
    }

    @Test("JSON: every cell under its order")
    func json() {
        #expect(coverage.json() == #"{"5":[1,3,4,5,6],"10":[27]}"#)
        #expect(SkyCoverage(order: 7).json() == #"{"7":[]}"#)
    }

    @Test("FITS: NUNIQ numbers, ascending, in a table of whole blocks")
    func fits() throws {
        let bytes = coverage.fits()
        #expect(bytes.count == 3 * 2880)
        let cards = stride(from: 2880, to: 5760, by: 80).map {
            String(decoding: bytes[$0..<$0 + 80], as: UTF8.self)
        }
        #expect(cards.contains { $0.hasPrefix("NAXIS2  =                    6 /") })
        #expect(cards.contains { $0.hasPrefix("ORDERING= 'NUNIQ   '") })
        #expect(cards.contains { $0.hasPrefix("MOCORD_S=                   10 /") })
        let numbers = (0..<6).map { row in
            bytes[5760 + 8 * row..<5768 + 8 * row].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        }
        // 4^6 + n at order 5, 4^11 + n at order 10.
        #expect(numbers == [4097, 4099, 4100, 4101, 4102, 4_194_331])
    }
}
