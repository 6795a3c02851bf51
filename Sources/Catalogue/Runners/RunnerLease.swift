public import GroundSegment
import PostgreSQL

/// The right of one runner to serve an SDC, until another one gets it.
///
/// It outlives its time as long as nobody else wants it. A runner that was stopped meanwhile and
/// goes on has an old one, by which the catalogue knows it (a fencing token).
public struct RunnerLease: Hashable, Sendable {
    public let sdc: ID<SDC>
    /// Counts the leases of the SDC, from 1.
    public let token: Int

    /// Makes sure that it is still the newest, until the transaction ends.
    ///
    /// - Throws: `CatalogueError` of code `runnerServes` where it is not.
    func check(on connection: isolated Connection) throws {
        let rows = try connection.query(
            "SELECT token FROM sgs.runner WHERE sdc = $1 AND token = $2 AND ended_at IS NULL FOR SHARE",
            sdc.text, token)
        guard rows.isEmpty else { return }
        throw try RunnerRegistry.held(sdc, on: connection)
    }
}
