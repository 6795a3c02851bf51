import Foundation
import GroundSegment

/// Ends a command with a message on standard error and a documented exit status.
struct CommandFailure: Error {
    let status: ExitStatus
    /// Lines for standard error, without a prefix; may be empty.
    let lines: [String]

    init(_ status: ExitStatus, _ lines: String...) {
        self.status = status
        self.lines = lines
    }

    init(_ status: ExitStatus, lines: [String]) {
        self.status = status
        self.lines = lines
    }

    func exit() -> Never {
        for line in lines { FileHandle.standardError.write(Data("sgs: \(line)\n".utf8)) }
        Foundation.exit(status.rawValue)
    }
}
