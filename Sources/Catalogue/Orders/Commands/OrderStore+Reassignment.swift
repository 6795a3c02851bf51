public import GroundSegment
import PostgreSQL

extension OrderStore {
    /// Moves an order that its SDC cannot do to the other SDC of its item, which takes it as soon
    /// as its runner looks; the products are then replicated to the SDC that it came from.
    ///
    /// It changes the order alone: the item keeps its owners. A later publication leaves the order
    /// where it was moved to as long as the item keeps them, and otherwise replaces it.
    ///
    /// - Parameters:
    ///   - role: of the SDC that it is moved to: the secondary, or back to the primary.
    ///   - actor: who does it.
    ///   - reason: why; kept in the catalogue.
    ///   - isDryRun: whether only to say what would become of it.
    /// - Throws: `CatalogueError` of code `missingComment`, `unknownItem`, or `illegalChange` where
    ///   a runner has the order, it is completed or withdrawn, it is there already, or its item has
    ///   got other owners; `PostgreSQLError`.
    public func reassign(
        _ order: ID<ProcessingOrder>, to role: Role, by actor: String,
        because reason: String, isDryRun: Bool = false
    ) async throws -> Reassignment {
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw CatalogueError(
                .missingComment, "moving an order needs a reason: --reason TEXT")
        }
        return try await connection.transaction { connection in
            let found = try StoredOrder.lock(order, on: connection)
            try found.refuseMove(to: role, on: connection)
            if !isDryRun {
                try connection.query(
                    """
                    UPDATE sgs.processing_order SET state = 'ALLOCATED', sdc = replica_at,
                        replica_at = sdc, reassigned = NOT reassigned
                    WHERE processing_order = $1
                    """, found.key)
                try OrderEvent.record(
                    .reassign, of: found, by: actor, reason, to: found.replicaAt, on: connection)
                for sdc in [found.sdc, found.replicaAt] {
                    try OrderChannel.notify(sdc, on: connection)
                }
            }
            let runner = try connection.query(OrderSQL.runners, found.replicaAt.text).first
                .map(RegisteredRunner.init(row:))
            return Reassignment(
                order: order, survey: found.survey, from: found.sdc, to: found.replicaAt,
                state: found.state,
                absence: OrderReason.absence(of: runner, at: found.replicaAt))
        }
    }
}

extension StoredOrder {
    /// - Throws: `CatalogueError` of code `illegalChange` where it cannot be moved.
    fileprivate func refuseMove(
        to role: Role, on connection: isolated Connection
    ) throws {
        guard Reassignment.states.contains(state) else { throw refusal(stateSays) }
        guard isReassigned == (role == .primary) else {
            throw refusal("is at its item's \(role.rawValue), \(sdc), already")
        }
        let planned =
            isReassigned
            ? Assignment(primary: replicaAt, secondary: sdc)
            : Assignment(primary: sdc, secondary: replicaAt)
        guard let owners = try owners(on: connection) else {
            throw refusal("is of an item that no plan in force has")
        }
        guard owners == planned else {
            throw refusal(
                "was issued for \(planned.primary) and \(planned.secondary), and its item belongs "
                    + "to \(owners.primary) and \(owners.secondary) by now: publishing gives it "
                    + "another order")
        }
    }

    private func refusal(_ reason: String) -> CatalogueError {
        CatalogueError(.illegalChange, "processing order \(id) \(reason)")
    }

    private var stateSays: String {
        switch state {
        case .executing: "runs at \(sdc): sgs orders cancel stops it, then it can be moved"
        case .completed: "is COMPLETED: there is nothing left to do"
        case .withdrawn: "is WITHDRAWN: publishing gives its item another order"
        case .allocated, .error, .aborted: "is \(state.rawValue)"
        }
    }

    /// The owners of its item that are known now, the last ones; `nil` where it has none.
    private func owners(on connection: isolated Connection) throws -> Assignment? {
        try connection.query(
            """
            SELECT primary_sdc, secondary_sdc FROM sgs.assignment
            WHERE item = $1 AND is_current ORDER BY lower(validity) DESC LIMIT 1
            """, item
        ).first.map { row in
            try Assignment(
                validating: ID(row.decode("primary_sdc")), ID(row.decode("secondary_sdc")))
        }
    }
}
