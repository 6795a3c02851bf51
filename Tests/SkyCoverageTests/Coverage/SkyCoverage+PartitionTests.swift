import SkyGeometry
import Testing

@testable import SkyCoverage

@Suite("SkyCoverage partition")
struct SkyCoveragePartitionTests {
    private let grid = RingGrid.mer

    /// The inner areas of `count` tiles of a ring from a place on.
    private func boxes(ring: Int, from place: Int, count: Int) -> [SkyBox] {
        (place..<place + count).map { grid.core(RingGrid.Cell(ring: ring, place: $0)) }
    }

    @Test("a cell belongs to the owner of the box that holds its centre")
    func centres() {
        let all = [200, 201, 202].flatMap { boxes(ring: $0, from: 100, count: 6) }
        let owners = (0..<3).map { owner in
            all.enumerated().filter { $0.offset % 3 == owner }.map(\.element)
        }
        let maps = SkyCoverage.partition(order: 10, owners: owners.map { $0.map(SkyArea.box) })
        #expect(maps.count == 3)
        let touched = SkyCoverage(order: 10, areas: all.map(SkyArea.box))
        var owned = 0
        for range in touched.cells.ranges {
            for number in range.lowerBound >> 38..<range.upperBound >> 38 {
                let centre = HEALPixCell(order: 10, number: number).centre
                let holders = owners.indices.filter { owner in
                    owners[owner].contains { $0.contains(centre) }
                }
                let found = maps.indices.filter { maps[$0].cells.contains(number << 38) }
                #expect(found == holders)
                owned += holders.count
            }
        }
        // 18 tiles of a quarter of a square degree, of about 76 cells each.
        #expect(abs(Double(owned) / 18 / (0.25 * Double(12 << 20) / 41252.96) - 1) < 0.1)
        let whole = maps[0].union(maps[1]).union(maps[2])
        #expect(whole.cells.count == UInt64(owned) << 38)
    }

    @Test("of polygons that share cells the first has them")
    func overlapping() {
        func field(_ longitude: Double) -> SkyArea {
            .polygon(
                .field(
                    longitude: longitude, latitude: 30, positionAngle: 0, width: 1, height: 1))
        }
        let maps = SkyCoverage.partition(
            order: 9, owners: [[field(10)], [field(10.3)], [field(10)]])
        #expect(maps[0].skyFraction > maps[1].skyFraction && !maps[1].isEmpty)
        #expect(maps[2].isEmpty)
        let union = maps[0].union(maps[1])
        #expect(abs(union.skyFraction - maps[0].skyFraction - maps[1].skyFraction) < 1e-12)
    }

    @Test("the whole sky is owned, every cell once, over both poles and RA 0")
    func wholeSky() {
        let coarse = RingGrid(step: 10, margin: 0)
        let boxes = (0..<coarse.ringCount).flatMap { ring in
            (0..<coarse.count(ring: ring)).map {
                coarse.core(RingGrid.Cell(ring: ring, place: $0))
            }
        }
        let maps = SkyCoverage.partition(order: 4, owners: boxes.map { [.box($0)] })
        let cells = maps.reduce(UInt64(0)) { $0 + $1.cells.count }
        #expect(cells == HEALPixCell.axisLength)
        #expect(maps.reduce(SkyCoverage(order: 4)) { $0.union($1) }.skyFraction == 1)
    }

    @Test("an owner of nothing has nothing")
    func nothing() {
        #expect(SkyCoverage.partition(order: 10, owners: [[], []]).map(\.isEmpty) == [true, true])
    }
}
