import CICal
import GroundSegment

/// Understands the values of a calendar's properties; what is wrong with them goes to the log.
final class CalendarReader {
    private let faults: FaultLog
    private let zones: [String: CalendarZone]
    private(set) var faultCount = 0

    /// - Parameter zones: the calendar's own time zones by their TZID.
    init(zones: [String: CalendarZone], faults: FaultLog) {
        self.zones = zones
        self.faults = faults
    }

    func fault(_ line: Int, _ field: String, _ found: String, _ expected: String) {
        faultCount += 1
        faults.add(line: line, field: field, found: found, expected: expected)
    }

    /// Notes properties that an event may have once and has twice.
    func checkOnce(_ names: [String], in component: CalendarComponent) {
        for name in names {
            for property in component.all(name).dropFirst() {
                fault(property.line, name, "a second one", "one in an event")
            }
        }
    }

    /// Notes properties of ours that do not exist: a misspelt availability would read as 0.
    func checkOwnProperties(of component: CalendarComponent) {
        for property in component.properties
        where property.name.hasPrefix("X-SGS-") && property.name != "X-SGS-AVAILABILITY" {
            fault(property.line, property.name, "an unknown property", "X-SGS-AVAILABILITY")
        }
    }

    /// The available part, 0 where the event says nothing.
    func availability(_ component: CalendarComponent) -> Double {
        let all = component.all("X-SGS-AVAILABILITY")
        checkOnce(["X-SGS-AVAILABILITY"], in: component)
        guard let property = all.first else { return 0 }
        guard let number = decimal(property.value), (0...1).contains(number) else {
            fault(property.line, property.name, "\"\(property.value)\"", "a number from 0 to 1")
            return 0
        }
        return number
    }

    func sequence(_ component: CalendarComponent) -> Int {
        guard let property = component.first("SEQUENCE") else { return -1 }
        guard let number = Int(property.value), number >= 0 else {
            fault(
                property.line, "SEQUENCE", "\"\(property.value)\"", "a whole number of at least 0")
            return -1
        }
        return number
    }

    func rule(_ property: ContentLine) -> RecurrenceRule? {
        do {
            return try RecurrenceRule(property.value)
        } catch {
            fault(property.line, property.name, error.found, error.expected)
            return nil
        }
    }

    func recurrenceID(_ property: ContentLine) -> CalendarTime? {
        if let range = property.parameter("RANGE") {
            fault(property.line, property.name, "RANGE=\(range)", "one occurrence")
            return nil
        }
        return time(property)
    }

    /// The one time of a property.
    func time(_ property: ContentLine) -> CalendarTime? { time(property.value, of: property) }

    /// The times of a list.
    func times(_ property: ContentLine) -> [CalendarTime] {
        property.value.split(separator: ",").compactMap { time(String($0), of: property) }
    }

    /// The times and periods of an RDATE.
    func additions(_ property: ContentLine) -> [(start: CalendarTime, length: Int?)] {
        property.value.split(separator: ",").compactMap { entry in
            let parts = entry.split(separator: "/", maxSplits: 1).map(String.init)
            guard let first = parts.first, let start = time(first, of: property) else { return nil }
            guard parts.count == 2 else { return (start, nil) }
            let length =
                parts[1].hasPrefix("P") || parts[1].hasPrefix("+P")
                ? duration(parts[1], of: property)
                : time(parts[1], of: property).map { $0.wall - start.wall }
            return length.map { (start, $0) }
        }
    }

    /// How long an event is, and its DTEND where it has one.
    func span(of component: CalendarComponent, from start: CalendarTime)
        -> (length: Int, end: CalendarTime?)?
    {
        switch (component.first("DTEND"), component.first("DURATION")) {
        case (let property?, nil):
            guard let end = time(property) else { return nil }
            guard end.isDate == start.isDate else {
                fault(
                    property.line, "DTEND", "\"\(property.value)\"",
                    start.isDate ? "a date, as DTSTART is" : "a date and time, as DTSTART is")
                return nil
            }
            guard end.posixSeconds > start.posixSeconds else {
                fault(property.line, "DTEND", "\"\(property.value)\"", "a time after DTSTART")
                return nil
            }
            // Of one zone the wall's clock counts, so that 08:00 to 18:00 stays so all year.
            let isOneZone =
                component.first("DTSTART")?.parameter("TZID") == property.parameter("TZID")
            let length = isOneZone ? end.wall - start.wall : end.posixSeconds - start.posixSeconds
            return (length, end)
        case (nil, let property?):
            return duration(property.value, of: property).map { ($0, nil) }
        case (let property?, _?):
            fault(property.line, "DTEND", "DTEND beside DURATION", "one of them")
            return nil
        case (nil, nil):
            if start.isDate { return (86400, nil) }
            fault(component.line, "DTEND", "nothing", "DTEND or DURATION")
            return nil
        }
    }

    /// Seconds of a duration such as `P1DT12H`, which must be positive.
    private func duration(_ text: String, of property: ContentLine) -> Int? {
        let duration = icaldurationtype_from_string(text)
        guard icaldurationtype_is_bad_duration(duration) == 0, icaldurationtype_as_int(duration) > 0
        else {
            fault(property.line, property.name, "\"\(text)\"", "a duration above 0 such as P1DT12H")
            return nil
        }
        return Int(icaldurationtype_as_int(duration))
    }

    private func time(_ text: String, of property: ContentLine) -> CalendarTime? {
        guard let wall = CalendarTime.wall(text) else {
            fault(
                property.line, property.name, "\"\(text)\"",
                "a date or time such as 20270112 or 20270112T080000Z")
            return nil
        }
        if property.parameter("VALUE")?.uppercased() == "DATE", !wall.isDate {
            fault(property.line, property.name, "\"\(text)\"", "a date, as VALUE says")
            return nil
        }
        guard !wall.isDate, !wall.isUTC, let name = property.parameter("TZID") else {
            return CalendarTime(wall: wall.seconds, isDate: wall.isDate, zone: .utc)
        }
        guard let zone = zones[name] ?? CalendarZone.named(name) else {
            fault(
                property.line, property.name, "TZID=\(name)",
                "a time zone of the calendar or of the system")
            return nil
        }
        return CalendarTime(wall: wall.seconds, isDate: false, zone: zone)
    }
}
