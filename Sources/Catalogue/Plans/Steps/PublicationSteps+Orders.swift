import GroundSegment
import PostgreSQL

extension PublicationSteps {
    /// Withdraws, keeps and creates orders as the distribution asks.
    ///
    /// - Parameter isRepeated: whether the same plan was published or withdrawn before.
    func issueOrders(
        isRepeated: Bool, on connection: isolated Connection
    ) throws -> Publication.OrderCounts {
        try connection.run(script: PublicationSQL.liveOrders)
        // A failover is made from what is in force, and leaves what is done where it is.
        if isRepeated, request.failoverOf == nil { try refuseFrozen(on: connection) }
        try settleRunning(on: connection)
        try connection.query(PublicationSQL.abortLost)
        try connection.query(PublicationSQL.retryFailed)
        let withdrawn = try connection.query(PublicationSQL.withdraw).affected
        try connection.query(PublicationSQL.reschedule)
        try connection.query(PublicationSQL.daily, request.author)
        try connection.query(PublicationSQL.touchCampaigns)
        let created = try connection.query(PublicationSQL.createOrders).affected
        try connection.query(PublicationSQL.createInputs)
        let live = try connection.query(
            """
            SELECT count(*) FILTER (WHERE fate = 'kept') AS kept,
                count(*) FILTER (WHERE fate IN ('untouched', 'overtaken')) AS untouched,
                count(*) FILTER (WHERE fate = 'overtaken') AS overtaken,
                count(*) FILTER (WHERE fate = 'kept' AND l.reassigned) AS reassigned,
                count(*) FILTER (WHERE fate = 'replaced' AND l.reassigned) AS returned,
                count(*) FILTER (WHERE fate = 'lost') AS taken_over
            FROM live JOIN locked l USING (processing_order)
            """)[0]
        return Publication.OrderCounts(
            created: created, kept: try live.decode("kept"), withdrawn: withdrawn,
            untouched: try live.decode("untouched"), overtaken: try live.decode("overtaken"),
            reassigned: try live.decode("reassigned"), returned: try live.decode("returned"),
            takenOver: try live.decode("taken_over"))
    }

    /// What a runner has done stays where it was done: a plan of before that says otherwise is
    /// no longer right.
    private func refuseFrozen(on connection: isolated Connection) throws {
        guard let done = try OrdersInTheWay(row: connection.query(PublicationSQL.frozen)[0])
        else { return }
        throw CatalogueError(
            .stale,
            "\(done.count) items are frozen, because runners have taken their orders, and would "
                + "move or be dropped, such as that of \(done.first) at \(done.sdc): plan again")
    }

    /// Marks, or refuses to leave behind, the orders that runners have of items that move.
    private func settleRunning(on connection: isolated Connection) throws {
        switch request.running {
        case .keep: try connection.query(PublicationSQL.overtake)
        case .refuse:
            try OrdersInTheWay.refuseRunning(
                PublicationSQL.overtaken, of: "items that would move or be dropped",
                on: connection)
        }
    }
}
