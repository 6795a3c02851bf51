public import GroundSegment
public import PostgreSQL

/// The self-tests that the runners of SDCs are asked for.
public struct SelfTestStore: Sendable {
    private let connection: Connection
    private let lease: RunnerLease?

    public init(_ connection: Connection, lease: RunnerLease? = nil) {
        self.connection = connection
        self.lease = lease
    }

    /// Asks the runners of SDCs, or of all that the catalogue has; those whose self-test has not
    /// ended are left as they are.
    ///
    /// - Returns: the SDCs, and whether each was asked now.
    /// - Throws: `CatalogueError` of code `unknownItem` where an SDC is unknown, and none is asked;
    ///   `PostgreSQLError`.
    public func issue(
        to sdcs: [ID<SDC>] = [], by actor: String
    ) async throws -> [(sdc: ID<SDC>, isNew: Bool)] {
        try await connection.transaction { connection in
            let known = try connection.query("SELECT id FROM sgs.sdc ORDER BY id").map {
                ID<SDC>(try $0.decode("id"))
            }
            let unknown = Set(sdcs).subtracting(known).sorted()
            guard unknown.isEmpty, !known.isEmpty else {
                let names = known.map(\.text).joined(separator: ", ")
                throw CatalogueError(
                    .unknownItem,
                    unknown.isEmpty
                        ? "the catalogue has no SDC; publish a distribution first"
                        : "no SDC \(unknown.map(\.text).joined(separator: ", ")) in the catalogue, "
                            + "which has \(names)")
            }
            return try (sdcs.isEmpty ? known : Set(sdcs).sorted()).map { sdc in
                let issued = try connection.query(
                    """
                    INSERT INTO sgs.self_test (sdc, issued_by) VALUES ($1, $2)
                    ON CONFLICT (sdc) WHERE ended_at IS NULL DO NOTHING
                    """, sdc.text, actor)
                if issued.affected > 0 { try OrderChannel.notify(sdc, on: connection) }
                return (sdc, issued.affected > 0)
            }
        }
    }

    /// Takes the self-test that the SDC's runner is asked for, also one that an earlier runner
    /// took and did not end; `nil` where there is none.
    ///
    /// - Throws: `CatalogueError` of code `runnerServes` where the lease was lost;
    ///   `PostgreSQLError`.
    public func take(sdc: ID<SDC>, runner: String) async throws -> Int? {
        try await connection.transaction { [lease] connection in
            try lease?.check(on: connection)
            return try connection.query(
                """
                UPDATE sgs.self_test
                SET state = 'EXECUTING', runner = $2, started_at = clock_timestamp()
                WHERE sdc = $1 AND ended_at IS NULL RETURNING self_test
                """, sdc.text, runner
            ).first?.decode("self_test")
        }
    }

    /// Records what was found; what has ended already stays.
    ///
    /// - Throws: as `take` does.
    public func report(_ test: Int, _ report: SelfTestReport) async throws {
        try await connection.transaction { [lease] connection in
            try lease?.check(on: connection)
            try connection.query(
                """
                UPDATE sgs.self_test
                SET state = $2, started_at = to_timestamp($3), ended_at = to_timestamp($4),
                    digest = $5, features = $6::text::jsonb, message = $7
                WHERE self_test = $1 AND ended_at IS NULL
                """, test, (report.isOK ? OrderState.completed : .error).rawValue,
                report.window.start.posixSeconds, report.window.end.posixSeconds, report.digest,
                try OrderedSelfTest.document(report.features), report.message)
        }
    }

    /// The last self-test of each SDC, by SDC; `nil` where it was never asked for one.
    public func latest() async throws -> [(sdc: ID<SDC>, test: OrderedSelfTest?)] {
        try await connection.query(
            """
            SELECT DISTINCT ON (s.id) s.id AS sdc, t.state, t.issued_by, t.runner, t.digest,
                t.features::text AS features, t.message,
                extract(epoch FROM t.issued_at)::float8 AS issued_at,
                extract(epoch FROM t.started_at)::float8 AS started_at,
                extract(epoch FROM t.ended_at)::float8 AS ended_at
            FROM sgs.sdc s LEFT JOIN sgs.self_test t ON t.sdc = s.id
            ORDER BY s.id, t.self_test DESC
            """
        ).map { (ID(try $0.decode("sdc")), try OrderedSelfTest(row: $0)) }
    }
}

extension OrderQueue {
    /// The self-tests, in the same session and under the same lease.
    public var selfTests: SelfTestStore { SelfTestStore(connection, lease: lease) }
}
