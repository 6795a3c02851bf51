/// What goes wrong between an agent and its runner, or in an attempt's folder.
public struct PayloadError: Error, Hashable, Sendable, CustomStringConvertible {
    public let code: Code
    /// One line: what was found, where, and what was expected.
    public let description: String

    public struct Code: Hashable, Sendable {
        private let name: String

        /// A line is not a message of the protocol.
        public static let message = Code(name: "message")
        /// The other side speaks another version of the protocol.
        public static let version = Code(name: "version")
        /// The other side cannot be reached, or is gone.
        public static let connection = Code(name: "connection")
        /// The other side knows this one not, or this one the other.
        public static let refused = Code(name: "refused")
        /// A file or a folder cannot be made, read or written.
        public static let file = Code(name: "file")
        /// Another agent has the folder.
        public static let busy = Code(name: "busy")
        /// A number or a word that an agent is configured with is not usable.
        public static let configuration = Code(name: "configuration")
    }

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// With the system's own word for what has failed.
    init(_ code: Code, _ description: String, errno number: Int32) {
        self.init(code, "\(description): \(systemWord(number))")
    }
}
