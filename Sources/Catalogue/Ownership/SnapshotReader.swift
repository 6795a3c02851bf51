import GroundSegment
public import PostgreSQL
import SkyGeometry

/// Reads all published ownership at once.
public struct SnapshotReader: Sendable {
    private let connection: Connection

    public init(_ connection: Connection) {
        self.connection = connection
    }

    /// All distributions that ever were published, withdrawn ones included: enough to see whether a snapshot is still true.
    ///
    /// - Throws: `PostgreSQLError`.
    public func plans() async throws -> [PublishedPlan] {
        try await connection.query(Self.plans).map(PublishedPlan.init)
    }

    /// Everything that is published, of one moment.
    ///
    /// - Throws: `PostgreSQLError`.
    public func read() async throws -> OwnershipSnapshot {
        try await connection.transaction(isolation: .repeatableRead) { connection in
            let plans = try connection.query(Self.plans).map(PublishedPlan.init)
            var surveys: [SurveyOwnership] = []
            for survey in Set(plans.map(\.survey)).sorted() {
                surveys.append(
                    SurveyOwnership(
                        survey: survey, plans: plans.filter { $0.survey == survey },
                        observations: try Self.observations(of: survey, on: connection),
                        tiles: try Self.tiles(of: survey, on: connection)))
            }
            return OwnershipSnapshot(surveys: surveys)
        }
    }

    private static func observations(
        of survey: ID<SurveyPlan>, on connection: isolated Connection
    ) throws -> [OwnedItem] {
        let holdings = try holdings(of: survey, .observation, on: connection)
        return try connection.query(observations, survey.text).map { row in
            OwnedItem(
                id: .observation(ID(try row.decode("id"))),
                centre: SkyPosition(ra: try row.decode("ra"), dec: try row.decode("dec")),
                window: TimeWindow(
                    start: MJD(posixSeconds: try row.decode("starts")),
                    end: MJD(posixSeconds: try row.decode("ends"))),
                core: nil, holdings: holdings[try row.decode("item")] ?? [])
        }
    }

    private static func tiles(
        of survey: ID<SurveyPlan>, on connection: isolated Connection
    ) throws -> [OwnedItem] {
        let holdings = try holdings(of: survey, .tile, on: connection)
        return try connection.query(tiles, survey.text).map { row in
            OwnedItem(
                id: .tile(ID(try row.decode("id"))),
                centre: SkyPosition(ra: try row.decode("ra"), dec: try row.decode("dec")),
                window: nil, core: try OwnershipStore.core(row),
                holdings: holdings[try row.decode("item")] ?? [])
        }
    }

    private static func holdings(
        of survey: ID<SurveyPlan>, _ kind: ItemKind, on connection: isolated Connection
    ) throws -> [Int: [OwnedItem.Holding]] {
        var holdings: [Int: [OwnedItem.Holding]] = [:]
        for row in try connection.query(Self.holdings, survey.text, kind.rawValue) {
            holdings[try row.decode("item"), default: []].append(
                OwnedItem.Holding(
                    assignment: try Assignment(row: row),
                    revision: try row.decode("revision"),
                    validFrom: MJD(posixSeconds: try row.decode("valid_from")),
                    validUntil: try row.decode("valid_until", as: Double?.self).map(
                        MJD.init(posixSeconds:)),
                    isKnown: try row.decode("is_known")))
        }
        return holdings
    }
}

extension SnapshotReader {
    private static let plans = """
        SELECT \(PublishedPlan.columns) FROM sgs.distribution d
        WHERE d.revision IS NOT NULL
        ORDER BY d.survey COLLATE "C", d.revision DESC
        """

    private static let observations = """
        SELECT i.item, i.id, o.ra, o.dec, extract(epoch FROM lower(o.window_utc)) AS starts,
            extract(epoch FROM upper(o.window_utc)) AS ends
        FROM sgs.item i JOIN sgs.observation o USING (item)
        WHERE i.survey = $1
        """

    private static let tiles = """
        SELECT i.item, i.id, t.ra, t.dec, t.west, t.east, t.south, t.north, t.polygon
        FROM sgs.item i JOIN sgs.tile t USING (item)
        WHERE i.survey = $1
        """

    /// All that is known now, and of items without it the last thing that was known.
    private static let holdings = """
        WITH asked AS (SELECT item FROM sgs.item WHERE survey = $1 AND kind = $2),
        assigned AS (
            SELECT a.item, a.distribution, a.primary_sdc, a.secondary_sdc, a.validity,
                a.is_current
            FROM asked JOIN sgs.assignment a ON a.item = asked.item AND a.is_current
            UNION ALL
            SELECT last.* FROM asked, LATERAL (
                SELECT a.item, a.distribution, a.primary_sdc, a.secondary_sdc, a.validity,
                    a.is_current
                FROM sgs.assignment a JOIN sgs.distribution d USING (distribution)
                WHERE a.item = asked.item
                ORDER BY d.revision DESC, lower(a.validity) DESC LIMIT 1
            ) last
            WHERE NOT EXISTS (
                SELECT FROM sgs.assignment c WHERE c.item = asked.item AND c.is_current)
        )
        SELECT a.item, a.primary_sdc, a.secondary_sdc, d.revision, a.is_current AS is_known,
            extract(epoch FROM lower(a.validity)) AS valid_from,
            extract(epoch FROM upper(a.validity)) AS valid_until
        FROM assigned a JOIN sgs.distribution d USING (distribution)
        ORDER BY a.item, a.validity
        """
}
