import Foundation

@testable import BatchSystems

/// Whether the tests on real engines run as well.
let isFull = ProcessInfo.processInfo.environment["SGS_TEST_FULL"] == "1"

/// What a test waits for has not come.
struct NotSeen: Error, CustomStringConvertible {
    let description: String
}

/// Asks again and again until there is an answer; batch systems announce nothing.
func asked<Answer>(
    _ what: String, within limit: Duration = .seconds(600), _ question: () throws -> Answer?
) async throws -> Answer {
    let clock = ContinuousClock()
    let end = clock.now.advanced(by: limit)
    while clock.now < end {
        if let answer = try question() { return answer }
        try await Task.sleep(for: .milliseconds(50))
    }
    // The machine may have been busy elsewhere all the while.
    if let answer = try question() { return answer }
    throw NotSeen(description: "not seen within \(limit): \(what)")
}

/// A folder of its own that others can enter and write to, gone at the end.
final class TestFolder {
    let path: String

    init() throws {
        path = "/tmp/sgs-batch-\(UUID().uuidString.prefix(8).lowercased())"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o777])
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a program of the folder.
    func program(_ name: String, _ text: String) throws -> String {
        let file = "\(path)/\(name)"
        // By another process: a program that this one has open for writing, and a child with it
        // for a moment, cannot be started (execve(2), ETXTBSY).
        try outside(["sh", "-c", "printf %s \"$1\" > \"$0\" && chmod 755 \"$0\"", file, text])
        return file
    }

    func text(_ name: String) -> String? {
        try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
    }
}

/// Runs a program to its end.
@discardableResult
func outside(_ words: [String], environment: [String: String] = [:]) throws -> String {
    let command = SystemCommand(
        words: words,
        environment: ProcessInfo.processInfo.environment.merging(environment) { $1 },
        timeout: .seconds(120))
    let outcome = try command.run()
    guard outcome.exit.isSuccess else {
        throw NotSeen(description: "\(words.joined(separator: " ")): \(outcome.words)")
    }
    return outcome.output
}

/// A file of the repository.
func repositoryFile(_ path: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: path).path
}
