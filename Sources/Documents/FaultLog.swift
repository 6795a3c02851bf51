/// Collects the faults of one file while it is read.
public final class FaultLog {
    /// More faults than this are counted and not kept.
    public static let limit = 1000

    /// The file's name as diagnostics name it.
    public let file: String
    private var kept: [Diagnostic] = []
    private var dropped = 0

    public init(file: String) {
        self.file = file
    }

    /// Whether nothing was noted.
    public var isEmpty: Bool { kept.isEmpty }

    /// Notes a fault; `line` (and `column`) or `record` say where in the file, neither means the
    /// whole of it.
    public func add(
        line: Int? = nil, column: Int? = nil, record: String? = nil, field: String? = nil,
        found: String,
        expected: String
    ) {
        guard kept.count < Self.limit else {
            dropped += 1
            return
        }
        let place =
            line.map { line in
                column.map { .position(line: line, column: $0) } ?? Diagnostic.Place.line(line)
            } ?? record.map(Diagnostic.Place.record)
        kept.append(
            Diagnostic(file: file, place: place, field: field, found: found, expected: expected))
    }

    /// The faults by line, then by text; at the end, how many more there were than are kept.
    public var diagnostics: [Diagnostic] {
        let sorted = kept.sorted { ($0.line, $0.description) < ($1.line, $1.description) }
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
