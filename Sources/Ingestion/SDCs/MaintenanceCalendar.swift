import Calendars
import Documents
import Foundation
import GroundSegment

/// An iCalendar file (RFC 5545) of announced maintenance.
///
/// What `EventCalendar` understands; X-SGS-AVAILABILITY is 0 where an event has none. Recurring
/// events keep the wall's clock: 08:00 Europe/Rome is 07:00 UTC in winter and 06:00 in summer.
enum MaintenanceCalendar {
    /// The windows that meet `span`, sorted; what is wrong with the file goes to the log.
    static func read(_ data: Data, within span: TimeWindow, faults: FaultLog) -> [MaintenanceWindow]
    {
        let calendar = EventCalendar(data, through: Int(span.end.posixSeconds)) { fault in
            faults.add(
                line: fault.line, field: fault.field, found: fault.found, expected: fault.expected)
        }
        // By the line of the event: an event's availability is that of all its occurrences.
        var availabilities: [Int: Double] = [:]
        for (line, properties) in calendar.properties {
            availabilities[line] = availability(properties, faults: faults)
        }
        return calendar.occurrences.compactMap { occurrence in
            let event = occurrence.event
            return window(occurrence, availability: availabilities[event.line] ?? 0)
        }.filter { $0.window.intersection(span) != nil }.sorted()
    }

    private static func window(_ occurrence: CalendarOccurrence, availability: Double)
        -> MaintenanceWindow?
    {
        let start = instant(occurrence.start)
        let end = instant(occurrence.end)
        guard start < end else { return nil }
        return MaintenanceWindow(
            window: TimeWindow(start: start, end: end), availability: availability,
            summary: occurrence.event.summary, uid: occurrence.event.uid)
    }

    /// One division, so that whole seconds are the nearest double.
    private static func instant(_ posixSeconds: Int) -> MJD {
        MJD((Double(posixSeconds) + 40587 * 86400) / 86400)
    }

    /// The available part, 0 where the event says nothing. Properties of ours that do not exist are
    /// noted: a misspelt availability would read as 0.
    private static func availability(_ properties: [ContentLine], faults: FaultLog) -> Double {
        var found: Double?
        for property in properties where property.name.hasPrefix("X-SGS-") {
            let fault = { (found: String, expected: String) in
                faults.add(
                    line: property.line, field: property.name, found: found, expected: expected)
            }
            guard property.name == "X-SGS-AVAILABILITY" else {
                fault("an unknown property", "X-SGS-AVAILABILITY")
                continue
            }
            if found != nil { fault("a second one", "one in an event") }
            guard let number = PlainText.decimal(property.value), (0...1).contains(number) else {
                fault("\"\(property.value)\"", "a number from 0 to 1")
                continue
            }
            found = number
        }
        return found ?? 0
    }
}
