import Commands
import Execution
import GroundSegment

extension StoreOptions {
    /// Gives a command to the runner of the SDC that has the run, or to its store.
    func give(_ command: RunnerCommand) async throws {
        try await reporting {
            let place = try await run(command.run ?? "").place
            let answer = try await RunnerControl(place.configuration).give(
                command, by: ControlOptions.user)
            try show(answer, answer.message)
            guard !answer.isDone else { return }
            let legal = answer.legal.joined(separator: ", ")
            throw CommandError(
                ExitStatus(rawValue: answer.status) ?? .failure,
                lines: legal.isEmpty ? [] : ["legal now: \(legal)"])
        }
    }
}
