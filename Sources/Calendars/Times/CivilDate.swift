/// A day of the Gregorian calendar, which is also applied to the years before it was.
struct CivilDate {
    /// Days since 1970-01-01.
    let number: Int
    let year: Int
    /// 1 to 12.
    let month: Int
    /// 1 to 31.
    let day: Int

    /// The last second of the years that have four digits, as seconds since 1970.
    static let lastSecond = 253_402_300_799

    /// The date of a day's number.
    ///
    /// Eras of 400 years begin on 1 March, so that the leap day is the last of its year.
    init(number: Int) {
        self.number = number
        let shifted = number + 719_468
        let era = shifted.floored(by: 146_097)
        let ofEra = shifted - era * 146_097
        let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let fromMarch = (5 * ofYear + 2) / 153
        day = ofYear - (153 * fromMarch + 2) / 5 + 1
        month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// A day by its date; `nil` where there is none such.
    init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), day >= 1, day <= Self.days(ofMonth: month, year: year)
        else { return nil }
        number = Self.firstDay(ofMonth: month, year: year) + day - 1
        self.year = year
        self.month = month
        self.day = day
    }

    /// 0 for Monday to 6 for Sunday.
    var weekday: Int { Self.weekday(number) }

    static func weekday(_ number: Int) -> Int { (number + 3).modulo(7) }

    /// 1 for 1 January to 365 or 366.
    var ordinal: Int { number - Self.firstDay(ofMonth: 1, year: year) + 1 }

    static func days(ofYear year: Int) -> Int { isLeap(year) ? 366 : 365 }

    static func days(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The number of a month's first day.
    static func firstDay(ofMonth month: Int, year: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear.floored(by: 400)
        let yearOfEra = shiftedYear - era * 400
        let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + ofYear - 719_468
    }

    private static func isLeap(_ year: Int) -> Bool {
        year.modulo(4) == 0 && (year.modulo(100) != 0 || year.modulo(400) == 0)
    }

    /// The number of the day on which week 1 of a year begins: the first week, of those that begin
    /// on `weekStart`, with at least four days in the year (RFC 5545 section 3.3.10).
    static func firstWeek(of year: Int, weekStart: Int) -> Int {
        let fourth = firstDay(ofMonth: 1, year: year) + 3
        return fourth - (weekday(fourth) - weekStart).modulo(7)
    }

    /// The year of which the week that holds a day is counted.
    func weekYear(weekStart: Int) -> Int {
        if number >= Self.firstWeek(of: year + 1, weekStart: weekStart) { return year + 1 }
        return number < Self.firstWeek(of: year, weekStart: weekStart) ? year - 1 : year
    }
}

extension Int {
    /// The quotient rounded down; `divisor` is positive.
    func floored(by divisor: Int) -> Int {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }

    /// What remains of the quotient rounded down, from 0.
    func modulo(_ divisor: Int) -> Int {
        let rest = self % divisor
        return rest < 0 ? rest + divisor : rest
    }
}
