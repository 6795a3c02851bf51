import Catalogue
import GroundSegment
import Testing

@testable import sgs

@Suite struct ChangeListingTests {
    @Test("items are in natural order, observations before tiles")
    func order() {
        let items: [ItemID] = [
            .tile("2"), .observation("10"), .observation("a2"), .observation("2"),
            .observation("a10"), .tile("10"), .observation("a"), .observation("02"),
        ]
        #expect(
            items.sorted(by: ChangeListing.isBefore) == [
                .observation("02"), .observation("2"), .observation("10"), .observation("a"),
                .observation("a2"), .observation("a10"), .tile("2"), .tile("10"),
            ])
    }
}
