import ArgumentParser
import Catalogue
import Commands
import GroundSegment

/// `sgs orders list`
struct OrdersList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List orders by SDC, in the order in which they run.",
        discussion: """
              sgs orders list --sdc SDC-FR --state completed
              sgs orders list --item 700 --json
            """)

    @OptionGroup var options: DatabaseOptions

    @Option(help: "Only this survey's.")
    var survey: String?

    @Option(help: "Only those that run at this SDC.")
    var sdc: String?

    @Option(
        help: ArgumentHelp(
            "Only those in this state; may be given several times.",
            discussion: OrderState.allCases.map { $0.rawValue.lowercased() }
                .joined(separator: ", ") + "."),
        transform: OrdersList.state)
    var state: [OrderState] = []

    @Option(help: "Only those of the observation or tile of this identifier.")
    var item: String?

    @OptionGroup var answer: AnswerOptions

    func run() async throws {
        try await reportingErrors {
            var filter = OrderFilter()
            filter.survey = survey.map { ID($0) }
            filter.sdc = sdc.map { ID($0) }
            filter.states = state
            filter.item = item
            let orders = try await OrderStore(try await options.open()).list(filter)
            answer.show(OrderAnswer.json(orders), OrderAnswer.table(orders).lines)
        }
    }

    static func state(_ text: String) throws -> OrderState {
        guard let state = OrderState(rawValue: text.uppercased()) else {
            let known = OrderState.allCases.map { $0.rawValue.lowercased() }
            throw ValidationError("expected one of \(known.joined(separator: ", "))")
        }
        return state
    }
}
