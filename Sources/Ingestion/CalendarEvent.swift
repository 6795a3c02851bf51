import GroundSegment

/// A VEVENT with its times understood.
struct CalendarEvent {
    let start: CalendarTime
    /// Length in seconds by the wall's clock.
    let length: Int
    /// Its end where DTEND gives one, of which the zone may be another than the start's.
    let end: CalendarTime?
    let availability: Double
    let summary: String
    let uid: String
    let sequence: Int
    let isCancelled: Bool
    /// The occurrence that it replaces; `nil` for an event of its own.
    let recurrenceID: CalendarTime?
    let rules: [(rule: RecurrenceRule, line: Int)]
    let exceptions: [CalendarTime]
    /// Further occurrences with their length, where it is another.
    let additions: [(start: CalendarTime, length: Int?)]
    let line: Int
}

extension CalendarEvent {
    /// Reads an event; `nil` where something is wrong with it.
    init?(_ component: CalendarComponent, reader: CalendarReader) {
        let known = reader.faultCount
        reader.checkOnce(
            ["DTSTART", "DTEND", "DURATION", "UID", "SEQUENCE", "STATUS", "RECURRENCE-ID"],
            in: component)
        reader.checkOwnProperties(of: component)
        guard let property = component.first("DTSTART") else {
            reader.fault(component.line, "DTSTART", "nothing", "the start of the event")
            return nil
        }
        let start = reader.time(property)
        let span = start.flatMap { reader.span(of: component, from: $0) }
        availability = reader.availability(component)
        recurrenceID = component.first("RECURRENCE-ID").flatMap(reader.recurrenceID)
        rules = component.all("RRULE").compactMap { property in
            reader.rule(property).map { ($0, property.line) }
        }
        exceptions = component.all("EXDATE").flatMap(reader.times)
        additions = component.all("RDATE").flatMap(reader.additions)
        sequence = reader.sequence(component)
        guard let start, let span, reader.faultCount == known else { return nil }
        self.start = start
        length = span.length
        end = span.end
        summary = component.first("SUMMARY")?.text ?? ""
        uid = component.first("UID")?.text ?? ""
        isCancelled = component.first("STATUS")?.value.uppercased() == "CANCELLED"
        line = component.line
    }

    /// The event itself or one of its occurrences as a window.
    func window(from start: CalendarTime, to end: CalendarTime) -> MaintenanceWindow? {
        let first = start.instant
        let last = end.instant
        guard first < last else { return nil }
        return MaintenanceWindow(
            window: TimeWindow(start: first, end: last), availability: availability,
            summary: summary, uid: uid)
    }

    /// The window of the event itself, without its recurrences.
    var ownWindow: MaintenanceWindow? {
        window(from: start, to: end ?? start.moved(by: length))
    }

    /// Starts of all occurrences up to and with the wall's `end`, each with its length.
    func occurrences(through end: Int) throws(RecurrenceRule.Fault) -> [(
        start: CalendarTime, length: Int
    )] {
        var found: [Int: (start: CalendarTime, length: Int)] = [:]
        let lastUntil = rules.isEmpty ? nil : rules.map { $0.rule.until }.compactMap(\.self).max()
        if lastUntil.map({ isWithin(start, until: $0) }) ?? true {
            found[start.posixSeconds] = (start, length)
        }
        for (rule, _) in rules {
            for wall in try rule.occurrences(from: start, through: end) {
                let occurrence = start.at(wall: wall)
                guard rule.until.map({ isWithin(occurrence, until: $0) }) ?? true else { break }
                found[occurrence.posixSeconds] = (occurrence, length)
            }
        }
        for addition in additions {
            found[addition.start.posixSeconds] = (addition.start, addition.length ?? length)
        }
        return found.values.filter { occurrence in
            !exceptions.contains { occurrence.start.matches($0) }
        }
    }

    /// Whether an occurrence is not after an UNTIL: an instant, or a date in a rule of dates.
    private func isWithin(_ occurrence: CalendarTime, until: Int) -> Bool {
        occurrence.isDate
            ? occurrence.wall <= until - ((until % 86400) + 86400) % 86400
            : occurrence.posixSeconds <= until
    }
}
