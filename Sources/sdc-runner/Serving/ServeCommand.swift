import ArgumentParser
import Commands
import Execution
import Foundation
import GroundSegment
import Logging

/// `sdc-runner serve`
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve an SDC for good, as a service.",
        discussion: """
            Takes orders and commands until TERM or INT comes: then it takes nothing more, \
            finishes what is under way and ends with 0. A second one ends it at once; payloads \
            that run go on, and the next start takes them over. With systemd: Type=notify.

              sdc-runner serve --sdc SDC-FR
              sdc-runner serve --sdc SDC-FR --orders /data/orders --slots 8
            """)

    @OptionGroup var site: SiteOptions

    @Option(help: "trace, debug, info, notice, warning or error.")
    var logLevel: Logger.Level = .notice

    @OptionGroup var answer: AnswerOptions

    func run() async throws {
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        var logger = Logger(label: "sdc-runner")
        logger.logLevel = answer.quiet ? max(logLevel, .error) : logLevel
        do {
            let runner = try await Runner(
                configuration: try site.configuration(clock: .system),
                source: try await site.orderSource(), library: try site.pipelineLibrary(),
                agent: try SiteOptions.agent(), logger: logger)
            logger.notice("serving", metadata: ["sdc": "\(site.sdc)"])
            let outcome = try await RunnerService(runner).serve(
                whenReady: { ServiceNotice.ready.send() },
                whenEnding: { ServiceNotice.stopping.send() })
            logger.notice(
                "ended",
                metadata: [
                    "completed": "\(outcome.completed)", "failed": "\(outcome.failed)",
                    "unfinished": "\(outcome.unfinished)",
                ])
            if answer.json { try answer.show(OutcomeAnswer(outcome, of: site.sdc), "") }
        } catch let error as ExecutionError {
            throw CommandError(error)
        }
    }
}
