/// A date or a date with time of a calendar.
struct CalendarTime {
    /// What the wall's clock shows, in seconds since 1970 as if it were UTC.
    let wall: Int
    let isDate: Bool
    /// Whether it is a time without a zone, which is read as UTC.
    let isFloating: Bool
    /// UTC for dates and for times without a zone.
    let zone: CalendarZone

    init(wall: Int, isDate: Bool = false, isFloating: Bool = false, zone: CalendarZone) {
        self.wall = wall
        self.isDate = isDate
        self.isFloating = isFloating
        self.zone = zone
    }

    /// A time with the same kind and zone.
    func at(wall: Int) -> CalendarTime {
        CalendarTime(wall: wall, isDate: isDate, isFloating: isFloating, zone: zone)
    }

    /// Seconds since 1970-01-01T00:00 UTC.
    var posixSeconds: Int { zone.posixSeconds(wall: wall) }

    /// What this time obviously means beside a DTSTART of another form: without a zone it is by the
    /// clock of DTSTART, and midnight beside a date is that date; `nil` where it is not obvious.
    func beside(_ start: CalendarTime) -> CalendarTime? {
        switch (start.isDate, isDate) {
        case (true, true): self
        case (true, false): wall.modulo(86400) == 0 ? start.at(wall: wall) : nil
        case (false, true): nil
        case (false, false): isFloating ? start.at(wall: wall) : self
        }
    }

    /// Days since 1970 by the wall's calendar.
    var day: Int { wall.floored(by: 86400) }
}

/// A date or time as it is written, without its zone.
struct WrittenTime: Equatable {
    /// Seconds since 1970 as if it were UTC.
    let wall: Int
    let isDate: Bool
    /// Whether it ends with `Z`.
    let isUTC: Bool

    /// `20270112`, `20270112T080000`, or with `Z` for UTC; `nil` where it is none of these or names
    /// no day or hour.
    ///
    /// Second 60 is second 59 (RFC 5545 section 3.3.12: leap seconds are not counted).
    init?(_ text: String) {
        var rest = Array(text.uppercased().utf8)[...]
        isUTC = rest.last == UInt8(ascii: "Z")
        if isUTC { rest.removeLast() }
        isDate = rest.count == 8
        guard isDate ? !isUTC : rest.count == 15 && rest[8] == UInt8(ascii: "T"),
            let year = Self.number(rest[..<4]), year >= 1,
            let month = Self.number(rest[4..<6]), let day = Self.number(rest[6..<8]),
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        guard !isDate else {
            wall = date.number * 86400
            return
        }
        guard let hour = Self.number(rest[9..<11]), hour < 24,
            let minute = Self.number(rest[11..<13]), minute < 60,
            let second = Self.number(rest[13..<15]), second <= 60
        else { return nil }
        wall = date.number * 86400 + hour * 3600 + minute * 60 + min(second, 59)
    }

    /// The number that some bytes write; `nil` where one of them is no digit.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        digits.reduce(0) { number, digit in
            guard let number, (48...57).contains(digit) else { return nil }
            return number * 10 + Int(digit) - 48
        }
    }
}
