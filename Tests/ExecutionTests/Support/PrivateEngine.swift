import Foundation

@testable import Execution

/// A batch system of a test's own, and descriptions of SDCs of which one uses it.
final class PrivateEngine {
    enum Kind: String {
        case slurm
        case gridEngine = "sge"

        /// With two nodes of four cores, or one host with eight slots.
        fileprivate var script: (name: String, size: String) {
            switch self {
            case .slurm: ("slurm.sh", "2 4")
            case .gridEngine: ("gridengine.sh", "8")
            }
        }
    }

    let kind: Kind
    /// Removed after the engine has ended.
    private let folder: TestFolder
    private let engine: String
    private let script: String
    /// Folder of the SDCs' descriptions.
    let sdcs: String
    /// What its clients need.
    let environment: [String: String]

    /// - Parameters:
    ///   - size: nodes and their cores, or slots, where they are others.
    ///   - settings: variables of the engine's script, `NAME=value`.
    ///   - batch: what `site: batch:` of SDC-FR says beside the usual.
    init(
        _ kind: Kind = .slurm, in folder: TestFolder, size: String? = nil, settings: String = "",
        batch: String = ""
    ) throws {
        self.kind = kind
        self.folder = folder
        engine = "\(folder.path)/engine"
        sdcs = "\(folder.path)/sdcs"
        let contrib = (Programs.samplePipelines as NSString).deletingLastPathComponent
        script = "\(contrib)/scripts/\(kind.script.name)"
        // What it starts has its output for as long as it lives.
        try Self.run([
            "/bin/sh", "-c",
            "\(settings) '\(script)' start '\(engine)' \(size ?? kind.script.size) > /dev/null 2>&1",
        ])
        let words = try String(contentsOfFile: "\(engine)/env.sh", encoding: .utf8)
            .split(whereSeparator: \.isWhitespace).map {
                $0.split(separator: "=", maxSplits: 1).map(String.init)
            }
        environment = Dictionary(
            words.filter { $0.count == 2 }.map { ($0[0], $0[1]) }, uniquingKeysWith: { $1 })
        for (sdc, site) in [
            ("SDC-FR", "site: {batch: {interval: 1, file_delay: 2, max_jobs: 20, \(batch)}}"),
            ("SDC-IT", ""),
        ] {
            try folder.write(
                """
                id: \(sdc)
                name: A private batch system
                country: FR
                cores: 8
                efficiency: 0.8
                storage: 1
                used: 0
                batch: \(kind.rawValue)
                \(site)
                """, to: "sdcs/\(sdc).yaml")
        }
    }

    deinit {
        _ = try? Self.run([script, "stop", engine])
    }

    /// Something else that the engine's script does.
    func tell(_ verb: String) throws { try Self.run([script, verb, engine]) }

    /// A command of the engine, and what it prints.
    @discardableResult
    func command(_ words: String...) throws -> String {
        try Self.run(["env"] + environment.map { "\($0.key)=\($0.value)" } + words)
    }

    @discardableResult
    private static func run(_ words: [String]) throws -> String {
        let end = try OutsideProgram(words).end()
        guard end.status == 0 else {
            throw ExecutionError(.host, "\(words): \(end.status) \(end.text)")
        }
        return end.text
    }
}
