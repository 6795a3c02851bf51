public import GroundSegment
public import PostgreSQL

/// What the catalogue knows of an SDC's work and storage, for the case that it is lost.
public struct SDCHoldings: Sendable {
    /// The products that no other SDC holds, by name.
    public let onlyThere: [Product]
    /// Observations and tiles whose order is completed, wherever it was done.
    public let done: Set<ItemID>
    /// The orders that the SDC's runner has taken and not reported.
    public let taken: [ID<ProcessingOrder>]

    /// Reads them.
    ///
    /// - Throws: `CatalogueError` of code `unknownItem` where the catalogue has no such SDC;
    ///   `PostgreSQLError`.
    public init(
        of sdc: ID<SDC>, survey: ID<SurveyPlan>, _ connection: Connection
    ) async throws {
        let known = try await connection.query("SELECT id FROM sgs.sdc ORDER BY id")
            .map { try $0.decode("id", as: String.self) }
        guard known.contains(sdc.text) else {
            throw CatalogueError(
                .unknownItem,
                "no SDC \(sdc) in the catalogue, which has \(known.joined(separator: ", "))")
        }
        onlyThere = try await connection.query(Self.products, survey.text, sdc.text).map {
            try HeldProduct(row: $0).product
        }
        done = Set(try await connection.query(Self.completed, survey.text).map(ItemID.init(row:)))
        taken = try await connection.query(Self.executing, survey.text, sdc.text).map {
            ID(try $0.decode("id"))
        }
    }

    private static let products = """
        SELECT \(HeldProduct.columns) FROM \(HeldProduct.source)
        WHERE p.survey = $1
            AND EXISTS (
                SELECT FROM sgs.product_location l WHERE l.product = p.product AND l.sdc = $2)
            AND NOT EXISTS (
                SELECT FROM sgs.product_location l WHERE l.product = p.product AND l.sdc <> $2)
        ORDER BY p.name
        """

    private static let completed = """
        SELECT i.kind, i.id FROM sgs.processing_order o JOIN sgs.item i USING (item)
        WHERE i.survey = $1 AND o.lane = 0 AND o.state = 'COMPLETED'
        """

    private static let executing = """
        SELECT o.id FROM sgs.processing_order o JOIN sgs.item i USING (item)
        WHERE i.survey = $1 AND o.sdc = $2 AND o.state = 'EXECUTING' ORDER BY o.id
        """
}
