import DataDictionary
public import GroundSegment
public import PostgreSQL
public import Tables

/// What each publication changed, as the view `sgs.changes` tells it.
public struct ChangeLog: Sendable {
    private let connection: Connection

    public init(_ connection: Connection) {
        self.connection = connection
    }

    /// A place in the log, to go on after it.
    public struct Place: Hashable, Sendable {
        /// The time of publication as the database writes it.
        public let publishedAt: String
        public let survey: String
        public let kind: String
        public let id: String

        public init(publishedAt: String, survey: String, kind: String, id: String) {
            self.publishedAt = publishedAt
            self.survey = survey
            self.kind = kind
            self.id = id
        }
    }

    /// The columns of `changes`.
    public static let columns = CatalogueView.changes.columns.map(\.column)

    /// The changes by time of publication, then by survey, kind and identifier; numbers at the
    /// begin and the end of an identifier count by their values.
    ///
    /// - Parameters:
    ///   - since: only what was published at it or later.
    ///   - survey: only this survey's; `nil` for all.
    ///   - place: only what follows it.
    ///   - limit: the most rows.
    /// - Returns: one value for each of `columns`.
    /// - Throws: `PostgreSQLError`.
    public func changes(
        since: MJD, survey: ID<SurveyPlan>?, after place: Place?, limit: Int
    ) async throws -> [[TableValue]] {
        let rows = try await connection.query(
            Self.changes, since.posixSeconds - 1e-6, survey?.text, place?.publishedAt,
            place?.survey, place?.kind, place?.id, limit)
        return try rows.map { row in
            try Self.columns.map { column in
                switch column.type {
                case .integer: .integer(try row.decode(column.name))
                default:
                    try row.decode(column.name, as: String?.self).map { .text($0) } ?? .missing
                }
            }
        }
    }

    private static let names = columns.map { column in
        CatalogueView.changes.columns.contains {
            $0.column.name == column.name && $0.sqlType == .timestamp
        }
            ? "to_char(\(column.name), 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') AS \(column.name)"
            : column.name
    }.joined(separator: ", ")

    /// A text that orders by bytes as an identifier does naturally: the numbers at its begin and at
    /// its end are as long as the longest.
    private static func naturalKey(_ id: String) -> String {
        let digits = "'0123456789'"
        let tail = "ltrim(\(id), \(digits))"
        let head = "left(\(id), length(\(id)) - length(\(tail)))"
        let middle = "rtrim(\(tail), \(digits))"
        func padded(_ number: String) -> String {
            "CASE \(number) WHEN '' THEN '' ELSE lpad(\(number), 20, '0') END"
        }
        return "(\(padded(head)) || \(middle) || "
            + "\(padded("substr(\(tail), length(\(middle)) + 1)"))) COLLATE \"C\""
    }

    private static let changes = """
        SELECT \(names) FROM sgs.changes c
        WHERE c.published_at >= to_timestamp($1::float8) AT TIME ZONE 'UTC'
            AND ($2::text IS NULL OR c.survey = $2)
            AND ($3::text IS NULL
                OR (c.published_at, c.survey COLLATE "C", c.kind, \(naturalKey("c.id")),
                        c.id COLLATE "C")
                    > ($3::timestamptz AT TIME ZONE 'UTC', $4, $5, \(naturalKey("$6::text")), $6))
        ORDER BY c.published_at, c.survey COLLATE "C", c.kind, \(naturalKey("c.id")),
            c.id COLLATE "C"
        LIMIT $7
        """
}
