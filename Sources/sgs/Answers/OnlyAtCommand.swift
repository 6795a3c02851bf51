import ArgumentParser
import Catalogue
import Commands
import Documents
import Foundation
import GroundSegment
import Markup

/// `sgs only-at`: what would be out of reach in an outage of an SDC.
struct OnlyAtCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "only-at",
        abstract: "List what only one SDC holds and what depends on it, before an outage.",
        discussion: """
            Products of which no other SDC has a copy, by observation and tile, with the orders \
            that need them and are not completed.  With --from and --until only orders that are \
            released in that time count as dependent.

              sgs only-at SDC-FR
              sgs only-at SDC-FR --from 2027-02-01 --until 2027-02-08
            """)

    @OptionGroup var options: DatabaseOptions

    @Argument(help: "The SDC.")
    var sdc: String

    @Option(help: "Only this survey's products.")
    var survey: String?

    @Option(
        help: ArgumentHelp("Only orders released from then on, UTC.", valueName: "date"),
        transform: MJD.argument)
    var from: MJD?

    @Option(
        help: ArgumentHelp("Only orders released before, UTC.", valueName: "date"),
        transform: MJD.argument)
    var until: MJD?

    @OptionGroup var answer: AnswerOptions

    func validate() throws {
        if let from, let until, from >= until {
            throw ValidationError("--until is not after --from")
        }
    }

    func run() async throws {
        try await reportingErrors {
            let window: TimeWindow? =
                from == nil && until == nil
                ? nil : TimeWindow(start: from ?? MJD(0), end: until ?? MJD(1_000_000))
            let holdings = try await SoleHolding.read(
                of: ID(sdc), survey: survey.map { ID($0) }, window: window,
                try await options.open())
            answer.show(json(holdings), lines(holdings))
        }
    }

    private func lines(_ holdings: [SoleHolding]) -> [String] {
        guard !holdings.isEmpty else {
            return ["only there nothing: others hold all that \(sdc) has"]
        }
        let table = TextTable(
            [
                .left("item"), .right("products"), .right("MB"), .right("needed by"),
                .right("elsewhere"), .left("first"),
            ],
            rows: holdings.map { holding in
                [
                    "\(holding.item)", "\(holding.products)", Self.megabytes(holding.bytes),
                    "\(holding.dependents)", "\(holding.elsewhere)",
                    holding.first.map { "\($0.order) at \($0.sdc), \($0.release.date)" } ?? "",
                ]
            })
        let products = holdings.reduce(0) { $0 + $1.products }
        let bytes = holdings.reduce(0) { $0 + $1.bytes }
        let needed = holdings.count { $0.elsewhere > 0 }
        return table.lines + [
            "only there \(products) products of \(holdings.count) items, "
                + "\(Self.megabytes(bytes)) MB; \(needed) of the items are needed at other SDCs"
        ]
    }

    private static func megabytes(_ bytes: Int) -> String {
        String(format: "%.1f", Double(bytes) / 1e6)
    }

    private func json(_ holdings: [SoleHolding]) -> JSONValue {
        [
            "sdc": .text(sdc), "products": .integer(holdings.reduce(0) { $0 + $1.products }),
            "bytes": .integer(holdings.reduce(0) { $0 + $1.bytes }),
            "items": .list(
                holdings.map { holding in
                    holding.item.json.with([
                        "survey": .text(holding.survey.text),
                        "products": .integer(holding.products), "bytes": .integer(holding.bytes),
                        "needed_by": .integer(holding.dependents),
                        "elsewhere": .integer(holding.elsewhere),
                        "first": holding.first.map { Self.json($0) } ?? .null,
                    ])
                }),
        ]
    }

    private static func json(_ dependent: SoleHolding.Dependent) -> JSONValue {
        [
            "order": .text(dependent.order.text), "sdc": .text(dependent.sdc.text),
            "release": .text(dependent.release.iso8601),
        ]
    }
}
