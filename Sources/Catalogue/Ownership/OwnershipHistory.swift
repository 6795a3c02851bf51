public import GroundSegment
import PostgreSQL

/// What was known of an item's owners, when: one entry for each assignment that ever was.
public struct OwnershipRecord: Hashable, Sendable {
    public let assignment: Assignment
    public let plan: PublishedPlan
    /// Why it differed from the distribution's base; `nil` where it did not.
    public let cause: ChangeCause?
    public let validFrom: MJD
    /// Exclusive; `nil` without an end.
    public let validUntil: MJD?
    /// When it became known, by a publication.
    public let knownFrom: MJD
    /// When a later publication took its place; `nil` while it is known.
    public let knownUntil: MJD?
}

extension OwnershipStore {
    /// All that was ever published about an item's owners, by time of knowledge, then of
    /// ownership.
    ///
    /// - Throws: `CatalogueError` of code `unknownItem` where nothing ever was; `PostgreSQLError`.
    public func history(of item: ItemID, survey: ID<SurveyPlan>) async throws -> [OwnershipRecord] {
        let rows = try await connection.query(
            Self.history, survey.text, item.kind.rawValue, item.text)
        guard !rows.isEmpty else {
            throw CatalogueError(.unknownItem, "survey \(survey) has no published \(item)")
        }
        return try rows.map(OwnershipRecord.init)
    }

    private static let history = """
        SELECT a.primary_sdc, a.secondary_sdc, a.cause,
            extract(epoch FROM lower(a.validity)) AS valid_from,
            extract(epoch FROM upper(a.validity)) AS valid_until,
            extract(epoch FROM lower(a.known)) AS known_from,
            extract(epoch FROM upper(a.known)) AS known_until,
            \(PublishedPlan.columns)
        FROM sgs.item i
        JOIN sgs.assignment a USING (item)
        JOIN sgs.distribution d USING (distribution)
        WHERE i.survey = $1 AND i.kind = $2 AND i.id = $3
        ORDER BY lower(a.known), lower(a.validity)
        """
}

extension OwnershipRecord {
    fileprivate init(row: Row) throws {
        assignment = try Assignment(row: row)
        plan = try PublishedPlan(row: row)
        cause = try ChangeCause(row: row)
        validFrom = MJD(posixSeconds: try row.decode("valid_from"))
        validUntil = try row.decode("valid_until", as: Double?.self).map(MJD.init(posixSeconds:))
        knownFrom = MJD(posixSeconds: try row.decode("known_from"))
        knownUntil = try row.decode("known_until", as: Double?.self).map(MJD.init(posixSeconds:))
    }
}
