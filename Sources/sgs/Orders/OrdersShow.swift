import ArgumentParser
import Catalogue
import Commands
import GroundSegment

/// `sgs orders show`
struct OrdersShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show an order: its inputs, reports, steps, products and transfers.",
        discussion: """
              sgs orders show euclid-0649d8df-OBS-700
            """)

    @OptionGroup var options: DatabaseOptions

    @Argument(help: "Identifier of the order: euclid-0649d8df-OBS-700.")
    var order: String

    @OptionGroup var answer: AnswerOptions

    func run() async throws {
        try await reportingErrors {
            let details = try await OrderStore(try await options.open()).details(of: ID(order))
            let order = OrderAnswer(details)
            answer.show(order.json, order.lines)
        }
    }
}
