import Commands
import Execution
import GroundSegment

extension StoreOptions {
    /// Gives a command to the runner of the SDC that has the run, or to its store.
    func give(_ command: RunnerCommand) async throws {
        try await reporting {
            let place = try await run(command.run ?? "").place
            let given = try await RunnerControl(place.configuration).give(
                command, by: ControlOptions.user)
            try show(given, given.message)
            guard !given.isDone else { return }
            let legal = given.legal.joined(separator: ", ")
            throw CommandError(
                ExitStatus(rawValue: given.status) ?? .failure,
                lines: (answer.quiet && !answer.json ? [given.message] : [])
                    + (legal.isEmpty ? [] : ["legal now: \(legal)"]))
        }
    }
}
