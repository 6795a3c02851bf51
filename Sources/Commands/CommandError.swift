public import GroundSegment

/// What ends a command: lines for standard error, and a documented exit status.
public struct CommandError: Error, Hashable, Sendable {
    /// The exit status of the process.
    public let status: ExitStatus
    /// Lines for standard error, without the program's name; may be empty.
    public let lines: [String]

    /// - Parameter lines: for standard error, without the program's name; may be none.
    public init(_ status: ExitStatus, _ lines: String...) {
        self.init(status, lines: lines)
    }

    /// - Parameter lines: for standard error, without the program's name; may be none.
    public init(_ status: ExitStatus, lines: [String]) {
        self.status = status
        self.lines = lines
    }
}
