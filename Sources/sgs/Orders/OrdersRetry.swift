import ArgumentParser
import Catalogue
import Commands

/// `sgs orders retry`
struct OrdersRetry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Let orders that failed or were stopped run again.",
        discussion: """
            Their SDC's runner takes them again, as a new attempt; what waited for them goes on.

              sgs orders retry euclid-0649d8df-OBS-700 --comment "the disk is back"
            """)

    @OptionGroup var options: OrderChangeOptions

    @Argument(help: "Identifiers of orders.")
    var orders: [String]

    func run() async throws {
        try await options.change(orders) { store, order in
            try await store.retry(order, by: options.author, because: options.comment)
            return "allocated again"
        }
    }
}
