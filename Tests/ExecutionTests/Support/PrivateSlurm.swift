import Foundation

@testable import Execution

/// A Slurm of a test's own, and descriptions of SDCs of which one uses it.
final class PrivateSlurm {
    private static let script: String = {
        let contrib = (Programs.samplePipelines as NSString).deletingLastPathComponent
        return "\(contrib)/scripts/slurm.sh"
    }()

    /// Removed after the engine has ended.
    private let folder: TestFolder
    private let engine: String
    /// Folder of the SDCs' descriptions.
    let sdcs: String

    init(in folder: TestFolder) throws {
        self.folder = folder
        engine = "\(folder.path)/engine"
        sdcs = "\(folder.path)/sdcs"
        // What it starts has its output for as long as it lives.
        try Self.run("/bin/sh", "-c", "'\(Self.script)' start '\(engine)' 2 4 > /dev/null 2>&1")
        for (sdc, site) in [
            ("SDC-FR", "site: {batch: {interval: 1, file_delay: 2, max_jobs: 20}}"), ("SDC-IT", ""),
        ] {
            try folder.write(
                """
                id: \(sdc)
                name: A private Slurm
                country: FR
                cores: 8
                efficiency: 0.8
                storage: 1
                used: 0
                batch: slurm
                \(site)
                """, to: "sdcs/\(sdc).yaml")
        }
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
