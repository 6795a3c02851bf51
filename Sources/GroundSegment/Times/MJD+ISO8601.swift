extension MJD {
    /// The instant as ISO 8601 in UTC, rounded to the second: `2027-01-04T12:00:00Z`.
    public var iso8601: String { Self.dateAndTime(Int(posixSeconds.rounded())) + "Z" }

    /// The instant as ISO 8601 in UTC, rounded to the microsecond, which is as exact as a database
    /// keeps it: `2027-01-04T12:00:00.250000Z`.
    public var exactISO8601: String {
        let (second, fraction) = Int((posixSeconds * 1e6).rounded())
            .quotientAndRemainder(flooringBy: 1_000_000)
        return Self.dateAndTime(second) + "." + Self.padded(fraction, 6) + "Z"
    }

    private static func dateAndTime(_ posixSecond: Int) -> String {
        let (day, second) = posixSecond.quotientAndRemainder(flooringBy: 86400)
        return date(posixDay: day) + "T"
            + [second / 3600, second / 60 % 60, second % 60].map { padded($0, 2) }
            .joined(separator: ":")
    }

    /// The date of the instant in UTC: `2027-01-04`.
    public var date: String { Self.date(posixDay: Int((days - 40587).rounded(.down))) }

    /// The instant that `text` names: an ISO 8601 date or date and time, with or without
    /// seconds, fraction and zone; no zone is UTC, and a date alone is its midnight.
    ///
    /// `nil` where `text` is none of these or names a day or hour that does not exist.
    public init?(iso8601 text: some StringProtocol) {
        var reader = DateReader(text)
        guard let year = reader.digits(4), reader.skip("-"), let month = reader.digits(2),
            reader.skip("-"), let day = reader.digits(2),
            let posixDay = Self.posixDay(year: year, month: month, day: day)
        else { return nil }
        var seconds = 0.0
        if !reader.isAtEnd {
            guard reader.skip("T") || reader.skip(" "), let time = reader.timeOfDay(),
                let zone = reader.zone()
            else { return nil }
            seconds = time - zone
        }
        guard reader.isAtEnd else { return nil }
        self.init(Double(posixDay) + 40587 + seconds / 86400)
    }

    /// Days from 1970-01-01 to a date of the Gregorian calendar; `nil` where it has no such day.
    ///
    /// Fliegel & Van Flandern 1968, CACM 11, 657, by years that begin in March.
    static func posixDay(year: Int, month: Int, day: Int) -> Int? {
        guard (1...12).contains(month), day >= 1 else { return nil }
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard day <= lengths[month - 1] else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = shifted.quotientAndRemainder(flooringBy: 400)
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func date(posixDay: Int) -> String {
        let (era, dayOfEra) = (posixDay + 719_468).quotientAndRemainder(flooringBy: 146_097)
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}

extension Int {
    fileprivate func quotientAndRemainder(flooringBy divisor: Int) -> (Int, Int) {
        let remainder = ((self % divisor) + divisor) % divisor
        return ((self - remainder) / divisor, remainder)
    }
}

/// Reads the parts of an ISO 8601 text from left to right.
private struct DateReader {
    private var rest: Substring.UTF8View

    init(_ text: some StringProtocol) {
        rest = Substring(text).utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard let first = rest.first, first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    mutating func digits(_ count: Int) -> Int? {
        var value = 0
        for _ in 0..<count {
            guard let first = rest.first, (48...57).contains(first) else { return nil }
            value = value * 10 + Int(first - 48)
            rest = rest.dropFirst()
        }
        return value
    }

    /// Seconds since midnight; 24:00:00 and a leap second's 60 are allowed as the day's end.
    mutating func timeOfDay() -> Double? {
        guard let hour = digits(2), skip(":"), let minute = digits(2), hour <= 24, minute < 60
        else { return nil }
        var seconds = 0.0
        if skip(":") {
            guard let whole = digits(2), whole <= 60 else { return nil }
            seconds = Double(whole)
            if skip(".") || skip(",") {
                var scale = 0.1
                guard var digit = digits(1) else { return nil }
                while true {
                    seconds += Double(digit) * scale
                    scale /= 10
                    guard let next = digits(1) else { break }
                    digit = next
                }
            }
        }
        let total = Double(hour * 3600 + minute * 60) + seconds
        return total <= 86400 ? total : nil
    }

    /// Seconds east of UTC: `Z`, `+01:00`, `+0100`, `+01` or nothing; up to 23:59 (RFC 3339).
    mutating func zone() -> Double? {
        if isAtEnd || skip("Z") { return 0 }
        let sign: Double
        if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
        guard let hours = digits(2), hours <= 23 else { return nil }
        var minutes = 0
        if !isAtEnd {
            _ = skip(":")
            guard let read = digits(2), read < 60 else { return nil }
            minutes = read
        }
        return sign * Double(hours * 3600 + minutes * 60)
    }
}
