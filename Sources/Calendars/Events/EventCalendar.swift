public import Foundation

/// The events of an iCalendar file (RFC 5545) and when they take place.
///
/// Lines and components, DTSTART with DTEND or DURATION, TZID (a VTIMEZONE of the file, else the
/// system's zones), RRULE, RDATE, EXDATE, RECURRENCE-ID, SEQUENCE and STATUS:CANCELLED are
/// understood; other components than VEVENT are passed over. Dates and times without a zone are in
/// UTC. What is not done exactly as the standard says is a fault: EXRULE, RANGE, METHOD other than
/// PUBLISH and REQUEST, calendars that are not Gregorian, rules that do not give their DTSTART.
public struct EventCalendar {
    /// Of each VEVENT the line of its BEGIN and its properties, in the order of the file; also of
    /// those at fault, cancelled and replaced.
    public let properties: [(line: Int, properties: [ContentLine])]
    /// In the order of their starts.
    public let occurrences: [CalendarOccurrence]

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - end: the last instant at which an occurrence of a rule may begin, in seconds since
    ///     1970-01-01T00:00 UTC.
    ///   - report: is told each fault. Where there is one, occurrences may be missing.
    public init(_ data: Data, through end: Int, report: @escaping (CalendarFault) -> Void) {
        let faults = CalendarFaults(report)
        let budget = RecurrenceBudget()
        let end = min(max(end, -CivilDate.lastSecond), CivilDate.lastSecond)
        var events: [CalendarEvent] = []
        var faulty: Set<String> = []
        var properties: [(line: Int, properties: [ContentLine])] = []
        for calendar in CalendarComponent.calendars(data, faults: faults) {
            Self.check(calendar, faults: faults)
            let zones = ZoneReader(faults: faults, budget: budget, horizon: end + 366 * 86400)
                .zones(calendar)
            let reader = PropertyReader(faults: faults, zones: zones)
            for component in calendar.children where component.name == "VEVENT" {
                properties.append((component.line, component.properties))
                if let event = CalendarEvent(component, reader: reader) {
                    events.append(event)
                } else {
                    faulty.insert(component.first("UID")?.text ?? "")
                }
            }
        }
        self.properties = properties
        var occurrences: [CalendarOccurrence] = []
        let series = Dictionary(grouping: events, by: \.seriesKey).values
            .sorted { ($0.first?.line ?? 0) < ($1.first?.line ?? 0) }
        for events in series {
            // Of a series that is not whole nothing can be said.
            if let uid = events.first?.uid, !uid.isEmpty, faulty.contains(uid) { continue }
            occurrences += EventSeries(events, faults: faults, budget: budget)
                .occurrences(through: end)
        }
        self.occurrences = occurrences.sorted {
            ($0.start, $0.end, $0.event.line) < ($1.start, $1.end, $1.event.line)
        }
    }

    /// Notes what makes another calendar of a whole file.
    private static func check(_ calendar: CalendarComponent, faults: CalendarFaults) {
        let known: [(name: String, values: [String])] = [
            ("VERSION", ["2.0"]), ("CALSCALE", ["GREGORIAN"]), ("METHOD", ["PUBLISH", "REQUEST"]),
        ]
        for (name, values) in known {
            for property in calendar.all(name)
            where !values.contains(property.value.uppercased()) {
                faults.add(
                    line: property.line, field: name, found: "\"\(property.value)\"",
                    expected: values.joined(separator: " or "))
            }
        }
    }
}
