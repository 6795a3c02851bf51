import GRDB
import GroundSegment

/// How long the completed payloads of a node took.
public struct MeasuredWalltimes: Hashable, Sendable, Encodable {
    public let runs: Int
    public let payloads: Int
    /// What 95 % of them did not exceed (nearest rank), seconds.
    public let seconds: Double

    private enum CodingKeys: String, CodingKey {
        case runs, payloads
        case seconds = "percentile_95_s"
    }
}

extension RunStore {
    /// How long the payloads of a pipeline's runs took, by their nodes' labels; of those that
    /// completed the last, `mostMeasures` of all labels together.
    public func walltimes(of pipeline: String) async throws -> [String: MeasuredWalltimes] {
        try await read { database in
            var runs: [String: Set<Int64>] = [:]
            var seconds: [String: [Double]] = [:]
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT a.run, a.path, a.started_at, a.ended_at FROM attempt a
                    JOIN run r ON r.number = a.run
                    WHERE r.pipeline = ? AND a.outcome = 'completed'
                    ORDER BY a.ended_at DESC LIMIT \(Self.mostMeasures)
                    """, arguments: [pipeline])
            while let row = try rows.next() {
                let (started, ended): (Double, Double) = (row["started_at"], row["ended_at"])
                let label = Self.label(ofPath: row["path"])
                runs[label, default: []].insert(row["run"])
                seconds[label, default: []].append(max(0, (ended - started) * 86400))
            }
            return seconds.compactMapValues { values in
                Scouts.upper(19, of: 20, values).map { (values.count, $0) }
            }.reduce(into: [:]) { found, entry in
                found[entry.key] = MeasuredWalltimes(
                    runs: runs[entry.key]?.count ?? 0, payloads: entry.value.0,
                    seconds: entry.value.1)
            }
        }
    }

    private static let mostMeasures = 100_000

    /// The label of the node of a payload at this path: `correct.iterations.3.flat` is one of
    /// `correct.flat`.
    static func label(ofPath path: String) -> String {
        var names: [Substring] = []
        for part in path.split(separator: ".") {
            if names.last == "iterations", names.count > 1, part.allSatisfy(\.isNumber) {
                names.removeLast()
            } else {
                names.append(part)
            }
        }
        return names.joined(separator: ".")
    }
}
