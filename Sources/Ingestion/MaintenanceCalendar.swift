import Foundation
import GroundSegment

/// An iCalendar file (RFC 5545) of announced maintenance.
///
/// Folded lines, all-day dates, DTEND or DURATION, TZID (a VTIMEZONE of the file, else the
/// system's zones; times without a zone are UTC), RRULE, RDATE, EXDATE, RECURRENCE-ID and
/// STATUS:CANCELLED are understood; X-SGS-AVAILABILITY is 0 where an event has none.  Recurring
/// events keep the wall's clock: 08:00 Europe/Rome is 07:00 UTC in winter and 06:00 in summer.
enum MaintenanceCalendar {
    /// The windows that meet `span`, sorted; what is wrong with the file goes to the log.
    static func read(_ data: Data, within span: TimeWindow, faults: FaultLog) -> [MaintenanceWindow]
    {
        var windows: [MaintenanceWindow] = []
        for calendar in CalendarComponent.calendars(data, faults: faults) {
            let reader = CalendarReader(zones: zones(calendar, faults: faults), faults: faults)
            let events = calendar.children.filter { $0.name == "VEVENT" }
                .compactMap { CalendarEvent($0, reader: reader) }
            for series in Dictionary(grouping: events, by: \.seriesKey).values {
                windows += CalendarSeries(series, reader: reader).windows(within: span)
            }
        }
        return windows.sorted()
    }

    /// The calendar's own time zones by their TZID.
    private static func zones(_ calendar: CalendarComponent, faults: FaultLog) -> [String:
        CalendarZone]
    {
        var zones: [String: CalendarZone] = [:]
        for component in calendar.children where component.name == "VTIMEZONE" {
            let parts = component.children.filter { ["STANDARD", "DAYLIGHT"].contains($0.name) }
            let isWhole =
                !parts.isEmpty
                && parts.allSatisfy { part in
                    ["DTSTART", "TZOFFSETFROM", "TZOFFSETTO"].allSatisfy { part.first($0) != nil }
                }
            guard let name = component.first("TZID")?.value else {
                faults.add(
                    line: component.line, field: "TZID", found: "nothing",
                    expected: "the time zone's name")
                continue
            }
            guard isWhole, let zone = FileZone(source: component.source) else {
                faults.add(
                    line: component.line, field: "VTIMEZONE \(name)",
                    found: "no full STANDARD or DAYLIGHT part",
                    expected: "DTSTART, TZOFFSETFROM and TZOFFSETTO in each")
                continue
            }
            zones[name] = .file(zone)
        }
        return zones
    }
}

extension CalendarEvent {
    /// Events with one UID are a series; an event without a UID is one of its own.
    fileprivate var seriesKey: String { uid.isEmpty ? "line \(line)" : "uid " + uid }
}
