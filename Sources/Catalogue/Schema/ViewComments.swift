import DataDictionary
import PostgreSQL

/// Keeps the comments of the documented views as the data dictionary has them.
enum ViewComments {
    /// Writes the comments that differ; a view that the schema does not have yet is left out.
    static func write(on connection: isolated Connection) throws {
        let statements = try CatalogueView.all.flatMap { view in
            try differing(view, on: connection)
        }
        guard !statements.isEmpty else { return }
        try connection.run(script: statements.joined(separator: ";\n"))
    }

    private static func differing(
        _ view: CatalogueView, on connection: isolated Connection
    ) throws -> [String] {
        let stored = try connection.query(
            """
            SELECT '' AS name, obj_description(c.oid, 'pg_class') AS comment
            FROM pg_class c WHERE c.oid = to_regclass($1)
            UNION ALL
            SELECT attname, col_description(attrelid, attnum)
            FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0
            """, view.name)
        let comments = try Dictionary(
            stored.map {
                try ($0.decode("name", as: String.self), $0.decode("comment", as: String?.self))
            }, uniquingKeysWith: { first, _ in first })
        guard let comment = comments[""] else { return [] }
        let head =
            comment == view.description ? [] : [statement("VIEW", view.name, view.description)]
        return head
            + view.columns.filter { comments[$0.column.name] != $0.comment }
            .map { statement("COLUMN", "\(view.name).\"\($0.column.name)\"", $0.comment) }
    }

    private static func statement(_ kind: String, _ name: String, _ comment: String) -> String {
        let text = comment.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "''")
        return "COMMENT ON \(kind) \(name) IS '\(text)'"
    }
}
