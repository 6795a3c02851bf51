import Catalogue
import GroundSegment
import PostgreSQL

/// What the database alone knows of an item.
struct StoredItem: Sendable {
    let history: [OwnershipRecord]
    let orders: [ListedOrder]
    let products: [HeldProduct]

    /// How many orders are read.
    static let mostOrders = 50

    /// Reads them.
    ///
    /// - Throws: `CatalogueError`, `PostgreSQLError`.
    static func read(
        _ item: ItemID, survey: ID<SurveyPlan>, clock: MJD, _ connection: Connection
    ) async throws -> StoredItem {
        var listing = OrderListing()
        listing.survey = survey
        listing.item = item
        return StoredItem(
            history: try await OwnershipStore(connection).history(of: item, survey: survey),
            orders: try await OrderStore(connection).page(
                listing, limit: mostOrders, clock: clock),
            products: try await OrderQueue(connection).locations(of: [item], survey: survey)[
                item] ?? [])
    }
}
