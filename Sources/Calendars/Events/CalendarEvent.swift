/// A VEVENT with its times understood.
public struct CalendarEvent {
    /// May be empty.
    public let uid: String
    /// May be empty.
    public let summary: String
    /// Line of its BEGIN.
    public let line: Int

    let start: CalendarTime
    let length: CalendarDuration
    let sequence: Int
    let isCancelled: Bool
    /// The occurrence that it replaces; `nil` for an event of its own.
    let recurrenceID: NamedTime?
    let rules: [(rule: RecurrenceRule, line: Int)]
    let exceptions: [NamedTime]
    let additions: [Addition]

    /// A further occurrence.
    struct Addition {
        let start: CalendarTime
        /// `nil` for that of the event.
        let length: CalendarDuration?
        let line: Int
    }

    /// Reads an event; `nil` where something is wrong with it.
    init?(_ component: CalendarComponent, reader: PropertyReader) {
        let known = reader.faults.count
        reader.checkOnce(
            ["DTSTART", "DTEND", "DURATION", "UID", "SEQUENCE", "STATUS", "RECURRENCE-ID"],
            in: component)
        EventNames.check(component, reader: reader)
        guard let property = component.first("DTSTART") else {
            reader.fault(component.line, "DTSTART", "nothing", "the start of the event")
            return nil
        }
        let start = reader.time(property)
        let length = start.flatMap { reader.length(of: component, from: $0) }
        rules = component.all("RRULE").compactMap(reader.rule)
        exceptions = component.all("EXDATE").flatMap(reader.times)
        additions =
            start.map { start in
                component.all("RDATE").flatMap { reader.additions($0, start: start) }
            } ?? []
        recurrenceID = Self.recurrenceID(component, reader: reader)
        sequence = reader.sequence(component)
        guard let start, let length, reader.faults.count == known else { return nil }
        do {
            try start.zone.extend(
                through: length.end(from: start) + (length.days + 2) * 86400)
        } catch {
            reader.fault(error.line ?? component.line, "RRULE", error.found, error.expected)
            return nil
        }
        if component.first("RECURRENCE-ID") != nil, recurrenceID == nil { return nil }
        self.start = start
        self.length = length
        summary = component.first("SUMMARY")?.text ?? ""
        uid = component.first("UID")?.text ?? ""
        isCancelled = component.first("STATUS")?.value.uppercased() == "CANCELLED"
        line = component.line
    }

    private static func recurrenceID(_ component: CalendarComponent, reader: PropertyReader)
        -> NamedTime?
    {
        guard let property = component.first("RECURRENCE-ID") else { return nil }
        if let range = property.parameter("RANGE") {
            reader.fault(property.line, property.name, "RANGE=\(range)", "one occurrence")
            return nil
        }
        for name in ["RRULE", "RDATE", "EXDATE"] {
            for other in component.all(name) {
                reader.fault(
                    other.line, name, "it beside RECURRENCE-ID", "it in the event of the series")
            }
        }
        return reader.time(property).map {
            NamedTime(
                time: $0, text: property.value, field: property.name, line: property.line)
        }
    }

    /// The event itself or one of its occurrences.
    func occurrence(from start: CalendarTime, length: CalendarDuration? = nil)
        -> CalendarOccurrence
    {
        CalendarOccurrence(
            start: start.posixSeconds, end: (length ?? self.length).end(from: start), event: self)
    }

    /// Events with one UID are a series; an event without a UID is one of its own.
    var seriesKey: String { uid.isEmpty ? "line \(line)" : "uid " + uid }
}

/// A time by which a property names an occurrence.
struct NamedTime {
    let time: CalendarTime
    /// As it is written.
    let text: String
    /// `EXDATE` or `RECURRENCE-ID`.
    let field: String
    let line: Int
}

/// An event as it takes place once.
public struct CalendarOccurrence {
    /// Seconds since 1970-01-01T00:00 UTC, from `start` to `end`.
    public let start: Int
    public let end: Int
    public let event: CalendarEvent
}
