import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

/// Readers at the time of a publication.
@Suite struct StoredDistributionTests {
    private static let count = 120

    private static func distribution(_ primary: ID<SDC>) -> Distribution {
        Sample.distribution(
            "all at \(primary)",
            observations: (1...count).map { Sample.observation("\($0)", primary: primary) },
            tiles: (1...count).map {
                Sample.tile("T\($0)", primary: primary, observations: ["\($0)"])
            })
    }

    /// The primaries that one reader sees in one look.
    private static func seen(_ connection: Connection) async throws -> [String] {
        try await connection.query(
            """
            SELECT primary_sdc || ' ' || count(*) || ' ' || count(DISTINCT digest) AS seen FROM (
                SELECT primary_sdc, digest FROM sgs.tile_ownership
                UNION ALL SELECT primary_sdc, digest FROM sgs.observation_ownership) all_items
            GROUP BY primary_sdc ORDER BY 1
            """
        ).map { try $0.decode("seen", as: String.self) }
    }

    private static let old = ["SDC-FR \(2 * count) 1"]
    private static let new = ["SDC-IT \(2 * count) 1"]

    @Test("twenty readers see the old or the new distribution, whole, while it is published")
    func whole() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let publisher = try await Connection.open(url)
            let store = PlanStore(publisher)
            _ = try await store.publish(Self.distribution("SDC-FR"), Sample.request(1))
            let looks = try await withThrowingTaskGroup(of: Set<[String]>.self) { group in
                for _ in 1...20 {
                    group.addTask {
                        let connection = try await Connection.open(url)
                        var seen: Set<[String]> = []
                        while !seen.contains(Self.new) {
                            seen.insert(try await Self.seen(connection))
                        }
                        await connection.close()
                        return seen
                    }
                }
                group.addTask {
                    _ = try await store.publish(Self.distribution("SDC-IT"), Sample.request(2))
                    return []
                }
                return try await group.reduce(into: Set<[String]>()) { $0.formUnion($1) }
            }
            #expect(looks.isSubset(of: [Self.old, Self.new]))
            #expect(looks.contains(Self.new))
        }
    }

    @Test("while a publication is half written, readers still see all of the old one")
    func halfWritten() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let reader = try await Connection.open(url)
            let publisher = try await Connection.open(url)
            _ = try await PlanStore(reader).publish(
                Self.distribution("SDC-FR"), Sample.request(1))
            let blocker = try await Connection.open(url)
            try await blocker.run(
                script: "BEGIN; LOCK TABLE sgs.processing_order IN EXCLUSIVE MODE")
            async let publication = PlanStore(publisher).publish(
                Self.distribution("SDC-IT"), Sample.request(2))
            try await waitUntil {
                try await blocker.count(
                    """
                    SELECT count(*) AS n FROM pg_stat_activity
                    WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))
                    """) == 1
            }
            #expect(try await Self.seen(reader) == Self.old)
            try await blocker.run(script: "COMMIT")
            _ = try await publication
            #expect(try await Self.seen(reader) == Self.new)
        }
    }
}
