/// Why a file is not read: what was found there and what was expected.
public struct FileFault: Error, Hashable, Sendable, CustomStringConvertible {
    public let path: String
    /// What is there: `no such file`, `a folder`, `a named pipe`, `a file of 107374182400 bytes`.
    public let found: String
    public let expected: String

    /// One line: `plan.yaml: found a folder, expected a readable file`.
    public var description: String { "\(path): found \(found), expected \(expected)" }

    init(path: String, found: String, expected: String = "a readable file") {
        self.path = path
        self.found = found
        self.expected = expected
    }
}
