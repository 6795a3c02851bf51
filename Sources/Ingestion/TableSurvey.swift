import GroundSegment
import Tables

/// Reads a survey from CSV or ECSV, also compressed.
enum TableSurvey {
    /// Reads a file and hands over its observations one by one; faults go to the log.
    static func read(
        _ path: String, columns: ColumnMapping, faults: FaultLog, take: (SurveyRecord) -> Void
    ) {
        do throws(TableFailure) {
            var table = try TableReader(path: path)
            let names = table.columns.map(\.name)
            guard check(columns, names: names, line: table.headerLine, faults: faults) else {
                return
            }
            let reader = FieldReader(columns: columns, faults: faults)
            let places = reader.names.compactMap(names.firstIndex)
            var row = TableRow()
            while try next(&row, of: &table, faults: faults) {
                let cells = places.map { trimmed(row.text($0)) }
                if let record = reader.record(place: .line(row.line), cells: cells) { take(record) }
            }
        } catch {
            faults.add(line: error.line, found: error.found, expected: error.expected)
        }
    }

    /// Reads the next good record; bad ones go to the log.
    private static func next(
        _ row: inout TableRow, of table: inout TableReader, faults: FaultLog
    ) throws(TableFailure) -> Bool {
        while true {
            do throws(TableFailure) {
                return try table.next(&row)
            } catch  where error.code == .badRecord {
                faults.add(line: error.line, found: error.found, expected: error.expected)
            }
        }
    }

    /// Notes the columns that are named in the request and missing in the table.
    static func check(
        _ columns: ColumnMapping, names: [String], line: Int?, faults: FaultLog
    ) -> Bool {
        var isComplete = true
        for (key, column) in columns.names where !names.contains(column) {
            isComplete = false
            let nearest = Spelling.nearest(to: column, in: names)
            let list = names.joined(separator: ", ")
            faults.add(
                line: line, field: key, found: "no column \(column)",
                expected: nearest.map { "\($0) (or another of: \(list))" } ?? "one of: \(list)")
        }
        return isComplete
    }
}
