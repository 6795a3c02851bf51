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
              sgs status
              sgs status --clock 2027-01-07 --watch
            """)

    @OptionGroup var options: DatabaseOptions

    @Option(help: "Only this survey's orders.")
    var survey: String?

    @Option(
        help: ArgumentHelp("Instant by which orders are due (default: now).", valueName: "date"),
        transform: MJD.argument)
    var clock: MJD?

    @Flag(help: "Renew one line until nothing is due.")
    var watch = false

    @OptionGroup var answer: AnswerOptions

    func run() async throws {
        let instant = WallClock(clock).now
        try await reportingErrors {
            let connection = try await options.open()
            func board() async throws -> OrderBoard {
                try await OrderBoard(connection, clock: instant, survey: survey.map { ID($0) })
            }
            if watch {
                let console = answer.console()
                while true {
                    let lines = try await board().lines
                    let due = lines.reduce(0) { $0 + $1.due }
                    let done = lines.reduce(0) { $0 + ($1.orders[.completed] ?? 0) }
                    console.progress("orders     \(done) completed, \(due) due")
                    if due == 0 { break }
                    try await Task.sleep(for: .milliseconds(300))
                }
                console.progress("")
            }
            let now = try await board()
            answer.show(now.json, Self.table(now).lines)
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
