import ArgumentParser
import Commands
import Execution
import Foundation
import GroundSegment
import Logging
import Operations

/// `sdc-runner serve`
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve an SDC for good, as a service.",
        discussion: """
            Takes orders and commands until TERM or INT comes: then it takes nothing more, \
            finishes what is under way and ends with 0. A second one ends it at once; payloads \
            that run go on, and the next start takes them over. With systemd: Type=notify, and \
            WatchdogSec where it is to be started again when it hangs.

              sdc-runner serve --sdc SDC-FR
              sdc-runner serve --sdc SDC-FR --orders /data/orders --slots 8

            With --http it also shows its runs and jobs as pages, with the same as JSON under /v1. \
            Everybody who reaches it may look; who changes something needs a token \
            (`sdc-runner token add NAME`).

              sdc-runner serve --sdc SDC-FR --http 127.0.0.1:8090
              sdc-runner serve --sdc SDC-FR --http unix:/run/sdc-runner/http.sock

            With --hook it tells an address of runs and payloads that fail or are held, and of \
            storages that cannot be used: a POST of JSON for each, numbered and signed with the \
            key, again until it is answered with 2xx, also after the runner was ended.

              sdc-runner serve --sdc SDC-FR --hook https://a.example/in --hook-key key
            """)

    @OptionGroup var site: SiteOptions

    @Option(help: "trace, debug, info, notice, warning or error.")
    var logLevel: Logger.Level = .notice

    @Option(help: "Show runs and jobs as pages at HOST:PORT or unix:PATH.")
    var http: String?

    @Flag(
        help: """
            Take an address of --http that other machines reach; a proxy with TLS belongs before it.
            """)
    var httpAnywhere = false

    @OptionGroup var hook: HookOptions
    @OptionGroup var answer: AnswerOptions

    func validate() throws {
        _ = try address()
    }

    private func address() throws -> OperationsService.Address? {
        guard let http else { return nil }
        guard let address = OperationsService.Address(http) else {
            throw ValidationError("--http \(http): expected HOST:PORT or unix:/PATH")
        }
        guard address.isLocal || httpAnywhere else {
            throw ValidationError(
                "--http \(http): other machines reach it; say --http-anywhere where that is meant, "
                    + "with a proxy that has TLS before it")
        }
        return address
    }

    func run() async throws {
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        var logger = Logger(label: "sdc-runner")
        logger.logLevel = answer.quiet ? max(logLevel, .error) : logLevel
        do {
            let told = try hook.hook()
            var configuration = try site.configuration(clock: .system)
            let watchdog = ServiceWatchdog()
            if let watchdog {
                configuration.pollInterval = min(configuration.pollInterval, watchdog.interval)
            }
            let library = try site.pipelineLibrary()
            let runner = try await Runner(
                configuration: configuration, source: try await site.orderSource(),
                library: library, agent: try SiteOptions.agent(), logger: logger)
            logger.notice("serving", metadata: ["sdc": "\(site.sdc)"])
            let pages = try address().map { address in
                try OperationsService(
                    address, runner: runner, configuration: configuration, library: library,
                    logger: logger
                ) { [logger, http] port in
                    logger.notice("pages", metadata: ["at": "\(http ?? "")", "port": "\(port)"])
                }
            }
            var delivery: NoticeDelivery?
            if let told { delivery = try await runner.delivery(to: told) }
            let outcome = try await RunnerService(runner, pages: pages, delivery: delivery).serve(
                whenReady: { ServiceNotice.ready.send() },
                whenTurned: { watchdog?.turned() },
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
