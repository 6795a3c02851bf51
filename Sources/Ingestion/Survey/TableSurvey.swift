import Documents
import GroundSegment
import Tables

/// Reads a survey from CSV or ECSV, also compressed.
enum TableSurvey {
    /// Reads a file and hands over its observations one by one; faults go to the log.
    ///
    /// - Parameters:
    ///   - scale: that of the times where the file states none; `nil` is UTC.
    ///   - scales: takes the scales that were found.
    static func read(
        _ path: String, columns: ColumnMapping, scale: TimeScale?, faults: FaultLog,
        scales: ([StatedScale]) -> Void, take: (SurveyRecord) -> Void
    ) {
        do throws(TableError) {
            var table = try TableReader(path: path)
            guard let layout = TableLayout(columns, in: table, scale: scale, faults: faults) else {
                return
            }
            scales(layout.scales)
            let reader = FieldReader(columns: columns, forms: layout.forms, faults: faults)
            var row = TableRow()
            while try next(&row, of: &table, faults: faults) {
                let cells = layout.cells.map { $0.text(row) }
                if let record = reader.record(place: .line(row.line), cells: cells) { take(record) }
            }
        } catch {
            faults.add(line: error.line, found: error.found, expected: error.expected)
        }
    }

    /// Reads the next good record; bad ones go to the log.
    private static func next(
        _ row: inout TableRow, of table: inout TableReader, faults: FaultLog
    ) throws(TableError) -> Bool {
        while true {
            do throws(TableError) {
                return try table.next(&row)
            } catch  where error.code == .badRecord {
                faults.add(line: error.line, found: error.found, expected: error.expected)
            }
        }
    }

    /// Notes a column that is named in the request and missing in the table.
    static func faultMissing(
        _ column: String, key: String, names: [String], line: Int?, faults: FaultLog
    ) {
        let nearest = Spelling.nearest(to: column, in: names)
        let list = names.joined(separator: ", ")
        faults.add(
            line: line, field: key, found: "no column \(column)",
            expected: nearest.map { "\($0) (or another of: \(list))" } ?? "one of: \(list)")
    }
}
