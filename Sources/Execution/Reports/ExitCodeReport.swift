import Markup

/// The exit codes of attempts without success by label, in the columns of Rubin's
/// `bps report --return-exit-codes`.
///
/// An attempt counts as the infrastructure's where it was lost to the machine, or where its status
/// is above 125: a shell says with it that a program cannot be run (126, 127) or that a signal
/// ended it (128 and its number).
public struct ExitCodeReport: Hashable, Sendable, Encodable {
    public struct Row: Hashable, Sendable, Encodable {
        public let label: String
        public internal(set) var payloadErrors = 0
        /// Each once, in ascending order.
        public internal(set) var payloadCodes: [Int] = []
        public internal(set) var infrastructureErrors = 0
        public internal(set) var infrastructureCodes: [Int] = []

        mutating func add(_ attempt: AttemptFacts) {
            if attempt.outcome == .lost || attempt.exitCode > 125 {
                infrastructureErrors += 1
                Self.insert(attempt.exitCode, into: &infrastructureCodes)
            } else {
                payloadErrors += 1
                Self.insert(attempt.exitCode, into: &payloadCodes)
            }
        }

        private static func insert(_ code: Int, into codes: inout [Int]) {
            codes = Set(codes + [code]).sorted()
        }
    }

    public let run: String
    /// In the order of the graph; only labels with errors.
    public let rows: [Row]

    /// - Parameter facts: read whole.
    public init(_ facts: RunFacts) {
        var order: [String] = []
        var rows: [String: Row] = [:]
        for attempt in facts.attempts
        where attempt.outcome != .completed && facts.life.contains(attempt.payload) {
            let label = facts.life.label(attempt.payload)
            if rows[label] == nil { order.append(label) }
            rows[label, default: Row(label: label)].add(attempt)
        }
        run = facts.run.id.text
        self.rows = order.compactMap { rows[$0] }
    }

    public var text: String {
        var table = TextTable(
            "LABEL", .right("PAYLOAD ERROR COUNT"), "PAYLOAD ERROR CODES",
            .right("INFRASTRUCTURE ERROR COUNT"),
            "INFRASTRUCTURE ERROR CODES")
        for row in rows {
            table.add(
                row.label, "\(row.payloadErrors)", Self.list(row.payloadCodes),
                "\(row.infrastructureErrors)", Self.list(row.infrastructureCodes))
        }
        return "\(run)\n" + table.text
    }

    private static func list(_ codes: [Int]) -> String {
        codes.isEmpty ? "None" : codes.map(String.init).joined(separator: ", ")
    }
}
