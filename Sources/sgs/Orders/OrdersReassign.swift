import ArgumentParser
import Catalogue
import Commands
import Foundation
import GroundSegment
import PostgreSQL

/// `sgs orders reassign`
struct OrdersReassign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reassign",
        abstract: "Move orders that their SDC cannot do to the other SDC of their items.",
        discussion: """
            The runner there takes them; inputs come from where they are, and the products are \
            replicated to the SDC that the orders came from.  Owners of items do not change.  \
            Publishing leaves an order where it was moved to as long as its item keeps its owners.

            Orders that are allocated, failed or were stopped can be moved.  Those that run have \
            to be cancelled first.  Exit status 1 where one was refused, after the rest was moved.

              sgs orders reassign euclid-0649d8df-OBS-700 --to-secondary --reason fire
              sgs orders reassign --sdc SDC-FR --to-secondary --reason "fire" --dry-run
              sgs orders reassign --sdc SDC-DE --to-primary --reason "SDC-FR is back"
            """)

    /// Where orders go.
    enum Direction: String, EnumerableFlag {
        case toSecondary, toPrimary

        var role: Role { self == .toSecondary ? .secondary : .primary }

        static func help(for value: Direction) -> ArgumentHelp? {
            switch value {
            case .toSecondary: "To the secondary SDC of their items."
            case .toPrimary: "Those that were moved, back to the primary."
            }
        }
    }

    @OptionGroup var options: DatabaseOptions

    @Argument(help: "Identifiers of orders.")
    var orders: [String] = []

    @Flag var direction: Direction

    @Option(help: "Why; kept in the catalogue.")
    var reason: String

    @Option(help: "In place of identifiers: all orders that are to run at this SDC.")
    var sdc: String?

    @Option(help: "With --sdc: only this survey's.")
    var survey: String?

    @Option(
        help: ArgumentHelp(
            "With --sdc: only those in these states, separated by commas.",
            discussion: "Of allocated, error and aborted, which are the default."),
        transform: OrdersReassign.states)
    var state: [OrderState] = Reassignment.states

    @Flag(help: "Say what would be moved and what not, and change nothing.")
    var dryRun = false

    @Option(help: "Who does it (default: the user of this session).")
    var author: String = NSUserName()

    @Option(
        help: ArgumentHelp(
            "Instant at which the other SDC's outages are looked up (default: now).",
            valueName: "date"), transform: MJD.argument)
    var clock: MJD?

    @OptionGroup var answer: AnswerOptions

    func validate() throws {
        guard orders.isEmpty != (sdc == nil) else {
            throw ValidationError("expected identifiers of orders or --sdc, and not both")
        }
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw ValidationError("--reason: expected a text")
        }
        guard !author.isEmpty else { throw ValidationError("--author: expected a name") }
    }

    func run() async throws {
        try await reportingErrors {
            let connection = try await options.open()
            let store = OrderStore(connection)
            var moved: [Reassignment] = []
            var refused: [ReassignmentAnswer.Refusal] = []
            for order in try await chosen(store) {
                do {
                    moved.append(
                        try await store.reassign(
                            order, to: direction.role, by: author, because: reason,
                            isDryRun: dryRun))
                } catch let error as CatalogueError {
                    refused.append(ReassignmentAnswer.Refusal(order: order, error: error))
                }
            }
            let instant = WallClock(clock).now
            let answered = ReassignmentAnswer(
                moved: moved, refused: refused,
                outages: try await outages(of: moved, at: instant, connection), isDryRun: dryRun)
            answer.show(answered.json, answered.lines)
            if let first = refused.first {
                throw CommandError(first.error.code.exitStatus, lines: answered.refusals)
            }
        }
    }

    /// The orders that were named, or those of the SDC that can go that way.
    private func chosen(_ store: OrderStore) async throws -> [ID<ProcessingOrder>] {
        guard let sdc else { return orders.map { ID($0) } }
        try await store.registry.check(ID(sdc))
        var filter = OrderFilter()
        filter.survey = survey.map { ID($0) }
        filter.sdc = ID(sdc)
        filter.states = state
        return try await store.list(filter)
            .filter { $0.isReassigned == (direction == .toPrimary) }.map(\.id)
    }

    /// The full outages that the SDCs which got orders are in.
    private func outages(
        of moved: [Reassignment], at instant: MJD, _ connection: Connection
    ) async throws -> [ID<SDC>: TimeWindow] {
        var outages: [ID<SDC>: TimeWindow] = [:]
        for place in Set(moved.map { ReassignmentAnswer.Place(sdc: $0.to, survey: $0.survey) }) {
            outages[place.sdc] =
                try await PlannedOutages(of: place.sdc, survey: place.survey, connection)
                .window(at: instant) ?? outages[place.sdc]
        }
        return outages
    }

    private static func states(_ text: String) throws -> [OrderState] {
        try text.split(separator: ",", omittingEmptySubsequences: false).map { word in
            guard let state = OrderState(rawValue: word.uppercased()),
                Reassignment.states.contains(state)
            else {
                throw ValidationError(
                    "found \"\(word)\", expected allocated, error or aborted: orders in other "
                        + "states cannot be moved")
            }
            return state
        }
    }
}
