import SkyGeometry
import Testing

@testable import SkyCoverage

@Suite struct SkyCoverageReadingTests {
    @Test(arguments: ["5/1 3-6 10/27", "0/0-11", "3/", "29/3458764513820540927", "2/1,3\n4/5"])
    func `a coverage in the ASCII form is read`(text: String) throws {
        let coverage = try #require(SkyCoverage(ascii: text))
        let again = try #require(SkyCoverage(ascii: coverage.ascii()))
        #expect(again == coverage)
    }

    @Test func `cells and ranges cover what they say, at the finest order that is named`() throws {
        let coverage = try #require(SkyCoverage(ascii: "1/0-2 5/"))
        #expect(coverage.order == 5)
        #expect(coverage.skyFraction == 3.0 / 48)
        #expect(try #require(SkyCoverage(ascii: "0/0-11")).skyFraction == 1)
        #expect(try #require(SkyCoverage(ascii: "1/0-3")).contains(SkyPosition(ra: 45, dec: 45)))
    }

    @Test(arguments: [
        "", "1 2", "5", "a/1", "1/48", "30/1", "1/2-1", "1/1-", "1/-1", "1/+1", "1/1-2-3", "/1",
        "1/x",
    ])
    func `what is none is refused`(text: String) {
        #expect(SkyCoverage(ascii: text) == nil)
    }
}
