import BatchSystems
import Commands
import Execution
import GroundSegment

extension CommandError {
    /// What an error of the execution is for the command line.
    init(_ error: ExecutionError) {
        let status: ExitStatus =
            switch error.code {
            case .badPipeline, .badSite, .badCommand: .badInput
            case .unknownItem: .unknownItem
            case .busy: .busy
            case .orderSource, .host: .serviceMissing
            case .storage, .store: .cannotWrite
            default: .failure
            }
        self.init(status, lines: [error.message] + error.diagnostics.map(\.description))
    }

    /// What an error of a batch system is for the command line.
    init(_ error: BatchSystemError) {
        let status: ExitStatus =
            switch error.code {
            case .configuration, .badJob: .badInput
            case .notFound, .timeout, .busy: .serviceMissing
            case .storage: .cannotWrite
            default: .failure
            }
        self.init(status, lines: [error.message] + error.diagnostics.map(\.description))
    }
}
