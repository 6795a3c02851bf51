import GroundSegment
import Planning
import Testing

@testable import Reporting

@Suite("TileLayer")
struct TileLayerTests {
    private let distribution: Distribution
    private let html: String

    init() throws {
        distribution = try SamplePlan.shared.get().plan.distribution
        html =
            SkyFigures(
                distribution, colours: Palette.colours(distribution.sdcs.count), isRevision: false
            ).fragment().html
    }

    private func path(_ tiles: [Int]) -> [DrawnPath] {
        let layer = TileLayer(
            distribution, colours: Palette.colours(distribution.sdcs.count), isRevision: false)
        return layer.paths(of: tiles, outline: Hemisphere.north.path).flatMap {
            $0.html.matches(of: /d="([^"]*)"/).map { DrawnPath(String($0.output.1)) }
        }
    }

    @Test("tiles of the same owners are one path, which names both")
    func titles() {
        let pairs = Set(distribution.tiles.map(\.assignment))
        let all = path(Array(distribution.tiles.indices))
        #expect(all.count == pairs.count)
        for pair in pairs
        where pair.primary != SamplePlan.awkward
            && pair.secondary != SamplePlan.awkward
        {
            #expect(html.contains("<title>\(pair.primary), secondary \(pair.secondary)</title>"))
        }
    }

    @Test("the paths have the area of all tiles")
    func area() {
        let north = distribution.tiles.indices.filter {
            Hemisphere.north.contains(distribution.tiles[$0].tile.centre)
        }
        let sum = path(north).reduce(0) { $0 + $1.area }
        let alone = north.reduce(0.0) { $0 + path([$1]).reduce(0) { $0 + $1.area } }
        #expect(north.count > 50)
        #expect(abs(sum / alone - 1) < 0.02)
    }

    @Test("each path has the petroff10 colours of both owners, in the order of the SDCs")
    func colours() {
        let colours = ["#3f90da", "#ffa90e", "#bd1f01", "#94a4a2"]
        let places = Dictionary(
            uniqueKeysWithValues: zip(distribution.sdcs.map(\.id), colours))
        let pairs = Set(
            html.matches(of: /style="color:(#[0-9a-f]{6});--by-s:(#[0-9a-f]{6})/).map {
                [String($0.output.1), String($0.output.2)]
            })
        let expected = Set(
            distribution.tiles.map {
                [$0.assignment.primary, $0.assignment.secondary].compactMap { places[$0] }
            })
        #expect(pairs == expected)
    }

    @Test("what has not changed is told apart only where there is a base")
    func changed() {
        let revised = SkyFigures(
            distribution, colours: Palette.colours(distribution.sdcs.count), isRevision: true
        ).fragment().html
        #expect(revised.contains("class=\"kept\""))
        #expect(revised.contains("id=\"show-changed\""))
        #expect(!html.contains("class=\"kept\""))
        #expect(!html.contains("id=\"show-changed\""))
    }

    @Test("counts by owner add up to all tiles")
    func counts() {
        let layer = TileLayer(distribution, colours: [], isRevision: false)
        for role in Role.allCases {
            let counts = layer.counts(distribution.tiles.indices, as: role)
            #expect(counts.reduce(0, +) == distribution.tiles.count)
            let first = distribution.sdcs[1].id
            #expect(counts[1] == distribution.tiles.count { $0.assignment[role] == first })
        }
    }

    @Test("every region that is framed is drawn larger, and no tile is left out")
    func regions() {
        let names = html.matches(of: /<g class="owned" id="([NS][0-9]+)"/).map(\.output.1)
        #expect(names.count >= 3)
        for name in names { #expect(html.contains("href=\"#\(name)\"")) }
        let counts = html.matches(of: /<b>[NS][0-9]+ <\/b>[^<]*?, ([0-9,]+) tiles?[.,]/)
            .compactMap { Int($0.output.1.replacing(",", with: "")) }
        #expect(counts.count == names.count)
        #expect(counts.reduce(0, +) == distribution.tiles.count)
    }
}
