import Execution
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

    /// The failure that an error of the execution is for the command line.
    init(_ error: ExecutionError) {
        status =
            switch error.code {
            case .badPipeline: .badInput
            case .busy: .busy
            case .orderSource: .serviceMissing
            case .storage, .store: .cannotWrite
            default: .failure
            }
        lines = [error.message] + error.diagnostics.map(\.description)
    }

    func exit() -> Never {
        for line in lines { FileHandle.standardError.write(Data("sdc-runner: \(line)\n".utf8)) }
        Foundation.exit(status.rawValue)
    }
}
