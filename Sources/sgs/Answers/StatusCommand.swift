import ArgumentParser
import Catalogue
import Commands
import Foundation
import GroundSegment
import Markup

/// `sgs status`: how far the SDCs are with their orders.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract:
            "Show each SDC's processing orders by state, what was copied to it, and its runner.",
        discussion: """
            The runner's column says "no sign since 12 min" where a runner has not been heard of \
            for longer than its lease (60 seconds), "ended" where it gave its lease back, and \
            "none" where there has been none.

            --watch ends when no due order goes on by itself: exit status 0 where all are \
            completed, 1 where some failed or were stopped, 4 where some only wait, for a runner \
            or for an order that is not released by the clock.

              sgs status
              sgs status --clock 2027-01-07 --blocked
              sgs status --clock 2027-01-07 --watch --patience 10
            """)

    @OptionGroup var options: DatabaseOptions

    @Option(help: "Only this survey's orders.")
    var survey: String?

    @Option(
        help: ArgumentHelp("Instant by which orders are due (default: now).", valueName: "date"),
        transform: MJD.argument)
    var clock: MJD?

    @Flag(help: "Also say which due orders cannot go on, and what is in their way.")
    var blocked = false

    @Flag(help: "Renew one line until nothing due goes on; then as --blocked.")
    var watch = false

    @Option(
        help: ArgumentHelp(
            "With --watch: how long to wait for runners that are not there.", valueName: "seconds"))
    var patience: Double = 60

    @OptionGroup var answer: AnswerOptions

    func validate() throws {
        guard patience.isFinite, patience >= 0 else {
            throw ValidationError("--patience: found \(patience), expected 0 or more seconds")
        }
    }

    func run() async throws {
        let instant = WallClock(clock).now
        try await reportingErrors {
            let connection = try await options.open()
            let survey = survey.map { ID<SurveyPlan>($0) }
            var standing: BlockedOrders?
            if watch {
                standing = try await StatusWatch(
                    connection: connection, clock: instant, survey: survey,
                    patience: .seconds(patience), console: answer.console()
                ).run()
            } else if blocked {
                standing = try await BlockedOrders.read(
                    connection, clock: instant, survey: survey)
            }
            let board = try await OrderBoard(connection, clock: instant, survey: survey)
            answer.show(
                board.json.with(["blocked": standing?.json ?? .null]),
                Self.table(board).lines + (standing.map(Self.lines) ?? []))
            if watch, let standing { try Self.end(standing) }
        }
    }

    private static func lines(_ standing: BlockedOrders) -> [String] {
        (standing.failed > 0
            ? ["failed     \(standing.failed) due orders failed or were stopped"] : [])
            + standing.lines.map { "blocked    \($0)" }
    }

    /// - Throws: `CommandError` where not every due order is completed.
    private static func end(_ standing: BlockedOrders) throws {
        switch standing.outcome {
        case .completed, .running: return
        case .failed:
            throw CommandError(
                .failure,
                "\(standing.failed) due orders failed or were stopped, \(standing.blocked) are "
                    + "blocked")
        case .waiting:
            throw CommandError(.limitReached, "\(standing.blocked) due orders are blocked")
        }
    }

    private static func table(_ board: OrderBoard) -> TextTable {
        TextTable(
            [
                .left("SDC"), .right("due"), .right("running"), .right("completed"),
                .right("error"), .right("waiting"), .right("copies"), .right("replicas"),
                .right("MB"), .left("runner"),
            ],
            rows: board.lines.map { line in
                [
                    line.sdc.text, "\(line.due)", "\(line.orders[.executing] ?? 0)",
                    "\(line.orders[.completed] ?? 0)", "\(line.orders[.error] ?? 0)",
                    "\(line.orders[.allocated] ?? 0)", "\(line.copies)", "\(line.replicas)",
                    String(format: "%.1f", Double(line.bytes) / 1e6),
                    line.runner?.text ?? "none",
                ]
            })
    }
}
