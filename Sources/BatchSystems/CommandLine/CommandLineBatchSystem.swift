import Documents
import Foundation

/// A batch system that is used through its commands, as its description says.
///
/// No word goes through a shell on this machine. Nothing is remembered between calls.
public struct CommandLineBatchSystem: BatchSystem {
    public let description: BatchSystemDescription
    public let site: SiteBatch
    let environment: [String: String]
    let template: String
    /// What waits between two tries of a submission.
    let pause: @Sendable (Duration) -> Void

    /// - Parameters:
    ///   - environment: of the commands; that of this process where `nil`.
    ///   - pause: waits; a thread's sleep where it is not given.
    /// - Throws: `BatchSystemError` of code `configuration` where the site's template cannot be
    ///   read.
    public init(
        _ description: BatchSystemDescription, site: SiteBatch = SiteBatch(),
        environment: [String: String]? = nil,
        pause: @escaping @Sendable (Duration) -> Void = CommandLineBatchSystem.sleep
    ) throws(BatchSystemError) {
        var description = description
        for (word, meaning) in site.states { description.states[word] = meaning }
        self.description = description
        self.site = site
        self.environment = (environment ?? ProcessInfo.processInfo.environment).merging(
            description.environment
        ) { $1 }
        template = try site.template.map(Self.template) ?? description.script
        self.pause = pause
    }

    public static let sleep: @Sendable (Duration) -> Void = { duration in
        Thread.sleep(
            forTimeInterval: Double(duration.components.seconds) + Double(
                duration.components.attoseconds) * 1e-18)
    }

    private static func template(_ path: String) throws(BatchSystemError) -> String {
        guard let data = FileManager.default.contents(atPath: path),
            let text = String(data: data, encoding: .utf8),
            text.contains("{command}") || text.contains("{program}")
        else {
            throw BatchSystemError(
                .configuration, "template: found \(path), expected a file with {command} in it")
        }
        return text
    }

    public func cancel(_ ids: [BatchJobID]) throws(BatchSystemError) {
        guard !ids.isEmpty else { return }
        let words = CommandWords.fill(
            description.cancel, ids: ids.map(description.forms.task),
            bases: description.forms.whole(ids))
        let outcome = try run(words)
        // Where some are not known the others are cancelled nevertheless.
        guard outcome.exit.isSuccess || outcome.says(description.unknown) else {
            throw failure(words, outcome, otherwise: .failed)
        }
    }

    public func limits() throws(BatchSystemError) -> BatchLimits {
        var limits = BatchLimits()
        for query in description.limits {
            let outcome = try run(query.words)
            guard outcome.exit.isSuccess else {
                throw failure(query.words, outcome, otherwise: .failed)
            }
            if let text = Self.first(query.arraySize, in: outcome.output), let size = Int(text) {
                limits.arraySize = max(0, size + query.arrayOffset)
            }
            if let text = Self.first(query.remembered, in: outcome.output) {
                limits.remembered = SystemTime.duration(text)
            }
        }
        return limits
    }

    // MARK: - Commands

    /// Runs a command, here or on the site's host.
    func run(_ words: [String]) throws(BatchSystemError) -> SystemCommand.Outcome {
        var words = words
        if let program = words.first, let own = site.commands[program] { words[0] = own }
        if let host = site.via { words = remote(words, host) }
        let command = SystemCommand(
            words: words, environment: environment, timeout: .seconds(site.timeout))
        let outcome = try command.run()
        if site.via != nil, outcome.exit == .code(Self.sshFailure) {
            throw BatchSystemError(.busy, "ssh: \(outcome.words)")
        }
        guard outcome.exit != .code(Self.noProgram) else {
            throw BatchSystemError(.notFound, outcome.words)
        }
        return outcome
    }

    /// What a shell exits with where there is no such program.
    private static let noProgram = 127

    /// What ssh(1) exits with where it is ssh that has failed.
    private static let sshFailure = 255

    /// The words of a command for the shell of another host.
    private func remote(_ words: [String], _ host: String) -> [String] {
        let variables = description.environment.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
        let line = Quoting.shell.line((variables.isEmpty ? [] : ["env"] + variables) + words)
        return [
            site.commands["ssh"] ?? "ssh", "-o", "BatchMode=yes", "-o", "ConnectTimeout=20", host,
            line,
        ]
    }

    /// The error that a command's failure is.
    func failure(
        _ words: [String], _ outcome: SystemCommand.Outcome,
        otherwise code: BatchSystemError.Code
    ) -> BatchSystemError {
        BatchSystemError(
            outcome.says(description.temporary) ? .busy : code,
            "\(words.first ?? ""): \(outcome.hasWords ? outcome.words : "\(outcome.exit)")")
    }

    /// The first group of a regular expression in a text.
    static func first(_ pattern: String?, in text: String) -> String? {
        guard let pattern, let regex = try? Regex(pattern).anchorsMatchLineEndings(),
            let match = text.firstMatch(of: regex), match.output.count > 1
        else { return nil }
        return match.output[1].substring.map(String.init)
    }
}

extension SystemCommand.Outcome {
    /// Whether one of some words is among those of the command.
    func says(_ any: [String]) -> Bool {
        let words = words
        return any.contains { words.contains($0) }
    }

    fileprivate var hasWords: Bool { !words.allSatisfy(\.isWhitespace) }
}
