import Foundation
import GroundSegment

/// One run of one step, ready to be started.
struct PayloadJob: Hashable, Sendable {
    /// Path of the program.
    let program: String
    let arguments: [String]
    /// What is added to the runner's own environment.
    let environment: [String: String]
    let workFolder: String
    let folder: PayloadFolder
    /// Seconds.
    let walltime: Double
    /// The files that it has to make, by port.
    let outputs: [String: String]
}

/// How a run of a step ended for the runner.
enum PayloadEnd: Hashable, Sendable {
    /// With the files of all its output ports.
    case completed(PayloadResult, outputs: [String: FileDigest])
    case failed(PayloadResult, message: String)
    /// Without a trace of its end.
    case lost(message: String)
}

extension PayloadJob {
    /// What a result means: a payload has completed when it says so and its outputs are there.
    func end(_ result: PayloadResult) throws -> PayloadEnd {
        if result.isOverdue {
            return .failed(result, message: "walltime of \(Int(walltime)) s is over")
        }
        guard result.exitCode == 0 else {
            let line = folder.lastErrorLine()
            return .failed(
                result, message: "exit code \(result.exitCode)\(line.isEmpty ? "" : ": \(line)")")
        }
        var digests: [String: FileDigest] = [:]
        for (port, path) in outputs {
            guard let digest = try FileDigest(ofFile: path) else {
                return .failed(result, message: "exit code 0 without its output \(port)")
            }
            digests[port] = digest
        }
        return .completed(result, outputs: digests)
    }
}
