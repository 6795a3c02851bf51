import Foundation
import Testing

@testable import Calendars

/// Random series with the answers of python-dateutil and of DateTime::Event::ICal, as
/// contrib/scripts/calendars makes them.
@Suite("RandomSeries")
struct RandomSeriesTests {
    private struct Series: Decodable {
        let number: Int
        let calendar: [String]
        let through: Int
        let python: [Int]
        let perl: [Int]?

        var rule: String { calendar.last { $0.hasPrefix("RRULE") } ?? "" }
    }

    private static let environment = ProcessInfo.processInfo.environment["SGS_CALENDAR_SERIES"]

    private func starts(_ series: Series) -> (starts: [Int], faults: [CalendarFault]) {
        let text = series.calendar.joined(separator: "\r\n") + "\r\n"
        var faults: [CalendarFault] = []
        let calendar = EventCalendar(Data(text.utf8), through: series.through) { faults.append($0) }
        return (calendar.occurrences.map(\.start), faults)
    }

    @Test("ours are the occurrences on which two other expanders agree")
    func sample() throws {
        let file = try #require(
            Bundle.module.url(forResource: "series", withExtension: "json", subdirectory: "Samples")
        )
        let all = try JSONDecoder().decode([Series].self, from: Data(contentsOf: file))
        #expect(all.count >= 100)
        for series in all {
            let ours = starts(series)
            #expect(ours.faults.isEmpty, "\(series.calendar)")
            #expect(ours.starts == series.python, "\(series.calendar)")
        }
    }

    @Test(
        "ours are the occurrences on which both agree in a thousand series",
        .enabled(
            if: environment != nil,
            "SGS_CALENDAR_SERIES names no file; contrib/scripts/test-calendars.sh makes one"))
    func thousand() throws {
        let path = try #require(Self.environment)
        let data = try Data(contentsOf: URL(filePath: path))
        var counts: [String: Int] = [:]
        for series in try JSONDecoder().decode([Series].self, from: data) {
            let (ours, faults) = starts(series)
            let isAgreed = series.perl == series.python
            if isAgreed {
                #expect(faults.isEmpty, "\(series.calendar)")
                #expect(ours == series.python, "\(series.calendar)")
            }
            let like =
                switch (ours == series.python, ours == series.perl) {
                case (true, true): "both agree and ours with them"
                case (true, false): "differ, ours is as dateutil's"
                case (false, true): "differ, ours is as DateTime::Event::ICal's"
                case (false, false):
                    isAgreed ? "both agree and ours does not" : "differ, ours is as neither"
                }
            counts[series.perl == nil ? "one gives no answer, " + like : like, default: 0] += 1
            if !isAgreed {
                print("differing \(series.number): \(like): \(series.rule)")
            }
        }
        for (what, count) in counts.sorted(by: { $0.key < $1.key }) {
            print("series: \(count) \(what)")
        }
    }
}
