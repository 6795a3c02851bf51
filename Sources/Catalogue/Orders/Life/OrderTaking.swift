public import GroundSegment
import PostgreSQL

/// That a runner took an order.
public struct OrderTaking: Hashable, Sendable {
    /// How often the order has been taken, this time counted.
    public let taken: Int
    public let sdc: ID<SDC>
    public let runner: String
    public let instant: MJD

    public init(taken: Int, sdc: ID<SDC>, runner: String, instant: MJD) {
        self.taken = taken
        self.sdc = sdc
        self.runner = runner
        self.instant = instant
    }

    /// All of an order, oldest first.
    static func all(ofOrder key: Int, on connection: isolated Connection) throws -> [OrderTaking] {
        try connection.query(OrderSQL.orderTakings, key).map { row in
            OrderTaking(
                taken: try row.decode("taken"), sdc: ID(try row.decode("sdc")),
                runner: try row.decode("runner"),
                instant: MJD(posixSeconds: try row.decode("taken_at")))
        }
    }
}

/// What the publication or withdrawal of a plan did to an order.
public struct OrderPublication: Hashable, Sendable {
    public enum Effect: String, Hashable, Sendable, CaseIterable {
        /// It came with the plan.
        case issue
        /// The plan moved or dropped its item while a runner had it.
        case overtake
        /// The plan replaced or dropped it, or its own was withdrawn.
        case withdraw
    }

    public let effect: Effect
    /// Of the plan; `nil` where a plan was withdrawn.
    public let revision: Int?
    public let actor: String
    /// Why; may be empty.
    public let comment: String
    public let instant: MJD

    public init(effect: Effect, revision: Int?, actor: String, comment: String, instant: MJD) {
        self.effect = effect
        self.revision = revision
        self.actor = actor
        self.comment = comment
        self.instant = instant
    }

    static func all(
        ofOrder key: Int, on connection: isolated Connection
    ) throws -> [OrderPublication] {
        let row = try connection.query(OrderSQL.orderIssue, key)[0]
        let effects: [(Effect, String)] = [
            (.issue, ""), (.overtake, "overtaken_"), (.withdraw, "withdrawn_"),
        ]
        return try effects.compactMap { effect, prefix -> OrderPublication? in
            let time = effect == .issue ? "published_at" : prefix + "at"
            guard let instant = try row.decode(time, as: Double?.self) else { return nil }
            return OrderPublication(
                effect: effect,
                revision: try row.decode(prefix + "revision", as: Int?.self),
                actor: try row.decode(prefix + "author"),
                comment: try row.decode(prefix + "comment", as: String?.self) ?? "",
                instant: MJD(posixSeconds: instant))
        }
    }
}
