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
        let withdrawn = try connection.query(PublicationSQL.withdraw).affected
        try connection.query(PublicationSQL.reschedule)
        let created = try connection.query(PublicationSQL.createOrders).affected
        try connection.query(PublicationSQL.createInputs)
        let live = try connection.query(
            """
            SELECT count(*) FILTER (WHERE fate = 'kept') AS kept,
                count(*) FILTER (WHERE fate IN ('untouched', 'overtaken')) AS untouched,
                count(*) FILTER (WHERE fate = 'overtaken') AS overtaken
            FROM live
            """)[0]
        return Publication.OrderCounts(
            created: created, kept: try live.decode("kept"), withdrawn: withdrawn,
            untouched: try live.decode("untouched"), overtaken: try live.decode("overtaken"))
    }

    /// What a runner has done stays where it was done: a plan of before that says otherwise is
    /// no longer right.
    private func refuseFrozen(on connection: isolated Connection) throws {
        let row = try connection.query(PublicationSQL.frozen)[0]
        let count = try row.decode("orders", as: Int.self)
        guard count > 0 else { return }
        throw CatalogueError(
            .stale,
            "\(count) items are frozen, because runners have taken their orders, and would move or "
                + "be dropped, such as that of \(try row.decode("id", as: String.self)) at "
                + "\(try row.decode("sdc", as: String.self)): plan again")
    }

    /// Marks, or refuses to leave behind, the orders that runners have of items that move.
    private func settleRunning(on connection: isolated Connection) throws {
        switch request.running {
        case .keep: try connection.query(PublicationSQL.overtake)
        case .refuse:
            let row = try connection.query(PublicationSQL.overtaken)[0]
            let count = try row.decode("orders", as: Int.self)
            guard count > 0 else { return }
            throw CatalogueError(
                .ordersRunning,
                "runners have \(count) orders of items that would move or be dropped, such as "
                    + "\(try row.decode("id", as: String.self)) at "
                    + "\(try row.decode("sdc", as: String.self)): wait until they have ended, or "
                    + "let them end there with --running keep")
        }
    }
}
