import Documents
import GRDB
import GroundSegment

/// Reads a survey from a table of an SQLite database, such as Rubin's opsim `observations`.
enum DatabaseSurvey {
    /// Reads a table and hands over its observations one by one; faults go to the log.
    ///
    /// - Parameters:
    ///   - scale: that of the times; `nil` is UTC.
    ///   - scales: takes the scales that were used.
    static func read(
        _ path: String, columns: ColumnMapping, scale: TimeScale?, faults: FaultLog,
        scales: ([StatedScale]) -> Void, take: (SurveyRecord) -> Void
    ) {
        guard let forms = forms(columns, scale: scale, faults: faults, scales: scales) else {
            return
        }
        do {
            try SurveyDatabase.read(path) {
                try read($0, columns: columns, forms: forms, faults: faults, take: take)
            }
        } catch let fault as SurveyDatabase.Fault {
            faults.add(found: fault.found, expected: fault.expected)
        } catch {
            faults.add(found: "\(error)", expected: "an SQLite database")
        }
    }

    private static func read(
        _ database: Database, columns: ColumnMapping, forms: FieldForms, faults: FaultLog,
        take: (SurveyRecord) -> Void
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
        guard check(columns, names: names, faults: faults) else { return }
        let reader = FieldReader(columns: columns, forms: forms, faults: faults)
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

    /// How the columns are read, of which a database says nothing more than their names.
    private static func forms(
        _ columns: ColumnMapping, scale: TimeScale?, faults: FaultLog,
        scales: ([StatedScale]) -> Void
    ) -> FieldForms? {
        var times = [("start", columns.start)]
        if case .time(let column) = columns.end { times.append(("end", column)) }
        var form = TimeForm()
        if let scale {
            (form.scale, form.reason) = (scale, "as survey.scale says")
        } else {
            for (key, column) in times {
                guard let word = ScaleWords.ofName(column) else { continue }
                faults.add(
                    field: key, found: "a column \(column), whose name says \(word), and no scale",
                    expected: "survey.scale in the planning request: tai, tt or utc")
            }
        }
        guard faults.isEmpty else { return nil }
        scales(times.map { StatedScale(field: $0.0, scale: form.scale, reason: form.reason) })
        return FieldForms(start: form, end: form)
    }

    private static func check(_ columns: ColumnMapping, names: [String], faults: FaultLog) -> Bool {
        let missing = columns.names.filter { !names.contains($0.column) }
        for (key, column) in missing {
            TableSurvey.faultMissing(column, key: key, names: names, line: nil, faults: faults)
        }
        return missing.isEmpty
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
