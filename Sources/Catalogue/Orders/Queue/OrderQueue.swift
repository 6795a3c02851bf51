public import GroundSegment
public import PostgreSQL

/// The processing orders as the SDCs' runners see them.
public struct OrderQueue: Sendable {
    let connection: Connection
    /// What it takes and is told counts only while this is the newest lease; `nil` is without one.
    let lease: RunnerLease?

    public init(_ connection: Connection, lease: RunnerLease? = nil) {
        self.connection = connection
        self.lease = lease
    }

    /// Who serves which SDC, in the same session.
    public var registry: RunnerRegistry { RunnerRegistry(connection) }

    /// Takes orders that may run: the SDC's own, released, with every input made.  They become
    /// `executing`, and no other runner gets them.  Where several campaigns have some, each gets its
    /// share of the core-hours.
    ///
    /// - `limit`: how many at most.
    /// - `clock`: what is released later is left.
    /// - `runner`: who takes them, for the record.
    /// - `pipelines`: those of which none is taken.
    /// - Returns: by priority, then by release.
    /// - Throws: `CatalogueError` of code `runnerServes` where the lease was lost;
    ///   `PostgreSQLError`.
    public func take(
        sdc: ID<SDC>, limit: Int, clock: MJD, runner: String,
        leaving pipelines: Set<String> = []
    ) async throws -> [ProcessingOrder] {
        try await connection.transaction { [lease] connection in
            try lease?.check(on: connection)
            let shares = ShareTaking(
                sdc: sdc, limit: limit, clock: clock, runner: runner,
                pipelines: pipelines.sorted())
            let keys =
                try ShareTaking.isNeeded(sdc, on: connection)
                ? shares.take(on: connection)
                : connection.query(
                    OrderSQL.take, sdc.text, clock.posixSeconds, limit, runner,
                    pipelines.sorted()
                ).map { try $0.decode("processing_order", as: Int.self) }
            return try Self.orders(keys, on: connection)
        }
    }

    /// The orders that runners of the SDC have taken and not reported, for a runner that goes on
    /// after a crash; by priority, then by release.
    public func taken(sdc: ID<SDC>) async throws -> [ProcessingOrder] {
        try await connection.transaction { connection in
            let keys = try connection.query(
                "SELECT processing_order FROM sgs.processing_order WHERE sdc = $1 AND state = 'EXECUTING'",
                sdc.text
            ).map { try $0.decode("processing_order", as: Int.self) }
            return try Self.orders(keys, on: connection)
        }
    }

    /// How many orders the SDC has in each state; states without any are missing.
    public func counts(sdc: ID<SDC>) async throws -> [OrderState: Int] {
        let rows = try await connection.query(
            "SELECT state, count(*) AS n FROM sgs.processing_order WHERE sdc = $1 GROUP BY state",
            sdc.text)
        var counts: [OrderState: Int] = [:]
        for row in rows {
            counts[try OrderState(row: row)] = try row.decode("n")
        }
        return counts
    }

    /// The number of the SDC's orders that are due and will still run by themselves: those that
    /// execute, and those that are released and whose inputs are made or will be.
    ///
    /// What waits for an order that failed, was aborted, is held by its runner or is not yet due is
    /// blocked and does not count.  What waits for another SDC counts, whether or not that SDC's runner runs.
    ///
    /// - Parameter pipelines: those whose allocated orders do not count, because none is taken.
    public func waiting(
        sdc: ID<SDC>, clock: MJD, leaving pipelines: Set<String> = []
    ) async throws -> Int {
        try await connection.query(
            OrderSQL.waiting, sdc.text, clock.posixSeconds, pipelines.sorted())[0].decode("n")
    }

    /// The number of the SDC's orders of some pipelines that are released at `clock` and not taken,
    /// and wait for nothing that has failed.
    public func held(
        sdc: ID<SDC>, clock: MJD, pipelines: Set<String>
    ) async throws -> Int {
        try await connection.query(
            OrderSQL.held, sdc.text, clock.posixSeconds, pipelines.sorted())[0].decode("n")
    }

    /// What operators want of the orders that the SDC's runner has; all that it has, so that a
    /// message which was missed makes no difference.
    public func wishes(sdc: ID<SDC>) async throws -> [OrderWish] {
        try await connection.query(OrderSQL.wishes, sdc.text).map { row in
            OrderWish(
                order: ID(try row.decode("order_id")), priority: try row.decode("priority"),
                cancellation: try row.decode("cancellation"))
        }
    }

    /// The SDCs that may have got something to do, as it happens: at a publication, when a
    /// completed order releases others, and when an operator wants something.
    ///
    /// A message may be missed while no one listens; look once after beginning to listen.
    public func notifications() async throws
        -> AsyncThrowingMapSequence<AsyncThrowingStream<Notification, any Error>, ID<SDC>>
    {
        try await connection.listen(on: OrderChannel.name).map { ID<SDC>($0.payload) }
    }

    private static func orders(
        _ keys: [Int], on connection: isolated Connection
    ) throws -> [ProcessingOrder] {
        guard !keys.isEmpty else { return [] }
        var inputs: [Int: [OrderInput]] = [:]
        for row in try connection.query(OrderSQL.inputs, keys) {
            inputs[try row.decode("consumer"), default: []].append(
                OrderInput(
                    item: try ItemID(row: row), producer: ID(try row.decode("producer")),
                    volume: Terabytes(try row.decode("volume"))))
        }
        return try connection.query(OrderSQL.orders, keys).map { row in
            ProcessingOrder(
                id: ID(try row.decode("order_id")), survey: ID(try row.decode("survey")),
                item: try ItemID(row: row), pipeline: try row.decode("pipeline"),
                softwareRelease: try row.decode("software_release"), sdc: ID(try row.decode("sdc")),
                replicaAt: ID(try row.decode("replica_at")),
                inputs: inputs[try row.decode("processing_order")] ?? [],
                release: MJD(posixSeconds: try row.decode("release")),
                priority: try row.decode("priority"), task: try OrderTask(row: row))
        }
    }
}
