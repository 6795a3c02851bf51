import GroundSegment
import Testing

@Suite("ID")
struct IDTests {
    @Test("order is that of the UTF-8 bytes, not of a language")
    func order() {
        let ids: [ID<Tile>] = ["é", "z", "a", "10", "9", "Z", "a1", ""]
        #expect(ids.sorted() == ["", "10", "9", "Z", "a", "a1", "z", "é"])
    }

    @Test("canonically equal texts of different bytes are different, and order one way")
    func canonical() {
        let composed: ID<Tile> = "\u{e9}"
        let decomposed: ID<Tile> = "e\u{301}"
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed, composed]).count == 2)
        #expect(decomposed < composed)
        #expect(!(composed < decomposed))
    }

    @Test("any printable text is kept as it is")
    func text() {
        #expect(ID<Observation>("50294/VAST_1045-62").description == "50294/VAST_1045-62")
    }
}
