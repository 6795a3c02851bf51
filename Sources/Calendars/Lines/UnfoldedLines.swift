import Foundation

/// The lines of an iCalendar file with their continuations joined (RFC 5545 section 3.1), blank
/// ones left out.
struct UnfoldedLines {
    /// Each with its line in the file, from 1.
    let lines: [(text: String, line: Int)]

    /// Reads the lines; those that are no text go to the faults.
    init(_ data: Data, faults: CalendarFaults) {
        guard !Self.isWide(data) else {
            faults.add(line: 1, found: "UTF-16 or UTF-32", expected: "UTF-8 text")
            lines = []
            return
        }
        lines = Self.joined(data).compactMap { bytes, line in
            guard let text = String(validating: bytes, as: UTF8.self) else {
                faults.add(line: line, found: "bytes that are no UTF-8", expected: "UTF-8 text")
                return nil
            }
            if let control = bytes.first(where: { ($0 < 32 && $0 != 9) || $0 == 127 }) {
                faults.add(
                    line: line, found: "the control character \(control)", expected: "UTF-8 text")
                return nil
            }
            return (text, line)
        }
    }

    /// Whether the file's first bytes are a mark or letters of two or four bytes each.
    private static func isWide(_ data: Data) -> Bool {
        let first = Array(data.prefix(4))
        guard first.count >= 2 else { return false }
        return first.starts(with: [0xFF, 0xFE]) || first.starts(with: [0xFE, 0xFF])
            || (first.contains(0) && first.contains(UInt8(ascii: "B")))
    }

    /// Bytes are joined before they are decoded: a fold may part a character.
    private static func joined(_ data: Data) -> [(bytes: [UInt8], line: Int)] {
        var lines: [(bytes: [UInt8], line: Int)] = []
        for (index, raw) in data.split(separator: 10, omittingEmptySubsequences: false).enumerated()
        {
            var bytes = raw.last == 13 ? raw.dropLast() : raw
            if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
            if let first = bytes.first, first == 32 || first == 9, !lines.isEmpty {
                lines[lines.count - 1].bytes += bytes.dropFirst()
            } else if !bytes.isEmpty {
                lines.append((Array(bytes), index + 1))
            }
        }
        return lines
    }
}
