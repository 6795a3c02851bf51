import ArgumentParser
import Commands
import Documents
import Execution
import Files
import Foundation
import Workflows

/// What a submission goes through before its run begins, in this order.
enum SubmissionPhase: String, ExpressibleByArgument, CaseIterable, Comparable {
    /// The graph as the file, or the folder of pipelines, describes it.
    case acquire
    /// How its payloads are put together.
    case cluster
    /// The graph with all that holds for its nodes: policies, resources, clusters.
    case transform
    /// The payloads that there will be.
    case prepare

    static func < (one: SubmissionPhase, other: SubmissionPhase) -> Bool {
        let all = allCases
        return (all.firstIndex(of: one) ?? 0) < (all.firstIndex(of: other) ?? 0)
    }

    var file: String { "\(rawValue).json" }
}

/// A folder that has a submission and the results of its phases, a file each, which may be looked at
/// and changed before it goes on.
struct PhaseFolder {
    let path: String

    private static let submission = "submission.json"

    /// The results of all phases, as the files say them.
    struct Results {
        let acquired: Graph
        let clusters: GraphClusters
        let transformed: Graph
        private let files: [String: [String]]

        var prepared: RunForecast { RunForecast(transformed, files: files) }

        /// From the graph on.
        ///
        /// - Parameter cluster: for nodes that say nothing.
        init(_ graph: Graph, files: [String: [String]], cluster: ClusterTerms?) {
            self.init(graph, GraphClusters(graph, standard: cluster), files)
        }

        init(_ graph: Graph, _ clusters: GraphClusters, _ files: [String: [String]]) {
            self.init(graph, clusters, graph.clustered(clusters), files)
        }

        init(
            _ graph: Graph, _ clusters: GraphClusters, _ transformed: Graph,
            _ files: [String: [String]]
        ) {
            acquired = graph
            self.clusters = clusters
            self.transformed = transformed
            self.files = files
        }

        /// The text of a phase's file.
        func text(_ phase: SubmissionPhase) throws -> String {
            switch phase {
            case .acquire: acquired.documentInLines
            case .cluster: clusters.document(of: acquired)
            case .transform: transformed.wholeDocument
            case .prepare: try Self.json(prepared)
            }
        }

        fileprivate static func json(_ value: some Encodable) throws -> String {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
        }
    }

    /// Writes a submission and the results up to a phase; those of later ones are removed.
    ///
    /// - Throws: `CommandError` where the folder cannot be written.
    func write(_ submission: Submission, _ results: Results, upTo last: SubmissionPhase) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true)
            try write(try Results.json(submission), to: Self.submission)
            for phase in SubmissionPhase.allCases {
                if phase <= last {
                    try write(try results.text(phase), to: phase.file)
                } else {
                    try? FileManager.default.removeItem(atPath: "\(path)/\(phase.file)")
                }
            }
        } catch {
            throw CommandError(.cannotWrite, "\(path): \(error.localizedDescription)")
        }
    }

    private func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"), options: .atomic)
    }

    /// Reads the submission and the results up to a phase, each checked again, and does the later
    /// phases.
    ///
    /// - Throws: `CommandError` of bad input with all faults of a file that has some.
    func read(from phase: SubmissionPhase) throws -> (submission: Submission, results: Results) {
        guard
            let submission = try? JSONDecoder().decode(
                Submission.self, from: try bytes(Self.submission))
        else {
            throw CommandError(
                .badInput,
                "\(path)/\(Self.submission): found no submission, expected what "
                    + "--stop-after has written")
        }
        let files = submission.inputs
        do throws(WorkflowError) {
            let acquired = try graph(.acquire)
            guard phase >= .cluster else {
                return (submission, Results(acquired, files: files, cluster: submission.cluster))
            }
            let clusters = try GraphClusters(
                try file(.cluster), file: "\(path)/\(SubmissionPhase.cluster.file)", of: acquired)
            // What the submission said of clusters is in the files now.
            guard phase >= .transform else {
                return (submission.asItsGraphSays, Results(acquired, clusters, files))
            }
            let results = Results(acquired, clusters, try graph(.transform), files)
            if phase == .prepare { try check(results) }
            return (submission.asItsGraphSays, results)
        } catch {
            throw CommandError(error)
        }
    }

    private func graph(_ phase: SubmissionPhase) throws(WorkflowError) -> Graph {
        try Graph(
            document: String(decoding: try file(phase), as: UTF8.self),
            file: "\(path)/\(phase.file)")
    }

    private func file(_ phase: SubmissionPhase) throws(WorkflowError) -> Data {
        do throws(FileError) {
            return try bytes(phase.file)
        } catch {
            throw WorkflowError(
                .badGraph, file: "\(path)/\(phase.file)",
                [
                    Diagnostic(
                        file: "\(path)/\(phase.file)", found: error.found,
                        expected: "the result of the phase \(phase.rawValue)")
                ])
        }
    }

    private func bytes(_ name: String) throws(FileError) -> Data {
        try RegularFile.contents(of: "\(path)/\(name)", limit: 100_000_000)
    }

    /// What was prepared has to be what follows now.
    private func check(_ results: Results) throws(WorkflowError) {
        let written = try file(.prepare)
        let now = (try? results.text(.prepare)).map { Data($0.utf8) } ?? Data()
        guard let one = try? JSONSerialization.jsonObject(with: written) as? NSDictionary,
            let other = try? JSONSerialization.jsonObject(with: now) as? NSDictionary, one == other
        else {
            throw WorkflowError(
                .badGraph, file: "\(path)/\(SubmissionPhase.prepare.file)",
                [
                    Diagnostic(
                        file: "\(path)/\(SubmissionPhase.prepare.file)",
                        found: "other payloads than transform.json gives",
                        expected: "those; --from transform prepares it anew")
                ])
        }
    }
}

extension Submission {
    /// The same, whose payloads are put together as its graph alone says.
    fileprivate var asItsGraphSays: Submission {
        Submission(
            id: id, pipeline: pipeline, inputs: inputs, softwareRelease: softwareRelease,
            priority: priority, user: user, project: project, campaign: campaign,
            isForced: isForced, share: share)
    }
}
