public import GroundSegment
import PostgreSQL

/// A processing order with where it is in its life.
public struct OrderEntry: Hashable, Sendable {
    public let id: ID<ProcessingOrder>
    public let survey: ID<SurveyPlan>
    public let item: ItemID
    public let pipeline: String
    public let softwareRelease: String
    public let sdc: ID<SDC>
    public let replicaAt: ID<SDC>
    /// Whether an operator moved it to the SDC that it was to be replicated to.
    public let isReassigned: Bool
    public let state: OrderState
    public let release: MJD
    public let priority: Int
    /// How often a runner has taken it.
    public let taken: Int
    /// When a runner took it last, and which; `nil` where none did.
    public let takenAt: MJD?
    public let runner: String?
    /// What the report of the last taking says; empty where it says nothing, or there is none.
    public let message: String
    /// Whether its item is an observation whose data will never come.
    public let isLost: Bool

    public init(
        id: ID<ProcessingOrder>, survey: ID<SurveyPlan>, item: ItemID, pipeline: String,
        softwareRelease: String, sdc: ID<SDC>, replicaAt: ID<SDC>, isReassigned: Bool = false,
        state: OrderState, release: MJD, priority: Int, taken: Int = 0, takenAt: MJD? = nil,
        runner: String? = nil, message: String = "", isLost: Bool = false
    ) {
        self.id = id
        self.survey = survey
        self.item = item
        self.pipeline = pipeline
        self.softwareRelease = softwareRelease
        self.sdc = sdc
        self.replicaAt = replicaAt
        self.isReassigned = isReassigned
        self.state = state
        self.release = release
        self.priority = priority
        self.taken = taken
        self.takenAt = takenAt
        self.runner = runner
        self.message = message
        self.isLost = isLost
    }
}

extension OrderEntry {
    /// The columns that `init(row:)` reads, of `source`.
    static let columns = """
        o.id AS order_id, i.survey, i.kind, i.id, o.pipeline, o.software_release, o.sdc,
        o.replica_at, o.reassigned, o.state, extract(epoch FROM o.release) AS release, o.priority,
        o.taken, sgs.is_lost(o.item) AS is_lost,
        extract(epoch FROM o.taken_at) AS taken_at, o.runner, coalesce(r.message, '') AS message
        """

    /// Where the columns come from.
    static let source = """
        sgs.processing_order o
        JOIN sgs.item i USING (item)
        LEFT JOIN sgs.order_report r
            ON r.processing_order = o.processing_order AND r.taken = o.taken
        """

    init(row: Row) throws {
        self.init(
            id: ID(try row.decode("order_id")), survey: ID(try row.decode("survey")),
            item: try ItemID(row: row), pipeline: try row.decode("pipeline"),
            softwareRelease: try row.decode("software_release"), sdc: ID(try row.decode("sdc")),
            replicaAt: ID(try row.decode("replica_at")),
            isReassigned: try row.decode("reassigned"), state: try OrderState(row: row),
            release: MJD(posixSeconds: try row.decode("release")),
            priority: try row.decode("priority"), taken: try row.decode("taken"),
            takenAt: try row.decode("taken_at", as: Double?.self).map { MJD(posixSeconds: $0) },
            runner: try row.decode("runner"), message: try row.decode("message"),
            isLost: try row.decode("is_lost"))
    }
}
