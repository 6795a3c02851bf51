import ArgumentParser
import Commands
import Execution
import Foundation
import Glibc
import GroundSegment
import Payloads

/// The options of a command that an operator gives to a runner, whether it runs or not.
struct ControlOptions: ParsableArguments {
    @Option(help: "The SDC: SDC-FR. Needed only where the state folder has several.")
    var sdc: String?

    @Option(help: "Folder of the runners' state.")
    var state = ProgramPlaces.state

    @Option(help: "Folder of the SDCs' storages.")
    var storage = ProgramPlaces.storage

    @OptionGroup var answer: AnswerOptions

    /// The SDC that is meant.
    func chosen() throws -> ID<SDC> {
        if let sdc { return ID(sdc) }
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: state)) ?? []).filter {
            FileManager.default.fileExists(atPath: RunStore.path(state: state, sdc: ID($0)))
        }
        guard let name = names.first, names.count == 1 else {
            throw CommandError(
                .usage,
                names.isEmpty
                    ? "\(state): no runner has a state there; say --sdc and --state"
                    : "--sdc is missing; \(state) has \(names.sorted().joined(separator: ", "))")
        }
        return ID(name)
    }

    func storePath() throws -> String { RunStore.path(state: state, sdc: try chosen()) }

    func control() throws -> RunnerControl {
        let sdc = try chosen()
        return RunnerControl(
            RunnerConfiguration(
                storage: Storage(root: SiteOptions.absolute(storage), sdc: sdc),
                state: SiteOptions.absolute(state), room: Room(cores: 1, memory: 1)))
    }

    /// Gives a command, prints its answer, and fails with its status where it was refused.
    @discardableResult
    func give(_ command: RunnerCommand) async throws -> CommandAnswer {
        do {
            let answer = try await control().give(command, by: Self.user)
            try show(answer)
            return answer
        } catch let error as ExecutionError {
            throw CommandError(error)
        }
    }

    private func show(_ answer: CommandAnswer) throws {
        let isJSON = self.answer.json
        if isJSON || answer.isDone { try self.answer.show(answer, answer.message) }
        guard !answer.isDone else { return }
        var lines = isJSON ? [] : [answer.message]
        if !isJSON, !answer.legal.isEmpty {
            lines.append("legal now: \(answer.legal.joined(separator: ", "))")
        }
        throw CommandError(ExitStatus(rawValue: answer.status) ?? .failure, lines: lines)
    }

    /// The name of whoever gives it.
    static var user: String {
        guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else {
            return String(getuid())
        }
        return String(cString: name)
    }
}

/// A run, and where the state is.
struct RunOptions: ParsableArguments {
    @Argument(help: "The run: its identifier or number.")
    var run: String

    @OptionGroup var control: ControlOptions
}

/// A payload, and where the state is.
struct PayloadOptions: ParsableArguments {
    @Argument(help: "The payload: RUN/PATH, such as 17/correct.iterations.3.flat.")
    var job: String

    @OptionGroup var control: ControlOptions

    func validate() throws {
        guard parts != nil else {
            throw ValidationError("\(job): expected RUN/PATH, such as 17/correct.iterations.3.flat")
        }
    }

    private var parts: (run: String, payload: String)? {
        let parts = job.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        return (String(parts[0]), String(parts[1]))
    }

    var run: String { parts?.run ?? "" }
    var payload: String { parts?.payload ?? "" }
}
