public import GroundSegment
public import PostgreSQL

/// Which observations' data came, and which never will.
///
/// An order of a lost observation is not taken, and what needs it waits until a plan leaves the
/// observation out.
public struct ArrivalStore: Sendable {
    let connection: Connection

    public init(_ connection: Connection) {
        self.connection = connection
    }

    /// Records the same about several observations, all or none.
    ///
    /// - Throws: `CatalogueError` of code `unknownItem` where the survey has no such observation,
    ///   and `illegalChange` where one is said to be lost whose order was taken;
    ///   `PostgreSQLError`.
    public func record(
        _ kind: ArrivalEvent.Kind, of observations: [ID<Observation>], survey: ID<SurveyPlan>,
        by actor: String, because comment: String
    ) async throws {
        try await connection.transaction { connection in
            var keys: [Int] = []
            var sdcs: Set<String> = []
            for observation in observations {
                let rows = try connection.query(
                    """
                    SELECT i.item, o.sdc, o.state FROM sgs.item i
                    LEFT JOIN sgs.processing_order o ON o.item = i.item AND o.lane = 0
                        AND o.state <> 'WITHDRAWN'
                    WHERE i.survey = $1 AND i.kind = 'observation' AND i.id = $2
                    """, survey.text, observation.text)
                guard let row = rows.first else {
                    throw CatalogueError(
                        .unknownItem, "survey \(survey) has no observation \(observation)")
                }
                let state = try row.decode("state", as: String?.self)
                if kind == .lost, let state, ["EXECUTING", "COMPLETED"].contains(state) {
                    throw CatalogueError(
                        .illegalChange,
                        "observation \(observation): its order is \(state), so its data came;"
                            + " only what has not been taken can be lost")
                }
                keys.append(try row.decode("item"))
                if let sdc = try row.decode("sdc", as: String?.self) { sdcs.insert(sdc) }
            }
            try connection.query(
                """
                INSERT INTO sgs.arrival_event (item, event, actor, comment)
                SELECT item, $2, $3, $4 FROM unnest($1::bigint[]) item
                """, keys, kind.rawValue, actor, comment)
            for sdc in sdcs.sorted() { try OrderChannel.notify(ID(sdc), on: connection) }
        }
    }

    /// What is known last of each observation of which somebody said something, by observation.
    ///
    /// - Throws: `PostgreSQLError`.
    public func newest(
        of survey: ID<SurveyPlan>, kind: ArrivalEvent.Kind? = nil
    ) async throws -> [ArrivalEvent] {
        try await connection.query(
            """
            SELECT i.id, a.event, a.actor, a.comment,
                extract(epoch FROM a.occurred_at) AS occurred_at
            FROM sgs.arrival a JOIN sgs.item i USING (item)
            WHERE i.survey = $1 AND ($2::text IS NULL OR a.event = $2)
            ORDER BY i.id COLLATE "C"
            """, survey.text, kind?.rawValue
        ).map { row in
            let name = try row.decode("event", as: String.self)
            guard let kind = ArrivalEvent.Kind(rawValue: name) else {
                throw CatalogueError(.otherSchema, "an arrival has the unknown event \(name)")
            }
            return ArrivalEvent(
                observation: ID(try row.decode("id")), kind: kind, actor: try row.decode("actor"),
                comment: try row.decode("comment"),
                instant: MJD(posixSeconds: try row.decode("occurred_at")))
        }
    }
}

extension PlanStore {
    /// What is known of observations' data, in the same session.
    public var arrivals: ArrivalStore { ArrivalStore(connection) }
}
