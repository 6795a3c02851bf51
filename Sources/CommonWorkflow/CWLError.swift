import Documents

/// Why a CWL document was not run, or not to a good end.
public struct CWLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of error.
    public struct Code: Hashable, Sendable {
        private let name: String

        /// A document, or the input object, is at fault; `faults` has all that was found.
        public static let badDocument = Code(name: "bad document")
        /// It needs what is not offered here, such as a container.
        public static let unsupported = Code(name: "unsupported")
        /// A process failed, or what it gave is not what it promised.
        public static let permanentFailure = Code(name: "permanent failure")
        /// A tool ended with one of its `temporaryFailCodes`.
        public static let temporaryFailure = Code(name: "temporary failure")
        /// It was stopped from outside.
        public static let stopped = Code(name: "stopped")
        /// A folder or file could not be written.
        public static let cannotWrite = Code(name: "cannot write")

        public static func ~= (code: Code, error: any Error) -> Bool {
            (error as? CWLError)?.code == code
        }
    }

    public let code: Code
    /// What is wrong, a line for each fault.
    public let lines: [String]

    init(_ code: Code, _ lines: String...) {
        self.code = code
        self.lines = lines
    }

    init(_ code: Code, lines: [String]) {
        self.code = code
        self.lines = lines
    }

    init(_ faults: [Diagnostic]) {
        self.init(.badDocument, lines: faults.map(\.description))
    }

    /// A failure of a process, in words.
    static func failure(_ words: String) -> CWLError { CWLError(.permanentFailure, words) }

    /// The same error with where it happened before each line.
    func within(_ place: String) -> CWLError {
        CWLError(code, lines: lines.map { "\(place): \($0)" })
    }

    /// A failure with the name of what has failed before each line.
    func named(_ name: String) -> CWLError {
        guard code == .permanentFailure || code == .temporaryFailure else { return self }
        return CWLError(code, lines: lines.map { $0.hasPrefix(name) ? $0 : "\(name): \($0)" })
    }

    public var description: String { lines.joined(separator: "\n") }
}
