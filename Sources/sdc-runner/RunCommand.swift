public import ArgumentParser
import Commands
import Execution
import Foundation
import GroundSegment
public import Logging

/// Serves an SDC.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "orders", abstract: "Take and process the orders of an SDC (the default).",
        discussion: """
            TERM or INT: takes nothing more, finishes what is under way and ends. A second \
            one: ends at once; payloads that run go on, and the next start takes them over.

              sdc-runner --sdc SDC-FR --clock 2027-01-07 --until-idle
              sdc-runner run orders --sdc SDC-FR --orders /data/orders --slots 4
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

    @OptionGroup var answer: AnswerOptions

    func validate() throws {
        try site.validate()
    }

    func run() async throws {
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        var logger = Logger(label: "sdc-runner")
        logger.logLevel = answer.quiet ? max(logLevel, .error) : logLevel
        do {
            var configuration = try site.configuration(
                clock: WallClock(clock))
            configuration.endsWhenIdle = untilIdle
            let runner = try await Runner(
                configuration: configuration, source: try await site.orderSource(),
                library: try site.pipelineLibrary(), agent: try SiteOptions.agent(), logger: logger)
            let outcome = try await RunnerService(runner).serve()
            try finish(outcome)
        } catch let error as ExecutionError {
            throw CommandError(error)
        }
    }

    private func finish(_ outcome: RunnerOutcome) throws {
        try answer.show(
            OutcomeAnswer(outcome, of: site.sdc),
            "\(site.sdc): \(outcome.completed) completed, \(outcome.failed) failed, "
                + "\(outcome.unfinished) unfinished")
        if !answer.quiet { remark(outcome) }
        if outcome.failed + outcome.blocked > 0 { throw CommandError(.failure) }
    }

    /// What else there is to say of how it ended.
    private func remark(_ outcome: RunnerOutcome) {
        if outcome.pendingReplicas > 0 {
            SDCRunner.remark("\(outcome.pendingReplicas) replicas wait until their SDC is up")
        }
        if outcome.awaitingOutage > 0 {
            SDCRunner.remark(
                "\(outcome.awaitingOutage) runs wait for inputs at SDCs in a full outage")
        }
        if outcome.awaitingStorage > 0 {
            Self.remark("\(outcome.awaitingStorage) runs wait for a storage that cannot be used")
        }
        if outcome.setAside > 0 {
            Self.remark(
                "\(outcome.setAside) letters were refused by the orders' source and set aside")
        }
        if outcome.held > 0 {
            Self.remark(
                "\(outcome.held) orders are not started, because an outage of \(site.sdc) would begin"
                    + " before they ended")
        }
        if outcome.blocked > 0 {
            SDCRunner.remark("\(outcome.blocked) orders are blocked by orders that failed")
        }
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
