import ArgumentParser
import Catalogue
import Commands
import Foundation
import GroundSegment

/// `sgs orders`: the processing orders, one by one.
struct OrdersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "orders",
        abstract: "Look at processing orders, say why they wait, and change what becomes of them.",
        discussion: """
            sgs status counts the orders of each SDC.  Exit status 66 where an order is unknown, \
            1 where its state does not allow what was asked.
            """,
        subcommands: [
            OrdersList.self, OrdersShow.self, OrdersWhy.self, OrdersRetry.self,
            OrdersCancel.self, OrdersPriority.self, OrdersReassign.self, OrdersSelfTest.self,
        ])
}

/// The options of the commands that change orders.
struct OrderChangeOptions: ParsableArguments {
    @OptionGroup var database: DatabaseOptions

    @Option(help: "Why; kept in the catalogue.")
    var comment: String = ""

    @Option(help: "Who does it (default: the user of this session).")
    var author: String = NSUserName()

    @OptionGroup var answer: AnswerOptions

    func validate() throws {
        guard !author.isEmpty else { throw ValidationError("--author: expected a name") }
    }

    /// Changes each order by itself, goes on where one cannot be changed, and prints what became
    /// of them.
    ///
    /// - Throws: `CommandError` of the first that could not be changed, with a line for each.
    func change(
        _ orders: [String],
        _ body: (OrderStore, ID<ProcessingOrder>) async throws -> String
    ) async throws {
        try await reportingErrors {
            let store = OrderStore(try await database.open())
            var changes: [OrderChange] = []
            var failures: [CatalogueError] = []
            for text in orders {
                do {
                    changes.append(
                        OrderChange(order: text, change: try await body(store, ID(text))))
                } catch let error as CatalogueError {
                    failures.append(error)
                }
            }
            answer.show(OrderChange.json(changes), changes.map(\.text))
            if let first = failures.first {
                throw CommandError(first.code.exitStatus, lines: failures.map(\.message))
            }
        }
    }
}
