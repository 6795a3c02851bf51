public import Documents

/// What a batch system, or the description of one, can fail with.
public struct BatchSystemError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of failure; new ones may come.
    public struct Code: Hashable, Sendable {
        let name: String

        /// A program of the system is not on this machine.
        public static let notFound = Code(name: "not found")
        /// The system does not take the job; `message` has its words.
        public static let refused = Code(name: "refused")
        /// A command has failed in another way; `message` has its words.
        public static let failed = Code(name: "failed")
        /// A command did not end within its time and was ended.
        public static let timeout = Code(name: "timeout")
        /// The system cannot answer now; later it may.
        public static let busy = Code(name: "busy")
        /// What a command said is not understood.
        public static let unreadable = Code(name: "unreadable")
        /// A description or a site's settings have faults; `diagnostics` lists them all.
        public static let configuration = Code(name: "configuration")
        /// A job has a value that no system takes, such as a name with a space.
        public static let badJob = Code(name: "bad job")
        /// The job's folder or script cannot be written.
        public static let storage = Code(name: "storage")

        public static func ~= (code: Code, error: any Error) -> Bool {
            (error as? BatchSystemError)?.code == code
        }
    }

    public let code: Code
    /// One line with the facts.
    public let message: String
    /// The faults of a document; empty for other kinds.
    public let diagnostics: [Diagnostic]

    public init(_ code: Code, _ message: String, diagnostics: [Diagnostic] = []) {
        self.code = code
        self.message = Self.line(message)
        self.diagnostics = diagnostics
    }

    public var description: String {
        (["\(code.name): \(message)"] + diagnostics.map(\.description)).joined(separator: "\n")
    }

    /// Whether the same call may succeed later.
    public var isTemporary: Bool { code == .busy || code == .timeout }

    /// Characters of a message; what is longer ends in an ellipsis.
    private static let mostCharacters = 1000

    /// A system's words on one line, without control characters.
    private static func line(_ text: String) -> String {
        let lines = text.split(whereSeparator: \.isNewline).map { PlainText.trimmed(String($0)) }
        let joined = lines.filter { !$0.isEmpty }.joined(separator: "; ")
        let printable = String(
            String.UnicodeScalarView(
                joined.unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator: " "
                    default: scalar
                    }
                }))
        return printable.count > mostCharacters
            ? String(printable.prefix(mostCharacters)) + "…" : printable
    }
}
