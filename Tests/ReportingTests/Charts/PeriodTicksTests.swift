import GroundSegment
import Testing

@testable import Reporting

@Suite("PeriodTicks")
struct PeriodTicksTests {
    private func ticks(_ start: String, days: Double) throws -> [PeriodTicks.Tick] {
        let begin = try #require(MJD(iso8601: start))
        return PeriodTicks(
            Buckets(period: TimeWindow(start: begin, end: begin + days), length: 7)
        ).ticks
    }

    @Test("four weeks are named by the first days of their buckets, the year once")
    func weeks() throws {
        let ticks = try ticks("2027-12-20", days: 28)
        #expect(ticks.map(\.label) == ["20 Dec", "27 Dec", "3 Jan", "10 Jan"])
        #expect(ticks.map(\.year) == ["2027", nil, "2028", nil])
    }

    @Test("a quarter has its months, the first at its start")
    func months() throws {
        let ticks = try ticks("2027-01-04", days: 91)
        #expect(ticks.map(\.label) == ["Jan", "Feb", "Mar", "Apr"])
        #expect(
            ticks.map(\.instant.date) == ["2027-01-04", "2027-02-01", "2027-03-01", "2027-04-01"])
        #expect(ticks.map(\.year) == ["2027", nil, nil, nil])
    }

    @Test("a month that ends at once is not named at the start")
    func lateStart() throws {
        #expect(try ticks("2027-01-30", days: 92).map(\.label) == ["Feb", "Mar", "Apr", "May"])
    }

    @Test("two years have each third month")
    func quarters() throws {
        let ticks = try ticks("2027-01-01", days: 730)
        #expect(
            ticks.map(\.label) == ["Jan", "Apr", "Jul", "Oct", "Jan", "Apr", "Jul", "Oct"])
        #expect(ticks.compactMap(\.year) == ["2027", "2028"])
    }

    @Test("six years have their Januaries")
    func years() throws {
        let ticks = try ticks("2027-01-04", days: 2190)
        #expect(ticks.map(\.label) == ["2027", "2028", "2029", "2030", "2031", "2032", "2033"])
        #expect(ticks.allSatisfy { $0.year == nil })
        #expect(ticks[1].instant.date == "2028-01-01")
    }
}
