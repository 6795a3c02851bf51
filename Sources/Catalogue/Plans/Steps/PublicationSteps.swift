import GroundSegment
import PostgreSQL

/// The steps of one publication, within its transaction: its life, its rows, its orders.
struct PublicationSteps: Sendable {
    let distribution: Distribution
    let request: PublicationRequest

    func run(on connection: isolated Connection) throws -> PublicationResult {
        try PlanStore.require(request.comment, for: "a publication")
        try PlanStore.lock(distribution.survey, on: connection)
        let survey = distribution.survey
        if let current = try PublishedPlan.inForce(request.digest, survey: survey, on: connection) {
            return .alreadyPublished(current)
        }
        let former = try StoredDistribution.former(
            request.digest, survey: survey, on: connection)
        if let former, !request.again { throw former.refusal(of: "published") }
        let approved = try approvedDistribution(after: former, on: connection)
        let stored = try approved.change(
            by: .publish, actor: request.author, comment: request.comment, on: connection)
        try registerCentres(on: connection)
        try beginStaging(stored, on: connection)
        try stage(on: connection)
        try connection.run(script: PublicationSQL.items)
        try refuseStrayOverlaps(on: connection)
        try refuseOtherAreas(on: connection)
        try connection.run(script: PublicationSQL.areas)
        try connection.run(script: PublicationSQL.dropped)
        try connection.run(script: PublicationSQL.touched)
        try connection.run(script: PublicationSQL.ownership)
        try connection.run(script: PublicationSQL.changes)
        let changed = try countChanges(connection)
        if request.onlyIfChanged, changed.isEmpty,
            let newest = try StoredDistribution.newest(
                of: survey, meeting: distribution, before: stored, on: connection)?.revision
        {
            return .sameAssignments(revision: newest)
        }
        try recordLoads(of: stored, on: connection)
        let orders = try issueOrders(isRepeated: former != nil, on: connection)
        for former in try StoredDistribution.superseded(by: stored, on: connection) {
            _ = try former.change(
                by: .supersede, actor: request.author, comment: request.comment, on: connection)
        }
        try connection.run(script: PublicationSQL.analyze)
        for sdc in distribution.sdcs { try OrderChannel.notify(sdc.id, on: connection) }
        try PublicationChannel.notify(distribution.survey.text, on: connection)
        return .published(
            Publication(
                revision: stored.revision ?? 0, orders: orders, changed: changed))
    }

    private func countChanges(_ connection: isolated Connection) throws -> Publication.ChangeCounts
    {
        let row = try connection.query(
            """
            SELECT count(*) FILTER (WHERE c.previous_primary IS NULL) AS new,
                count(*) FILTER (WHERE c.primary_sdc IS NULL) AS dropped,
                count(*) FILTER (
                    WHERE c.previous_primary IS NOT NULL AND c.primary_sdc IS NOT NULL) AS moved
            FROM sgs.ownership_change c JOIN publication USING (distribution)
            """)[0]
        return Publication.ChangeCounts(
            new: try row.decode("new"), moved: try row.decode("moved"),
            dropped: try row.decode("dropped"))
    }

    private func registerCentres(on connection: isolated Connection) throws {
        for sdc in distribution.sdcs {
            try connection.query(
                """
                INSERT INTO sgs.sdc (id, name) VALUES ($1, $2)
                ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE sdc.name <> excluded.name
                """, sdc.id.text, sdc.name)
        }
    }

    /// Makes the temporary tables; `publication` has the one row that the later steps read.
    private func beginStaging(
        _ stored: StoredDistribution, on connection: isolated Connection
    ) throws {
        try connection.run(script: PublicationSQL.staging)
        try connection.query(
            """
            INSERT INTO publication
            SELECT distribution, survey, lower(period), upper(period), published_at,
                left(digest, 8) || CASE WHEN again THEN '.' || revision ELSE '' END, $2, $3, $4
            FROM sgs.distribution WHERE distribution = $1
            """, stored.key, request.softwareRelease, request.priority,
            request.takesOver ? request.failoverOf?.text : nil)
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
}
