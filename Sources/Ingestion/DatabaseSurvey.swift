import GRDB
import GroundSegment

/// Reads a survey from a table of an SQLite database, such as Rubin's opsim `observations`.
enum DatabaseSurvey {
    /// Reads a table and hands over its observations one by one; faults go to the log.
    static func read(
        _ path: String, columns: ColumnMapping, faults: FaultLog, take: (SurveyRecord) -> Void
    ) {
        do {
            try SurveyDatabase.read(path) {
                try read($0, columns: columns, faults: faults, take: take)
            }
        } catch let fault as SurveyDatabase.Fault {
            faults.add(found: fault.found, expected: fault.expected)
        } catch {
            faults.add(found: "\(error)", expected: "an SQLite database")
        }
    }

    private static func read(
        _ database: Database, columns: ColumnMapping, faults: FaultLog, take: (SurveyRecord) -> Void
    ) throws {
        guard try database.tableExists(columns.table) || database.viewExists(columns.table) else {
            let tables = try String.fetchAll(
                database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            faults.add(
                field: "table", found: "no table \(columns.table)",
                expected: tables.isEmpty ? "a table" : "one of: \(tables.joined(separator: ", "))")
            return
        }
        let names = try database.columns(in: columns.table).map(\.name)
        guard TableSurvey.check(columns, names: names, line: nil, faults: faults) else { return }
        let reader = FieldReader(columns: columns, faults: faults)
        let list = reader.names.map(\.quotedDatabaseIdentifier).joined(separator: ", ")
        let rows = try Row.fetchCursor(
            database, sql: "SELECT \(list) FROM \(columns.table.quotedDatabaseIdentifier)")
        var number = 0
        while let row = try rows.next() {
            number += 1
            let cells = reader.names.indices.map { text(row[$0]) }
            if let record = reader.record(place: .row(number), cells: cells) { take(record) }
        }
    }

    /// A value as a text file would have it.
    static func text(_ value: DatabaseValue) -> String {
        switch value.storage {
        case .null: ""
        case .int64(let number): "\(number)"
        case .double(let number): "\(number)"
        case .string(let text): text
        case .blob(let data): String(decoding: data, as: UTF8.self)
        }
    }
}
