import ArgumentParser
import Commands
import Execution
import GroundSegment

/// `sdc-runner history`
struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Say what operators did, who and when: to runs, payloads, pilots and the runner.",
        discussion: """
            The newest first. Of one run: `sdc-runner run show RUN`.

              sdc-runner history --hist 7
              sdc-runner history --sdc SDC-FR --count 20 --json
            """)

    @Option(help: "Only what was done in so many last days.")
    var hist: Double?

    @Option(help: "How many lines.")
    var count = 100

    @OptionGroup var store: StoreOptions

    func validate() throws {
        if let hist, !(hist.isFinite && hist >= 0) {
            throw ValidationError("--hist \(hist): expected a number of days")
        }
        guard (1...100_000).contains(count) else {
            throw ValidationError("--count \(count): expected 1 to 100000")
        }
    }

    private struct OfSite: Encodable {
        let sdc: String
        let events: [OperatorEvent]
    }

    private struct Answer: Encodable { let sites: [OfSite] }

    func run() async throws {
        try await store.reporting {
            var sites: [OfSite] = []
            for place in try store.places() {
                let events = try await place.store.operatorEvents(
                    limit: count, days: hist, at: store.now)
                sites.append(OfSite(sdc: place.sdc.text, events: events))
            }
            let isOne = sites.count == 1
            try store.show(
                Answer(sites: sites),
                sites.map { (isOne ? "" : "\($0.sdc)\n") + OperatorEvent.text($0.events) }
                    .joined(separator: "\n\n"))
        }
    }
}
