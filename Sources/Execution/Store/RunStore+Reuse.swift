import Foundation
import GRDB
import GroundSegment

extension RunStore {
    /// An attempt that completed, with the files that it left.
    struct CompletedAttempt: Hashable, Sendable {
        /// `RUN/PATH#NUMBER`.
        let id: String
        let outputs: [StoredOutput]
    }

    /// The attempts that completed with this content key, the latest first, few of many.
    func completed(content key: String) async throws -> [CompletedAttempt] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT r.id, a.run, a.payload, a.path, a.number FROM attempt a
                    JOIN run r ON r.number = a.run
                    WHERE a.content_key = ? AND a.outcome = 'completed'
                    ORDER BY a.ended_at DESC LIMIT 16
                    """, arguments: [key]
            ).map { row in
                let number: Int = row["number"]
                let run: String = row["id"]
                let path: String = row["path"]
                let outputs = try Row.fetchAll(
                    database, sql: "SELECT * FROM output WHERE run = ? AND payload = ?",
                    arguments: [row["run"] as Int64, row["payload"] as Int])
                return CompletedAttempt(
                    id: "\(run)/\(path)#\(number)",
                    outputs: outputs.map { row in
                        StoredOutput(
                            payload: row["payload"], port: row["port"], path: row["path"],
                            digest: FileDigest(bytes: row["bytes"], sha256: row["sha256"]))
                    }.filter {
                        // The row is of the payload's last attempt, which may be a later one.
                        ($0.path as NSString).deletingLastPathComponent.hasSuffix(".\(number)")
                    })
            }
        }
    }
}
