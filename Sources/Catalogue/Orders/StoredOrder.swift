import GroundSegment
import PostgreSQL

/// An order's row, locked until the transaction ends.
struct StoredOrder {
    let key: Int
    let id: ID<ProcessingOrder>
    let survey: ID<SurveyPlan>
    let item: Int
    /// 0 for the daily processing, else the key of the campaign's task that it is a job of.
    let lane: Int
    let sdc: ID<SDC>
    let replicaAt: ID<SDC>
    /// Whether an operator moved it to the SDC that it was to be replicated to.
    let isReassigned: Bool
    let state: OrderState
    /// How often a runner has taken it.
    let taken: Int

    /// - Throws: `CatalogueError` of code `unknownItem`.
    static func lock(
        _ order: ID<ProcessingOrder>, on connection: isolated Connection
    ) throws -> StoredOrder {
        let rows = try connection.query(
            """
            SELECT o.processing_order, o.item, o.lane, i.survey, o.sdc, o.replica_at, o.reassigned, o.state,
                o.taken
            FROM sgs.processing_order o JOIN sgs.item i USING (item)
            WHERE o.id = $1 FOR UPDATE OF o
            """, order.text)
        guard let row = rows.first else {
            throw CatalogueError(.unknownItem, "there is no processing order \(order)")
        }
        return StoredOrder(
            key: try row.decode("processing_order"), id: order,
            survey: ID(try row.decode("survey")),
            item: try row.decode("item"), lane: try row.decode("lane"),
            sdc: ID(try row.decode("sdc")),
            replicaAt: ID(try row.decode("replica_at")),
            isReassigned: try row.decode("reassigned"),
            state: try OrderState(row: row),
            taken: try row.decode("taken"))
    }

    /// The error that what was asked for is not legal in its state.
    func refusal(of what: String) -> CatalogueError {
        CatalogueError(
            .illegalChange,
            "processing order \(id) is \(state.rawValue): no \(what) from there")
    }

    /// - Throws: `CatalogueError` of code `illegalChange`.
    func change(by event: OrderState.Event, on connection: isolated Connection) throws {
        guard let next = state.after(event) else {
            throw refusal(of: event.rawValue)
        }
        try connection.query(
            "UPDATE sgs.processing_order SET state = $2 WHERE processing_order = $1", key,
            next.rawValue)
    }
}
