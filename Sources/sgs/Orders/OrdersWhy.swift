import ArgumentParser
import Catalogue
import Commands
import GroundSegment

/// `sgs orders why`
struct OrdersWhy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why",
        abstract: "Say in one line what an order waits for, or how it ended.",
        discussion: """
              sgs orders why euclid-0649d8df-OBS-700
              sgs orders why euclid-0649d8df-OBS-700 --clock 2027-01-07
            """)

    @OptionGroup var options: DatabaseOptions

    @Argument(help: "Identifier of the order: euclid-0649d8df-OBS-700.")
    var order: String

    @Option(
        help: ArgumentHelp("Instant by which orders are due (default: now).", valueName: "date"),
        transform: MJD.argument)
    var clock: MJD?

    @OptionGroup var answer: AnswerOptions

    func run() async throws {
        try await reportingErrors {
            let reason = try await OrderStore(try await options.open())
                .reason(of: ID(order), clock: WallClock(clock).now)
            answer.show(OrderAnswer.json(reason, of: order), [reason.text])
        }
    }
}
