import Documents
import Files
import Foundation
import GRDB
import Tables

/// The beginning of a survey file whose format is not known yet.
struct SurveySample {
    let format: SurveyFormat
    /// How the format was recognised.
    let evidence: String
    /// A database's table; empty for files.
    var table = ""
    /// Empty for an RSD, whose names are its own.
    var columns: [String] = []
    /// The first rows as text, in the order of the columns.
    var rows: [[String]] = []

    /// No more rows than these are looked at.
    private static let mostRows = 20_000

    /// Looks at a file; `nil` with a fault where it is none of the formats.
    init?(path: String, faults: FaultLog) {
        guard let head = Self.head(path, faults: faults) else { return nil }
        if head.starts(with: Data("SQLite format 3".utf8)) {
            self.init(format: .sqlite, evidence: "the file begins as an SQLite database does")
            readDatabase(path, faults: faults)
        } else if Self.isXML(head) {
            self.init(format: .rsd, evidence: "the file is XML")
        } else {
            let isECSV = path.contains(".ecsv") || head.starts(with: Data("# %ECSV".utf8))
            self.init(
                format: isECSV ? .ecsv : .csv,
                evidence: isECSV
                    ? "the file is named or begins as ECSV" : "the file is neither XML nor SQLite")
            readTable(path, faults: faults)
        }
        if !faults.isEmpty { return nil }
    }

    private init(format: SurveyFormat, evidence: String) {
        self.format = format
        self.evidence = evidence
    }

    /// The first bytes of a file.
    private static func head(_ path: String, faults: FaultLog) -> Data? {
        do throws(FileError) {
            let file = try RegularFile(path, limit: CaseFolder.mostSurveyBytes)
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 16)
            defer { buffer.deallocate() }
            return Data(buffer[..<(try file.read(into: buffer))])
        } catch {
            faults.add(found: error.found, expected: error.expected)
            return nil
        }
    }

    private static func isXML(_ head: Data) -> Bool {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = head.starts(with: mark) ? head.dropFirst(3) : head
        return text.first { ![9, 10, 13, 32].contains($0) } == UInt8(ascii: "<")
    }

    private mutating func readTable(_ path: String, faults: FaultLog) {
        do throws(TableError) {
            var table = try TableReader(path: path)
            columns = table.columns.map(\.name)
            let times = Self.times(of: table)
            columns += times.map(\.name).filter { !columns.contains($0) }
            var row = TableRow()
            while rows.count < Self.mostRows, try table.next(&row) {
                var cells = (0..<row.count).map { PlainText.trimmed(row.text($0)) }
                cells += Array(repeating: "", count: columns.count - cells.count)
                for (name, cell, form) in times {
                    guard let place = columns.firstIndex(of: name) else { continue }
                    cells[place] = form.instant(cell.text(row))?.iso8601 ?? cells[place]
                }
                rows.append(cells)
            }
        } catch {
            faults.add(line: error.line, found: error.found, expected: error.expected)
        }
    }

    /// The times that an ECSV keeps in forms of its own, and can be read.
    private static func times(
        of table: borrowing TableReader
    ) -> [(name: String, cell: TableLayout.Cell, form: TimeForm)] {
        let faults = FaultLog(file: "")
        let finder = FieldFinder(
            columns: table.columns, header: table.header, line: table.headerLine, faults: faults)
        let header = table.header
        return (header?.serialized ?? []).filter { $0.kind == "Time" }.compactMap { object in
            guard let field = finder.find(object.name, for: "start"),
                let form = FieldMeaning(field, key: "start", header: header, faults: faults)
                    .time(scale: nil)
            else { return nil }
            return (object.name, field.cell, form)
        }
    }

    private mutating func readDatabase(_ path: String, faults: FaultLog) {
        do {
            try SurveyDatabase.read(path) { try read($0, faults: faults) }
        } catch let fault as SurveyDatabase.Fault {
            faults.add(found: fault.found, expected: fault.expected)
        } catch {
            faults.add(found: "\(error)", expected: "an SQLite database")
        }
    }

    /// Takes the table `observations`, else the largest one by columns.
    private mutating func read(_ database: Database, faults: FaultLog) throws {
        let tables = try String.fetchAll(
            database,
            sql: """
                SELECT name FROM sqlite_master
                WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%' ORDER BY name
                """)
        let columnsOf = try tables.map { ($0, try database.columns(in: $0).map(\.name)) }
        let chosen =
            columnsOf.first { $0.0.lowercased() == "observations" }
            ?? columnsOf.max { $0.1.count < $1.1.count }
        guard let (name, columns) = chosen else {
            faults.add(found: "no table", expected: "a table of observations")
            return
        }
        table = name
        self.columns = columns
        let cursor = try Row.fetchCursor(
            database,
            sql: "SELECT * FROM \(name.quotedDatabaseIdentifier) LIMIT \(Self.mostRows)")
        while let row = try cursor.next() {
            rows.append(columns.indices.map { DatabaseSurvey.text(row[$0]) })
        }
    }
}
