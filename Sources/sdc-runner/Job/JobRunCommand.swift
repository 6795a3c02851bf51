import ArgumentParser
import Commands
import Execution
import Foundation
import Glibc
import GroundSegment

/// `sdc-runner job run`
struct JobRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run one payload by hand, in folders of its own that are kept.",
        discussion: """
            Its run is not changed but for a tag: of a payload that fails the last traceback, or \
            its last lines on standard error, become its tag "backtrace". Exit status: the \
            payload's, 128 and the signal's number where one ended it.

              sdc-runner job run 17/vis
              sdc-runner job run --profile 17/vis
              sdc-runner job run --debug 17/vis

            --profile leaves perf.data (perf record) beside the log, of a Python script \
            profile.pstats (cProfile). --debug makes the folders, prints the command and, on a \
            terminal, starts gdb, for a Python script pdb.
            """)

    @Flag(help: "Stop in a debugger.")
    var debug = false

    @Flag(help: "Leave a profile of its processor time.")
    var profile = false

    @OptionGroup var options: JobOptions

    private struct Answer: Encodable {
        let status: Int32
        let workdir: String
        let logdir: String
        let profile: String?
    }

    func validate() throws {
        if debug && options.store.answer.json {
            throw ValidationError("--debug and --json exclude each other")
        }
        if debug && profile { throw ValidationError("--debug and --profile exclude each other") }
    }

    func run() async throws {
        try await options.store.reporting {
            let (name, place, facts) = try await options.find()
            let command = try PayloadCommand(
                facts, payload: name.payload, attempt: name.attempt,
                try options.configuration(place, facts),
                library: options.library, isByHand: true)
            let tool: HandRun.Tool = debug ? .debugger : profile ? .profiler : .none
            let hand = HandRun(command, tool, searchPath: SiteOptions.searchPath)
            try HandRun.prepare(command)
            if debug { return try stop(hand, command) }
            if let missing = hand.missing {
                throw CommandError(.serviceMissing, "\(missing) is not installed here")
            }
            let status = try execute(hand, command)
            var lines = ["workdir: \(command.workdir)", "logdir: \(command.logdir)"]
            if let profile = hand.profile { lines.append("profile: \(profile)") }
            try options.store.show(
                Answer(
                    status: status, workdir: command.workdir, logdir: command.logdir,
                    profile: hand.profile), lines.joined(separator: "\n"))
            if status != 0 {
                try await tag(command, name, place)
                throw ExitCode(status)
            }
        }
    }

    /// Becomes the debugger, where there is one and somebody to use it.
    private func stop(_ hand: HandRun, _ command: PayloadCommand) throws {
        print(command.shell)
        guard isatty(STDIN_FILENO) == 1, hand.missing == nil else { return }
        fflush(nil)
        guard chdir(command.workdir) == 0 else {
            throw CommandError(.cannotWrite, "cannot enter \(command.workdir)")
        }
        for (name, value) in command.environment { setenv(name, value, 1) }
        hand.words[0].withCString { program in
            _ = execvp(program, hand.words.map { strdup($0) } + [nil])
        }
        throw CommandError(.serviceMissing, "cannot start \(hand.words[0])")
    }

    /// Runs it to its end; what it says goes to its log and is shown then.
    private func execute(_ hand: HandRun, _ command: PayloadCommand) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: hand.words[0])
        process.arguments = Array(hand.words.dropFirst())
        process.currentDirectoryURL = URL(fileURLWithPath: command.workdir)
        process.environment = ProcessInfo.processInfo.environment.merging(command.environment) {
            $1
        }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try Self.file("\(command.logdir)/stdout")
        process.standardError = try Self.file("\(command.logdir)/stderr")
        do {
            try process.run()
        } catch {
            throw CommandError(.failure, "cannot start \(hand.words[0]): \(error)")
        }
        process.waitUntilExit()
        for name in ["stdout", "stderr"] where !options.store.answer.quiet {
            var log = LogReader(path: "\(command.logdir)/\(name)")
            while let data = log.next() {
                try FileHandle.standardError.write(contentsOf: LogReader.shown(data))
            }
        }
        return process.terminationReason == .exit
            ? process.terminationStatus : 128 + process.terminationStatus
    }

    private static func file(_ path: String) throws -> FileHandle {
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw CommandError(.cannotWrite, "cannot write \(path)") }
        return handle
    }

    /// Keeps what it said at last as a tag of the payload.
    private func tag(
        _ command: PayloadCommand, _ name: JobName, _ place: StoreOptions.Place
    ) async throws {
        let errors = FileManager.default.contents(atPath: "\(command.logdir)/stderr") ?? Data()
        let backtrace = HandRun.backtrace(errors)
        guard !backtrace.isEmpty else { return }
        let answer = try await RunnerControl(place.configuration).give(
            .tag(run: name.run, payload: name.payload, name: "backtrace", value: backtrace),
            by: ControlOptions.user)
        if !answer.isDone {
            FileHandle.standardError.write(Data("sdc-runner: \(answer.message)\n".utf8))
        }
    }
}
