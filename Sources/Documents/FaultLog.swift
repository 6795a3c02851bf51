/// Collects the faults of one file while it is read.
public final class FaultLog {
    /// More faults than this are counted and not kept.
    public static let limit = 1000

    /// The file's name as diagnostics name it.
    public let file: String
    private var kept: [(fault: Diagnostic, column: Int, text: String)] = []
    private var dropped = 0

    public init(file: String) {
        self.file = file
    }

    /// Whether nothing was noted.
    public var isEmpty: Bool { kept.isEmpty }

    /// How many faults were noted.
    public var count: Int { kept.count + dropped }

    /// Notes a fault; `line` (and `column`) or `record` say where in the file, neither means the
    /// whole of it.
    public func add(
        line: Int? = nil, column: Int? = nil, record: String? = nil, field: String? = nil,
        found: String,
        expected: String
    ) {
        let place =
            line.map { line in
                column.map { .position(line: line, column: $0) } ?? Diagnostic.Place.line(line)
            } ?? record.map(Diagnostic.Place.record)
        let fault = Diagnostic(
            file: file, place: place, field: field, found: found, expected: expected)
        keep(fault, column: 0, text: fault.description)
    }

    /// Notes a fault at a place of the file; those of a line come in the order of their columns,
    /// and those of one place as they were noted.
    public func add(at mark: TextMark, field: String?, found: String, expected: String) {
        let fault = Diagnostic(
            file: file, place: .position(line: mark.line, column: mark.column), field: field,
            found: found, expected: expected)
        keep(fault, column: mark.column, text: "")
    }

    private func keep(_ fault: Diagnostic, column: Int, text: @autoclosure () -> String) {
        guard kept.count < Self.limit else {
            dropped += 1
            return
        }
        kept.append((fault, column, text()))
    }

    /// The faults by line, then by column or text; at the end, how many more there were than are
    /// kept.
    public var diagnostics: [Diagnostic] {
        let sorted = kept.enumerated().sorted { left, right in
            (left.element.fault.line, left.element.column, left.element.text, left.offset)
                < (right.element.fault.line, right.element.column, right.element.text, right.offset)
        }.map(\.element.fault)
        guard dropped > 0 else { return sorted }
        let more = Diagnostic(
            file: file, found: "\(dropped) more faults",
            expected: "none (the first \(Self.limit) are listed)")
        return sorted + [more]
    }
}

extension Diagnostic {
    /// The line, 0 where the place is none.
    fileprivate var line: Int {
        switch place {
        case .line(let line), .position(let line, _): line
        case .record, nil: 0
        }
    }
}
