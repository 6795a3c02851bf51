public import Documents

/// All faults of all files that were read; nothing of them was used.
public struct IngestionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What could not be made of the files.
    public struct Code: Hashable, Sendable {
        private let name: String

        /// A planning case: its request, survey, SDCs or calendars have faults.
        public static let noCase = Code(name: "noCase")
        /// SDCs and their maintenance.
        public static let noSDCs = Code(name: "noSDCs")
        /// A request for a survey: its file cannot be read, or a column cannot be guessed.
        public static let noDraft = Code(name: "noDraft")
        /// The changes of scenarios: they have faults, or contradict each other or the case.
        public static let noScenario = Code(name: "noScenario")
        /// The assignments of a table.
        public static let noAssignments = Code(name: "noAssignments")

        public static func ~= (code: Code, error: any Error) -> Bool {
            (error as? IngestionError)?.code == code
        }
    }

    public let code: Code
    /// Sorted by file and line; at least one.
    public let diagnostics: [Diagnostic]

    init(_ code: Code, _ diagnostics: [Diagnostic]) {
        self.code = code
        self.diagnostics = diagnostics
    }

    /// One line for each fault.
    public var description: String {
        diagnostics.map(\.description).joined(separator: "\n")
    }
}
