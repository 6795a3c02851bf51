import Foundation

@testable import Execution

/// A Slurm of a test's own, and the description of an SDC that uses it.
final class PrivateSlurm {
    private static let script: String = {
        let contrib = (Programs.samplePipelines as NSString).deletingLastPathComponent
        return "\(contrib)/scripts/slurm.sh"
    }()

    private let engine: String
    /// Folder of the SDC's description.
    let sdcs: String

    init(in folder: TestFolder) throws {
        engine = "\(folder.path)/engine"
        sdcs = "\(folder.path)/sdcs"
        // What it starts has its output for as long as it lives.
        try Self.run("/bin/sh", "-c", "'\(Self.script)' start '\(engine)' 2 4 > /dev/null 2>&1")
        try folder.write(
            """
            id: SDC-FR
            name: A private Slurm
            country: FR
            cores: 8
            efficiency: 0.8
            storage: 1
            used: 0
            batch: slurm
            site:
              batch: {mode: direct, interval: 1, file_delay: 2, max_jobs: 20}
            """, to: "sdcs/SDC-FR.yaml")
    }

    deinit {
        _ = try? Self.run(Self.script, "stop", engine)
    }

    var environment: [String: String] { ["SLURM_CONF": "\(engine)/slurm.conf"] }

    /// A command of the engine, and what it prints.
    @discardableResult
    func command(_ words: String...) throws -> String {
        try Self.run(["env", "SLURM_CONF=\(engine)/slurm.conf"] + words)
    }

    @discardableResult
    private static func run(_ words: String...) throws -> String { try run(words) }

    @discardableResult
    private static func run(_ words: [String]) throws -> String {
        let end = try OutsideProgram(words).end()
        guard end.status == 0 else {
            throw ExecutionError(.host, "\(words): \(end.status) \(end.text)")
        }
        return end.text
    }
}
