public import Campaigns
public import GroundSegment
import PostgreSQL

/// Whether what the orders of a task make is at an SDC that is to have it: the rules of Rucio, one
/// for each order and SDC, told together where they stand alike.
public struct ReplicaStanding: Hashable, Sendable {
    /// The states of rules, by the names that they have in Rucio.
    public enum State: String, CaseIterable, Sendable {
        /// The order has not completed: there is nothing to send yet.
        case inject = "INJECT"
        /// All of it is there.
        case ok = "OK"
        /// Some of it is on its way or about to be.
        case replicating = "REPLICATING"
        /// Some of it could not be sent when that was tried.
        case stuck = "STUCK"
        /// No runner of an SDC that has it gives a sign.
        case suspended = "SUSPENDED"
    }

    public let task: ID<CampaignTask>
    public let sdc: ID<SDC>
    public let state: State
    public let orders: Int
    /// Products that are missing there, and their size.
    public let products: Int
    public let bytes: Int
    /// How often the one that was tried most often was sent in vain.
    public let tries: Int
    /// Since when something is missing; `nil` where nothing is.
    public let since: MJD?
    /// Why something is missing, as it was found last; `nil` where nothing was.
    public let reason: String?
}

extension CampaignStore {
    /// Where what a campaign makes is to be and whether it is there, by task, SDC and state.
    ///
    /// - Parameter task: only its orders'.
    /// - Throws: `CatalogueError` of code `unknownItem`; `PostgreSQLError`.
    public func replicas(
        of name: ID<Campaign>, task: ID<CampaignTask>? = nil, survey: ID<SurveyPlan>
    ) async throws -> [ReplicaStanding] {
        try await connection.transaction(isolation: .repeatableRead) { connection in
            let key = try Self.key(name, survey, on: connection)
            return try connection.query(CampaignSQL.replicas, key, task?.text).map { row in
                guard let state = try word(row, "standing", ReplicaStanding.State.self) else {
                    throw CatalogueError(.otherSchema, "a rule of replication has no state")
                }
                return ReplicaStanding(
                    task: ID(try row.decode("task")), sdc: ID(try row.decode("sdc")),
                    state: state, orders: try row.decode("orders"),
                    products: try row.decode("products"), bytes: try row.decode("bytes"),
                    tries: try row.decode("tries"),
                    since: try row.decode("since", as: Double?.self).map {
                        MJD(posixSeconds: $0)
                    }, reason: try row.decode("reason"))
            }
        }
    }
}
