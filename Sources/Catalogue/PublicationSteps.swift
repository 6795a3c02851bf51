import GroundSegment
import PostgreSQL

/// The steps of one publication, within its transaction.
struct PublicationSteps: Sendable {
    let distribution: Distribution
    let request: PublicationRequest

    func run(on connection: isolated Connection) throws -> Publication {
        try registerNames(on: connection)
        let revision = try insertDistribution(on: connection)
        try stage(on: connection)
        try connection.run(script: PublicationSQL.items)
        try refuseStrayOverlaps(on: connection)
        try refuseOtherAreas(on: connection)
        try connection.run(script: PublicationSQL.areas)
        try connection.run(script: PublicationSQL.dropped)
        try connection.run(script: PublicationSQL.ownership)
        try connection.run(script: PublicationSQL.changes)
        try recordLoads(on: connection)
        let orders = try issueOrders(on: connection)
        try connection.run(script: PublicationSQL.supersede)
        try connection.run(script: PublicationSQL.analyze)
        for sdc in distribution.sdcs { try OrderChannel.notify(sdc.id, on: connection) }
        try PublicationChannel.notify(distribution.survey.text, on: connection)
        return Publication(revision: revision, orders: orders)
    }

    private func registerNames(on connection: isolated Connection) throws {
        try connection.query(
            "INSERT INTO sgs.survey VALUES ($1) ON CONFLICT DO NOTHING", distribution.survey.text)
        for sdc in distribution.sdcs {
            try connection.query(
                """
                INSERT INTO sgs.sdc (id, name) VALUES ($1, $2)
                ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE sdc.name <> excluded.name
                """, sdc.id.text, sdc.name)
        }
    }

    /// Also makes the temporary table `publication`, whose one row the later steps read.
    private func insertDistribution(on connection: isolated Connection) throws -> Int {
        let period = distribution.buckets.period
        let inserted = try connection.query(
            """
            INSERT INTO sgs.distribution (
                survey, revision, name, digest, period, bucket_days, observation_tb, tile_tb,
                published_at, author, comment, plan)
            SELECT $1, coalesce(max(revision), 0) + 1, $2, $3,
                tstzrange(to_timestamp($4), to_timestamp($5)), $6, $7, $8,
                greatest(clock_timestamp(), max(published_at) + interval '1 microsecond'),
                $9, $10, $11
            FROM sgs.distribution WHERE survey = $1
            RETURNING distribution, revision
            """,
            distribution.survey.text, distribution.name, request.digest,
            period.start.posixSeconds, period.end.posixSeconds, distribution.buckets.length,
            distribution.processing.observationVolume.value,
            distribution.processing.tileVolume.value, request.author, request.comment,
            request.planJSON)
        try connection.run(script: PublicationSQL.staging)
        try connection.query(
            """
            INSERT INTO publication
            SELECT distribution, survey, lower(period), upper(period), published_at, left(digest, 8),
                $2, $3
            FROM sgs.distribution WHERE distribution = $1
            """, inserted[0].decode("distribution", as: Int.self), request.softwareRelease,
            request.priority)
        return try inserted[0].decode("revision")
    }

    private func refuseStrayOverlaps(on connection: isolated Connection) throws {
        let row = try connection.query(PublicationSQL.strayOverlap)[0]
        guard let stray = try row.decode("stray", as: [String]?.self) else { return }
        throw CatalogueError(
            .invalidDistribution,
            "the distribution \(distribution.name) says that observation \(stray[1]) overlaps "
                + "tile \(stray[0]), and does not assign both")
    }

    private func refuseOtherAreas(on connection: isolated Connection) throws {
        let row = try connection.query(PublicationSQL.otherAreas)[0]
        guard let tile = try row.decode("id", as: String?.self) else { return }
        let others = try row.decode("tiles", as: Int.self) - 1
        throw CatalogueError(
            .invalidDistribution,
            "tile \(tile) of survey \(distribution.survey) has another inner area than the one "
                + "published before, as have \(others) more: a survey's tiles never change, name "
                + "another survey")
    }

    private func issueOrders(on connection: isolated Connection) throws -> Publication.OrderCounts {
        try connection.run(script: PublicationSQL.liveOrders)
        let withdrawn = try connection.query(PublicationSQL.withdraw).affected
        try connection.query(PublicationSQL.reschedule)
        let created = try connection.query(PublicationSQL.createOrders).affected
        try connection.query(PublicationSQL.createInputs)
        let live = try connection.query(
            """
            SELECT count(*) FILTER (WHERE fate = 'kept') AS kept,
                count(*) FILTER (WHERE fate = 'untouched') AS untouched FROM live
            """)[0]
        return Publication.OrderCounts(
            created: created, kept: try live.decode("kept"), withdrawn: withdrawn,
            untouched: try live.decode("untouched"))
    }
}
