import Foundation

/// The time zone of a calendar's times: what is between the wall's clock and UTC.
enum CalendarZone {
    case utc
    /// Of the system's zone database.
    case system(TimeZone)
    /// A VTIMEZONE of the calendar itself.
    case observed(ObservedZone)

    /// The instant at which the wall's clock shows `wall`, in seconds as if it were UTC.
    ///
    /// What the clock shows twice is the first of the two, and what it skips is read with the
    /// offset before the change (RFC 5545 section 3.3.5).
    func posixSeconds(wall: Int) -> Int {
        switch self {
        case .utc: return wall
        case .observed(let zone): return zone.posixSeconds(wall: wall)
        case .system:
            let before = offset(at: wall - 86400)
            let after = offset(at: wall + 86400)
            if offset(at: wall - before) == before { return wall - before }
            if offset(at: wall - after) == after { return wall - after }
            return wall - before
        }
    }

    /// Seconds east of UTC at an instant.
    func offset(at posixSeconds: Int) -> Int {
        switch self {
        case .utc: 0
        case .system(let zone):
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(posixSeconds)))
        case .observed(let zone): zone.offset(at: posixSeconds)
        }
    }

    /// What the wall's clock shows at an instant.
    func wall(at posixSeconds: Int) -> Int { posixSeconds + offset(at: posixSeconds) }

    /// Whether the clock never shows `wall`, since it is put forward over it.
    func skips(_ wall: Int) -> Bool {
        if case .utc = self { return false }
        return self.wall(at: posixSeconds(wall: wall)) != wall
    }

    /// Whether the clock may be put forward on a day, by its number.
    func isChanged(onDay day: Int) -> Bool {
        if case .utc = self { return false }
        return offset(at: (day - 1) * 86400) != offset(at: (day + 2) * 86400)
    }

    /// Makes sure that the changes of the clock until an instant are known.
    func extend(through posixSeconds: Int) throws(RecurrenceRule.Fault) {
        if case .observed(let zone) = self { try zone.extend(through: posixSeconds) }
    }

    /// A zone of the system's database by its name; `nil` where it has none such.
    static func named(_ name: String) -> CalendarZone? {
        if ["UTC", "Etc/UTC", "GMT", "Z"].contains(name) { return .utc }
        return TimeZone(identifier: name).map(CalendarZone.system)
    }
}
