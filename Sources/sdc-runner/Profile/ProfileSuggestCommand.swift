import ArgumentParser
import Execution
import GroundSegment

/// `sdc-runner profile suggest`
struct ProfileSuggestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suggest",
        abstract: "Show what executables asked for and did not use, and what would do.",
        discussion: """
            What was wasted most comes first: core-hours that attempts had and that were idle. A \
            suggestion holds 75 % (or 95 %) of the completed attempts: of memory with a tenth more, \
            of walltime with half as much again, of busy cores rounded up. Below 10 (or 20) \
            completed attempts nothing is suggested. Attempts that were lost with their machine do \
            not count.

              sdc-runner profile suggest --hist 30
              sdc-runner profile suggest --percentile 95 --sdc SDC-FR --json
            """)

    @Option(help: "Only attempts that ended in so many last days.")
    var hist: Double?

    @Option(help: "The part of the attempts that a suggestion is to hold: 75 or 95.")
    var percentile = Percentile.upperQuarter

    enum Percentile: Int, ExpressibleByArgument, CaseIterable {
        case upperQuarter = 75
        case upperTwentieth = 95

        fileprivate var uses: UsePercentile {
            switch self {
            case .upperQuarter: .upperQuarter
            case .upperTwentieth: .upperTwentieth
            }
        }
    }

    @OptionGroup var store: StoreOptions

    func validate() throws {
        if let hist, !(hist.isFinite && hist >= 0) {
            throw ValidationError("--hist \(hist): expected a number of days")
        }
    }

    func run() async throws {
        try await store.reporting {
            let now = store.now
            var tally = UseTally()
            for place in try store.places() {
                tally = try await place.store.tally(tally, since: hist.map { MJD(now.days - $0) })
            }
            let report = WasteReport(tally, percentile.uses, days: hist, at: now)
            try store.show(report, report.text)
        }
    }
}
