public import GroundSegment
import PostgreSQL

/// A request to take a distribution out of its life.
public struct WithdrawalRequest: Hashable, Sendable {
    public var survey: ID<SurveyPlan>
    /// Of the plan; where that was published several times, the publication in force is meant,
    /// else the proposal, else the newest publication.
    public var digest: String
    /// Of the publication that is meant; `nil` for the one that the digest means.
    public var revision: Int?
    public var actor: String
    /// Why; a withdrawal without is refused.
    public var comment: String?
    /// For a published one: what becomes of its orders that runners have.
    public var running: RunningOrders

    public init(
        survey: ID<SurveyPlan>, digest: String, revision: Int? = nil, actor: String,
        comment: String?, running: RunningOrders = .refuse
    ) {
        self.survey = survey
        self.digest = digest
        self.revision = revision
        self.actor = actor
        self.comment = comment
        self.running = running
    }
}

/// A withdrawal that took place.
public struct Withdrawal: Hashable, Sendable {
    /// The revision that does not count any more; `nil` where it had not been published.
    public let revision: Int?
    /// Revisions that count again.
    public let reinstated: [Int]
    /// Assignments that hold again.
    public let assignments: Int
    public let ordersWithdrawn: Int
    public let ordersReissued: Int
}

/// The steps of one withdrawal, within its transaction.
struct WithdrawalSteps: Sendable {
    let request: WithdrawalRequest

    func run(on connection: isolated Connection) throws -> Withdrawal {
        try PlanStore.require(request.comment, for: "a withdrawal")
        try PlanStore.lock(request.survey, on: connection)
        guard
            let found = try StoredDistribution.find(
                request.digest, revision: request.revision, survey: request.survey,
                on: connection)
        else { throw PlanStore.unknown(request.digest, request.survey) }
        guard found.state == .published else {
            _ = try change(found, by: .withdraw, on: connection)
            return Withdrawal(
                revision: nil, reinstated: [], assignments: 0, ordersWithdrawn: 0,
                ordersReissued: 0)
        }
        try refuseWhereNotNewest(found, on: connection)
        return try undo(found, on: connection)
    }

    /// What a later publication built on cannot be taken away.
    private func refuseWhereNotNewest(
        _ found: StoredDistribution, on connection: isolated Connection
    ) throws {
        let newest = try StoredDistribution.newest(of: request.survey, on: connection)
        guard let newest, newest.key != found.key else { return }
        throw CatalogueError(
            .illegalChange,
            "revision \(found.revision ?? 0) of survey \(request.survey) is not the newest, which "
                + "is \(newest.revision ?? 0): withdraw that first, or publish another plan")
    }

    private func undo(
        _ found: StoredDistribution, on connection: isolated Connection
    ) throws -> Withdrawal {
        try connection.run(script: WithdrawalSQL.staging)
        try connection.query(WithdrawalSQL.begin, found.key)
        if request.running == .refuse {
            try OrdersInTheWay.refuseRunning(
                WithdrawalSQL.running, of: "the distribution", on: connection)
        }
        let former = try StoredDistribution.formerlySuperseded(by: found, on: connection)
        _ = try change(found, by: .withdraw, on: connection)
        for distribution in former {
            _ = try change(distribution, by: .reinstate, on: connection)
        }
        try connection.run(script: WithdrawalSQL.ownership)
        try connection.query(WithdrawalSQL.changes)
        let withdrawn = try connection.query(WithdrawalSQL.withdrawOrders).affected
        try connection.query(WithdrawalSQL.rescheduleBack)
        try connection.run(script: WithdrawalSQL.reissue)
        let counts = try connection.query(WithdrawalSQL.counts)[0]
        try PublicationChannel.notify(request.survey.text, on: connection)
        for row in try connection.query(WithdrawalSQL.centres) {
            try OrderChannel.notify(ID(row.decode("sdc")), on: connection)
        }
        return Withdrawal(
            revision: found.revision, reinstated: former.compactMap(\.revision),
            assignments: try counts.decode("restored"), ordersWithdrawn: withdrawn,
            ordersReissued: try counts.decode("orders"))
    }

    private func change(
        _ distribution: StoredDistribution, by event: DistributionState.Event,
        on connection: isolated Connection
    ) throws -> StoredDistribution {
        try distribution.change(
            by: event, actor: request.actor, comment: request.comment, on: connection)
    }
}

extension PlanStore {
    /// Withdraws a distribution, in one transaction.
    ///
    /// A published one has to be the newest of its survey: what it closed is known again, its
    /// orders that nobody has taken are withdrawn, and those that it had replaced are issued
    /// again.  The observations' times stay as it gave them.
    ///
    /// - Throws: `CatalogueError` of code `busy`, `missingComment`, `unknownItem`,
    ///   `illegalChange` or `ordersRunning`; `PostgreSQLError`.
    public func withdraw(_ request: WithdrawalRequest) async throws -> Withdrawal {
        try await connection.transaction { connection in
            try WithdrawalSteps(request: request).run(on: connection)
        }
    }
}
