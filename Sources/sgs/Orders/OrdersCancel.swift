import ArgumentParser
import Catalogue
import Commands

/// `sgs orders cancel`
struct OrdersCancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "End orders that have not ended.",
        discussion: """
            An order that no runner has is withdrawn; publishing gives its item another one.  The \
            runner of any other is asked to stop it, and reports it as aborted; sgs orders why \
            says how far that is.

              sgs orders cancel euclid-0649d8df-OBS-700 --comment "wrong release"
            """)

    @OptionGroup var options: OrderChangeOptions

    @Argument(help: "Identifiers of orders.")
    var orders: [String]

    func run() async throws {
        try await options.change(orders) { store, order in
            switch try await store.cancel(order, by: options.author, because: options.comment) {
            case .withdrawn: "withdrawn"
            case .asked: "its runner is asked to stop it"
            case .askedBefore: "its runner has been asked to stop it before"
            }
        }
    }
}
