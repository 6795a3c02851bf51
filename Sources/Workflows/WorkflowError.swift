public import Documents

/// What reading a workflow can fail with.
public struct WorkflowError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of error; new ones may come.
    public struct Code: Hashable, Sendable {
        let name: String

        /// A graph's document has faults; `diagnostics` lists them all.
        public static let badGraph = Code(name: "bad graph")
        /// A recorded workflow has faults.
        public static let badRecord = Code(name: "bad record")
        /// A script that describes a pipeline has faults.
        public static let badScript = Code(name: "bad script")
        /// A file with the inputs of a run has faults.
        public static let badRunFile = Code(name: "bad run file")
        /// A file of resources that a payload wrote has faults.
        public static let badResources = Code(name: "bad resources")
        /// A description needs what is not offered here.
        public static let unsupported = Code(name: "unsupported")
    }

    public let code: Code
    /// One line with the facts.
    public let message: String
    /// The faults, each on a line of its own.
    public let diagnostics: [Diagnostic]

    package init(_ code: Code, file: String, _ diagnostics: [Diagnostic]) {
        self.code = code
        let count = diagnostics.count == 1 ? "1 fault" : "\(diagnostics.count) faults"
        message = "\(file): \(count)"
        self.diagnostics = diagnostics
    }

    /// Of faults that are told in lines already.
    package init(_ code: Code, lines: [String]) {
        self.code = code
        message = lines.joined(separator: "\n")
        diagnostics = []
    }

    public var description: String { "\(code.name): \(message)" }
}
