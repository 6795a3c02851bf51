extension RecurrenceRule {
    /// The end of a rule, as its UNTIL is to be understood beside DTSTART.
    enum Until {
        /// No UNTIL.
        case none
        /// The last time that the wall's clock shows.
        case wall(Int)
        /// The last instant, and what the wall's clock shows then.
        case instant(Int, wall: Int)
        /// A day by its number where DTSTART has a time: before it all is clear, on it nothing.
        case day(Int)

        /// Whether everything from a time of the wall's clock on lies after the end.
        func isPast(_ wall: Int) -> Bool {
            switch self {
            case .none: false
            case .wall(let last): wall > last
            // Where the clock is put back, instants and the clock's times differ in order.
            case .instant(_, let last): wall > last + 86400
            case .day(let last): wall >= (last + 1) * 86400
            }
        }

        /// Whether an occurrence is not after the end; `nil` where that is open.
        func holds(_ time: CalendarTime) -> Bool? {
            switch self {
            case .none: true
            case .wall(let last): time.wall <= last
            case .instant(let last, let wall):
                time.wall <= wall - 86400 || time.posixSeconds <= last
            case .day(let last): time.day < last ? true : nil
            }
        }
    }

    /// UNTIL beside the DTSTART of an event.
    ///
    /// It must be of the same kind as DTSTART, and in UTC where that has a zone (section 3.3.10).
    /// Of other kinds those count that can mean one thing only: without a zone the clock of
    /// DTSTART; a time beside a date where it is midnight or the last second of a day; a date
    /// beside a time as long as no occurrence falls on that day.
    func until(from start: CalendarTime) throws(Fault) -> Until {
        guard let until else { return .none }
        let last: Until
        switch (start.isDate, until.isDate) {
        case (true, true): last = .wall(until.wall)
        case (true, false):
            guard !until.isUTC || [0, 86399].contains(until.wall.modulo(86400)) else {
                throw Fault(
                    found: "an UNTIL with a time in \"\(text)\"",
                    expected: "a date, as DTSTART is")
            }
            last = .wall(until.wall)
        case (false, true): last = .day(until.wall.floored(by: 86400))
        case (false, false):
            last =
                until.isUTC
                ? .instant(until.wall, wall: start.zone.wall(at: until.wall)) : .wall(until.wall)
        }
        guard last.holds(start) ?? true, !last.isPast(start.wall) else {
            throw Fault(
                found: "an UNTIL before DTSTART in \"\(text)\"", expected: "one not before it")
        }
        return last
    }

    /// UNTIL beside the onset of an observance, which is by the clock before the change.
    func until(fromOnset start: Int, offset: Int) throws(Fault) -> Until {
        let last: Until
        switch until {
        case nil: return .none
        case let until? where until.isDate: last = .day(until.wall.floored(by: 86400))
        case let until?: last = .wall(until.isUTC ? until.wall + offset : until.wall)
        }
        guard !last.isPast(start) else {
            throw Fault(
                found: "an UNTIL before DTSTART in \"\(text)\"", expected: "one not before it")
        }
        return last
    }
}
