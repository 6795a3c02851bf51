import Foundation
import Glibc

@testable import Payloads

/// The real agent, running in a folder of a test's own.
final class TestAgent {
    let folder: TestFolder
    let home: String
    let process: pid_t

    /// The program, beside this test program or in a folder above it.
    static let program: String = {
        let test =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        for start in [test, CommandLine.arguments.first ?? "", Bundle.main.bundlePath] {
            var folder = start as NSString
            while folder.length > 1 {
                if FileManager.default.isExecutableFile(atPath: "\(folder)/sdc-payload") {
                    return "\(folder)/sdc-payload"
                }
                folder = folder.deletingLastPathComponent as NSString
            }
        }
        return "sdc-payload"
    }()

    init(
        in folder: TestFolder? = nil, home: String = "home", cores: Int = 2, memory: Int = 1000,
        options: [String] = []
    ) throws {
        let folder = try folder ?? TestFolder()
        self.folder = folder
        self.home = "\(folder.path)/\(home)"
        let status = try Self.run(
            [self.home, "--cores", "\(cores)", "--memory", "\(memory)", "--detach"] + options)
        guard status == 0, let process = folder.process(in: "\(home)/agent.lock") else {
            throw NoAgent(status: status)
        }
        self.process = process
    }

    struct NoAgent: Error {
        let status: Int32
    }

    /// Runs `sdc-payload agent` to its end and gives its exit status.
    static func run(_ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["agent"] + arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    deinit {
        // Once to end what runs, once more to end it at once.
        if isAlive(process) {
            kill(process, SIGTERM)
            kill(process, SIGINT)
        }
        if !eventually(within: 10, { !isAlive(process) }) { kill(process, SIGKILL) }
        Leftovers.kill(AttemptMark(home: home))
        ControlGroups.removeAll(home: home)
    }

    func connect() throws -> TestRunner { TestRunner(try AgentConnection(home: home)) }

    /// An order of a shell script, which starts in `work/ID`.
    func order(
        _ id: String, _ script: String, walltime: Double = 3600, grace: Double = 10,
        need: Need = Need()
    ) -> AttemptOrder {
        AttemptOrder(
            id: id, token: 7, program: "/bin/sh", arguments: ["-c", script],
            folder: "\(folder.path)/attempts/\(id)", workFolder: "\(folder.path)/work/\(id)",
            limits: AttemptLimits(walltime: walltime, grace: grace), need: need)
    }

    /// The live processes of an attempt, found by the mark in their environment.
    func processes(of id: String) -> [Int] {
        Leftovers.processes(AttemptMark(home: home, id: id, token: 7))
    }

    /// Every live process that descends from the agent.
    var descendants: [pid_t] {
        ProcessTree.withDescendants([process]).filter { $0 != process && isAlive($0) }
    }

    /// Those but the first process of its namespace.
    var attemptDescendants: [pid_t] {
        descendants.filter { id in
            let name =
                (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(id)/exe"))
            return name?.hasSuffix("/sdc-payload") != true
        }
    }

    func attemptFolder(_ id: String) -> AttemptFolder {
        AttemptFolder(path: "\(folder.path)/attempts/\(id)")
    }
}

/// Whether there is such a process, and it has not ended.
func isAlive(_ process: pid_t) -> Bool {
    guard let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
        let close = stat.lastIndex(of: ")")
    else { return false }
    return !["Z", "X"].contains(stat[close...].dropFirst(2).first)
}
