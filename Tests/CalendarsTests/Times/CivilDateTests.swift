import Testing

@testable import Calendars

@Suite("CivilDate")
struct CivilDateTests {
    @Test("days and their numbers agree from year 1 to 9999")
    func numbers() {
        #expect(CivilDate(year: 1970, month: 1, day: 1)?.number == 0)
        #expect(CivilDate(year: 2000, month: 2, day: 29)?.number == 11016)
        #expect(CivilDate(year: 9999, month: 12, day: 31)?.number == 2_932_896)
        for number in stride(from: -719_162, through: 2_932_896, by: 997) {
            let date = CivilDate(number: number)
            #expect(
                CivilDate(year: date.year, month: date.month, day: date.day)?.number == number)
        }
    }

    @Test("there is no 29 February in a common year")
    func leapDays() {
        #expect(CivilDate(year: 2100, month: 2, day: 29) == nil)
        #expect(CivilDate(year: 2400, month: 2, day: 29) != nil)
        #expect(CivilDate(year: 2027, month: 13, day: 1) == nil)
        #expect(CivilDate(year: 2027, month: 4, day: 0) == nil)
    }

    @Test("1 January 2027 is a Friday of week 53 of 2026")
    func weeks() throws {
        let date = try #require(CivilDate(year: 2027, month: 1, day: 1))
        #expect(date.weekday == 4)
        #expect(date.weekYear(weekStart: 0) == 2026)
        #expect(CivilDate(number: CivilDate.firstWeek(of: 2027, weekStart: 0)).day == 4)
    }
}
