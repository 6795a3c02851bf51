import Execution
import Foundation
import GroundSegment
import UnixSignals

/// A runner at work, with the signals that end it.
struct RunnerService {
    private let runner: Runner

    init(_ runner: Runner) {
        self.runner = runner
    }

    /// Lets the runner serve while the first signal drains it and a second one ends it at once.
    ///
    /// - Parameters:
    ///   - whenReady: called once orders and commands are taken.
    ///   - whenEnding: called with the first signal.
    func serve(
        whenReady: @escaping @Sendable () -> Void = {},
        whenEnding: @escaping @Sendable () -> Void = {}
    ) async throws -> RunnerOutcome {
        let runner = runner
        return try await withThrowingTaskGroup(of: RunnerOutcome?.self) { group in
            let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
            group.addTask {
                var count = 0
                for await _ in signals {
                    count += 1
                    if count > 1 { _exit(ExitStatus.interrupted.rawValue) }
                    whenEnding()
                    runner.drain()
                }
                return nil
            }
            group.addTask { try await runner.run(whenReady: whenReady) }
            defer { group.cancelAll() }
            for try await outcome in group {
                if let outcome { return outcome }
            }
            return RunnerOutcome()
        }
    }
}
