public import Documents

/// What reading a campaign can fail with.
public struct CampaignError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of error; new ones may come.
    public struct Code: Hashable, Sendable {
        let name: String

        /// There is no campaign or template of this name.
        public static let unknown = Code(name: "unknown")
        /// A campaign's file has faults; `diagnostics` lists them all.
        public static let badCampaign = Code(name: "bad campaign")
        /// A GraphML document has faults; `diagnostics` lists them all.
        public static let badGraphML = Code(name: "bad GraphML")

        public static func ~= (code: Code, error: any Error) -> Bool {
            (error as? CampaignError)?.code == code
        }
    }

    public let code: Code
    /// One line with the facts.
    public let message: String
    /// The faults, each on a line of its own.
    public let diagnostics: [Diagnostic]

    init(_ code: Code, message: String) {
        self.code = code
        self.message = message
        diagnostics = []
    }

    init(_ code: Code, file: String, _ diagnostics: [Diagnostic]) {
        self.code = code
        let count = diagnostics.count == 1 ? "1 fault" : "\(diagnostics.count) faults"
        message = "\(file): \(count)"
        self.diagnostics = diagnostics
    }

    public var description: String { "\(code.name): \(message)" }
}
