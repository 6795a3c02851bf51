public import GroundSegment
public import PostgreSQL
public import SkyGeometry

/// Answers who owns an observation, a tile or a position on the sky.
public struct OwnershipStore: Sendable {
    let connection: Connection

    public init(_ connection: Connection) {
        self.connection = connection
    }

    /// The survey that is meant: the one named, or the only one of the catalogue.
    ///
    /// - Throws: `CatalogueError` of code `unknownItem` where the catalogue has no such survey or
    ///   none at all, and `ambiguousSurvey`, with the surveys, where it has several and none is
    ///   named; `PostgreSQLError`.
    public func survey(named name: ID<SurveyPlan>? = nil) async throws -> ID<SurveyPlan> {
        let surveys = try await PlanStore(connection).surveys()
        let list = surveys.map(\.text).joined(separator: ", ")
        guard let first = surveys.first else {
            throw CatalogueError(.unknownItem, "nothing has been published yet")
        }
        if let name {
            guard surveys.contains(name) else {
                throw CatalogueError(
                    .unknownItem, "no survey \(name) in the catalogue, which has \(list)")
            }
            return name
        }
        guard surveys.count == 1 else {
            throw CatalogueError(
                .ambiguousSurvey,
                "the catalogue has several surveys, name one with --survey: \(list)")
        }
        return first
    }

    /// Who owns an item.
    ///
    /// - `instant`: time of ownership.
    /// - `asOf`: time of knowledge, only what was published before or at it counts; `nil` for
    ///   everything published until now.
    /// - Throws: `CatalogueError` of code `unknownItem`; `PostgreSQLError`.
    public func owner(
        of item: ItemID, survey: ID<SurveyPlan>, at instant: MJD, asOf: MJD? = nil
    ) async throws -> Ownership {
        let rows = try await connection.query(
            Self.byItem, survey.text, item.kind.rawValue, item.text, instant.posixSeconds,
            asOf?.posixSeconds)
        guard let row = rows.first else {
            let time = asOf.map { " as of \($0)" } ?? ""
            throw CatalogueError(.unknownItem, "survey \(survey) has no published \(item)\(time)")
        }
        return try Ownership(row: row, survey: survey, item: item)
    }

    /// Who owns the tile whose inner area holds a position.
    ///
    /// A position on the edge of two polygons belongs to the tile whose identifier comes first.
    ///
    /// - Throws: `CatalogueError` of code `unknownItem` where no published tile holds it;
    ///   `PostgreSQLError`.
    public func owner(
        at position: SkyPosition, survey: ID<SurveyPlan>, at instant: MJD, asOf: MJD? = nil
    ) async throws -> Ownership {
        guard let tile = try await tile(at: position, survey: survey) else {
            throw CatalogueError(
                .unknownItem,
                "no published tile of survey \(survey) holds RA \(position.ra), Dec \(position.dec)"
            )
        }
        return try await owner(of: .tile(tile), survey: survey, at: instant, asOf: asOf)
    }

    /// The tile whose inner area holds a position; `nil` where no published one does.
    public func tile(at position: SkyPosition, survey: ID<SurveyPlan>) async throws -> ID<Tile>? {
        let rows = try await connection.query(
            Self.byPosition, survey.text, position.ra, position.dec)
        for row in rows where try Self.core(row).contains(position) {
            return ID(try row.decode("id"))
        }
        return nil
    }

    static func core(_ row: Row) throws -> TileCore {
        let flat = try row.decode("polygon", as: [Double]?.self)
        if let polygon = flat.flatMap(ConvexPolygon.init(flat:)) { return .polygon(polygon) }
        return .box(
            SkyBox(
                west: try row.decode("west"), east: try row.decode("east"),
                south: try row.decode("south"), north: try row.decode("north")))
    }
}

extension OwnershipStore {
    /// The best assignment known: first the one that holds at the asked time, then the newest
    /// of those that are still known, then the newest that ever was.
    static let byItem = """
        WITH asked AS (
            SELECT to_timestamp($4) AS instant, coalesce(to_timestamp($5), 'infinity') AS knowledge
        ), found AS (
            SELECT a.*, d.revision,
                CASE WHEN upper(a.known) > knowledge OR upper_inf(a.known)
                    THEN CASE WHEN a.validity @> instant THEN 'covered' ELSE 'newestPlan' END
                    ELSE 'dropped' END AS coverage
            FROM asked, sgs.item i
            JOIN sgs.assignment a USING (item)
            JOIN sgs.distribution d USING (distribution)
            WHERE i.survey = $1 AND i.kind = $2 AND i.id = $3 AND lower(a.known) <= knowledge
        )
        SELECT f.primary_sdc, f.secondary_sdc, f.coverage,
            extract(epoch FROM lower(f.validity)) AS valid_from,
            extract(epoch FROM upper(f.validity)) AS valid_until,
            \(PublishedPlan.columns)
        FROM found f JOIN sgs.distribution d USING (distribution)
        ORDER BY array_position(ARRAY['covered', 'newestPlan', 'dropped'], f.coverage),
            f.revision DESC, lower(f.validity) DESC
        LIMIT 1
        """

    /// The tiles whose box holds the position or its like one turn on; for box tiles the exact
    /// half-open test follows in `TileCore.contains`, because the index's operators round.
    static let byPosition = """
        SELECT i.id, t.west, t.east, t.south, t.north, t.polygon
        FROM sgs.tile t JOIN sgs.item i USING (item)
        WHERE t.survey = $1 AND (
            box(point(t.west, t.south), point(t.east, t.north)) @> box(point($2, $3), point($2, $3))
            OR box(point(t.west, t.south), point(t.east, t.north))
                @> box(point($2::float8 + 360, $3), point($2::float8 + 360, $3)))
        ORDER BY i.id
        """
}

extension Ownership {
    fileprivate init(row: Row, survey: ID<SurveyPlan>, item: ItemID) throws {
        self.survey = survey
        self.item = item
        assignment = try Assignment(row: row)
        plan = try PublishedPlan(row: row)
        validFrom = MJD(posixSeconds: try row.decode("valid_from"))
        validUntil = try row.decode("valid_until", as: Double?.self).map(MJD.init(posixSeconds:))
        switch try row.decode("coverage", as: String.self) {
        case "covered": coverage = .covered
        case "newestPlan": coverage = .newestPlan
        case "dropped": coverage = .dropped
        case let other:
            throw CatalogueError(.otherSchema, "\(item) has the unknown coverage \(other)")
        }
    }
}
