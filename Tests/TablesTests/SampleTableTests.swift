import Foundation
import Testing

@testable import Tables

@Suite("Sample tables")
struct SampleTableTests {
    private let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(
            path: "surveys/desi-2026")

    @Test("a plan of 30,000 tiles in compressed ECSV is read to its end")
    func desi() throws {
        let path = folder.appending(path: "tiles-main-20260605-rev07345.ecsv.gz").path
        var table = try TableReader(path: path)
        let names = table.columns.prefix(4).map(\.name)
        #expect(names == ["TILEID", "PASS", "RA", "DEC"])
        let place = table.index(of: "RA")
        let ra = try #require(place)
        var row = TableRow()
        var count = 0
        while try table.next(&row) {
            count += 1
            let value = try #require(row.double(ra))
            #expect((0..<360).contains(value))
        }
        #expect(count == 32768)
    }

    @Test("quoted remarks with commas and signs are one field")
    func remarks() throws {
        let path = folder.appending(path: "tiles-main-history.ecsv").path
        var table = try TableReader(path: path)
        var row = TableRow()
        let isThere = try table.next(&row)
        #expect(isThere)
        #expect(
            (0..<row.count).map { row.text($0) } == [
                "20210512", "425", "Initial definition of the tiles",
            ])
    }
}
