import GroundSegment
import Testing

@Suite struct ItemKindTests {
    @Test(
        "a distribution assigns observations and tiles; orders can be for numbers and campaigns, too"
    )
    func kinds() {
        #expect(ItemKind.allCases == [.observation, .tile])
        for kind in ItemKind.ofOrders {
            #expect(ItemID(kind: kind, id: "7").kind == kind)
            #expect(ItemID(kind: kind, id: "7").text == "7")
        }
        #expect(throws: UnknownItemKindError.self) { try ItemID(kind: "number", id: "7") }
        #expect(ItemID.tile("9").precedesNaturally(.number(1)))
        #expect(ItemID.number(2).precedesNaturally(.number(10)))
    }
}
