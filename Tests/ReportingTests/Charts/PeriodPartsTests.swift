import GroundSegment
import Testing

@testable import Reporting

@Suite("PeriodParts")
struct PeriodPartsTests {
    private func buckets(_ start: String, days: Double, length: Double) throws -> Buckets {
        let begin = try #require(MJD(iso8601: start))
        return Buckets(period: TimeWindow(start: begin, end: begin + days), length: length)
    }

    @Test("a short period is told by bucket")
    func short() throws {
        let parts = PeriodParts(try buckets("2027-01-04", days: 91, length: 7))
        #expect(!parts.isByMonth && parts.word == "bucket")
        #expect(parts.parts.count == 13)
        #expect(parts.parts[1].name == "2027-01-11")
        #expect(parts.parts[1].buckets == 1..<2)
        #expect(parts.sums(Array(1...13)) == Array(1...13))
    }

    @Test("a long period is told by month, a bucket in the month that it begins in")
    func long() throws {
        let buckets = try buckets("2027-01-04", days: 2190, length: 7)
        let parts = PeriodParts(buckets)
        #expect(parts.isByMonth && parts.word == "month")
        #expect(parts.parts.count == 72)
        // 4, 11, 18 and 25 January; 1, 8, 15 and 22 February.
        #expect(parts.parts[0].name == "2027-01" && parts.parts[0].buckets == 0..<4)
        #expect(parts.parts[1].name == "2027-02" && parts.parts[1].buckets == 4..<8)
        #expect(parts.parts[0].window.start.date == "2027-01-04")
        #expect(parts.parts[0].window.end.date == "2027-02-01")
        #expect(parts.parts.last?.name == "2032-12")
        #expect(parts.parts.last?.window.end == buckets.period.end)
        #expect(parts.sums([Int](repeating: 1, count: buckets.count)).reduce(0, +) == buckets.count)
    }
}
