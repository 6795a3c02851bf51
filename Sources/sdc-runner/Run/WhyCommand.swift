import ArgumentParser
import Execution
import GroundSegment

/// `sdc-runner why`, also `run why` and `job why`
struct WhyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "Say for all that waits why it does, a line each.",
        discussion: """
              sdc-runner why
              sdc-runner why 17
              sdc-runner why 17/correct.iterations.3.flat
            """)

    @Argument(help: "A run, or a payload as RUN/PATH; by default all runs that have not ended.")
    var name: String?

    @Option(help: "The most lines for an SDC.")
    var limit = 1000

    @OptionGroup var store: StoreOptions

    func run() async throws {
        try await store.reporting {
            let report: WaitReport
            if let name {
                let job = JobName(name)
                let (place, facts) = try await store.run(job?.run ?? name)
                report = try await reasons(place, facts, job?.payload)
            } else {
                var reports: [WaitReport] = []
                for place in try store.places() { reports.append(try await reasons(place)) }
                report = WaitReport.joined(reports)
            }
            try store.show(report, report.text)
        }
    }

    /// What an SDC's runner says, or what its store says where none runs.
    private func reasons(_ place: StoreOptions.Place) async throws -> WaitReport {
        let control = RunnerControl(place.configuration)
        if let facts = try await control.ask(.why(run: nil, limit: limit)) {
            return WaitReport(facts)
        }
        var open = RunFilter()
        open.states = [.pending, .executing, .held]
        let now = store.now
        let isServed = place.configuration.isServed
        return WaitReport.joined(
            try await place.store.facts(of: place.sdc, open, at: now).map {
                try WaitReport($0, isServed: isServed, at: now, limit: limit)
            })
    }

    private func reasons(
        _ place: StoreOptions.Place, _ facts: RunFacts, _ payload: String?
    ) async throws -> WaitReport {
        let control = RunnerControl(place.configuration)
        let question = RunnerQuestion.why(
            run: facts.run.id.text, limit: payload == nil ? limit : .max)
        if let live = try await control.ask(question) {
            let report = WaitReport(live)
            return try payload.map { try report.about(payload: $0, of: facts) } ?? report
        }
        return try WaitReport(
            facts, payload: payload, isServed: place.configuration.isServed,
            at: store.now, limit: limit)
    }
}
