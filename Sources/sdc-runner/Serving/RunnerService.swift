import Execution
import Foundation
import GroundSegment
import Logging
import Operations
import ServiceLifecycle
import UnixSignals

/// A runner at work, with the signals that end it.
struct RunnerService {
    private let runner: Runner
    private let pages: OperationsService?
    private let delivery: NoticeDelivery?

    /// - Parameters:
    ///   - pages: what is served over HTTP as long as the runner is at work.
    ///   - delivery: what tells of notices as long.
    init(_ runner: Runner, pages: OperationsService? = nil, delivery: NoticeDelivery? = nil) {
        self.runner = runner
        self.pages = pages
        self.delivery = delivery
    }

    /// Lets the runner serve while the first signal drains it and a second one ends it at once.
    ///
    /// - Parameters:
    ///   - whenReady: called once orders and commands are taken.
    ///   - whenTurned: called as often as the runner's loop turns.
    ///   - whenEnding: called with the first signal.
    func serve(
        whenReady: @escaping @Sendable () -> Void = {},
        whenTurned: @escaping @Sendable () -> Void = {},
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
            if let pages {
                group.addTask {
                    try await ServiceGroup(
                        services: [pages], logger: Logger(label: "sdc-runner.http")
                    ).run()
                    return nil
                }
                // Where it cannot listen, that is told before anything is begun.
                guard await pages.isListening() else {
                    defer { group.cancelAll() }
                    _ = try await group.next()
                    throw ExecutionError(.unavailable, "the pages ended before they were there")
                }
            }
            if let delivery {
                group.addTask {
                    await delivery.run()
                    return nil
                }
            }
            group.addTask {
                try await runner.run(whenReady: whenReady, whenTurned: whenTurned)
            }
            defer { group.cancelAll() }
            for try await outcome in group {
                if let outcome { return outcome }
            }
            return RunnerOutcome()
        }
    }
}
