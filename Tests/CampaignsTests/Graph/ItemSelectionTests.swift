import Campaigns
import GroundSegment
import SkyCoverage
import SkyGeometry
import Testing

@Suite struct ItemSelectionTests {
    private static let tile = ItemID.tile("102")
    private static let place = SkyPosition(ra: 150, dec: 2)

    private static func chooses(
        _ selection: ItemSelection, _ item: ItemID = tile, at centre: SkyPosition = place,
        _ day: Double = 61_000.5, answer: Set<ItemID> = []
    ) -> Bool {
        selection.chooses(item, centre: centre, instant: MJD(day), answer: answer)
    }

    @Test func `nothing given is all items`() {
        #expect(Self.chooses(.all))
    }

    @Test func `a period holds its start and not its end`() {
        let selection = ItemSelection(
            period: TimeWindow(start: MJD(61_000), end: MJD(61_001)))
        #expect(Self.chooses(selection, day: 61_000))
        #expect(!Self.chooses(selection, day: 61_001))
    }

    private static func chooses(_ selection: ItemSelection, day: Double) -> Bool {
        chooses(selection, tile, at: place, day)
    }

    @Test func `a cone holds what is within its radius, across the pole and the zero meridian`() {
        let cone = CampaignRegion.cone(centre: SkyPosition(ra: 359.5, dec: 89), radius: 2)
        #expect(cone.contains(SkyPosition(ra: 179.5, dec: 89.01)))
        #expect(cone.contains(SkyPosition(ra: 0.5, dec: 89)))
        #expect(!cone.contains(SkyPosition(ra: 179.5, dec: 88.9)))
        let small = CampaignRegion.cone(centre: SkyPosition(ra: 10, dec: 0), radius: 0.001)
        #expect(small.contains(SkyPosition(ra: 10.00099, dec: 0)))
        #expect(!small.contains(SkyPosition(ra: 10.00101, dec: 0)))
    }

    @Test func `a coverage map holds the items whose centre it covers`() throws {
        let map = try #require(SkyCoverage(ascii: "0/4"))
        let selection = ItemSelection(region: .coverage(map))
        #expect(Self.chooses(selection, at: SkyPosition(ra: 0, dec: 0)))
        #expect(!Self.chooses(selection, at: SkyPosition(ra: 180, dec: 0)))
    }

    @Test func `everything that is given has to hold`() {
        let selection = ItemSelection(
            region: .cone(centre: Self.place, radius: 1), list: [Self.tile, .observation("7")],
            query: "SELECT kind, item FROM x")
        #expect(Self.chooses(selection, answer: [Self.tile]))
        #expect(!Self.chooses(selection))
        #expect(!Self.chooses(selection, .tile("103"), answer: [.tile("103")]))
        #expect(
            !Self.chooses(
                selection, at: SkyPosition(ra: 152, dec: 2), answer: [Self.tile]))
    }
}
