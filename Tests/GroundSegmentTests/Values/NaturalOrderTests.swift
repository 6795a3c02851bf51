import GroundSegment
import Testing

@Suite struct NaturalOrderTests {
    @Test("numbers in texts are ordered by their values, whatever stands around them")
    func numbers() {
        let texts = [
            "10", "9", "a10", "a2", "a", "50294/VAST_1045-62", "50294/VAST_987-62", "02", "2", "",
            "18446744073709551616", "18446744073709551615", "é", "Z",
        ]
        #expect(
            texts.sorted(by: NaturalOrder.precedes) == [
                "", "02", "2", "9", "10", "50294/VAST_987-62", "50294/VAST_1045-62",
                "18446744073709551615", "18446744073709551616", "Z", "a", "a2", "a10", "é",
            ])
        for text in texts { #expect(!NaturalOrder.precedes(text, text)) }
    }

    @Test("items are in natural order, observations before tiles")
    func order() {
        let items: [ItemID] = [
            .tile("2"), .observation("10"), .observation("a2"), .observation("2"),
            .observation("a10"), .tile("10"), .observation("a"), .observation("02"),
        ]
        #expect(
            items.sorted { $0.precedesNaturally($1) } == [
                .observation("02"), .observation("2"), .observation("10"), .observation("a"),
                .observation("a2"), .observation("a10"), .tile("2"), .tile("10"),
            ])
    }
}
