import CICal
import Foundation
import GroundSegment

/// The time zone of a calendar's times: what is between the wall's clock and UTC.
enum CalendarZone {
    case utc
    /// Of the system's zone database.
    case system(TimeZone)
    /// A VTIMEZONE of the calendar itself.
    case file(FileZone)

    /// The instant at which the wall's clock shows `wall`, in seconds as if it were UTC.
    ///
    /// What the clock shows twice is the first of the two, and what it skips is read with the
    /// offset before the change (RFC 5545 section 3.3.5).
    func posixSeconds(wall: Int) -> Int {
        let before = offset(posixSeconds: wall - 86400)
        let after = offset(posixSeconds: wall + 86400)
        if offset(posixSeconds: wall - before) == before { return wall - before }
        if offset(posixSeconds: wall - after) == after { return wall - after }
        return wall - before
    }

    /// Seconds east of UTC at an instant.
    private func offset(posixSeconds: Int) -> Int {
        switch self {
        case .utc: 0
        case .system(let zone):
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(posixSeconds)))
        case .file(let zone): zone.offset(posixSeconds: posixSeconds)
        }
    }

    /// A zone of the system's database by its name; `nil` where it has none such.
    static func named(_ name: String) -> CalendarZone? {
        if ["UTC", "Etc/UTC", "GMT", "Z"].contains(name) { return .utc }
        return TimeZone(identifier: name).map(CalendarZone.system)
    }
}

/// A VTIMEZONE as libical reads it.
final class FileZone {
    private let zone: OpaquePointer

    /// The zone of a VTIMEZONE's text; `nil` where libical makes nothing of it.
    init?(source: String) {
        guard let component = icalparser_parse_string(source) else { return nil }
        guard let zone = icaltimezone_new() else { preconditionFailure("out of memory") }
        guard icaltimezone_set_component(zone, component) != 0 else {
            icaltimezone_free(zone, 1)
            icalcomponent_free(component)
            return nil
        }
        self.zone = zone
    }

    deinit {
        icaltimezone_free(zone, 1)
    }

    /// Seconds east of UTC at an instant.
    func offset(posixSeconds: Int) -> Int {
        var utc = icaltime_from_timet_with_zone(posixSeconds, 0, icaltimezone_get_utc_timezone())
        return Int(icaltimezone_get_utc_offset_of_utc_time(zone, &utc, nil))
    }
}
