/// A record of a table as it stands in its file, reused from one record to the next.
public struct TableRow: Sendable {
    /// Number of the record, from 1; the header and comments are not counted.
    public internal(set) var record = 0
    /// Line of the file in which the record begins, from 1.
    public internal(set) var line = 0
    /// The fields' bytes, one after the other, without quotes.
    var bytes: [UInt8] = []
    /// Where in `bytes` each field ends.
    var ends: [Int] = []

    public init() {}

    /// The number of fields.
    public var count: Int { ends.count }

    /// A field's text, without quotes.
    public func text(_ index: Int) -> String {
        String(decoding: bytes[range(index)], as: UTF8.self)
    }

    /// Whether a field has no text.
    public func isEmpty(_ index: Int) -> Bool { range(index).isEmpty }

    /// A field as a number; `nil` where it is none.
    ///
    /// Spaces around it are allowed; `nan`, `inf` and hexadecimal count as text.
    public func double(_ index: Int) -> Double? {
        let isNumeric = bytes[range(index)].allSatisfy { byte in
            (48...57).contains(byte) || byte == 43 || byte == 45 || byte == 46 || byte == 69
                || byte == 101 || byte == 32
        }
        guard isNumeric else { return nil }
        let field = bytes[range(index)].drop { $0 == 32 }
        let end = field.lastIndex { $0 != 32 } ?? field.startIndex - 1
        guard end >= field.startIndex else { return nil }
        return Double(String(decoding: field[field.startIndex...end], as: UTF8.self))
    }

    private func range(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : ends[index - 1])..<ends[index]
    }

    mutating func start(line: Int) {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        self.line = line
    }
}
