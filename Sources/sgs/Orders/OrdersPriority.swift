import ArgumentParser
import Catalogue
import Commands

/// `sgs orders priority`
struct OrdersPriority: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "priority",
        abstract: "Give orders that have not ended another priority.",
        discussion: """
            Larger runs first.  A runner that has the order takes it up for what has not begun.

              sgs orders priority euclid-0649d8df-OBS-700 --to 10
            """)

    @OptionGroup var options: OrderChangeOptions

    @Option(
        name: .customLong("to"), parsing: .unconditional,
        help: "The priority, from -1000000000 to 1000000000; that of new orders is 0.")
    var priority: Int

    @Argument(help: "Identifiers of orders.")
    var orders: [String]

    func validate() throws {
        guard (-1_000_000_000...1_000_000_000).contains(priority) else {
            throw ValidationError(
                "--to: found \(priority), expected -1000000000 to 1000000000")
        }
    }

    func run() async throws {
        try await options.change(orders) { store, order in
            try await store.prioritise(
                order, priority, by: options.author, because: options.comment)
            return "priority \(priority)"
        }
    }
}
