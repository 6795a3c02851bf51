import GroundSegment
import Testing

@Suite struct ItemIDKindTests {
    @Test("a kind's name and an identifier make an item")
    func known() throws {
        #expect(try ItemID(kind: "observation", id: "1") == .observation("1"))
        #expect(try ItemID(kind: "tile", id: "T1") == .tile("T1"))
        for item in [ItemID.observation("1"), .tile("T1")] {
            #expect(ItemID(kind: item.kind, id: item.text) == item)
        }
    }

    @Test(
        "another name is never taken for an observation",
        arguments: ["", "Tile", "tile ", "mosaic"]
    )
    func unknown(_ name: String) {
        #expect(throws: UnknownItemKindError.self) { try ItemID(kind: name, id: "1") }
    }

    @Test("an unknown name is said, with those that are known")
    func description() {
        do {
            _ = try ItemID(kind: "mosaic", id: "1")
            Issue.record("a mosaic was taken for an item")
        } catch {
            #expect("\(error)" == "unknown kind of item mosaic, expected observation or tile")
        }
    }
}
