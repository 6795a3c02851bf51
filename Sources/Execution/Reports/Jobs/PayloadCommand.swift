import Foundation
import GroundSegment
import Logging
import Payloads
import Workflows

/// The command of an attempt, as it is or will be run.
public struct PayloadCommand: Hashable, Sendable, Encodable {
    public let program: String
    public let arguments: [String]
    /// Added to that of its host.
    public let environment: [String: String]
    public let workdir: String
    public let logdir: String
    /// The lists of files that it reads, as JSON, by their paths.
    public let lists: [String: String]
    /// The scripts of its release that are sourced before it.
    public let sourced: [String]

    /// - Parameters:
    ///   - attempt: `nil` for the present or last one, or the first where there was none.
    ///   - isByHand: in folders of its own beside those of its attempts.
    ///   - library: where programs are; without it the command is as its pipeline says it.
    /// - Throws: `ExecutionError` of code `unknownItem` where it is no process.
    public init(
        _ facts: RunFacts, payload: String, attempt: Int? = nil,
        _ configuration: RunnerConfiguration, library: PipelineLibrary?, isByHand: Bool = false
    ) throws {
        let number = try facts.number(payload)
        let attempt = attempt ?? max(1, facts.life[number].attempts)
        var state = RunnerState(
            configuration: configuration, lastToken: 0,
            logger: Logger(label: "command") { _ in SwiftLogNoOpLogHandler() })
        state.runs[facts.run.number] = facts.run
        let key = AttemptKey(run: facts.run.number, payload: number, attempt: attempt)
        guard var plan = state.plan(key, token: 0) else {
            throw ExecutionError(
                .unknownItem, "\(facts.life.path(number)) is no process: it only holds others")
        }
        if isByHand { plan = plan.byHand }
        program = library?.program(plan.executable) ?? plan.executable.command
        arguments = plan.arguments
        var environment = plan.environment
        if let given = facts.attempts.first(where: { $0.payload == number && $0.number == attempt })
        {
            environment["SGS_CORES"] = "\(given.cores)"
            environment["SGS_MEMORY_MIB"] = "\(given.memory)"
        }
        self.environment = environment
        sourced = configuration.environment?.scripts[plan.release] ?? []
        workdir = plan.workFolder
        logdir = plan.folder
        lists = Dictionary(
            plan.executable.inputs.filter { $0.content == .listfile }.map {
                (plan.listPath($0.name), (try? plan.list($0.name)) ?? "[]")
            }, uniquingKeysWith: { first, _ in first })
    }

    /// Lines for a shell that run it by hand.
    public var shell: String {
        var parts = [
            "mkdir -p \(workdir.shellWord) \(logdir.shellWord)", "cd \(workdir.shellWord)",
        ]
        for (path, list) in lists.sorted(by: { $0.key < $1.key }) {
            parts.append("printf %s \(list.shellWord) > \(path.shellWord)")
        }
        let variables = environment.sorted { $0.key < $1.key }.map {
            "\($0.key)=\($0.value.shellWord)"
        }
        parts += sourced.map { ". \($0.shellWord)" }
        parts.append((["env"] + variables + [line]).joined(separator: " "))
        return parts.joined(separator: " && ")
    }

    /// The words that run it, its release's scripts first.
    var words: [String] {
        let environment = SiteEnvironment(scripts: ["": sourced])
        let command = environment.command(ofRelease: "", program, arguments)
        return [command.program] + command.arguments
    }

    /// The program and its arguments alone.
    public var line: String { ([program] + arguments).map(\.shellWord).joined(separator: " ") }
}

extension AttemptPlan {
    /// The same in folders that no attempt has.
    fileprivate var byHand: AttemptPlan {
        AttemptPlan(
            id: id, token: token, path: path, executable: executable, resources: resources,
            files: files, tuples: tuples, folder: "\(folder).hand",
            workFolder: "\(workFolder).hand",
            environment: environment)
    }
}
