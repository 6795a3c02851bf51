import Foundation

/// A component of an iCalendar file with its lines, so that a fault can be placed.
struct CalendarComponent {
    /// In capitals: `VCALENDAR`, `VEVENT`.
    let name: String
    /// Line of its BEGIN.
    let line: Int
    var properties: [ContentLine] = []
    var children: [CalendarComponent] = []

    func first(_ name: String) -> ContentLine? { properties.first { $0.name == name } }
    func all(_ name: String) -> [ContentLine] { properties.filter { $0.name == name } }

    /// The component as libical reads it.
    var source: String {
        let lines = properties.map { property in
            let parameters = property.parameters.map { parameter in
                let isPlain = parameter.value.allSatisfy { !":;,".contains($0) }
                return ";\(parameter.name)="
                    + (isPlain ? parameter.value : "\"\(parameter.value)\"")
            }
            return property.name + parameters.joined() + ":" + property.value
        }
        return (["BEGIN:\(name)"] + lines + children.map(\.source) + ["END:\(name)"])
            .joined(separator: "\r\n")
    }

    /// The calendars that a file consists of; what is not well-formed goes to the log.
    static func calendars(_ data: Data, faults: FaultLog) -> [CalendarComponent] {
        var open: [CalendarComponent] = []
        var calendars: [CalendarComponent] = []
        var last = 1
        for (text, line) in unfolded(data, faults: faults) {
            last = line
            guard let property = ContentLine(text, line: line) else {
                faults.add(line: line, found: "\"\(text)\"", expected: "NAME:value")
                continue
            }
            switch property.name {
            case "BEGIN":
                let name = property.value.uppercased()
                if open.isEmpty, name != "VCALENDAR" {
                    faults.add(line: line, found: "BEGIN:\(name)", expected: "BEGIN:VCALENDAR")
                }
                open.append(CalendarComponent(name: name, line: line))
            case "END":
                close(property, open: &open, calendars: &calendars, faults: faults)
            default:
                guard !open.isEmpty else {
                    faults.add(line: line, found: property.name, expected: "BEGIN:VCALENDAR")
                    continue
                }
                open[open.count - 1].properties.append(property)
            }
        }
        for component in open.reversed() {
            faults.add(
                line: last, found: "the end of the file",
                expected: "END:\(component.name) for line \(component.line)")
        }
        if calendars.isEmpty, faults.isEmpty {
            faults.add(found: "no calendar", expected: "BEGIN:VCALENDAR")
        }
        return calendars
    }

    /// Closes the innermost component, and with a fault those that were left open in it.
    private static func close(
        _ end: ContentLine, open: inout [CalendarComponent],
        calendars: inout [CalendarComponent], faults: FaultLog
    ) {
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

    /// The lines with their continuations joined (RFC 5545 section 3.1), blank ones left out.
    ///
    /// Bytes are joined before they are decoded: a fold may part a character.
    private static func unfolded(_ data: Data, faults: FaultLog) -> [(String, Int)] {
        var lines: [(bytes: [UInt8], line: Int)] = []
        for (index, raw) in data.split(separator: 10, omittingEmptySubsequences: false).enumerated()
        {
            let bytes = raw.last == 13 ? raw.dropLast() : raw
            if let first = bytes.first, first == 32 || first == 9, !lines.isEmpty {
                lines[lines.count - 1].bytes += bytes.dropFirst()
            } else if !bytes.isEmpty {
                lines.append((Array(bytes), index + 1))
            }
        }
        if let first = lines.first, first.bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            lines[0].bytes.removeFirst(3)
        }
        return lines.compactMap { bytes, line in
            guard let text = String(validating: bytes, as: UTF8.self) else {
                faults.add(line: line, found: "bytes that are no UTF-8", expected: "UTF-8 text")
                return nil
            }
            return (text, line)
        }
    }
}
