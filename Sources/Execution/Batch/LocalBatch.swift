import Foundation
import Subprocess
import SystemPackage

/// Runs payloads as processes of this machine.
///
/// Each has a wrapper, `sdc-payload`, in a session of its own, so that it goes on when the runner
/// ends, and is found again when the runner is back.
public struct LocalBatch: Sendable {
    /// Path of the wrapper.
    let wrapper: String

    /// - Parameter wrapper: path of the program `sdc-payload`.
    public init(wrapper: String) {
        self.wrapper = wrapper
    }

    /// How often a payload that is not the runner's own child is looked at.
    private static let patience = Duration.milliseconds(50)

    /// Runs a payload to its end.
    ///
    /// - Parameter started: called when the process is there.
    func run(_ job: PayloadJob, started: @Sendable () -> Void) async throws -> PayloadEnd {
        try FileTree.makeFolder(job.workFolder)
        try FileTree.makeFolder(job.folder.path)
        var options = PlatformOptions()
        options.createSession = true
        let settings = Dictionary(
            uniqueKeysWithValues: job.environment.map {
                (Environment.Key(stringLiteral: $0), $1 as String?)
            })
        let configuration = Configuration(
            executable: .path(FilePath(wrapper)),
            arguments: Arguments(
                [job.folder.path, String(job.walltime), job.program] + job.arguments),
            environment: .inherit.updating(settings), workingDirectory: FilePath(job.workFolder),
            platformOptions: options)
        _ = try await Subprocess.run(
            configuration, input: .none, output: .discarded, error: .discarded
        ) { _ in
            started()
        }
        return try await ended(job)
    }

    /// Waits for the end of a payload that an earlier runner started.
    func adopt(_ job: PayloadJob) async throws -> PayloadEnd {
        while try job.folder.condition() == .running { try await Task.sleep(for: Self.patience) }
        return try await ended(job)
    }

    /// The end of a payload whose wrapper is gone; what it may have left running is ended first.
    private func ended(_ job: PayloadJob) async throws -> PayloadEnd {
        while true {
            switch try job.folder.condition() {
            case .ended(let result): return try job.end(result)
            case .vanished: return .lost(message: "its wrapper ended without a result")
            case .running:
                job.folder.endStrays()
                try await Task.sleep(for: Self.patience)
            }
        }
    }
}
