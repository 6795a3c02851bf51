public import Campaigns
public import GroundSegment
import PostgreSQL

/// What a week was to bring of a campaign, and what it did.
public struct CampaignWeek: Hashable, Sendable {
    /// A Monday's midnight, UTC.
    public let start: MJD
    /// Jobs whose orders are released in it, those withdrawn left out.
    public let released: Int
    /// Jobs that completed in it, by the runners' clocks.
    public let completed: Int
}

extension CampaignStore {
    /// The weeks in which something of a campaign is released or completed, by time.
    ///
    /// - Throws: `CatalogueError` of code `unknownItem`; `PostgreSQLError`.
    public func weeks(
        of name: ID<Campaign>, survey: ID<SurveyPlan>
    ) async throws -> [CampaignWeek] {
        try await connection.transaction(isolation: .repeatableRead) { connection in
            let key = try Self.key(name, survey, on: connection)
            return try connection.query(CampaignSQL.weeks, key).map { row in
                CampaignWeek(
                    start: MJD(posixSeconds: try row.decode("week")),
                    released: try row.decode("released"),
                    completed: try row.decode("completed"))
            }
        }
    }
}
