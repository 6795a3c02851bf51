import ArgumentParser
import Commands
import Execution
import Foundation
import GroundSegment
import Payloads

/// `sdc-runner job log`
struct JobLogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Print what a payload says on standard output.",
        discussion: """
              sdc-runner job log -f 17/vis
              sdc-runner job log --stderr 17/vis#2
            """)

    @Flag(name: .shortAndLong, help: "Go on as it says more, until it has ended.")
    var follow = false

    @Flag(help: "Standard error instead.")
    var stderr = false

    @OptionGroup var options: JobOptions

    private struct Answer: Encodable {
        let job: String
        let path: String
        let text: String
    }

    func validate() throws {
        if follow && options.store.answer.json {
            throw ValidationError("--follow and --json exclude each other")
        }
    }

    func run() async throws {
        try await options.store.reporting {
            let (name, place, facts) = try await options.find()
            let command = try PayloadCommand(
                facts, payload: name.payload, attempt: name.attempt, place.configuration,
                library: nil)
            let folder = AttemptFolder(path: command.logdir)
            let path = stderr ? folder.standardError : folder.standardOutput
            guard follow || FileManager.default.fileExists(atPath: path) else {
                throw CommandError(.unknownItem, "\(path): there is no such log, or no more")
            }
            var log = LogReader(path: path)
            if options.store.answer.json {
                var text = Data()
                while let data = log.next() { text += data }
                return try options.store.show(
                    Answer(
                        job: options.job, path: path, text: String(decoding: text, as: UTF8.self)),
                    "")
            }
            guard !options.store.answer.quiet else { return }
            let output = FileHandle.standardOutput
            let isTerminal = isatty(STDOUT_FILENO) == 1
            while true {
                // Looked at before the rest is read, so that nothing is missed.
                let hasEnded = follow ? try await isOver(folder, name) : true
                while let data = log.next() {
                    try output.write(contentsOf: isTerminal ? LogReader.shown(data) : data)
                }
                if hasEnded { return }
                try await Task.sleep(for: .milliseconds(200))
            }
        }
    }

    /// Whether the attempt has ended, or never will begin.
    private func isOver(_ folder: AttemptFolder, _ name: JobName) async throws -> Bool {
        if folder.condition() == .running { return false }
        if folder.isBegun { return true }
        return try await options.store.run(name.run).facts.hasEnded(name.payload)
    }
}

extension AttemptFolder {
    /// Whether an agent has taken it up, or nobody ever will.
    fileprivate var isBegun: Bool {
        ["lock", "result.json", "revoked"].contains {
            FileManager.default.fileExists(atPath: "\(path)/\($0)")
        }
    }
}
