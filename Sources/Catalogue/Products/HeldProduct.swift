public import GroundSegment
import PostgreSQL

/// A product with the SDCs whose storage holds it for good.
public struct HeldProduct: Hashable, Sendable {
    public let product: Product
    /// Sorted by identifier.
    public let sdcs: [ID<SDC>]
}

extension HeldProduct {
    /// The columns that `init(row:)` reads, of `source`.
    static let columns = """
        i.kind, i.id, p.name, o.id AS order_id, p.bytes, p.sha256,
        ARRAY(SELECT n.name FROM sgs.product_input n WHERE n.product = p.product ORDER BY 1)
            AS made_from,
        ARRAY(SELECT l.sdc FROM sgs.product_location l WHERE l.product = p.product ORDER BY 1)
            AS sdcs
        """

    /// Where the columns come from.
    static let source = """
        sgs.item i
        JOIN sgs.product p USING (item)
        JOIN sgs.processing_order o USING (processing_order)
        """

    init(row: Row) throws {
        product = Product(
            name: try row.decode("name"), item: try ItemID(row: row),
            order: ID(try row.decode("order_id")), bytes: try row.decode("bytes"),
            sha256: try row.decode("sha256"), madeFrom: try row.decode("made_from"))
        sdcs = try row.decode("sdcs", as: [String].self).map { ID<SDC>($0) }
    }

    /// Records that an SDC's storage holds a product for good; once, however often it is told.
    ///
    /// - Parameter product: its key.
    static func record(
        _ product: Int, at sdc: ID<SDC>, on connection: isolated Connection
    ) throws {
        try connection.query(
            "INSERT INTO sgs.product_location (product, sdc) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            product, sdc.text)
    }
}

extension OrderQueue {
    /// Which SDCs' storages hold the products of items of a survey; items without products are
    /// missing.
    ///
    /// - Throws: `PostgreSQLError`.
    public func locations(
        of items: [ItemID], survey: ID<SurveyPlan>
    ) async throws -> [ItemID: [HeldProduct]] {
        var held: [ItemID: [HeldProduct]] = [:]
        for kind in ItemKind.ofOrders {
            let ids = items.filter { $0.kind == kind }.map(\.text)
            guard !ids.isEmpty else { continue }
            for row in try await connection.query(
                Self.locations, survey.text, kind.rawValue, ids)
            {
                let product = try HeldProduct(row: row)
                held[product.product.item, default: []].append(product)
            }
        }
        return held
    }

    private static let locations = """
        SELECT \(HeldProduct.columns) FROM \(HeldProduct.source)
        WHERE i.survey = $1 AND i.kind = $2 AND i.id = ANY ($3)
        ORDER BY i.id, p.name
        """
}
