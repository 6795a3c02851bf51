import GroundSegment

/// The events of one UID: an event with its recurrences, and replacements of single ones.
struct CalendarSeries {
    /// The event that the others replace occurrences of; `nil` where the file has none.
    private let main: CalendarEvent?
    private let replacements: [CalendarEvent]
    private let reader: CalendarReader

    /// Of several versions of an event the one with the highest SEQUENCE counts.
    init(_ events: [CalendarEvent], reader: CalendarReader) {
        self.reader = reader
        var main: CalendarEvent?
        for event in events where event.recurrenceID == nil {
            if let other = main, other.sequence == event.sequence {
                reader.fault(
                    event.line, "UID", "\"\(event.uid)\" a second time",
                    "another UID or SEQUENCE than the event of line \(other.line)")
            }
            if main.map({ $0.sequence < event.sequence }) ?? true { main = event }
        }
        self.main = main
        var latest: [Int: CalendarEvent] = [:]
        for event in events {
            guard let replaced = event.recurrenceID?.posixSeconds else { continue }
            if latest[replaced].map({ $0.sequence < event.sequence }) ?? true {
                latest[replaced] = event
            }
        }
        replacements = Array(latest.values)
    }

    /// The windows that meet `span`.
    func windows(within span: TimeWindow) -> [MaintenanceWindow] {
        var windows = replacements.filter { !$0.isCancelled && !isExcluded($0) }.map(\.ownWindow)
        if let main, !main.isCancelled { windows += occurrences(of: main, within: span) }
        return windows.compactMap(\.self).filter { $0.window.intersection(span) != nil }
    }

    /// Whether the occurrence that it replaces is one of the series' EXDATEs.
    private func isExcluded(_ replacement: CalendarEvent) -> Bool {
        guard let replaced = replacement.recurrenceID, let main else { return false }
        return main.exceptions.contains { replaced.matches($0) }
    }

    private func occurrences(of event: CalendarEvent, within span: TimeWindow)
        -> [MaintenanceWindow?]
    {
        let isSingle = event.rules.isEmpty && event.additions.isEmpty && event.exceptions.isEmpty
        if isSingle, replacements.isEmpty { return [event.ownWindow] }
        do {
            // The wall's clock is at most a day away from UTC.
            let end = Int(span.end.posixSeconds) + 86400
            return try event.occurrences(through: end)
                .filter { occurrence in
                    !replacements.contains { isReplaced(occurrence.start, by: $0) }
                }
                .map { event.window(from: $0.start, to: $0.start.moved(by: $0.length)) }
        } catch {
            reader.fault(
                event.rules.first?.line ?? event.line, "RRULE", error.found, error.expected)
            return []
        }
    }

    private func isReplaced(_ start: CalendarTime, by replacement: CalendarEvent) -> Bool {
        replacement.recurrenceID.map { start.matches($0) } ?? false
    }
}
