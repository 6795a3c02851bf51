import ArgumentParser
import Execution

/// The options that choose among runs.
struct FilterOptions: ParsableArguments {
    @Option(
        name: .customLong("state-is"),
        help: ArgumentHelp("Only runs in these states: EXECUTING,HELD.", valueName: "states"))
    var states: RunStates?

    @Option(help: "Only runs of this pipeline.")
    var pipeline: String?

    @Option(help: "Only runs that have not ended, and those that ended in so many last days.")
    var hist: Double?

    @Option(help: "Only runs that this operator asked for.")
    var user: String?

    @Option(help: "Only runs of this project; an order's is its survey.")
    var project: String?

    @Option(help: "Only runs of this campaign; an order's is its software release.")
    var campaign: String?

    func validate() throws {
        if let hist, !(hist.isFinite && hist >= 0) {
            throw ValidationError("--hist \(hist): expected a number of days")
        }
    }

    var filter: RunFilter {
        var filter = RunFilter()
        filter.states = states?.states ?? []
        filter.pipeline = pipeline
        filter.days = hist
        filter.user = user
        filter.project = project
        filter.campaign = campaign
        return filter
    }
}

/// States of runs, as `EXECUTING,HELD`.
struct RunStates: ExpressibleByArgument {
    let states: Set<RunState>

    init?(argument: String) {
        let words = argument.split(separator: ",")
        states = Set(words.compactMap { RunState(rawValue: $0.uppercased()) })
        guard !states.isEmpty, states.count == Set(words).count else { return nil }
    }
}
