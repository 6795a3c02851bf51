/// Understands the values of a calendar's properties; what is wrong with them goes to the faults.
struct PropertyReader {
    let faults: CalendarFaults
    /// The calendar's own time zones by their TZID; `nil` for one that is at fault.
    let zones: [String: ObservedZone?]

    func fault(_ line: Int, _ field: String, _ found: String, _ expected: String) {
        faults.add(line: line, field: field, found: found, expected: expected)
    }

    /// Notes properties that a component may have once and has twice.
    func checkOnce(_ names: [String], in component: CalendarComponent) {
        for name in names {
            for property in component.all(name).dropFirst() {
                fault(property.line, name, "a second one", "one in an event")
            }
        }
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

    func rule(_ property: ContentLine) -> (rule: RecurrenceRule, line: Int)? {
        do {
            return (try RecurrenceRule(property.value), property.line)
        } catch {
            fault(property.line, property.name, error.found, error.expected)
            return nil
        }
    }

    /// The one time of a property.
    func time(_ property: ContentLine) -> CalendarTime? {
        guard hasValueType(property, ["DATE", "DATE-TIME"]) else { return nil }
        return time(property.value, of: property)
    }

    /// The times of a list, each with what is written.
    func times(_ property: ContentLine) -> [NamedTime] {
        guard hasValueType(property, ["DATE", "DATE-TIME"]) else { return [] }
        return entries(property).compactMap { entry in
            time(entry, of: property).map {
                NamedTime(time: $0, text: entry, field: property.name, line: property.line)
            }
        }
    }

    /// The times and periods of an RDATE beside its DTSTART.
    ///
    /// A time without a zone is by the clock of DTSTART; midnight beside a date is that date.
    func additions(_ property: ContentLine, start: CalendarTime) -> [CalendarEvent.Addition] {
        guard hasValueType(property, ["DATE", "DATE-TIME", "PERIOD"]) else { return [] }
        return entries(property).compactMap { entry in
            let parts = entry.split(separator: "/", omittingEmptySubsequences: false)
            let isPeriod = property.parameter("VALUE")?.uppercased() == "PERIOD"
            guard parts.count <= 2, parts.count == 2 || !isPeriod else {
                fault(property.line, property.name, "\"\(entry)\"", "a time, or a start/end")
                return nil
            }
            guard let time = time(String(parts[0]), of: property) else { return nil }
            guard let first = time.beside(start), !(isPeriod && start.isDate) else {
                fault(
                    property.line, property.name, "\"\(entry)\"",
                    start.isDate ? "a date, as DTSTART is" : "a date and time, as DTSTART is")
                return nil
            }
            guard parts.count == 2 else {
                return CalendarEvent.Addition(start: first, length: nil, line: property.line)
            }
            return length(String(parts[1]), from: first, of: property, beside: start).map {
                CalendarEvent.Addition(start: first, length: $0, line: property.line)
            }
        }
    }

    /// The length of a period from what follows its start.
    private func length(
        _ text: String, from first: CalendarTime, of property: ContentLine,
        beside start: CalendarTime
    ) -> CalendarDuration? {
        if text.uppercased().contains("P") { return duration(text, of: property) }
        guard let end = time(text, of: property) else { return nil }
        guard let end = end.beside(start), end.isDate == first.isDate,
            end.posixSeconds > first.posixSeconds
        else {
            fault(property.line, property.name, "\"\(text)\"", "a time after the period's start")
            return nil
        }
        return CalendarDuration(days: 0, seconds: end.posixSeconds - first.posixSeconds)
    }

    private func entries(_ property: ContentLine) -> [String] {
        property.value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }

    /// How long an event is: of DTEND the exact length, of DURATION the nominal one counts for all
    /// its occurrences (RFC 5545 section 3.8.5.3).
    func length(of component: CalendarComponent, from start: CalendarTime) -> CalendarDuration? {
        switch (component.first("DTEND"), component.first("DURATION")) {
        case (let property?, nil):
            guard let end = time(property) else { return nil }
            guard end.isDate == start.isDate else {
                fault(
                    property.line, "DTEND", "\"\(property.value)\"",
                    start.isDate ? "a date, as DTSTART is" : "a date and time, as DTSTART is")
                return nil
            }
            // Without a zone beside a zone it is the same clock.
            let last = end.beside(start)?.posixSeconds ?? end.posixSeconds
            let length = CalendarDuration(days: 0, seconds: last - start.posixSeconds)
            guard length.isPositive else {
                fault(property.line, "DTEND", "\"\(property.value)\"", "a time after DTSTART")
                return nil
            }
            return checked(length, property.value, of: property)
        case (nil, let property?): return duration(property.value, of: property)
        case (let property?, _?):
            fault(property.line, "DTEND", "DTEND beside DURATION", "one of them")
            return nil
        case (nil, nil):
            if start.isDate { return CalendarDuration(days: 1, seconds: 0) }
            fault(component.line, "DTEND", "nothing", "DTEND or DURATION")
            return nil
        }
    }

    /// A duration such as `P1DT12H`, which must be positive.
    private func duration(_ text: String, of property: ContentLine) -> CalendarDuration? {
        guard let duration = CalendarDuration(text), duration.isPositive else {
            fault(property.line, property.name, "\"\(text)\"", "a duration above 0 such as P1DT12H")
            return nil
        }
        return checked(duration, text, of: property)
    }

    private func checked(_ length: CalendarDuration, _ text: String, of property: ContentLine)
        -> CalendarDuration?
    {
        guard length.isTooLong else { return length }
        fault(property.line, property.name, "\"\(text)\"", "a length of at most a hundred years")
        return nil
    }

    /// Whether a property's VALUE, where it has one, is one of those it can have.
    private func hasValueType(_ property: ContentLine, _ types: [String]) -> Bool {
        guard let type = property.parameter("VALUE")?.uppercased(), !types.contains(type)
        else { return true }
        fault(
            property.line, property.name, "VALUE=\(type)",
            types.joined(separator: ", "))
        return false
    }

    private func time(_ text: String, of property: ContentLine) -> CalendarTime? {
        guard let written = WrittenTime(text) else {
            fault(
                property.line, property.name, "\"\(text)\"",
                "a date or time such as 20270112 or 20270112T080000Z")
            return nil
        }
        let type = property.parameter("VALUE")?.uppercased()
        if type != nil, type != (written.isDate ? "DATE" : "DATE-TIME"), type != "PERIOD" {
            fault(
                property.line, property.name, "\"\(text)\"",
                written.isDate ? "a date and time, as VALUE says" : "a date, as VALUE says")
            return nil
        }
        // A date has no zone (section 3.2.19).
        guard !written.isDate, let name = property.parameter("TZID") else {
            return CalendarTime(
                wall: written.wall, isDate: written.isDate,
                isFloating: !written.isDate && !written.isUTC, zone: .utc)
        }
        return time(written, zone: name, of: property)
    }

    /// A time with a TZID.
    private func time(_ written: WrittenTime, zone name: String, of property: ContentLine)
        -> CalendarTime?
    {
        let zone: CalendarZone
        switch zones[name] ?? zones[ContentLine.unescaped(name)] {
        case .some(nil): return nil
        case let own??: zone = .observed(own)
        case nil:
            guard let system = CalendarZone.named(name) else {
                fault(
                    property.line, property.name, "TZID=\(name)",
                    "a time zone of the calendar or of the system")
                return nil
            }
            zone = system
        }
        guard !written.isUTC else {
            if case .utc = zone { return CalendarTime(wall: written.wall, zone: .utc) }
            fault(
                property.line, property.name, "TZID=\(name) beside a time in UTC", "one of them")
            return nil
        }
        do {
            try zone.extend(through: written.wall + 2 * 86400)
        } catch {
            fault(error.line ?? property.line, "RRULE", error.found, error.expected)
            return nil
        }
        return CalendarTime(wall: written.wall, zone: zone)
    }
}
