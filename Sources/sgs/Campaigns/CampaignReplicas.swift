import ArgumentParser
import Campaigns
import Catalogue
import Commands
import Documents
import GroundSegment
import Markup

/// `sgs campaign replicas`
struct CampaignReplicas: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replicas",
        abstract: "Whether what a campaign makes is at the SDCs that are to have it.",
        discussion: """
            For the orders of each task and each SDC that is to have what they make: INJECT until \
            the order has completed, then OK, REPLICATING, STUCK where it was tried in vain, or \
            SUSPENDED where no runner of an SDC that has it gives a sign.

              sgs campaign replicas daily
              sgs campaign replicas daily --task tile
            """)

    @OptionGroup var options: CampaignOptions

    @Argument(help: "The campaign's name.")
    var campaign: String

    @Option(help: "Only this task's.")
    var task: String?

    func run() async throws {
        try await reportingErrors {
            let (store, survey) = try await options.open()
            let found = try await store.replicas(
                of: ID(campaign), task: task.map { ID($0) }, survey: survey)
            options.answer.show(.list(found.map(\.json)), ReplicaStanding.lines(found))
        }
    }
}

extension ReplicaStanding {
    var json: JSONValue {
        [
            "task": .text(task.text), "sdc": .text(sdc.text), "state": .text(state.rawValue),
            "orders": .integer(orders), "products": .integer(products), "bytes": .integer(bytes),
            "tries": .integer(tries), "since": JSONValue(since), "reason": JSONValue(reason),
        ]
    }

    static func lines(_ found: [ReplicaStanding]) -> [String] {
        guard !found.isEmpty else { return ["no orders"] }
        return TextTable(
            [
                .left("task"), .left("SDC"), .left("state"), .right("orders"),
                .right("products missing"), .right("GB"), .right("tries"), .left("since"),
                .left("why"),
            ],
            rows: found.map { rule in
                [
                    rule.task.text, rule.sdc.text, rule.state.rawValue, "\(rule.orders)",
                    "\(rule.products)", "\((Double(rule.bytes) / 1e8).rounded() / 10)",
                    "\(rule.tries)", rule.since.map { "\($0)" } ?? "", rule.reason ?? "",
                ]
            }
        ).lines
    }
}
