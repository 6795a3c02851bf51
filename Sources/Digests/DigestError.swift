import Glibc

/// Why a file has no digest.
public struct DigestError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of error.
    public struct Code: Hashable, Sendable {
        private let name: String

        /// The file is missing or may not be opened.
        public static let cannotOpen = Code(name: "cannot open")
        /// The file was opened, and reading it failed.
        public static let cannotRead = Code(name: "cannot read")

        fileprivate var text: String { name }

        public static func ~= (code: Code, error: any Error) -> Bool {
            (error as? DigestError)?.code == code
        }
    }

    public let code: Code
    public let path: String
    /// The system's own words: `No such file or directory`.
    public let reason: String

    init(_ code: Code, path: String, errno: Int32) {
        self.code = code
        self.path = path
        reason = String(cString: strerror(errno))
    }

    /// One line: `cannot open survey.xml: No such file or directory`.
    public var description: String { "\(code.text) \(path): \(reason)" }
}
