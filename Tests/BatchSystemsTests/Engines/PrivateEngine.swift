import Foundation

@testable import BatchSystems

/// An engine of its own for a test, started and ended by a script of the repository.
final class PrivateEngine {
    let folder: TestFolder
    let environment: [String: String]
    private let script: String

    /// - Parameter words: what stands behind the folder in the script's call.
    init(_ script: String, _ words: [String] = [], settings: [String: String] = [:]) throws {
        self.script = repositoryFile("contrib/scripts/\(script)")
        folder = try TestFolder()
        try outside(
            [self.script, "start", "\(folder.path)/engine"] + words, environment: settings)
        // Lines of `export NAME=value NAME=value`.
        var variables = ProcessInfo.processInfo.environment
        for word in (folder.text("engine/env.sh") ?? "").split(whereSeparator: \.isWhitespace) {
            let parts = word.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
        }
        environment = variables
        try FileManager.default.createDirectory(
            atPath: work, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o777])
    }

    deinit {
        _ = try? outside([script, "stop", "\(folder.path)/engine"])
    }

    /// Where jobs write.
    var work: String { "\(folder.path)/work" }

    func tell(_ verb: String) throws {
        try outside([script, verb, "\(folder.path)/engine"])
    }

    /// A command of the engine.
    @discardableResult
    func command(_ words: String...) throws -> String {
        try outside(words, environment: environment)
    }

    func system(_ name: String, site: SiteBatch = SiteBatch()) throws -> CommandLineBatchSystem {
        try CommandLineBatchSystem(.builtIn(name), site: site, environment: environment)
    }
}
