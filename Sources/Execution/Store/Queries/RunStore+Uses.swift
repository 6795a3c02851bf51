import GRDB
public import GroundSegment
import Workflows

extension RunStore {
    /// Adds what attempts were given and used that have ended since an instant, or ever.
    public func tally(_ tally: UseTally, since: MJD?) async throws -> UseTally {
        try await read { database in
            var tally = tally
            var names: [Int64: ExecutableNames] = [:]
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT r.graph, r.pipeline, a.path, a.outcome = 'completed', a.cores,
                        a.memory_mib, a.walltime_s, a.started_at, a.ended_at,
                        a.user_seconds + a.system_seconds, max(a.peak_kib, a.tree_kib)
                    FROM run r JOIN attempt a ON a.run = r.number
                    WHERE a.outcome <> 'lost' AND (?1 IS NULL OR a.ended_at >= ?1)
                    """, arguments: [since?.days])
            while let row = try rows.next() {
                let graph: Int64 = row[0]
                if names[graph] == nil {
                    names[graph] = ExecutableNames(try Self.graph(graph, database))
                }
                let (started, ended): (Double, Double) = (row[7], row[8])
                tally.add(
                    AttemptUse(
                        executable: names[graph]?.name(ofPath: row[2]) ?? "", pipeline: row[1],
                        hasCompleted: row[3], cores: row[4], memory: row[5], walltime: row[6],
                        ended: MJD(ended), seconds: max(0, (ended - started) * 86400),
                        cpuSeconds: row[9], peak: Words.mebibytes(kib: row[10])))
            }
            return tally
        }
    }
}

/// The executables of a graph's payloads, by the payloads' paths.
private struct ExecutableNames {
    private let byLabel: [String: String]
    private var byPath: [String: String] = [:]

    /// Paths that are remembered; those of a wide node are many and seldom come again.
    private static let mostPaths = 10_000

    init(_ graph: Graph) {
        byLabel = Dictionary(
            graph.summary.nodes.compactMap { node in node.executable.map { (node.path, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// A payload that another one asked for is in no graph: it is known by its node's path.
    mutating func name(ofPath path: String) -> String {
        if let known = byPath[path] { return known }
        let label = RunStore.label(ofPath: path)
        let name = byLabel[label] ?? label
        if byPath.count < Self.mostPaths { byPath[path] = name }
        return name
    }
}
