/// The occurrences of an event with rules and additions, by their instants, without its exceptions.
struct OccurrenceSet {
    private let event: CalendarEvent
    private let recurrences: [Recurrence]
    private var found: [Int: (start: CalendarTime, length: CalendarDuration?)] = [:]
    /// Instants by the day of the wall's clock.
    private var ofDay: [Int: Set<Int>] = [:]
    /// Up to which time of the wall's clock all occurrences are found.
    private let end: Int

    /// The occurrences that begin up to and with an instant.
    ///
    /// - Throws: where there are too many, or a rule does not fit DTSTART.
    init(
        _ event: CalendarEvent, through end: Int, faults: CalendarFaults, budget: RecurrenceBudget
    ) throws(RecurrenceRule.Fault) {
        self.event = event
        // The wall's clock is at most a day away from UTC.
        self.end = end + 86400
        var recurrences: [Recurrence] = []
        for (rule, line) in event.rules {
            do {
                let recurrence = Recurrence(
                    rule, from: event.start, until: try rule.until(from: event.start),
                    budget: budget)
                try Self.check(recurrence)
                recurrences.append(recurrence)
            } catch {
                throw error.at(line: line)
            }
        }
        self.recurrences = recurrences
        add(event.start, length: nil)
        for (recurrence, line) in zip(recurrences, event.rules.map(\.line)) {
            do {
                for wall in try recurrence.walls(through: self.end) {
                    add(event.start.at(wall: wall), length: nil)
                }
            } catch {
                throw error.at(line: line)
            }
        }
        for addition in event.additions {
            let other = found[addition.start.posixSeconds]?.length
            if let other, let length = addition.length, other != length {
                faults.add(
                    line: addition.line, field: "RDATE", found: "two lengths from one start",
                    expected: "one of them")
            }
            add(addition.start, length: addition.length ?? other)
        }
    }

    private mutating func add(_ start: CalendarTime, length: CalendarDuration?) {
        let instant = start.posixSeconds
        found[instant] = (start, length)
        let day = event.start.zone.wall(at: instant).floored(by: 86400)
        ofDay[day, default: []].insert(instant)
    }

    /// Rules that say nothing beside this DTSTART.
    private static func check(_ recurrence: Recurrence) throws(RecurrenceRule.Fault) {
        let rule = recurrence.rule
        if recurrence.start.isDate, rule.frequency < .daily {
            throw RecurrenceRule.Fault(
                found: "\"\(rule.text)\" beside a date", expected: "FREQ of days or longer")
        }
        guard try recurrence.givesStart() else {
            throw RecurrenceRule.Fault(
                found: "DTSTART is no occurrence of \"\(rule.text)\"",
                expected: "DTSTART at the first one (else RFC 5545 leaves open what is meant)")
        }
    }

    /// The instants of the occurrences that a property names; a date beside times names all of its
    /// day.
    func instants(_ name: NamedTime) throws(RecurrenceRule.Fault) -> Set<Int> {
        if name.time.isDate, !event.start.isDate {
            let day = name.time.wall...name.time.wall + 86399
            return (ofDay[name.time.day] ?? []).union(try beyond(day))
        }
        guard let time = name.time.beside(event.start) else { return [] }
        let instant = time.posixSeconds
        if found[instant] != nil { return [instant] }
        let wall = event.start.zone.wall(at: instant)
        return try beyond(wall...wall).intersection([instant])
    }

    /// The instants of occurrences after the end of those that are found.
    private func beyond(_ span: ClosedRange<Int>) throws(RecurrenceRule.Fault) -> Set<Int> {
        guard span.upperBound > end else { return [] }
        var instants: Set<Int> = []
        for recurrence in recurrences {
            for wall in try recurrence.walls(in: span) {
                instants.insert(event.start.at(wall: wall).posixSeconds)
            }
        }
        return instants
    }

    mutating func remove(_ instants: Set<Int>) {
        for instant in instants { found[instant] = nil }
    }

    var occurrences: [CalendarOccurrence] {
        found.values.filter { $0.start.posixSeconds <= end - 86400 }.map {
            event.occurrence(from: $0.start, length: $0.length)
        }
    }
}
