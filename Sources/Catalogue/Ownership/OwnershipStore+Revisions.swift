public import GroundSegment
import PostgreSQL

extension OwnershipStore {
    /// What a published distribution assigned to whom, whether it still counts or not.
    ///
    /// - Throws: `PostgreSQLError`.
    public func assignments(
        of revision: Int, survey: ID<SurveyPlan>
    ) async throws -> [ItemID: Assignment] {
        var assignments: [ItemID: Assignment] = [:]
        for row in try await connection.query(
            """
            SELECT DISTINCT ON (a.item) i.kind, i.id, a.primary_sdc, a.secondary_sdc
            FROM sgs.distribution d
            JOIN sgs.assignment a USING (distribution)
            JOIN sgs.item i USING (item)
            WHERE d.survey = $1 AND d.revision = $2
            ORDER BY a.item
            """, survey.text, revision)
        {
            assignments[try ItemID(row: row)] = try Assignment(row: row)
        }
        return assignments
    }
}
