import Foundation

/// What the real program `sdc-runner` answered.
struct Answer {
    let status: Int32
    let text: String
    let errors: String

    /// - Parameter environment: added to this process's own.
    init(_ arguments: [String], environment: [String: String] = [:]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Programs.runner)
        process.arguments = arguments
        if !environment.isEmpty {
            process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        }
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        self.errors = String(
            decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        status = process.terminationStatus
    }

    /// Asks about a site's runs.
    init(_ site: TestSite, _ arguments: String...) throws {
        try self.init(
            arguments + ["--state", site.state, "--storage", site.storageRoot])
    }

    var lines: [String] { text.split(separator: "\n").map(String.init) }

    /// The answer as a JSON object.
    var object: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any] ?? [:]
    }
}
