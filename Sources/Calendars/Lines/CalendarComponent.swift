import Foundation

/// A component of an iCalendar file with its lines, so that a fault can be placed.
struct CalendarComponent {
    /// In capitals: `VCALENDAR`, `VEVENT`.
    let name: String
    /// Line of its BEGIN.
    let line: Int
    var properties: [ContentLine] = []
    var children: [CalendarComponent] = []

    /// Components lie in one another at most so deep; the standard's do three deep.
    static let deepest = 20

    func first(_ name: String) -> ContentLine? { properties.first { $0.name == name } }
    func all(_ name: String) -> [ContentLine] { properties.filter { $0.name == name } }

    /// The calendars that a file consists of; what is not well-formed goes to the faults.
    static func calendars(_ data: Data, faults: CalendarFaults) -> [CalendarComponent] {
        let known = faults.count
        var stack = OpenComponents(faults: faults)
        var last = 1
        for (text, line) in UnfoldedLines(data, faults: faults).lines {
            last = line
            guard let property = ContentLine(text, line: line) else {
                faults.add(line: line, found: "\"\(text)\"", expected: "NAME:value")
                continue
            }
            guard stack.take(property) else { break }
        }
        stack.finish(last: last)
        if stack.calendars.isEmpty, faults.count == known {
            faults.add(found: "no calendar", expected: "BEGIN:VCALENDAR")
        }
        return stack.calendars
    }
}

/// The components that are open while a file is read.
private struct OpenComponents {
    let faults: CalendarFaults
    var calendars: [CalendarComponent] = []
    private var open: [CalendarComponent] = []

    init(faults: CalendarFaults) {
        self.faults = faults
    }

    /// Takes a line into the innermost component; false where nothing more can be read.
    mutating func take(_ property: ContentLine) -> Bool {
        switch property.name {
        case "BEGIN": return begin(property.value.uppercased(), line: property.line)
        case "END": end(property)
        default:
            guard !open.isEmpty else {
                faults.add(
                    line: property.line, found: property.name, expected: "BEGIN:VCALENDAR")
                return true
            }
            open[open.count - 1].properties.append(property)
        }
        return true
    }

    private mutating func begin(_ name: String, line: Int) -> Bool {
        guard open.count < CalendarComponent.deepest else {
            faults.add(
                line: line, found: "BEGIN:\(name) in \(open.count) other components",
                expected: "at most \(CalendarComponent.deepest)")
            open = []
            return false
        }
        if let parent = Self.parents[name], open.last?.name ?? "the file" != parent {
            faults.add(
                line: line, found: "BEGIN:\(name)",
                expected: open.isEmpty ? "BEGIN:VCALENDAR" : "it in \(parent) only")
        } else if open.isEmpty, name != "VCALENDAR" {
            faults.add(line: line, found: "BEGIN:\(name)", expected: "BEGIN:VCALENDAR")
        } else if open.last?.name == "VTIMEZONE", Self.parents[name] == nil,
            !name.hasPrefix("X-")
        {
            faults.add(line: line, found: "BEGIN:\(name)", expected: "STANDARD or DAYLIGHT")
        }
        open.append(CalendarComponent(name: name, line: line))
        return true
    }

    /// In what the components that count can be: elsewhere they would be passed over.
    private static let parents = [
        "VCALENDAR": "the file", "VEVENT": "VCALENDAR", "VTIMEZONE": "VCALENDAR",
        "STANDARD": "VTIMEZONE", "DAYLIGHT": "VTIMEZONE",
    ]

    /// Closes the innermost component, and with a fault those that were left open in it.
    private mutating func end(_ end: ContentLine) {
        let name = end.value.uppercased()
        guard open.contains(where: { $0.name == name }) else {
            faults.add(line: end.line, found: "END:\(name)", expected: "no end of what never began")
            return
        }
        while let component = open.popLast() {
            if open.isEmpty {
                calendars.append(component)
            } else {
                open[open.count - 1].children.append(component)
            }
            if component.name == name { return }
            faults.add(
                line: end.line, found: "END:\(name)",
                expected: "END:\(component.name) for line \(component.line)")
        }
    }

    func finish(last: Int) {
        for component in open.reversed() {
            faults.add(
                line: last, found: "the end of the file",
                expected: "END:\(component.name) for line \(component.line)")
        }
    }
}
