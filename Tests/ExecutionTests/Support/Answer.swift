import Files
import Foundation

/// What the real program `sdc-runner` answered.
struct Answer {
    let status: Int32
    let text: String
    let errors: String

    /// Waits on a thread of its own: the runner that answers may be one of this process.
    ///
    /// - Parameter environment: added to this process's own.
    init(_ arguments: [String], environment: [String: String] = [:]) async throws {
        self = try await Self.threads.run {
            try Answer(waitingFor: arguments, environment)
        }
    }

    /// Other than those of the runners of this process.
    private static let threads = BlockingThreads(most: 256)

    /// What the program writes goes to files: other programs that are started at the same time
    /// may keep a pipe open.
    private init(waitingFor arguments: [String], _ environment: [String: String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Programs.runner)
        process.arguments = arguments
        if !environment.isEmpty {
            process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        }
        let folder = try TestFolder()
        let written = try ["output", "errors"].map { name in
            try folder.write("", to: name)
            return "\(folder.path)/\(name)"
        }
        process.standardOutput = FileHandle(forWritingAtPath: written[0])
        process.standardError = FileHandle(forWritingAtPath: written[1])
        try process.run()
        process.waitUntilExit()
        text = try String(contentsOfFile: written[0], encoding: .utf8)
        errors = try String(contentsOfFile: written[1], encoding: .utf8)
        status = process.terminationStatus
        withExtendedLifetime(folder) {}
    }

    /// Asks about a site's runs.
    init(_ site: TestSite, _ arguments: String...) async throws {
        try await self.init(
            arguments + ["--state", site.state, "--storage", site.storageRoot])
    }

    var lines: [String] { text.split(separator: "\n").map(String.init) }

    /// The answer as a JSON object.
    var object: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any] ?? [:]
    }
}
