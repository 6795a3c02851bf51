public import GroundSegment
public import PostgreSQL

/// Which runner serves which SDC.
public struct RunnerRegistry: Sendable {
    private let connection: Connection

    public init(_ connection: Connection) {
        self.connection = connection
    }

    /// Seconds for which a runner may be silent before another one may take its place.
    public static let usualLease = 60.0

    /// Makes sure that the catalogue knows an SDC; one without any SDC knows nothing better.
    ///
    /// - Throws: `CatalogueError` of code `unknownItem` where it knows others.
    public func check(_ sdc: ID<SDC>) async throws {
        let known = try await connection.query("SELECT id FROM sgs.sdc ORDER BY id")
            .map { try $0.decode("id", as: String.self) }
        guard known.isEmpty || known.contains(sdc.text) else {
            throw CatalogueError(
                .unknownItem,
                "\(sdc) is not in the catalogue; known are \(known.joined(separator: ", "))")
        }
    }

    /// Gives a runner the lease of an SDC: where nobody has it, where it has ended or run out, and
    /// where the same host and folder had it, for a folder has one runner at a time.
    ///
    /// - `folder`: where the runner keeps its state on its host.
    /// - `seconds`: how long it may be silent.
    /// - Throws: `CatalogueError` of code `runnerServes` where another runner has it.
    public func register(
        sdc: ID<SDC>, host: String, folder: String, process: Int,
        lease seconds: Double = usualLease
    ) async throws -> RunnerLease {
        try await connection.transaction { connection in
            let rows = try connection.query(
                OrderSQL.register, sdc.text, host, folder, process, seconds)
            guard let row = rows.first else { throw try Self.held(sdc, on: connection) }
            return RunnerLease(sdc: sdc, token: try row.decode("token"))
        }
    }

    /// A sign of the runner that has a lease.
    ///
    /// - Throws: `CatalogueError` of code `runnerServes` where another runner has got it.
    public func renew(_ lease: RunnerLease) async throws {
        try await connection.transaction { connection in
            let renewed = try connection.query(
                """
                UPDATE sgs.runner SET last_sign = greatest(last_sign, clock_timestamp())
                WHERE sdc = $1 AND token = $2 AND ended_at IS NULL
                """, lease.sdc.text, lease.token)
            guard renewed.affected > 0 else { throw try Self.held(lease.sdc, on: connection) }
        }
    }

    /// Tells which pipelines a runner starts no orders of, and why.
    ///
    /// - Parameter reasons: by pipeline.
    /// - Throws: `CatalogueError` of code `runnerServes` where another runner has got the lease.
    public func hold(_ reasons: [String: String], _ lease: RunnerLease) async throws {
        let sorted = reasons.sorted { $0.key < $1.key }
        try await connection.transaction { connection in
            let told = try connection.query(
                """
                UPDATE sgs.runner SET held_pipelines = $3, held_reasons = $4
                WHERE sdc = $1 AND token = $2 AND ended_at IS NULL
                """, lease.sdc.text, lease.token, sorted.map(\.key), sorted.map(\.value))
            guard told.affected > 0 else { throw try Self.held(lease.sdc, on: connection) }
        }
    }

    /// Gives a lease back; one that somebody else has got is left.
    public func end(_ lease: RunnerLease) async throws {
        try await connection.query(
            """
            UPDATE sgs.runner SET ended_at = clock_timestamp()
            WHERE sdc = $1 AND token = $2 AND ended_at IS NULL
            """, lease.sdc.text, lease.token)
    }

    /// The runners of all SDCs that have had one, by SDC, or of one.
    public func runners(sdc: ID<SDC>? = nil) async throws -> [RegisteredRunner] {
        try await connection.query(OrderSQL.runners, sdc?.text).map(RegisteredRunner.init(row:))
    }

    static func held(
        _ sdc: ID<SDC>, on connection: isolated Connection
    ) throws -> CatalogueError {
        guard
            let runner = try connection.query(OrderSQL.runners, sdc.text).first
                .map(RegisteredRunner.init(row:))
        else { return CatalogueError(.runnerServes, "no runner of \(sdc) is registered") }
        return CatalogueError(
            .runnerServes,
            "another runner serves \(sdc): process \(runner.process) on \(runner.host), state in "
                + "\(runner.folder), since \(runner.since), last heard of at \(runner.lastSign)")
    }
}
