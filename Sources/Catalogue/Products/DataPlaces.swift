public import GroundSegment
public import PostgreSQL

/// Where the products of all observations and tiles are, at one moment, in memory.
public struct DataPlaces: Sendable {
    /// Another one after every product and every replica.
    public let mark: String
    private let holders: [ID<SurveyPlan>: [ItemID: Holders]]

    private struct Holders: Hashable, Sendable {
        /// The SDCs that hold at least one of the item's products, sorted.
        let some: [ID<SDC>]
        /// Those that hold them all.
        let whole: [ID<SDC>]
    }

    /// Nothing has been made.
    public static let empty = DataPlaces(mark: "", holders: [:])

    private init(mark: String, holders: [ID<SurveyPlan>: [ItemID: Holders]]) {
        self.mark = mark
        self.holders = holders
    }

    /// The SDCs that hold products of an item, as `HeldProduct.places(of:besides:)`.
    public func places(
        of item: ItemID, survey: ID<SurveyPlan>, besides owners: Assignment
    ) -> [ID<SDC>]? {
        guard let found = holders[survey]?[item],
            !found.whole.contains(owners.primary) || !found.whole.contains(owners.secondary)
        else { return nil }
        return found.some
    }
}

extension DataPlaces {
    /// Reads the present mark.
    ///
    /// - Throws: `PostgreSQLError`.
    public static func mark(_ connection: Connection) async throws -> String {
        try await connection.query(
            """
            SELECT concat_ws('-', (SELECT max(product) FROM sgs.product),
                (SELECT count(*) FROM sgs.product_location)) AS mark
            """)[0].decode("mark")
    }

    /// Reads them all.
    ///
    /// - Parameters:
    ///   - connection: to a catalogue that is migrated.
    ///   - mark: read before.
    /// - Throws: `PostgreSQLError`.
    public static func read(_ connection: Connection, mark: String) async throws -> DataPlaces {
        var holders: [ID<SurveyPlan>: [ItemID: Holders]] = [:]
        // Many items are at the same SDCs.
        var known: [Holders: Holders] = [:]
        for row in try await connection.query(query) {
            let found = Holders(
                some: try row.decode("some", as: [String].self).map { ID($0) },
                whole: try row.decode("whole", as: [String].self).map { ID($0) })
            let shared = known[found] ?? found
            known[found] = shared
            holders[ID(try row.decode("survey")), default: [:]][try ItemID(row: row)] = shared
        }
        return DataPlaces(mark: mark, holders: holders)
    }

    private static let query = """
        WITH made AS (
            SELECT item, count(*) AS n FROM sgs.product GROUP BY item
        ), held AS (
            SELECT p.item, l.sdc, count(*) AS n
            FROM sgs.product p JOIN sgs.product_location l USING (product)
            GROUP BY p.item, l.sdc
        )
        SELECT i.survey, i.kind, i.id, array_agg(h.sdc ORDER BY h.sdc) AS some,
            coalesce(array_agg(h.sdc ORDER BY h.sdc) FILTER (WHERE h.n = m.n), '{}') AS whole
        FROM made m JOIN held h USING (item) JOIN sgs.item i USING (item)
        GROUP BY i.item, i.survey, i.kind, i.id
        """
}

extension HeldProduct {
    /// The SDCs that hold products of an item, sorted; `nil` where its owners hold them all.
    public static func places(
        of held: [HeldProduct], besides owners: Assignment
    ) -> [ID<SDC>]? {
        let isComplete = held.allSatisfy {
            $0.sdcs.contains(owners.primary) && $0.sdcs.contains(owners.secondary)
        }
        return isComplete ? nil : Set(held.flatMap(\.sdcs)).sorted()
    }
}
