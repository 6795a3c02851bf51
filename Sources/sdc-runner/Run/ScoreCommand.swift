import ArgumentParser
import Commands
import Execution

/// `sdc-runner score`
struct ScoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score",
        abstract: "Show how the payloads in line suit the hosts, with every term of the score.",
        discussion: """
            A term is its weight times its value; the score is their sum. With --json also the \
            weights and the values, and the terms that add nothing.

              sdc-runner score
              sdc-runner score 17 18/stack
              sdc-runner score --pilot sgs-pilot-000012-ab12cd34.3 17
            """)

    @Argument(help: "Runs, or payloads as RUN/PATH; by default all that are in line.")
    var names: [String] = []

    @Option(help: "Only on this pilot.")
    var pilot: String?

    @Option(help: "The most lines for an SDC.")
    var limit = 1000

    @OptionGroup var store: StoreOptions

    func run() async throws {
        try await store.reporting {
            for name in names {
                let job = JobName(name)
                let found = try await store.run(job?.run ?? name)
                if let payload = job?.payload { try ScoreReport.check(payload, of: found.facts) }
            }
            let question = RunnerQuestion.score(of: names, pilot: pilot, limit: limit)
            var rows: [PayloadScore] = []
            var more = 0
            var isServed = false
            for place in try store.places() {
                guard let facts = try await RunnerControl(place.configuration).ask(question) else {
                    continue
                }
                isServed = true
                rows += facts.scores ?? []
                more += facts.more
            }
            guard isServed else {
                throw CommandError(.serviceMissing, "no runner serves; only one that runs scores")
            }
            let report = ScoreReport(rows: rows, more: more)
            try store.show(report, report.text)
        }
    }
}
