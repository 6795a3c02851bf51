public import Campaigns
public import GroundSegment
import PostgreSQL

/// Where the jobs of a task run and why, and what speaks for each SDC now.
public struct TaskPlaces: Hashable, Sendable {
    /// Jobs at an SDC for one reason.
    public struct Placed: Hashable, Sendable {
        /// `nil` for jobs without an order.
        public let sdc: ID<SDC>?
        /// Why there, or why they are lost; `nil` where they wait.
        public let reason: String?
        public let jobs: Int
    }

    public let placed: [Placed]
    /// Every term, the largest first, for a job all of whose inputs are there.
    public let weights: [PlaceWeight]
}

extension CampaignStore {
    /// Where the jobs of a task of a campaign besides the daily processing are; `nil` of the
    /// daily processing, whose orders are where the published distribution has them.
    ///
    /// - Throws: `CatalogueError` of code `unknownItem`; `PostgreSQLError`.
    public func places(
        of task: ID<CampaignTask>, of name: ID<Campaign>, survey: ID<SurveyPlan>,
        clock: MJD? = nil
    ) async throws -> TaskPlaces? {
        guard name != Self.daily else { return nil }
        return try await connection.transaction(isolation: .repeatableRead) { connection in
            let found = try CampaignRows.campaign(name, survey: survey, on: connection)
            guard let row = found.rows.first(where: { $0.name == task.text }) else {
                throw CatalogueError(.unknownItem, "campaign \(name) has no task \(task)")
            }
            let places = try JobPlaces(
                survey: survey, clock: Self.instant(clock, on: connection), on: connection)
            return TaskPlaces(
                placed: try connection.query(CampaignSQL.placed, row.key).map { row in
                    TaskPlaces.Placed(
                        sdc: try row.decode("sdc", as: String?.self).map { ID($0) },
                        reason: try row.decode("reason"), jobs: try row.decode("n"))
                }, weights: places.weights)
        }
    }
}
