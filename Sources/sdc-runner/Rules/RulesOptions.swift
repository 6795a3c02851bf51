import ArgumentParser
import Commands
import Execution
import Foundation

/// Whose rules are meant.
struct RulesOptions: ParsableArguments {
    @Option(help: "File of a site's rules; by default those of the runner that runs.")
    var verdictRules: String?

    @Option(help: "The SDC: SDC-FR. Needed only where the state folder has several.")
    var sdc: String?

    @Option(help: "Folder of the runners' state.")
    var state = ProgramPlaces.state

    @OptionGroup var answer: AnswerOptions

    /// The rules in force, and where they are from.
    func rules() async throws -> (rules: VerdictRules, origin: String) {
        do {
            if let verdictRules {
                return (try VerdictRules(reading: verdictRules), "with those of \(verdictRules)")
            }
            guard
                let store = try? StoreOptions.parse(
                    ["--state", state] + (sdc.map { ["--sdc", $0] } ?? [])),
                let places = try? store.places()
            else { return (.standard, "everywhere") }
            for place in places {
                let facts = try await RunnerControl(place.configuration).ask(.rules)
                if let rules = facts?.rules {
                    return (VerdictRules(inForce: rules), "of the runner of \(place.sdc)")
                }
            }
            return (.standard, "everywhere; no runner runs")
        } catch let error as ExecutionError {
            throw CommandError(error)
        }
    }

    func show(_ value: some Encodable, _ text: @autoclosure () -> String) throws {
        try answer.show(value, text())
    }
}
