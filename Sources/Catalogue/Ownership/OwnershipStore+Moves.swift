public import GroundSegment
import PostgreSQL

/// Where a published revision put an item.
public struct PublishedAssignment: Hashable, Sendable {
    public let plan: PublishedPlan
    public let assignment: Assignment
    /// Why it differs from what the revision was based on; `nil` where it does not or nothing
    /// was.
    public let cause: ChangeCause?
    /// Whether the item's SDCs are known from this revision now, for some time.
    public let isCurrent: Bool
}

extension OwnershipStore {
    /// Where each published revision that has the item and was not withdrawn put it, oldest first.
    ///
    /// - Throws: `PostgreSQLError`.
    public func revisions(
        of item: ItemID, survey: ID<SurveyPlan>
    ) async throws -> [PublishedAssignment] {
        let rows = try await connection.query(
            """
            SELECT DISTINCT ON (d.revision) a.primary_sdc, a.secondary_sdc, a.cause,
                EXISTS (SELECT FROM sgs.assignment c WHERE c.item = i.item
                    AND c.distribution = d.distribution AND c.is_current) AS is_current,
                \(PublishedPlan.columns)
            FROM sgs.item i
            JOIN sgs.assignment a USING (item)
            JOIN sgs.distribution d USING (distribution)
            WHERE i.survey = $1 AND i.kind = $2 AND i.id = $3
                AND d.state IN ('published', 'superseded')
            ORDER BY d.revision, lower(a.validity)
            """, survey.text, item.kind.rawValue, item.text)
        return try rows.map { row in
            PublishedAssignment(
                plan: try PublishedPlan(row: row),
                assignment: try Assignment(row: row),
                cause: try ChangeCause(row: row),
                isCurrent: try row.decode("is_current"))
        }
    }
}
