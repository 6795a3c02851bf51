import GroundSegment
import PostgreSQL

/// The channel on which runners hear that orders may have become runnable.
enum OrderChannel {
    static let name = "sgs_orders"

    /// Tells the runners of an SDC, when the transaction commits.
    static func notify(_ sdc: ID<SDC>, on connection: isolated Connection) throws {
        try connection.query("SELECT pg_notify($1, $2)", name, sdc.text)
    }
}
