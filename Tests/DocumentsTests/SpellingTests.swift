import Documents
import Testing

@Suite("Spelling")
struct SpellingTests {
    @Test("the nearest word is found in any case, and a far one is none")
    func nearest() {
        let known = ["bucket", "balance", "period"]
        #expect(Spelling.nearest(to: "buckets", in: known) == "bucket")
        #expect(Spelling.nearest(to: "PERIOD", in: known) == "period")
        #expect(Spelling.nearest(to: "xyz", in: known) == nil)
        #expect(Spelling.nearest(to: "x", in: []) == nil)
    }
}
