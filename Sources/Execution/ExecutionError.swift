public import Documents
import Payloads

/// What the execution of orders can fail with.
public struct ExecutionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of failure; new ones may come.
    public struct Code: Hashable, Sendable {
        let name: String

        /// A pipeline document has faults; `diagnostics` lists them all.
        public static let badPipeline = Code(name: "bad pipeline")
        /// What a site's description says of how it is reached has faults; `diagnostics` lists them.
        public static let badSite = Code(name: "bad site")
        /// Another runner serves this SDC and storage.
        public static let busy = Code(name: "busy")
        /// An event came in a state in which it is not legal.
        public static let illegalTransition = Code(name: "illegal transition")
        /// The orders or their reports cannot be read or written.
        public static let orderSource = Code(name: "order source")
        /// The orders' source has read what it was told and will never take it.
        public static let refused = Code(name: "refused")
        /// The runner's own store does not hold what it should.
        public static let store = Code(name: "store")
        /// The program that runs payloads cannot be started or spoken with.
        public static let host = Code(name: "host")
        /// A file cannot be read, written or copied.
        public static let storage = Code(name: "storage")
        /// A product's bytes are not those that its size and digest name.
        public static let corrupted = Code(name: "corrupted")
        /// An order's input is nowhere, or nowhere that can be reached now.
        public static let inputMissing = Code(name: "input missing")
        /// The release of the pipelines' software that is asked for is not all there.
        public static let environment = Code(name: "environment")
        /// There is no such run or payload.
        public static let unknownItem = Code(name: "unknown item")
        /// A command's arguments cannot be used.
        public static let badCommand = Code(name: "bad command")
        /// Every SDC that holds an input is in a full outage.
        public static let unavailable = Code(name: "unavailable")
    }

    public let code: Code
    /// One line with the facts.
    public let message: String
    /// The faults of a document, each on a line of its own; empty for other kinds.
    public let diagnostics: [Diagnostic]

    public init(_ code: Code, _ message: String, diagnostics: [Diagnostic] = []) {
        self.code = code
        self.message = printable(message.utf8, limit: Self.longestMessage)
        self.diagnostics = diagnostics
    }

    /// Characters; what is longer ends in an ellipsis.
    private static let longestMessage = 2000

    public var description: String { "\(code.name): \(message)" }
}
