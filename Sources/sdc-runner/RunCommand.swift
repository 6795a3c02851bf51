public import ArgumentParser
import Commands
import Execution
import Foundation
import GroundSegment
public import Logging
import UnixSignals

/// Serves an SDC.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Take and process the orders of an SDC (the default).",
        discussion: """
            TERM or INT: takes nothing more, finishes what is under way and ends. A second \
            one: ends at once; payloads that run go on, and the next start takes them over.
            """)

    @OptionGroup var site: SiteOptions

    @Option(
        help: "Instant by which releases and outages are judged, ISO 8601; real time otherwise.",
        transform: MJD.argument)
    var clock: MJD?

    @Flag(help: "End when nothing that is due remains.")
    var untilIdle = false

    @Option(help: "trace, debug, info, notice, warning or error.")
    var logLevel: Logger.Level = .notice

    func validate() throws {
        try site.validate()
    }

    func run() async throws {
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        var logger = Logger(label: "sdc-runner")
        logger.logLevel = logLevel
        do {
            var configuration = try site.configuration(
                clock: clock.map(RunnerClock.fixed) ?? .real)
            configuration.endsWhenIdle = untilIdle
            let runner = try Runner(
                configuration: configuration, source: try await site.orderSource(),
                library: try site.pipelineLibrary(), batch: try site.localBatch(), logger: logger)
            let outcome = try await Self.serve(runner)
            try finish(outcome)
        } catch let error as ExecutionError {
            throw CommandError(error)
        }
    }

    /// Lets the runner serve while the first signal drains it and a second one ends it at once.
    private static func serve(_ runner: Runner) async throws -> RunnerOutcome {
        try await withThrowingTaskGroup(of: RunnerOutcome?.self) { group in
            let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
            group.addTask {
                var count = 0
                for await _ in signals {
                    count += 1
                    if count > 1 { _exit(ExitStatus.interrupted.rawValue) }
                    runner.drain()
                }
                return nil
            }
            group.addTask { try await runner.run() }
            defer { group.cancelAll() }
            for try await outcome in group {
                if let outcome { return outcome }
            }
            return RunnerOutcome()
        }
    }

    private func finish(_ outcome: RunnerOutcome) throws {
        print(
            "\(site.sdc): \(outcome.completed) completed, \(outcome.failed) failed, "
                + "\(outcome.unfinished) unfinished")
        if outcome.pendingReplicas > 0 {
            SDCRunner.remark("\(outcome.pendingReplicas) replicas wait until their SDC is up")
        }
        if outcome.awaitingOutage > 0 {
            SDCRunner.remark(
                "\(outcome.awaitingOutage) runs wait for inputs at SDCs in a full outage")
        }
        if outcome.blocked > 0 {
            SDCRunner.remark("\(outcome.blocked) orders are blocked by orders that failed")
        }
        if outcome.failed + outcome.blocked > 0 { throw CommandError(.failure) }
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
