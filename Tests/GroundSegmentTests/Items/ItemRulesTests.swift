import GroundSegment
import Testing

@Suite("ItemID")
struct ItemIDTests {
    @Test("an observation and a tile of one identifier are different items")
    func kinds() {
        let observation = ItemID.observation("1")
        let tile = ItemID.tile("1")
        #expect(observation != tile)
        #expect(observation.text == tile.text)
        #expect("\(observation), \(tile)" == "observation 1, tile 1")
    }
}
