import Foundation
import GroundSegment
import Testing

@testable import Reporting

@Suite("PlanCoverages")
struct PlanCoveragesTests {
    @Test("each SDC has two files, and together they hold each cell once")
    func files() throws {
        let distribution = try SamplePlan.shared.get().plan.distribution
        let files = PlanCoverages.files(distribution)
        #expect(files.count == 8)
        #expect(files[2].name == "coverage-SDC-C.fits")
        #expect(files[3].name == "coverage-SDC-C.json")
        #expect(files.allSatisfy { PlanCoverages.isCoverage($0.name) })
        var cells = 0
        var seen: Set<Int> = []
        for file in files where file.name.hasSuffix(".json") {
            let map = try JSONDecoder().decode([String: [Int]].self, from: file.bytes)
            for (order, numbers) in map {
                let shift = 2 * (10 - (try #require(Int(order))))
                for number in numbers {
                    let range = number << shift..<(number + 1) << shift
                    cells += range.count
                    seen.formUnion(range)
                }
            }
        }
        #expect(seen.count == cells)
        // A cell of order 10 has 41253 / (12 4^10) square degrees; a tile nearly a quarter of one.
        let tiles = Double(cells) * 41252.96 / Double(12 << 20) / 0.25
        #expect(abs(tiles / Double(distribution.tiles.count) - 1) < 0.03)
    }

    @Test("what is in an identifier cannot lead out of the folder")
    func names() {
        #expect(PlanCoverages.fileName("SDC-FR_1.b") == "SDC-FR_1.b")
        #expect(PlanCoverages.fileName("../a b/ü") == "..%2Fa%20b%2F%C3%BC")
        #expect(!PlanCoverages.isCoverage("report.html"))
        #expect(!PlanCoverages.isCoverage("coverage-SDC-FR.txt"))
    }
}
