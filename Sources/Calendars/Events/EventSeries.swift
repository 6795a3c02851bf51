/// The events of one UID: an event with its recurrences, and replacements of single ones.
struct EventSeries {
    /// The event that the others replace occurrences of; `nil` where the file has none.
    private let main: CalendarEvent?
    private let replacements: [CalendarEvent]
    private let faults: CalendarFaults
    private let budget: RecurrenceBudget

    /// Of several versions of an event the one with the highest SEQUENCE counts.
    init(_ events: [CalendarEvent], faults: CalendarFaults, budget: RecurrenceBudget) {
        self.faults = faults
        self.budget = budget
        var main: CalendarEvent?
        for event in events where event.recurrenceID == nil {
            if let other = main, other.sequence == event.sequence {
                Self.noteSecond(event, other, faults)
            }
            if main.map({ $0.sequence < event.sequence }) ?? true { main = event }
        }
        self.main = main
        replacements = events.filter { $0.recurrenceID != nil }
    }

    private static func noteSecond(
        _ event: CalendarEvent, _ other: CalendarEvent, _ faults: CalendarFaults
    ) {
        faults.add(
            line: event.line, field: "UID", found: "\"\(event.uid)\" a second time",
            expected: "another UID or SEQUENCE than the event of line \(other.line)")
    }

    /// All occurrences that begin up to and with `end`; replacements whenever they begin.
    func occurrences(through end: Int) -> [CalendarOccurrence] {
        guard let main else {
            // What they replace is not in the file: they stand for themselves.
            return latest(replacements.map { ($0, $0.recurrenceID?.time.posixSeconds ?? 0) })
                .values.filter { !$0.isCancelled }.map { $0.occurrence(from: $0.start) }
        }
        do {
            var set = try OccurrenceSet(main, through: end, faults: faults, budget: budget)
            var excluded: Set<Int> = []
            for exception in main.exceptions {
                let found = try set.instants(exception)
                if found.isEmpty { noteNone(exception, of: main) }
                excluded.formUnion(found)
            }
            let replacing = latest(try replaced(in: set, of: main, excluded: excluded))
            set.remove(excluded.union(replacing.keys))
            let ofMain = main.isCancelled ? [] : set.occurrences
            return ofMain
                + replacing.values.filter { !$0.isCancelled }.map { $0.occurrence(from: $0.start) }
        } catch {
            faults.add(
                line: error.line ?? main.line, field: "RRULE", found: error.found,
                expected: error.expected)
            return []
        }
    }

    /// The replacements with the instants of the occurrences that they replace.
    private func replaced(in set: OccurrenceSet, of main: CalendarEvent, excluded: Set<Int>)
        throws(RecurrenceRule.Fault) -> [(CalendarEvent, Int)]
    {
        var pairs: [(CalendarEvent, Int)] = []
        for event in replacements {
            guard let name = event.recurrenceID else { continue }
            let found = try set.instants(name)
            guard let instant = found.first, found.count == 1 else {
                noteNone(name, of: main)
                continue
            }
            if excluded.contains(instant), !event.isCancelled {
                faults.add(
                    line: name.line, field: name.field,
                    found: "\"\(name.text)\", which is an EXDATE too", expected: "one of them")
            }
            pairs.append((event, instant))
        }
        return pairs
    }

    /// Of the replacements of one occurrence the one with the highest SEQUENCE.
    private func latest(_ pairs: [(event: CalendarEvent, replaced: Int)]) -> [Int: CalendarEvent] {
        var latest: [Int: CalendarEvent] = [:]
        for (event, replaced) in pairs {
            if let other = latest[replaced], other.sequence == event.sequence {
                Self.noteSecond(event, other, faults)
            }
            if latest[replaced].map({ $0.sequence < event.sequence }) ?? true {
                latest[replaced] = event
            }
        }
        return latest
    }

    private func noteNone(_ name: NamedTime, of main: CalendarEvent) {
        faults.add(
            line: name.line, field: name.field, found: "\"\(name.text)\"",
            expected: "one occurrence of the event of line \(main.line)")
    }
}
