public import GroundSegment
public import PostgreSQL

/// When an SDC offers nothing at all, as the plans in force of a survey know it.
public struct PlannedOutages: Hashable, Sendable {
    /// By start.
    public let windows: [TimeWindow]

    /// Reads them from the plans themselves.
    ///
    /// - Throws: `PostgreSQLError`.
    public init(of sdc: ID<SDC>, survey: ID<SurveyPlan>, _ connection: Connection) async throws {
        windows = try await connection.query(
            """
            SELECT DISTINCT (w ->> 'start')::float8 AS starts, (w ->> 'end')::float8 AS ends
            FROM sgs.distribution d
            CROSS JOIN LATERAL json_array_elements(d.plan::json #> '{plan,sdcs}') s
            CROSS JOIN LATERAL json_array_elements(s -> 'maintenance') w
            WHERE d.survey = $1 AND d.state = 'published' AND s ->> 'id' = $2
                AND (w ->> 'availability')::float8 <= 0
            ORDER BY 1, 2
            """, survey.text, sdc.text
        ).map { row in
            TimeWindow(start: MJD(try row.decode("starts")), end: MJD(try row.decode("ends")))
        }
    }

    /// The one that an instant lies in; `nil` where it lies in none.
    public func window(at instant: MJD) -> TimeWindow? {
        windows.first { $0.contains(instant) }
    }
}
